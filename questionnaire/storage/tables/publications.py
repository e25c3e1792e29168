"""What was published: immutable versions of surveys and policies. A trigger refuses UPDATE and DELETE."""

from datetime import datetime
from typing import Any

from sqlalchemy import LargeBinary, Text
from sqlmodel import Field

from questionnaire.storage.db.column_types import Json, UTCDateTime
from questionnaire.storage.tables.model import TableModel


class PublicationRow(TableModel):
    """What both have in common; `sha256` is that of the content as JSON."""

    id: str = Field(primary_key=True, sa_type=Text)
    version: int = Field(primary_key=True)
    content: dict[str, Any] = Field(sa_type=Json, nullable=False)
    sha256: str = Field(sa_type=Text)
    published_at: datetime = Field(sa_type=UTCDateTime)


class SurveyVersionRow(PublicationRow, table=True):
    __tablename__ = "survey_version"


class PolicyVersionRow(PublicationRow, table=True):
    __tablename__ = "policy_version"


class ImageRow(TableModel, table=True):
    """A picture of a published survey, by the name the survey calls it: a mark of its content and its size."""

    __tablename__ = "picture"

    name: str = Field(primary_key=True, sa_type=Text)
    content: bytes = Field(sa_type=LargeBinary)
    stored_at: datetime = Field(sa_type=UTCDateTime)
