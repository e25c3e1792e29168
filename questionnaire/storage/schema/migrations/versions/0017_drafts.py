"""Drafts of surveys and policies, and the edits that made them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from questionnaire.storage.db.column_types import UTCDateTime
from questionnaire.storage.schema.migrations.never_changed import never_changed

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "authored_draft",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("based_on", sa.Integer(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("opened_at", UTCDateTime(), nullable=False),
        sa.Column("opened_by", sa.Text(), nullable=False),
        sa.Column("changed_at", UTCDateTime(), nullable=False),
        sa.Column("changed_by", sa.Text(), nullable=False),
        sa.CheckConstraint("kind IN ('survey', 'policy', 'cases')", name="ck_authored_draft_kind"),
        sa.PrimaryKeyConstraint("id", name="pk_authored_draft"),
        sa.UniqueConstraint("kind", "name", name="uq_authored_draft_kind_name"),
    )
    op.create_table(
        "authored_draft_edit",
        sa.Column("draft_id", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("change", sa.JSON(), nullable=False),
        sa.Column("inverse", sa.JSON(), nullable=False),
        sa.Column("undoes", sa.Integer(), nullable=True),
        sa.Column("key", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["authored_draft.id"], name="fk_authored_draft_edit_draft_id_authored_draft"
        ),
        sa.PrimaryKeyConstraint("draft_id", "revision", name="pk_authored_draft_edit"),
        sa.UniqueConstraint("draft_id", "key", name="uq_authored_draft_edit_draft_id_key"),
    )
    never_changed("authored_draft_edit")
