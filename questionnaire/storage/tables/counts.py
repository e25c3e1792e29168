"""What is counted so that nobody is flooded, and what waits to be told together."""

from datetime import datetime

from sqlalchemy import Index, Text
from sqlmodel import Field

from questionnaire.storage.db.column_types import UTCDateTime
from questionnaire.storage.tables.model import TableModel


class RateCountRow(TableModel, table=True):
    """How often something happened in one window of time. `subject` is a keyed hash: no address can be read from it."""

    __tablename__ = "rate_count"

    subject: str = Field(primary_key=True, sa_type=Text)
    window_start: datetime = Field(primary_key=True, index=True, sa_type=UTCDateTime)
    count: int = Field(default=0)


class DigestEntryRow(TableModel, table=True):
    """Something a person is told together with others of its kind; `mail_id` is the digest that told it, once one did.

    Told ones are kept for as long as done jobs are: a job that runs twice adds nothing.
    """

    __tablename__ = "notice"
    __table_args__ = (Index("ix_notice_waiting", "staff_id", "kind", "mail_id"),)

    staff_id: str = Field(primary_key=True, foreign_key="staff.id", sa_type=Text)
    kind: str = Field(primary_key=True, sa_type=Text)
    response_id: str = Field(primary_key=True, foreign_key="response.id", index=True, sa_type=Text)
    lead_id: str = Field(foreign_key="lead.id", index=True, sa_type=Text)
    created_at: datetime = Field(index=True, sa_type=UTCDateTime)
    mail_id: str | None = Field(default=None, sa_type=Text)


class DigestRow(TableModel, table=True):
    """What one person was mailed of one kind lately (core/delivery/digests.py). Who writes to them holds this row."""

    __tablename__ = "digest"

    staff_id: str = Field(primary_key=True, foreign_key="staff.id", sa_type=Text)
    kind: str = Field(primary_key=True, sa_type=Text)
    since: datetime | None = Field(default=None, sa_type=UTCDateTime)
    sent: int = Field(default=0)
    due_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
