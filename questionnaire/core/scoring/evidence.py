"""The evidence of a lead: levels, signals and flags, each with its source.

A lead may have answered several surveys, several times. Per criterion the newest known evidence wins. At the same
instant an answer wins over a contact field, and that over an import. "I don't know" never overwrites. A newer
response to the same survey that no longer shows a question withdraws the older answer to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from questionnaire.core.base.texts import LocalizedText
from questionnaire.core.identity.attribution import Touchpoint
from questionnaire.core.survey.answers import Answers
from questionnaire.core.survey.calculated_facts import Calculated, calculate
from questionnaire.core.survey.journey import Journey, derive_journey
from questionnaire.core.survey.maturity import Maturity, measure
from questionnaire.core.survey.placeholders import answer_words, placeholder_values, say_answer
from questionnaire.core.survey.questions import Question, Value
from questionnaire.core.survey.survey import Survey

ANSWER, CONTACT, HIDDEN, IMPORT, CALCULATED = "answer", "contact", "hidden", "import", "calculated"


@dataclass(frozen=True)
class ResponseEvidence:
    """One response as evidence, with what its answers amount to; that is worked out once.

    `hidden` is trusted, `claims` is not. `imported` has raw values by question name. `touches` are where the person
    came from; anyone can write them, so they prove nothing. Responses that do not count (core/scoring/confirmation.py)
    are removed before evidence is collected.
    """

    survey: Survey
    answers: Answers
    at: datetime
    contact: Mapping[str, Any] = field(default_factory=dict)
    hidden: Mapping[str, str] = field(default_factory=dict)
    claims: Mapping[str, str] = field(default_factory=dict)
    imported: Mapping[str, Any] = field(default_factory=dict)
    id: str = ""
    language: str = "en"
    touches: Mapping[str, Touchpoint] = field(default_factory=dict)

    @property
    def fields(self) -> dict[str, Any]:
        """The values of the declared contact and hidden fields, for conditions. Undeclared fields are ignored."""
        values = {**self.claims, **self.hidden, **self.contact}
        return {name: value for name, value in values.items() if name in self.survey.field_names}

    @cached_property
    def journey(self) -> Journey:
        return derive_journey(self.survey, self.answers, self.fields)

    @cached_property
    def maturity(self) -> Maturity:
        return measure(self.survey, self.journey)

    @cached_property
    def calculated(self) -> Calculated:
        return calculate(self.survey, self.journey, self.maturity) if self.survey.calculated else {}

    @property
    def fills(self) -> dict[str, str]:
        """The values of the placeholders in the survey's texts."""
        if not self.survey.placeholder_names:
            return {}
        return placeholder_values(self.survey, self.journey.answers, self.contact, self.language, self.calculated)

    def say(self, text: LocalizedText) -> str:
        """A text as the prospect read it, with its placeholders filled."""
        return text.fill(self.language, self.fills)

    def answer_words(self, item: Question) -> str:
        """The answer to an item on the path in words, with the text of "other"; "" without an answer."""
        return answer_words(item, self.answers, self.language, self.fills)

    def value_words(self, item: Question, value: Value) -> str:
        return say_answer(item, value, self.language, self.fills)


@dataclass(frozen=True, slots=True)
class Signal:
    """A behaviour of the person. `source` is where it was recorded, `response` the response that emitted it."""

    name: str
    at: datetime
    asset: str | None = None
    session: str | None = None
    source: str = ""
    response: str | None = None


@dataclass(frozen=True, slots=True)
class History:
    """What is known about the lead besides its responses. `signals` are behaviour that no response tells of."""

    not_now_on: date | None = None
    stage: str | None = None
    owner: str | None = None
    account_owner: str | None = None
    duplicate: bool = False
    customer: bool = False
    signals: tuple[Signal, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """The known level of one criterion, with its source."""

    criterion: str
    level: str
    kind: str
    name: str
    value: Any
    at: datetime
    expired_on: date | None = None

    @property
    def source(self) -> str:
        """The source as text, such as `answer employees = 50_199`."""
        value = ", ".join(map(str, self.value)) if isinstance(self.value, tuple) else self.value
        return f"{self.kind} {self.name} = {value}"


@dataclass(frozen=True, slots=True)
class NotNowAnswer:
    """The last "not now". `at` and `response` (its id) are None when a rep set it: then only the day is known."""

    on: date
    at: datetime | None = None
    response: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything known at `at`. `stale` has the levels whose declaration has expired."""

    at: datetime
    filled: tuple[ResponseEvidence, ...]
    journeys: tuple[Journey, ...]
    known: Mapping[str, Known]
    stale: Mapping[str, Known]
    contact: Mapping[str, Any]
    answers: Mapping[str, Any]
    fields: Mapping[str, Any]
    claims: Mapping[str, str]
    signals: tuple[Signal, ...]
    flags: frozenset[str]
    history: History
    not_now: NotNowAnswer | None
    email_kind: str | None
    domain_in: frozenset[str]

    @property
    def not_now_on(self) -> date | None:
        return self.not_now.on if self.not_now is not None else None

    @property
    def latest(self) -> ResponseEvidence:
        return self.filled[-1]

    @property
    def journey(self) -> Journey:
        return self.journeys[-1]
