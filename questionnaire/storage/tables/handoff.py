"""Tables of the handoff: absences of reps, and notes from calls."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, Text
from sqlmodel import Field

from questionnaire.storage.db.column_types import Json, UTCDateTime
from questionnaire.storage.tables.model import TableModel


class AbsenceRow(TableModel, table=True):
    """A rep is away from `starts_on` to `ends_on`, both included; `substitute` is the rep who stands in."""

    __tablename__ = "absence"

    id: str = Field(primary_key=True, sa_type=Text)
    rep: str = Field(sa_type=Text)
    starts_on: date = Field(sa_type=Date)
    ends_on: date = Field(sa_type=Date, index=True)
    substitute: str | None = Field(default=None, sa_type=Text)
    created_by: str = Field(sa_type=Text)
    created_at: datetime = Field(sa_type=UTCDateTime)


class CallNoteRow(TableModel, table=True):
    """What a rep noted during calls, by question: the newest version alone."""

    __tablename__ = "call_note"

    lead_id: str = Field(primary_key=True, foreign_key="lead.id", sa_type=Text)
    notes: dict[str, Any] = Field(default_factory=dict, sa_type=Json, nullable=False)
    written_by: str = Field(sa_type=Text)
    written_at: datetime = Field(sa_type=UTCDateTime)
