"""Signatures of policies, the effect of a draft on past leads, printed agreements, and who may sign for a side."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from questionnaire.storage.db.column_types import UTCDateTime
from questionnaire.storage.schema.migrations.never_changed import never_changed

revision = "0023"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("staff", sa.Column("signs", sa.Text(), nullable=False, server_default=""))
    op.create_table(
        "policy_proposal",
        sa.Column("draft_id", sa.Text(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["authored_draft.id"], name="fk_policy_proposal_draft_id_authored_draft"),
        sa.PrimaryKeyConstraint("draft_id", name="pk_policy_proposal"),
    )
    op.create_table(
        "policy_signature",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("draft_id", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("staff_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.CheckConstraint("side IN ('marketing', 'sales')", name="ck_policy_signature_side"),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["authored_draft.id"], name="fk_policy_signature_draft_id_authored_draft"
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_policy_signature_staff_id_staff"),
        sa.PrimaryKeyConstraint("id", name="pk_policy_signature"),
        sa.UniqueConstraint(
            "draft_id", "revision", "sha256", "side", name="uq_policy_signature_draft_id_revision_sha256_side"
        ),
    )
    never_changed("policy_signature")
    op.create_table(
        "policy_effect",
        sa.Column("draft_id", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["authored_draft.id"], name="fk_policy_effect_draft_id_authored_draft"),
        sa.PrimaryKeyConstraint("draft_id", name="pk_policy_effect"),
    )
    op.create_table(
        "agreement_file",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", "language", name="pk_agreement_file"),
    )
