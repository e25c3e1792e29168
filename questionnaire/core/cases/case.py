"""The authored notation of a case: a lead, and the expected results."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from questionnaire.core.base.authored import Authored
from questionnaire.core.base.patterns import Pattern
from questionnaire.core.base.stage import VERDICTS, Stage
from questionnaire.core.cases.earlier import CaseCampaign, EarlierResponse
from questionnaire.core.cases.moments import Instant, Word

if TYPE_CHECKING:
    VerdictStage = str
    HistoryStage = str
else:  # a type checker cannot read a derived Literal
    VerdictStage = Literal[tuple(str(stage) for stage in Stage if stage in VERDICTS)]
    HistoryStage = Literal[tuple(map(str, Stage))]


def _completeness(raw: Any) -> Any:
    """Completeness as `6/6`, or as a mapping like in the JSON."""
    return f"{raw.get('known')}/{raw.get('of')}" if isinstance(raw, dict) else raw


class CaseSignal(Authored):
    """A signal of the person."""

    name: str
    at: Instant
    asset: Word | None = None
    session: Word | None = None


class CaseHistory(Authored):
    """What is known about the lead besides its answers."""

    not_now_on: datetime.date | None = None
    stage: HistoryStage | None = None
    owner: str | None = None
    account_owner: str | None = None
    duplicate: bool = False
    customer: bool = False


class ExpectedFit(Authored):
    score: float | None = None
    max: int | None = None
    grade: Literal["A", "B", "C"] | None = None
    completeness: Annotated[
        str, Pattern(r"^\d+/\d+$", "write it like `5/6`"), BeforeValidator(_completeness),
        WithJsonSchema({"type": ["string", "object"]}),
    ] | None = None  # fmt: skip
    contributions: tuple[dict[str, Any], ...] | None = None


class ExpectedIntent(Authored):
    score: float | None = None
    max: int | None = None
    rank: int | None = None
    groups: tuple[dict[str, Any], ...] | None = None
    signals: tuple[dict[str, Any], ...] | None = None


class ExpectedTiming(Authored):
    score: float | None = None
    max: int | None = None
    level: Literal["hot", "warm", "cold"] | None = None
    contributions: tuple[dict[str, Any], ...] | None = None


class ExpectedRoute(Authored):
    rule: str | None = None
    pool: str | None = None
    rep: str | None = None
    queue: str | None = None


class ExpectedMaturity(Authored):
    """Percentages as displayed: whole numbers."""

    overall: int | None = None
    band: str | None = None
    dimensions: dict[str, int] | None = None
    order: tuple[str, ...] | None = None


class Expectation(Authored):
    """The expected results. Only the keys that are present are compared; `null` expects no value."""

    fit: ExpectedFit | None = None
    intent: ExpectedIntent | None = None
    timing: ExpectedTiming | None = None
    label: str | None = None
    total: float | None = None
    segment: str | None = None
    open: tuple[str, ...] | None = None
    stage: VerdictStage | None = None
    reason: str | None = None
    until: datetime.date | None = None
    to: str | None = None
    route: ExpectedRoute | None = None
    first_contact_due: Instant | None = None
    maturity: ExpectedMaturity | None = None
    next_step: str | None = None
    content_blocks: tuple[str, ...] | None = None
    ending: str | None = None
    calculated: dict[str, float | None] | None = None


class Case(Authored):
    """One lead. `hidden` fields are trusted, `claims` are not. Answers may be partial.

    `at` is the moment of judging, `answered_at` that of the answers, else the same. `responses` came before them.
    """

    name: Word = ""
    at: Instant | None = None
    answered_at: Instant | None = None
    language: str | None = None
    answers: dict[str, Any] = Field(default_factory=dict)
    contact: dict[str, Any] = Field(default_factory=dict)
    hidden: dict[str, Word] = Field(default_factory=dict)
    claims: dict[str, Word] = Field(default_factory=dict)
    responses: tuple[EarlierResponse, ...] = ()
    campaign: CaseCampaign | None = None
    first_campaign: CaseCampaign | None = None
    signals: tuple[CaseSignal, ...] = ()
    history: CaseHistory = CaseHistory()
    expect: Expectation = Expectation()

    @model_validator(mode="before")
    @classmethod
    def _drop_empty_keys(cls, raw: Any) -> Any:
        """A key without a value (`contact:`) is the same as a missing key."""
        return {key: value for key, value in raw.items() if value is not None} if isinstance(raw, dict) else raw


class CasesFile(Authored):
    """A file of cases that names their survey and policy."""

    schema_: Literal["cases/1"] = Field(alias="schema")
    survey: str | None = None
    policy: str | None = None
    cases: tuple[Case, ...] = Field(min_length=1, max_length=2000)
