"""When a response was judged with its lead, and the event that withdraws what only unconfirmed responses decided."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from questionnaire.storage.db.column_types import Counter, Json, UTCDateTime, check_in
from questionnaire.storage.schema.migrations.never_changed import never_changed

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

KINDS = (
    "submitted",
    "assessed",
    "assigned",
    "notified",
    "viewed",
    "contacted",
    "accepted",
    "address_confirmed",
    "withdrawn",
    "confirmed",
    "rejected",
    "reviewed",
    "warned",
    "breached",
    "won",
    "lost",
    "merged",
)


def upgrade() -> None:
    op.add_column("response", sa.Column("judged_at", UTCDateTime(), nullable=True))
    # Until now a response was judged in the transaction that accepted it.
    op.execute("UPDATE response SET judged_at = at")
    if op.get_context().dialect.name == "postgresql":
        op.drop_constraint("ck_event_kind", "event")
        op.create_check_constraint("ck_event_kind", "event", check_in("kind", KINDS, "event").sqltext)
    else:
        _make_table_again()


def _make_table_again() -> None:
    """SQLite cannot change a rule of a table: a new one takes the rows over, and the guards with them."""
    op.create_table(
        "event_with_more_kinds",
        sa.Column("seq", Counter, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("lead_id", sa.Text(), nullable=False),
        sa.Column("response_id", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("data", Json, nullable=False),
        sa.Column("becomes", Json, nullable=False),
        check_in("kind", KINDS, "event"),
        sa.ForeignKeyConstraint(["lead_id"], ["lead.id"], name=op.f("fk_event_lead_id")),
        sa.ForeignKeyConstraint(["response_id"], ["response.id"], name=op.f("fk_event_response_id")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_event")),
        sa.UniqueConstraint("id", name=op.f("uq_event_id")),
    )
    columns = "seq, id, lead_id, response_id, kind, at, actor, data, becomes"
    op.execute(f"INSERT INTO event_with_more_kinds ({columns}) SELECT {columns} FROM event ORDER BY seq")  # noqa: S608 (our own names)
    op.drop_table("event")
    op.rename_table("event_with_more_kinds", "event")
    op.create_index("ix_event_kind_at", "event", ["kind", "at"], unique=False)
    op.create_index("ix_event_lead_seq", "event", ["lead_id", "seq"], unique=False)
    never_changed("event")
