"""The acts of reps, managers and Marketing Ops as events, absences of reps, and notes from calls."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from questionnaire.storage.db.column_types import Counter, Json, UTCDateTime, check_in
from questionnaire.storage.schema.migrations.never_changed import never_changed

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

KINDS = (
    "submitted", "assessed", "assigned", "notified", "viewed", "contacted", "accepted", "address_confirmed",
    "withdrawn", "confirmed", "rejected", "reviewed", "warned", "breached", "won", "lost", "merged", "attempted",
    "recycled", "opportunity", "owner_requested", "woken", "reopened", "undone",
)  # fmt: skip


def upgrade() -> None:
    op.create_table(
        "absence",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("rep", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("substitute", sa.Text(), nullable=True),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_absence"),
    )
    op.create_index("ix_absence_ends_on", "absence", ["ends_on"], unique=False)
    op.create_table(
        "call_note",
        sa.Column("lead_id", sa.Text(), nullable=False),
        sa.Column("notes", Json, nullable=False),
        sa.Column("written_by", sa.Text(), nullable=False),
        sa.Column("written_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["lead_id"], ["lead.id"], name="fk_call_note_lead_id"),
        sa.PrimaryKeyConstraint("lead_id", name="pk_call_note"),
    )
    if op.get_context().dialect.name == "postgresql":
        op.drop_constraint("ck_event_kind", "event")
        op.create_check_constraint("ck_event_kind", "event", check_in("kind", KINDS, "event").sqltext)
    else:
        _make_events_again()


def _make_events_again() -> None:
    """SQLite cannot change a rule of a table: a new one takes the rows over, and the guards with them."""
    op.create_table(
        "event_of_handoff",
        sa.Column("seq", Counter, nullable=False),
        *(sa.Column(name, sa.Text(), nullable=name == "response_id") for name in ("id", "lead_id", "response_id")),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        *(sa.Column(name, Json, nullable=False) for name in ("data", "becomes")),
        check_in("kind", KINDS, "event"),
        sa.ForeignKeyConstraint(["lead_id"], ["lead.id"], name=op.f("fk_event_lead_id")),
        sa.ForeignKeyConstraint(["response_id"], ["response.id"], name=op.f("fk_event_response_id")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_event")),
        sa.UniqueConstraint("id", name=op.f("uq_event_id")),
    )
    columns = "seq, id, lead_id, response_id, kind, at, actor, data, becomes"
    op.execute(f"INSERT INTO event_of_handoff ({columns}) SELECT {columns} FROM event ORDER BY seq")  # noqa: S608 (our own names)
    op.drop_table("event")
    op.rename_table("event_of_handoff", "event")
    for name, *of in (("kind_at", "kind", "at"), ("lead_seq", "lead_id", "seq")):
        op.create_index(f"ix_event_{name}", "event", of, unique=False)
    never_changed("event")
