"""Tables of counts (rates, visits per survey and day) and notification digests."""

from datetime import date, datetime

from sqlalchemy import Date, Index, Text
from sqlmodel import Field

from questionnaire.storage.db.column_types import UTCDateTime
from questionnaire.storage.tables.model import TableModel


class RateCountRow(TableModel, table=True):
    """Number of events in one time window. `subject` is a keyed hash: no address can be read from it."""

    __tablename__ = "rate_count"

    subject: str = Field(primary_key=True, sa_type=Text)
    window_start: datetime = Field(primary_key=True, index=True, sa_type=UTCDateTime)
    count: int = Field(default=0)


class VisitCountRow(TableModel, table=True):
    """Number of visits of a survey in which someone began to answer on a day, and of those that were completed.

    A day has a few rows, told apart by `part`, so that visitors who come at once don’t wait for each other.
    """

    __tablename__ = "visit_count"

    day: date = Field(primary_key=True, sa_type=Date)
    survey_id: str = Field(primary_key=True, sa_type=Text)
    part: int = Field(primary_key=True)
    starts: int = Field(default=0)
    completions: int = Field(default=0)


class DigestEntryRow(TableModel, table=True):
    """An entry of a person's next digest; `mail_id` is the digest that contained it, once sent.

    `cause` is the id of the response or event that it tells of. Sent entries are stored as long as done jobs, so that a
    job that runs twice adds nothing.
    """

    __tablename__ = "notice"
    __table_args__ = (Index("ix_notice_waiting", "staff_id", "kind", "mail_id"),)

    staff_id: str = Field(primary_key=True, foreign_key="staff.id", sa_type=Text)
    kind: str = Field(primary_key=True, sa_type=Text)
    cause: str = Field(primary_key=True, sa_type=Text)
    response_id: str = Field(foreign_key="response.id", index=True, sa_type=Text)
    lead_id: str = Field(foreign_key="lead.id", index=True, sa_type=Text)
    created_at: datetime = Field(index=True, sa_type=UTCDateTime)
    mail_id: str | None = Field(default=None, sa_type=Text)


class DigestRow(TableModel, table=True):
    """The recent digests of one kind for one person (core/delivery/digests.py). A writer locks this row."""

    __tablename__ = "digest"

    staff_id: str = Field(primary_key=True, foreign_key="staff.id", sa_type=Text)
    kind: str = Field(primary_key=True, sa_type=Text)
    since: datetime | None = Field(default=None, sa_type=UTCDateTime)
    sent: int = Field(default=0)
    due_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
