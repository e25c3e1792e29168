"""All a report may know: what the prospect was asked and said, and the maturity it shows.

Whatever is not in here cannot reach a report. There is no assessment, no scorecard, no verdict, no signal, no history.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from typing import Any

from questionnaire.core.base.translation import ENGLISH, Translator
from questionnaire.core.survey.journey import Journey
from questionnaire.core.survey.maturity import Maturity
from questionnaire.core.survey.report_texts import Block
from questionnaire.core.survey.survey import Survey


@dataclass(frozen=True, slots=True)
class Prior:
    """An earlier result of the same person in the same survey; percentages, unrounded."""

    at: datetime
    overall: Fraction


@dataclass(frozen=True, slots=True)
class Peers:
    """What others answered. `group` are the words of the group, "" for everybody; means are percentages."""

    count: int
    overall: Fraction
    group: str = ""
    dimensions: Mapping[str, Fraction] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReportContext:
    """The ground of a report. `at` has a zone; `language` is one of the survey's."""

    survey: Survey
    journey: Journey
    contact: Mapping[str, Any]
    maturity: Maturity
    at: datetime
    language: str
    words: Translator = ENGLISH
    block: Block | None = None
    prior: Prior | None = None
    peers: Peers | None = None

    def said(self, name: str) -> str:
        return str(self.contact.get(name) or "").strip()

    @property
    def company(self) -> str:
        return self.said("company")

    @property
    def person(self) -> str:
        return " ".join(part for part in (self.said("first_name"), self.said("last_name")) if part)

    def title_of(self, dimension: str) -> str:
        return self.survey.dimension(dimension).title.say(self.language)
