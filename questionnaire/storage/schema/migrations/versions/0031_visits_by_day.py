"""Visits of a version are found by their day: the map of a survey shows the shares of the newest ones."""

from __future__ import annotations

from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_visit_survey", "visit")
    op.create_index("ix_visit_survey", "visit", ["survey_id", "survey_version", "day"])
