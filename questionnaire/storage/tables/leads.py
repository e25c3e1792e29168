"""Tables of leads, their events, assignments and round-robin credits.

Events are the source of truth; the lead columns that lists need are a projection of them.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Index, Text, text
from sqlmodel import Field

from questionnaire.core.base.stage import Stage
from questionnaire.storage.db.column_types import BinaryText, Counter, Json, UTCDateTime, check_in
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
    "attempted",
    "recycled",
    "opportunity",
    "owner_requested",
    "woken",
    "reopened",
    "undone",
)

# The columns that the lists of the desk are filtered by, in the combinations that have their own indexes. Those of all
# three are read by that of owner and stage.
FILTERS = (
    (),
    ("owner",),
    ("stage",),
    ("label",),
    ("owner", "stage"),
    ("owner", "label"),
    ("stage", "label"),
)
IS_OWNED = text("owner IS NOT NULL")
IS_MERGED = text("merged_into IS NOT NULL")
HAS_NEXT = text("next_what IS NOT NULL")


class LeadRow(TableModel, table=True):
    """One person, by canonical email address, however many responses they send.

    The columns from `stage` to `next_at` are computed from the events (storage/leads/projection.py). `version` grows
    with every change of owner. `urgency` and `company_sort` are the keys of two sort orders (sort_keys.py).

    `merged_into`: the lead of the same person that stays. Its responses stay with this lead and count for that one.

    A list is read by key: each filter that the desk offers has an index in each order, and ends with the id.
    """

    __tablename__ = "lead"
    __table_args__ = (
        check_in("stage", tuple(Stage), "lead"),
        *(Index(f"ix_lead_{'_'.join((*by, 'newest'))}", *by, "newest_at", "id") for by in FILTERS),
        *(Index(f"ix_lead_{'_'.join((*by, 'urgency'))}", *by, "urgency", "id") for by in FILTERS),
        Index("ix_lead_company", "company_sort", "id"),
        Index("ix_lead_owner_company", "owner", "company_sort", "id"),
        Index("ix_lead_domain_stage", "account_domain", "stage"),
        Index("ix_lead_domain_owned", "account_domain", "created_at", sqlite_where=IS_OWNED, postgresql_where=IS_OWNED),
        Index("ix_lead_next", "next_what", "next_at", "id", sqlite_where=HAS_NEXT, postgresql_where=HAS_NEXT),
        Index("ix_lead_merged_into", "merged_into", sqlite_where=IS_MERGED, postgresql_where=IS_MERGED),
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
    company_sort: str = Field(default="", sa_type=BinaryText)
    urgency: int = Field(default=0, sa_type=BigInteger)
    created_at: datetime = Field(sa_type=UTCDateTime)
    newest_at: datetime = Field(sa_type=UTCDateTime)
    version: int = Field(default=0)
    demo: bool = Field(default=False)
    merged_into: str | None = Field(default=None, foreign_key="lead.id", sa_type=Text)

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


class LeadCountRow(TableModel, table=True):
    """Number of leads with an owner, stage and label; "" for none. Kept with every change (facet_counts.py)."""

    __tablename__ = "lead_count"

    owner: str = Field(primary_key=True, sa_type=Text)
    stage: str = Field(primary_key=True, sa_type=Text)
    label: str = Field(primary_key=True, sa_type=Text)
    count: int = Field(sa_type=BigInteger)


class LeadTextRow(TableModel, table=True):
    """The search terms of a lead, separated by spaces (search_index.py).

    Their index is an FTS5 table on SQLite, which refers to `number`, and a GIN index on PostgreSQL.
    """

    __tablename__ = "lead_text"

    number: int | None = Field(default=None, primary_key=True, sa_type=Counter)
    lead_id: str = Field(unique=True, foreign_key="lead.id", sa_type=Text)
    terms: str = Field(default="", sa_type=Text)


class MatchKeyRow(TableModel, table=True):
    """What another lead of the same person would have too (core/identity/person_match.py)."""

    __tablename__ = "match_key"
    __table_args__ = (Index("ix_match_key_lead_id", "lead_id"),)

    key: str = Field(primary_key=True, sa_type=Text)
    lead_id: str = Field(primary_key=True, foreign_key="lead.id", sa_type=Text)


class DistinctPairRow(TableModel, table=True):
    """Two leads of which somebody said that they are different people. `lead_id` is the smaller id of the two."""

    __tablename__ = "distinct_pair"

    lead_id: str = Field(primary_key=True, foreign_key="lead.id", sa_type=Text)
    other_id: str = Field(primary_key=True, foreign_key="lead.id", sa_type=Text)
    said_by: str = Field(sa_type=Text)
    said_at: datetime = Field(sa_type=UTCDateTime)


class EventRow(TableModel, table=True):
    """An event of a lead. Append-only: a trigger refuses UPDATE and DELETE.

    `becomes` maps projection columns of the lead to their new values; times in it are ISO 8601 text.
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
    """The current owner of a lead, and why. One row per lead, so that a second owner cannot exist.

    Former owners are in the events.
    """

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
    """The round-robin credits of a pool's members, read and written under the row's lock."""

    __tablename__ = "pool_cursor"

    pool: str = Field(primary_key=True, sa_type=Text)
    credits: dict[str, Any] = Field(default_factory=dict, sa_type=Json, nullable=False)
