"""Ways through a survey, for the drop-off figures."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from questionnaire.storage.db.column_types import Json

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "visit",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("survey_id", sa.Text(), nullable=False),
        sa.Column("survey_version", sa.Integer(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("embedded", sa.Boolean(), nullable=False),
        sa.Column("seen", Json, nullable=False),
        sa.Column("answered", Json, nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("completed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit")),
    )
    op.create_index("ix_visit_survey", "visit", ["survey_id", "survey_version"], unique=False)
    op.create_index(op.f("ix_visit_day"), "visit", ["day"], unique=False)
