"""What was published: immutable versions of surveys and policies. A trigger refuses UPDATE and DELETE."""

from datetime import datetime
from typing import Any

from sqlalchemy import Text
from sqlmodel import Field, SQLModel

from questionnaire.storage.columns import Json, UTCDateTime


class SurveyVersion(SQLModel, table=True):
    __tablename__ = "survey_version"

    id: str = Field(primary_key=True, sa_type=Text)
    version: int = Field(primary_key=True)
    content: dict[str, Any] = Field(sa_type=Json, nullable=False)
    sha256: str = Field(sa_type=Text)
    published_at: datetime = Field(sa_type=UTCDateTime)


class PolicyVersion(SQLModel, table=True):
    __tablename__ = "policy_version"

    id: str = Field(primary_key=True, sa_type=Text)
    version: int = Field(primary_key=True)
    content: dict[str, Any] = Field(sa_type=Json, nullable=False)
    sha256: str = Field(sa_type=Text)
    published_at: datetime = Field(sa_type=UTCDateTime)
