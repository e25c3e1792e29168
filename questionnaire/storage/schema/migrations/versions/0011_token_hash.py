"""Links to results are signed; the hash of a stored token, which nothing wrote any more, goes."""

from __future__ import annotations

from alembic import op

revision = "0011"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("response") as response:
        response.drop_constraint("uq_response_token_hash", type_="unique")
        response.drop_column("token_hash")
