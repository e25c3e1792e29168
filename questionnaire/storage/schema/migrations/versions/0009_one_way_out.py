"""Mails become deliveries: retries, and whether one was given up, are now told by the job of each."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from questionnaire.storage.db.column_types import Json, UTCDateTime, check_in

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

# The job of each mail. A mail that was being sent is sent again, under the same Message-ID; one whose worker died over
# and over stays dead. Those of mails that went out are there for the number of attempts, until they are forgotten.
JOBS = """
INSERT INTO job (key, name, args, state, attempt, turn, claims, not_before, created_at, finished_at, last_error)
SELECT 'deliver:' || mail.id, 'deliver', {args},
    CASE WHEN mail.state IN ('sent', 'delivered_to_mailbox') THEN 'done'
         WHEN mail.state = 'dead' OR died.key IS NOT NULL THEN 'dead'
         ELSE 'waiting' END,
    CASE WHEN mail.state IN ('sent', 'delivered_to_mailbox') AND mail.attempts > 0 THEN mail.attempts - 1
         ELSE mail.attempts END,
    mail.turn, 0, COALESCE(mail.due_at, mail.created_at), mail.created_at,
    COALESCE(mail.finished_at, died.finished_at,
             CASE WHEN mail.state IN ('queued', 'sending') THEN NULL ELSE mail.created_at END),
    CASE WHEN died.key IS NOT NULL THEN died.last_error
         WHEN mail.last_error = '' THEN ''
         ELSE 'DeliveryFailed: ' || mail.last_error END
FROM mail LEFT JOIN job died
    ON died.key = 'send_mail:' || mail.id || ':' || mail.turn AND died.state = 'dead'
       AND mail.state IN ('queued', 'sending')
"""
DELIVERIES = """
INSERT INTO delivery (id, kind, channel, destination, recipient, payload, message_id, job_key, state, last_error,
                      lead_id, response_id, created_at, finished_at)
SELECT id, kind, 'mail', destination, "to", {payload}, message_id, 'deliver:' || id,
    CASE WHEN state IN ('sent', 'delivered_to_mailbox') THEN state ELSE 'queued' END, last_error,
    lead_id, response_id, created_at,
    CASE WHEN state IN ('sent', 'delivered_to_mailbox') THEN finished_at ELSE NULL END
FROM mail
"""
FIELDS = "'subject', subject, 'text', text, 'html', html, 'headers', {headers}, 'reply_to', reply_to"


def upgrade() -> None:
    _delivery()
    _circuit_breaker()
    sqlite = op.get_context().dialect.name == "sqlite"
    build, headers = ("json_object", "json(headers)") if sqlite else ("json_build_object", "headers")
    # Every mail gets its one job; those of single attempts and of probes go.
    op.execute(JOBS.format(args=f"{build}('delivery', mail.id)"))
    op.execute("DELETE FROM job WHERE name = 'send_mail'")
    op.execute(DELIVERIES.format(payload=f"{build}({FIELDS.format(headers=headers)})"))
    op.execute(
        "INSERT INTO circuit_breaker (name, failures, probe_at, last_error) "
        "SELECT name, failures, probe_at, last_error FROM destination"
    )
    op.drop_table("mail")
    op.drop_table("destination")


def _delivery() -> None:
    op.create_table(
        "delivery",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("destination", sa.Text(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("payload", Json, nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("job_key", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("last_error", sa.Text(), nullable=False),
        sa.Column("lead_id", sa.Text(), nullable=True),
        sa.Column("response_id", sa.Text(), nullable=True),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("finished_at", UTCDateTime(), nullable=True),
        check_in("state", ("queued", "sent", "delivered_to_mailbox"), "delivery"),
        sa.ForeignKeyConstraint(["lead_id"], ["lead.id"], name=op.f("fk_delivery_lead_id")),
        sa.ForeignKeyConstraint(["response_id"], ["response.id"], name=op.f("fk_delivery_response_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
        sa.UniqueConstraint("message_id", name=op.f("uq_delivery_message_id")),
        sa.UniqueConstraint("job_key", name=op.f("uq_delivery_job_key")),
    )
    op.create_index("ix_delivery_lead", "delivery", ["lead_id"], unique=False)
    op.create_index("ix_delivery_newest", "delivery", ["created_at"], unique=False)
    op.create_index("ix_delivery_state_destination", "delivery", ["state", "destination"], unique=False)


def _circuit_breaker() -> None:
    op.create_table(
        "circuit_breaker",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("probe_at", UTCDateTime(), nullable=True),
        sa.Column("probe_key", sa.Text(), nullable=True),
        sa.Column("probe_planned_at", UTCDateTime(), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_circuit_breaker")),
    )
