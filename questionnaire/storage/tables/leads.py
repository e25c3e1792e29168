"""Leads, what happened to them, and who has them. Events are the truth; the columns of a lead that lists need are a
projection of them."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, Text
from sqlmodel import Field

from questionnaire.core.base.stage import Stage
from questionnaire.storage.db.column_types import Counter, Json, UTCDateTime, check_in
from questionnaire.storage.tables.model import TableModel

EVENT_KINDS = (
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


class LeadRow(TableModel, table=True):
    """One person, by canonical address, however often they answer.

    From `stage` to `next_at` the columns are what the events say (storage/leads/projection.py). `version` grows with
    every change of owner. `search` holds what the desk's search box looks through, folded.
    """

    __tablename__ = "lead"
    __table_args__ = (
        check_in("stage", tuple(Stage), "lead"),
        Index("ix_lead_stage_newest", "stage", "newest_at"),
        Index("ix_lead_owner_call_by", "owner", "call_by"),
        Index("ix_lead_label", "label"),
        Index("ix_lead_call_by", "call_by"),
        Index("ix_lead_newest", "newest_at"),
        Index("ix_lead_domain", "account_domain"),
    )

    id: str = Field(primary_key=True, sa_type=Text)
    canonical_email: str = Field(unique=True, sa_type=Text)
    email: str = Field(sa_type=Text)
    account_domain: str | None = Field(default=None, sa_type=Text)
    name: str = Field(default="", sa_type=Text)
    title: str = Field(default="", sa_type=Text)
    company: str = Field(default="", sa_type=Text)
    country: str = Field(default="", sa_type=Text)
    phone: str = Field(default="", sa_type=Text)
    language: str = Field(default="en", sa_type=Text)
    contact: dict[str, Any] = Field(default_factory=dict, sa_type=Json, nullable=False)
    search: str = Field(default="", sa_type=Text)
    created_at: datetime = Field(sa_type=UTCDateTime)
    newest_at: datetime = Field(sa_type=UTCDateTime)
    version: int = Field(default=0)
    demo: bool = Field(default=False)

    stage: str = Field(default="lead", sa_type=Text)
    reason: str | None = Field(default=None, sa_type=Text)
    until: str | None = Field(default=None, sa_type=Text)
    why: str | None = Field(default=None, sa_type=Text)
    label: str | None = Field(default=None, sa_type=Text)
    fit: int | None = None
    intent: int | None = None
    timing: int | None = None
    total: int | None = None
    owner: str | None = Field(default=None, sa_type=Text)
    queue: str | None = Field(default=None, sa_type=Text)
    call_by: datetime | None = Field(default=None, sa_type=UTCDateTime)
    next_what: str | None = Field(default=None, sa_type=Text)
    next_at: datetime | None = Field(default=None, sa_type=UTCDateTime)


class EventRow(TableModel, table=True):
    """Something that happened. Appended, never changed: a trigger refuses UPDATE and DELETE.

    `becomes` says which projection columns of the lead changed to what; moments in it are ISO 8601 text.
    """

    __tablename__ = "event"
    __table_args__ = (
        check_in("kind", EVENT_KINDS, "event"),
        Index("ix_event_lead_seq", "lead_id", "seq"),
        Index("ix_event_kind_at", "kind", "at"),
    )

    seq: int | None = Field(default=None, primary_key=True, sa_type=Counter)
    id: str = Field(unique=True, sa_type=Text)
    lead_id: str = Field(foreign_key="lead.id", sa_type=Text)
    response_id: str | None = Field(default=None, foreign_key="response.id", sa_type=Text)
    kind: str = Field(sa_type=Text)
    at: datetime = Field(sa_type=UTCDateTime)
    actor: str = Field(sa_type=Text)
    data: dict[str, Any] = Field(default_factory=dict, sa_type=Json, nullable=False)
    becomes: dict[str, Any] = Field(default_factory=dict, sa_type=Json, nullable=False)


class AssignmentRow(TableModel, table=True):
    """Who has a lead now, and why: one row per lead, so that a second owner cannot exist. The past is in the events."""

    __tablename__ = "assignment"

    lead_id: str = Field(primary_key=True, foreign_key="lead.id", sa_type=Text)
    rep: str | None = Field(default=None, index=True, sa_type=Text)
    queue: str | None = Field(default=None, sa_type=Text)
    rule: str | None = Field(default=None, sa_type=Text)
    pool: str | None = Field(default=None, sa_type=Text)
    why: str = Field(default="", sa_type=Text)
    at: datetime = Field(sa_type=UTCDateTime)
    due_at: datetime | None = Field(default=None, sa_type=UTCDateTime)


class RoundRobinRow(TableModel, table=True):
    """Whose turn it is: the credits of a pool's members, read and written under the row's lock."""

    __tablename__ = "pool_cursor"

    pool: str = Field(primary_key=True, sa_type=Text)
    credits: dict[str, Any] = Field(default_factory=dict, sa_type=Json, nullable=False)
