"""An entry of a digest is named by its cause: a response may bring about several entries of one kind."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from questionnaire.storage.db.column_types import UTCDateTime

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_context().dialect.name == "postgresql":
        op.add_column("notice", sa.Column("cause", sa.Text(), nullable=True))
        op.execute("UPDATE notice SET cause = response_id")
        op.alter_column("notice", "cause", nullable=False)
        op.drop_constraint("pk_notice", "notice")
        op.create_primary_key("pk_notice", "notice", ["staff_id", "kind", "cause"])
    else:
        _make_notices_again()


def _make_notices_again() -> None:
    """SQLite cannot change the key of a table: a new one takes the rows over."""
    op.create_table(
        "notice_by_cause",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("staff_id", "kind", "cause", "response_id")),
        sa.Column("lead_id", sa.Text(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("mail_id", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_notice_staff_id")),
        sa.ForeignKeyConstraint(["response_id"], ["response.id"], name=op.f("fk_notice_response_id")),
        sa.ForeignKeyConstraint(["lead_id"], ["lead.id"], name=op.f("fk_notice_lead_id")),
        sa.PrimaryKeyConstraint("staff_id", "kind", "cause", name=op.f("pk_notice")),
    )
    columns = "response_id, lead_id, created_at, mail_id"
    op.execute(
        f"INSERT INTO notice_by_cause (staff_id, kind, cause, {columns}) "  # noqa: S608 (our own names)
        f"SELECT staff_id, kind, response_id, {columns} FROM notice"
    )
    op.drop_table("notice")
    op.rename_table("notice_by_cause", "notice")
    op.create_index("ix_notice_waiting", "notice", ["staff_id", "kind", "mail_id"], unique=False)
    for name in ("response_id", "lead_id", "created_at"):
        op.create_index(op.f(f"ix_notice_{name}"), "notice", [name], unique=False)
