"""Tables of responses, consents, assessments, documents, drafts, form states, visits and benchmark sums."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, ForeignKeyConstraint, Index, LargeBinary, Text, UniqueConstraint, text
from sqlmodel import Field

from questionnaire.storage.db.column_types import Json, JsonOrNothing, UTCDateTime, check_in
from questionnaire.storage.tables.model import TableModel

DOCUMENT_KINDS = ("report", "dossier")


class ResponseRow(TableModel, table=True):
    """A survey that was completed or reached an ending, pinned to the versions of survey and policy under which it was
    answered and assessed.

    `key` is the browser's idempotency key, `body_hash` the hash of the request body sent with it. `confirmed_at` is
    None until the email address is confirmed.

    `test`: someone of the company tried the survey; it counts nowhere and can be deleted.

    `ending` is the name of the ending on which it stopped early, None for a completed one.

    `judged_at` is None until the job after acceptance has assessed the response with its lead.

    `shown_benchmark` is the comparison with others and with earlier answers that its result shows, fixed at acceptance.
    `benchmark_entry` is its current benchmark entry, None when it has none.
    """

    __tablename__ = "response"
    __table_args__ = (
        ForeignKeyConstraint(["survey_id", "survey_version"], ["survey_version.id", "survey_version.version"]),
        ForeignKeyConstraint(["policy_id", "policy_version"], ["policy_version.id", "policy_version.version"]),
        Index("ix_response_lead_at", "lead_id", "at"),
        Index("ix_response_test", "survey_id", "at", sqlite_where=text("test"), postgresql_where=text("test")),
    )

    id: str = Field(primary_key=True, sa_type=Text)
    survey_id: str = Field(sa_type=Text)
    survey_version: int
    policy_id: str = Field(sa_type=Text)
    policy_version: int
    lead_id: str | None = Field(default=None, foreign_key="lead.id", sa_type=Text)
    at: datetime = Field(sa_type=UTCDateTime)
    language: str = Field(sa_type=Text)
    answers: dict[str, Any] = Field(default_factory=dict, sa_type=Json, nullable=False)
    hidden: dict[str, Any] = Field(default_factory=dict, sa_type=Json, nullable=False)
    claims: dict[str, Any] = Field(default_factory=dict, sa_type=Json, nullable=False)
    contact: dict[str, Any] = Field(default_factory=dict, sa_type=Json, nullable=False)
    source: dict[str, Any] = Field(default_factory=dict, sa_type=Json, nullable=False)
    key: str = Field(unique=True, sa_type=Text)
    body_hash: str = Field(sa_type=Text)
    confirmed_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    judged_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    demo: bool = Field(default=False)
    test: bool = Field(default=False)
    ending: str | None = Field(default=None, sa_type=Text)
    shown_benchmark: dict[str, Any] | None = Field(default=None, sa_type=JsonOrNothing)
    benchmark_entry: dict[str, Any] | None = Field(default=None, sa_type=JsonOrNothing)


class BenchmarkSumRow(TableModel, table=True):
    """Benchmark sums: per survey one row for everyone (group "") and one per group.

    `sums` contains integers: `overall`, and per dimension the number of people and their sum. A person is included
    once.
    """

    __tablename__ = "tally"

    survey_id: str = Field(primary_key=True, sa_type=Text)
    group: str = Field(primary_key=True, sa_type=Text)
    people: int
    sums: dict[str, Any] = Field(sa_type=Json, nullable=False)


class ConsentRow(TableModel, table=True):
    """The exact text that a person agreed to or not, when and how."""

    __tablename__ = "consent"
    __table_args__ = (UniqueConstraint("response_id", "name"),)

    id: str = Field(primary_key=True, sa_type=Text)
    response_id: str = Field(foreign_key="response.id", index=True, sa_type=Text)
    lead_id: str | None = Field(default=None, foreign_key="lead.id", index=True, sa_type=Text)
    name: str = Field(sa_type=Text)
    basis: str = Field(sa_type=Text)
    text: str = Field(sa_type=Text)
    language: str = Field(sa_type=Text)
    survey_version: int
    granted: bool
    method: str = Field(sa_type=Text)
    at: datetime = Field(sa_type=UTCDateTime)


class AssessmentRow(TableModel, table=True):
    """One assessment, never changed: `content` is what the product promised at `at`, under that policy."""

    __tablename__ = "assessment"
    __table_args__ = (
        ForeignKeyConstraint(["policy_id", "policy_version"], ["policy_version.id", "policy_version.version"]),
        Index("ix_assessment_lead_at", "lead_id", "at"),
    )

    id: str = Field(primary_key=True, sa_type=Text)
    response_id: str = Field(foreign_key="response.id", index=True, sa_type=Text)
    lead_id: str | None = Field(default=None, foreign_key="lead.id", sa_type=Text)
    policy_id: str = Field(sa_type=Text)
    policy_version: int
    at: datetime = Field(sa_type=UTCDateTime)
    content: dict[str, Any] = Field(sa_type=Json, nullable=False)


class DocumentRow(TableModel, table=True):
    """A PDF file by its source: one file per response, kind, language and template version."""

    __tablename__ = "document"
    __table_args__ = (check_in("kind", DOCUMENT_KINDS, "document"),)

    response_id: str = Field(primary_key=True, foreign_key="response.id", sa_type=Text)
    kind: str = Field(primary_key=True, sa_type=Text)
    language: str = Field(primary_key=True, sa_type=Text)
    template_version: str = Field(primary_key=True, sa_type=Text)
    sha256: str = Field(sa_type=Text)
    content: bytes = Field(sa_type=LargeBinary)
    plain: bool = Field(default=False)
    created_at: datetime = Field(sa_type=UTCDateTime)


class PartialResponseRow(TableModel, table=True):
    """Answers not submitted yet, by random id; deleted after they expire."""

    __tablename__ = "draft"

    id: str = Field(primary_key=True, sa_type=Text)
    survey_id: str = Field(sa_type=Text)
    survey_version: int
    language: str = Field(sa_type=Text)
    fields: dict[str, Any] = Field(default_factory=dict, sa_type=Json, nullable=False)
    created_at: datetime = Field(sa_type=UTCDateTime)
    updated_at: datetime = Field(sa_type=UTCDateTime)
    expires_at: datetime = Field(index=True, sa_type=UTCDateTime)


class FormStateRow(TableModel, table=True):
    """A form without JavaScript between two of its pages, under the hash of the token in their addresses.

    `content` is everything typed, contact details included; it is deleted when the form is submitted, or expires soon.
    """

    __tablename__ = "form_state"

    id: str = Field(primary_key=True, sa_type=Text)
    survey_id: str = Field(sa_type=Text)
    content: dict[str, Any] = Field(default_factory=dict, sa_type=Json, nullable=False)
    expires_at: datetime = Field(index=True, sa_type=UTCDateTime)


class VisitRow(TableModel, table=True):
    """One visit of a survey, for the drop-off figures: question names and a day, no answers and no personal data.

    `id` is a random number from the browser that is stored nowhere else. `ending`: where it stopped early, "" when it
    did not.
    """

    __tablename__ = "visit"
    __table_args__ = (Index("ix_visit_survey", "survey_id", "survey_version", "day"),)

    id: str = Field(primary_key=True, sa_type=Text)
    survey_id: str = Field(sa_type=Text)
    survey_version: int
    language: str = Field(sa_type=Text)
    day: date = Field(sa_type=Date, index=True)
    embedded: bool = Field(default=False)
    seen: list[str] = Field(default_factory=list, sa_type=Json, nullable=False)
    answered: list[str] = Field(default_factory=list, sa_type=Json, nullable=False)
    at: str = Field(default="", sa_type=Text)
    completed: bool = Field(default=False)
    ending: str = Field(default="", sa_type=Text)
