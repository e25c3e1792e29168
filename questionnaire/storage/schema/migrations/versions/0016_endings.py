"""Where a survey was ended early: of a response its ending, of a visit the same for the drop-off figures."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("response", sa.Column("ending", sa.Text(), nullable=True))
    op.add_column("visit", sa.Column("ending", sa.Text(), nullable=False, server_default=""))
