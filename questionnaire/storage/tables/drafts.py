"""Tables of drafts of surveys and policies, of the edits that made them, and of what imports left out.

Edits never change; the oldest ones of a long history are deleted.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, LargeBinary, Text, UniqueConstraint
from sqlmodel import Field

from questionnaire.storage.db.column_types import Json, UTCDateTime, check_in
from questionnaire.storage.tables.model import TableModel

DRAFT_KINDS = ("survey", "policy", "cases")


class DraftRow(TableModel, table=True):
    """A draft as of its newest revision. `name` is the id under which it was opened, `based_on` the published version
    from which, if any."""

    __tablename__ = "authored_draft"
    __table_args__ = (UniqueConstraint("kind", "name"), check_in("kind", DRAFT_KINDS, "authored_draft"))

    id: str = Field(primary_key=True, sa_type=Text)
    kind: str = Field(sa_type=Text)
    name: str = Field(sa_type=Text)
    based_on: int | None = None
    revision: int
    content: dict[str, Any] = Field(sa_type=Json, nullable=False)
    opened_at: datetime = Field(sa_type=UTCDateTime)
    opened_by: str = Field(sa_type=Text)
    changed_at: datetime = Field(sa_type=UTCDateTime)
    changed_by: str = Field(sa_type=Text)


class DraftEditRow(TableModel, table=True):
    """The change that made a revision, as it was applied, and the change that takes it back.

    `undoes` is the revision that it takes back. `key` names the request, so that a repeated one changes nothing.
    """

    __tablename__ = "authored_draft_edit"
    __table_args__ = (UniqueConstraint("draft_id", "key"), Index("ix_authored_draft_edit_at", "at"))

    draft_id: str = Field(primary_key=True, sa_type=Text, foreign_key="authored_draft.id")
    revision: int = Field(primary_key=True)
    author: str = Field(sa_type=Text)
    at: datetime = Field(sa_type=UTCDateTime)
    change: list[dict[str, Any]] = Field(sa_type=Json, nullable=False)
    inverse: list[dict[str, Any]] = Field(sa_type=Json, nullable=False)
    undoes: int | None = None
    key: str | None = Field(default=None, sa_type=Text)


class DraftImportRow(TableModel, table=True):
    """What an import from another product left out or changed, kept with the draft that it made.

    `notes` are (code, place in the source, parameters). `dismissed_at` is None until someone has read them.
    """

    __tablename__ = "authored_draft_import"

    draft_id: str = Field(primary_key=True, sa_type=Text, foreign_key="authored_draft.id")
    source: str = Field(sa_type=Text)
    file: str = Field(default="", sa_type=Text)
    notes: list[Any] = Field(default_factory=list, sa_type=Json, nullable=False)
    at: datetime = Field(sa_type=UTCDateTime)
    by: str = Field(sa_type=Text)
    dismissed_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    dismissed_by: str = Field(default="", sa_type=Text)


class DraftProofRow(TableModel, table=True):
    """What a search found wrong with a revision of a draft: the newest one that was searched.

    `unsearched` says what the search did not reach.
    """

    __tablename__ = "draft_proof"

    draft_id: str = Field(primary_key=True, sa_type=Text, foreign_key="authored_draft.id")
    revision: int
    problems: list[dict[str, Any]] = Field(sa_type=Json, nullable=False)
    unsearched: list[str] = Field(sa_type=Json, nullable=False)
    at: datetime = Field(sa_type=UTCDateTime)


class TrialReportRow(TableModel, table=True):
    """A report of answers that someone tried, for that person; deleted after a day. `content` is None until it is
    printed."""

    __tablename__ = "trial_report"

    id: str = Field(primary_key=True, sa_type=Text)
    asked_by: str = Field(sa_type=Text)
    asked_at: datetime = Field(index=True, sa_type=UTCDateTime)
    survey: str = Field(sa_type=Text)
    language: str = Field(sa_type=Text)
    view: dict[str, Any] = Field(sa_type=Json, nullable=False)
    phrases: list[Any] = Field(sa_type=Json, nullable=False)
    content: bytes | None = Field(default=None, sa_type=LargeBinary, nullable=True)
