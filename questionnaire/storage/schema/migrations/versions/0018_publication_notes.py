"""Who published a version of a survey or policy, and what they noted about it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

TABLES = ("survey_version", "policy_version")


def upgrade() -> None:
    for table in TABLES:
        op.add_column(table, sa.Column("published_by", sa.Text(), nullable=False, server_default=""))
        op.add_column(table, sa.Column("note", sa.Text(), nullable=False, server_default=""))
