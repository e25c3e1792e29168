"""Sign-in codes by email, how a session began, and the suppression list with its state of a delivery."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from questionnaire.storage.db.column_types import Json, UTCDateTime, check_in

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

STATES = ("queued", "sent", "delivered_to_mailbox", "suppressed")
PROOFS = ("password", "code")
REASONS = ("unsubscribed", "bounced", "requested")
HAS_TEXT = "finished_at IS NOT NULL AND emptied_at IS NULL"


def upgrade() -> None:
    op.create_table(
        "sign_in_code",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("id", "staff_id", "link_hash", "code_hash")),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("expires_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_sign_in_code_staff_id"),
        sa.PrimaryKeyConstraint("id", name="pk_sign_in_code"),
    )
    op.create_index("ix_sign_in_code_expires_at", "sign_in_code", ["expires_at"], unique=False)
    op.create_table(
        "suppression",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("mailbox_hash", "address", "reason", "detail")),
        sa.Column("at", UTCDateTime(), nullable=False),
        check_in("reason", REASONS, "suppression"),
        sa.PrimaryKeyConstraint("mailbox_hash", name="pk_suppression"),
    )
    op.create_index("ix_suppression_newest", "suppression", ["at", "mailbox_hash"], unique=False)
    _proof_of_sessions()
    if op.get_context().dialect.name == "postgresql":
        op.drop_constraint("ck_delivery_state", "delivery")
        op.create_check_constraint("ck_delivery_state", "delivery", check_in("state", STATES, "delivery").sqltext)
    else:
        _make_deliveries_again()


def _proof_of_sessions() -> None:
    """All sessions so far began with a password, or with a press in the demo."""
    with op.batch_alter_table("staff_session") as session:
        session.add_column(sa.Column("proof", sa.Text(), nullable=False, server_default="password"))
        session.create_check_constraint("ck_staff_session_proof", check_in("proof", PROOFS, "staff_session").sqltext)
    with op.batch_alter_table("staff_session") as session:
        session.alter_column("proof", server_default=None)


def _make_deliveries_again() -> None:
    """SQLite cannot change a rule of a table: a new one takes the rows over."""
    texts = ("id", "kind", "channel", "destination", "recipient", "message_id", "job_key", "state", "last_error")
    op.create_table(
        "delivery_with_suppression",
        *(sa.Column(name, sa.Text(), nullable=False) for name in texts),
        sa.Column("payload", Json, nullable=False),
        *(sa.Column(name, sa.Text(), nullable=True) for name in ("lead_id", "response_id")),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        *(sa.Column(name, UTCDateTime(), nullable=True) for name in ("finished_at", "emptied_at")),
        check_in("state", STATES, "delivery"),
        sa.ForeignKeyConstraint(["lead_id"], ["lead.id"], name=op.f("fk_delivery_lead_id")),
        sa.ForeignKeyConstraint(["response_id"], ["response.id"], name=op.f("fk_delivery_response_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
        sa.UniqueConstraint("message_id", name=op.f("uq_delivery_message_id")),
        sa.UniqueConstraint("job_key", name=op.f("uq_delivery_job_key")),
    )
    columns = ", ".join((*texts, "payload", "lead_id", "response_id", "created_at", "finished_at", "emptied_at"))
    op.execute(f"INSERT INTO delivery_with_suppression ({columns}) SELECT {columns} FROM delivery")  # noqa: S608 (our own names)
    op.drop_table("delivery")
    op.rename_table("delivery_with_suppression", "delivery")
    op.create_index("ix_delivery_state_destination", "delivery", ["state", "destination"], unique=False)
    op.create_index("ix_delivery_newest", "delivery", ["created_at", "id"], unique=False)
    op.create_index("ix_delivery_text", "delivery", ["finished_at"], sqlite_where=sa.text(HAS_TEXT))
    op.create_index("ix_delivery_webhook", "delivery", ["recipient", "created_at"],
                    sqlite_where=sa.text("channel = 'webhook'"))  # fmt: skip
    op.create_index("ix_delivery_lead", "delivery", ["lead_id"], unique=False)
