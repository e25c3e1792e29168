"""Counts that limits go by, and notices that are told together."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from questionnaire.storage.db.column_types import UTCDateTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rate_count",
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("window_start", UTCDateTime(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("subject", "window_start", name=op.f("pk_rate_count")),
    )
    op.create_index(op.f("ix_rate_count_window_start"), "rate_count", ["window_start"], unique=False)
    op.create_table(
        "notice",
        sa.Column("staff_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("response_id", sa.Text(), nullable=False),
        sa.Column("lead_id", sa.Text(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("mail_id", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_notice_staff_id")),
        sa.ForeignKeyConstraint(["response_id"], ["response.id"], name=op.f("fk_notice_response_id")),
        sa.ForeignKeyConstraint(["lead_id"], ["lead.id"], name=op.f("fk_notice_lead_id")),
        sa.PrimaryKeyConstraint("staff_id", "kind", "response_id", name=op.f("pk_notice")),
    )
    op.create_index("ix_notice_waiting", "notice", ["staff_id", "kind", "mail_id"], unique=False)
    op.create_index(op.f("ix_notice_response_id"), "notice", ["response_id"], unique=False)
    op.create_index(op.f("ix_notice_lead_id"), "notice", ["lead_id"], unique=False)
    op.create_index(op.f("ix_notice_created_at"), "notice", ["created_at"], unique=False)
    op.create_table(
        "digest",
        sa.Column("staff_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("since", UTCDateTime(), nullable=True),
        sa.Column("sent", sa.Integer(), nullable=False),
        sa.Column("due_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_digest_staff_id")),
        sa.PrimaryKeyConstraint("staff_id", "kind", name=op.f("pk_digest")),
    )
