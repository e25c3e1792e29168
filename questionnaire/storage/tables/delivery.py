"""Jobs, the messages that some of them deliver, the circuit breakers of their destinations, and who does the jobs."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, Text, text
from sqlmodel import Field

from questionnaire.core.delivery.suppression import SuppressionReason
from questionnaire.storage.db.column_types import Json, UTCDateTime, check_in
from questionnaire.storage.tables.model import TableModel

# queued: its job is not done, or dead; sent: the destination accepted it; delivered_to_mailbox: there is no mail
# server, the row itself is the mailbox; suppressed: the recipient wants no such mail, so that it never left.
DELIVERY_STATES = ("queued", "sent", "delivered_to_mailbox", "suppressed")
JOB_STATES = ("waiting", "running", "done", "dead")
# What an index of few rows is about: SQLite uses it when the condition is written in the same words.
HAS_TEXT = text("finished_at IS NOT NULL AND emptied_at IS NULL")
IS_WEBHOOK = text("channel = 'webhook'")
ENDPOINT_STATES = ("on", "off")
# "": it is on; admin: somebody switched it off; gone: it answered 410; failing: it took nothing for days.
OFF_REASONS = ("", "admin", "gone", "failing")
JOB_WAS_HANDED_BACK = "state = 'waiting' AND claims > 0"


class DeliveryRow(TableModel, table=True):
    """A message on its way out by one channel. `id` and `message_id` are derived from what caused it: sent once.

    `recipient` is an address of the channel, `destination` the server it leaves by, `payload` what the channel
    rendered. When it is tried, how often it was and whether it is given up stands in its job, the row of `job_key`;
    `last_error` is the last answer of the destination. `emptied_at` is when the payload was deleted (retention.py).
    """

    __tablename__ = "delivery"
    __table_args__ = (
        check_in("state", DELIVERY_STATES, "delivery"),
        Index("ix_delivery_state_destination", "state", "destination"),
        Index("ix_delivery_newest", "created_at", "id"),
        Index("ix_delivery_text", "finished_at", sqlite_where=HAS_TEXT, postgresql_where=HAS_TEXT),
        Index("ix_delivery_lead", "lead_id"),
        Index("ix_delivery_webhook", "recipient", "created_at", sqlite_where=IS_WEBHOOK, postgresql_where=IS_WEBHOOK),
    )

    id: str = Field(primary_key=True, sa_type=Text)
    kind: str = Field(sa_type=Text)
    channel: str = Field(sa_type=Text)
    destination: str = Field(sa_type=Text)
    recipient: str = Field(sa_type=Text)
    payload: dict[str, Any] = Field(default_factory=dict, sa_type=Json, nullable=False)
    message_id: str = Field(unique=True, sa_type=Text)
    job_key: str = Field(unique=True, sa_type=Text)
    state: str = Field(default="queued", sa_type=Text)
    last_error: str = Field(default="", sa_type=Text)
    lead_id: str | None = Field(default=None, foreign_key="lead.id", sa_type=Text)
    response_id: str | None = Field(default=None, foreign_key="response.id", sa_type=Text)
    created_at: datetime = Field(sa_type=UTCDateTime)
    finished_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    emptied_at: datetime | None = Field(default=None, sa_type=UTCDateTime)


class SuppressionRow(TableModel, table=True):
    """A mailbox that gets only what it asks for. `address` is "" once the person was erased: the hash alone is kept.

    `detail` is the answer of the mail server to what bounced, or what an administrator noted.
    """

    __tablename__ = "suppression"
    __table_args__ = (
        check_in("reason", tuple(SuppressionReason), "suppression"),
        Index("ix_suppression_newest", "at", "mailbox_hash"),
    )

    mailbox_hash: str = Field(primary_key=True, sa_type=Text)
    address: str = Field(default="", sa_type=Text)
    reason: str = Field(sa_type=Text)
    detail: str = Field(default="", sa_type=Text)
    at: datetime = Field(sa_type=UTCDateTime)


class WebhookEndpointRow(TableModel, table=True):
    """An endpoint of webhooks. `events` are the types it has chosen; `secret` and `former_secret` are encrypted.

    `former_secret` signs too until `former_until`. `failing_since` is the first failure after the last success, None
    while it works; `last_error` is its last answer. `off_reason` says why it is off, since `off_at`.
    """

    __tablename__ = "webhook_endpoint"
    __table_args__ = (
        check_in("state", ENDPOINT_STATES, "webhook_endpoint"),
        check_in("off_reason", OFF_REASONS, "webhook_endpoint"),
    )

    id: str = Field(primary_key=True, sa_type=Text)
    url: str = Field(sa_type=Text)
    events: list[str] = Field(default_factory=list, sa_type=Json, nullable=False)
    secret: str = Field(sa_type=Text)
    former_secret: str = Field(default="", sa_type=Text)
    former_until: datetime | None = Field(default=None, sa_type=UTCDateTime)
    state: str = Field(default="on", sa_type=Text)
    off_reason: str = Field(default="", sa_type=Text)
    off_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    failing_since: datetime | None = Field(default=None, sa_type=UTCDateTime)
    succeeded_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    last_error: str = Field(default="", sa_type=Text)
    created_at: datetime = Field(sa_type=UTCDateTime)


class CircuitBreakerRow(TableModel, table=True):
    """The circuit breaker of one destination; open while `probe_at` is set.

    `probe_key` is the job that may try while it is open, `probe_planned_at` when that job would have run otherwise.
    """

    __tablename__ = "circuit_breaker"

    name: str = Field(primary_key=True, sa_type=Text)
    failures: int = Field(default=0)
    probe_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    probe_key: str | None = Field(default=None, sa_type=Text)
    probe_planned_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    last_error: str = Field(default="", sa_type=Text)


class JobRow(TableModel, table=True):
    """Something to do, written with what caused it. `key` makes it happen once.

    waiting: until `not_before`; running: the worker `claimed_by` does it; then done, or dead after the last attempt.

    `attempt` is its place in the schedule of retries. `turn` is the number of its run and only grows. `claims` is how
    often this run was taken up: more than once when its worker died or was stopped meanwhile. A worker's word counts
    only for the turn and the claim it holds.
    """

    __tablename__ = "job"
    __table_args__ = (
        check_in("state", JOB_STATES, "job"),
        Index("ix_job_state_not_before", "state", "not_before"),
        Index("ix_job_state_finished", "state", "finished_at", "key"),
        Index(
            "ix_job_handed_back",
            "claims",
            "not_before",
            sqlite_where=text(JOB_WAS_HANDED_BACK),
            postgresql_where=text(JOB_WAS_HANDED_BACK),
        ),
    )

    key: str = Field(primary_key=True, sa_type=Text)
    name: str = Field(sa_type=Text)
    args: dict[str, Any] = Field(default_factory=dict, sa_type=Json, nullable=False)
    state: str = Field(default="waiting", sa_type=Text)
    attempt: int = Field(default=0)
    turn: int = Field(default=0)
    claims: int = Field(default=0)
    claimed_by: str | None = Field(default=None, sa_type=Text)
    not_before: datetime = Field(sa_type=UTCDateTime)
    created_at: datetime = Field(sa_type=UTCDateTime)
    finished_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    last_error: str = Field(default="", sa_type=Text)


class HeartbeatRow(TableModel, table=True):
    """A sign of life of each worker process, so that another one can take over what a dead one held."""

    __tablename__ = "worker"

    name: str = Field(primary_key=True, sa_type=Text)
    beat: int = Field(default=0)
    beat_at: datetime = Field(sa_type=UTCDateTime)
