"""Tables of published surveys and policies, which are immutable: a trigger refuses UPDATE and DELETE."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, LargeBinary, Text
from sqlmodel import Field

from questionnaire.storage.db.column_types import Json, UTCDateTime
from questionnaire.storage.tables.model import TableModel


class PublicationRow(TableModel):
    """The columns of both tables of versions; `sha256` is the hash of the content as JSON.

    `published_by` is empty for a version that came from a file.
    """

    id: str = Field(primary_key=True, sa_type=Text)
    version: int = Field(primary_key=True)
    content: dict[str, Any] = Field(sa_type=Json, nullable=False)
    sha256: str = Field(sa_type=Text)
    published_at: datetime = Field(sa_type=UTCDateTime)
    published_by: str = Field(default="", sa_type=Text)
    note: str = Field(default="", sa_type=Text)


class SurveyVersionRow(PublicationRow, table=True):
    __tablename__ = "survey_version"
    __table_args__ = (Index("ix_survey_version_published_at", "published_at"),)


class PolicyVersionRow(PublicationRow, table=True):
    __tablename__ = "policy_version"


class ImageRow(TableModel, table=True):
    """An image of a survey or of a draft. `name` contains the hash of the author's file, and the size in pixels."""

    __tablename__ = "picture"

    name: str = Field(primary_key=True, sa_type=Text)
    content: bytes = Field(sa_type=LargeBinary)
    stored_at: datetime = Field(sa_type=UTCDateTime)


class UnpublishedPictureRow(TableModel, table=True):
    """An image that is not known to be part of a version. `named_at` is when it was last stored, or found in use."""

    __tablename__ = "unpublished_picture"

    name: str = Field(primary_key=True, sa_type=Text)
    named_at: datetime = Field(index=True, sa_type=UTCDateTime)
