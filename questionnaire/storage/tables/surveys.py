"""Tables of what is true of a survey whatever its version: its state and its home, and when a version goes live."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, Text, text
from sqlmodel import Field

from questionnaire.storage.db.column_types import Json, UTCDateTime, check_in
from questionnaire.storage.tables.model import TableModel

STATES = ("open", "paused", "closed", "archived")
HOMES = ("builder", "folder")
PLAN_STATES = ("waiting", "published", "cancelled", "refused")


class SurveyStatusRow(TableModel, table=True):
    """Whether a survey takes answers, and where it is kept. A survey without a row is open.

    `home` is None until someone chose one: then its newest version tells whether it came from a file.
    """

    __tablename__ = "survey_status"
    __table_args__ = (check_in("state", STATES, "survey_status"), check_in("home", HOMES, "survey_status", empty=True))

    id: str = Field(primary_key=True, sa_type=Text)
    state: str = Field(default="open", sa_type=Text)
    state_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    state_by: str = Field(default="", sa_type=Text)
    home: str | None = Field(default=None, sa_type=Text)
    home_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    home_by: str = Field(default="", sa_type=Text)


class PublicationPlanRow(TableModel, table=True):
    """A draft that goes live at a moment, with the content that was read when it was planned; one waits per survey.

    `in_force` is the version that it follows, None for a first one. `problems` say why it was not published.
    """

    __tablename__ = "publication_plan"
    __table_args__ = (
        check_in("state", PLAN_STATES, "publication_plan"),
        Index("ix_publication_plan_survey", "survey_id", "go_live_at"),
        Index(
            "uq_publication_plan_waiting", "survey_id", unique=True,
            sqlite_where=text("state = 'waiting'"), postgresql_where=text("state = 'waiting'"),
        ),
    )  # fmt: skip

    id: str = Field(primary_key=True, sa_type=Text)
    survey_id: str = Field(sa_type=Text)
    state: str = Field(default="waiting", sa_type=Text)
    revision: int
    in_force: int | None = None
    content: dict[str, Any] = Field(sa_type=Json, nullable=False)
    note: str = Field(default="", sa_type=Text)
    zone: str = Field(default="UTC", sa_type=Text)
    go_live_at: datetime = Field(sa_type=UTCDateTime)
    planned_at: datetime = Field(sa_type=UTCDateTime)
    planned_by: str = Field(sa_type=Text)
    finished_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    finished_by: str = Field(default="", sa_type=Text)
    version: int | None = None
    problems: list[dict[str, Any]] = Field(default_factory=list, sa_type=Json, nullable=False)
