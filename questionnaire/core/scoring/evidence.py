"""Answers, contact, signals and history become evidence: levels, signals and flags, each with its source.

One lead may have answered several surveys, several times. Per criterion the newest known evidence wins; at the
same instant an answer comes before a contact field, and that before an import. "I don't know" never overwrites.
A newer response to the same survey that no longer shows the question withdraws it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from questionnaire.core.identity.attribution import Touchpoint
from questionnaire.core.survey.answers import Answers
from questionnaire.core.survey.journey import Journey, walk
from questionnaire.core.survey.survey import Survey

ANSWER, CONTACT, HIDDEN, IMPORT = "answer", "contact", "hidden", "import"


@dataclass(frozen=True, slots=True)
class Filled:
    """One response as evidence. `hidden` is trusted, `claims` is not; `imported` holds raw values by question name.

    `touches` tell where the person came from, and prove nothing. Responses that do not count (core/scoring/confirmation.py) are
    left out before evidence is gathered.
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
        """The fields of its survey that a condition may name; what came under another name is none of them."""
        given = {**self.claims, **self.hidden, **self.contact}
        return {name: value for name, value in given.items() if name in self.survey.field_names}

    def journey(self) -> Journey:
        return walk(self.survey, self.answers, self.fields)


@dataclass(frozen=True, slots=True)
class Signal:
    """Something the person did. `source` says where it was seen; `response` the response that emitted it."""

    name: str
    at: datetime
    asset: str | None = None
    session: str | None = None
    source: str = ""
    response: str | None = None


@dataclass(frozen=True, slots=True)
class History:
    """What is known of the lead beyond its answers."""

    not_now_on: date | None = None
    stage: str | None = None
    owner: str | None = None
    account_owner: str | None = None
    duplicate: bool = False
    customer: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """The level of one criterion and where it comes from."""

    criterion: str
    level: str
    kind: str
    name: str
    value: Any
    at: datetime
    expired_on: date | None = None

    @property
    def source(self) -> str:
        """`answer employees = 50_199`"""
        value = ", ".join(map(str, self.value)) if isinstance(self.value, tuple) else self.value
        return f"{self.kind} {self.name} = {value}"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything known at `at`. `stale` holds levels whose declaration has run out.

    `not_now_response` and `not_now_at` say which response said "not now" last, if it was one and not a rep.
    """

    at: datetime
    filled: tuple[Filled, ...]
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
    not_now_on: date | None
    not_now_response: str | None
    not_now_at: datetime | None
    email_kind: str | None
    domain_in: frozenset[str]

    @property
    def latest(self) -> Filled:
        return self.filled[-1]

    @property
    def journey(self) -> Journey:
        return self.journeys[-1]
