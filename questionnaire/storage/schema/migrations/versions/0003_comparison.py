"""What a result shows of others and of earlier answers, frozen with it, and the sums it is compared with."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from questionnaire.storage.db.column_types import Json, JsonOrNothing

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Answers that were accepted before showed nothing of others: they keep showing nothing, and count for nobody.
    op.add_column("response", sa.Column("told", JsonOrNothing, nullable=True))
    op.add_column("response", sa.Column("counted", JsonOrNothing, nullable=True))
    op.create_table(
        "tally",
        sa.Column("survey_id", sa.Text(), nullable=False),
        sa.Column("group", sa.Text(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("sums", Json, nullable=False),
        sa.PrimaryKeyConstraint("survey_id", "group", name=op.f("pk_tally")),
    )
