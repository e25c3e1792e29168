"""The input of a report: the survey, the prospect's answers and contact data, and the maturity.

A report cannot show anything else. There is no assessment, scorecard, verdict, signal or history here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from fractions import Fraction
from typing import Any

from questionnaire.core.base.texts import LocalizedText
from questionnaire.core.base.translation import ENGLISH, Translator
from questionnaire.core.survey.answers import Answers
from questionnaire.core.survey.journey import Journey
from questionnaire.core.survey.maturity import Maturity
from questionnaire.core.survey.placeholders import answer_words, placeholder_values
from questionnaire.core.survey.questions import Question
from questionnaire.core.survey.report_texts import Block
from questionnaire.core.survey.survey import Survey


@dataclass(frozen=True, slots=True)
class Prior:
    """The earlier result of the same person in the same survey, as an unrounded percentage."""

    at: datetime
    overall: Fraction


@dataclass(frozen=True, slots=True)
class Peers:
    """The results of peers. `group` is the label of the group, "" for all people; averages are percentages."""

    count: int
    overall: Fraction
    group: str = ""
    dimensions: Mapping[str, Fraction] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReportContext:
    """The input of a report. `at` is aware; `language` is one of the survey's.

    `content_blocks` are the ids of the author's sections that were chosen for this reader.
    """

    survey: Survey
    journey: Journey
    contact: Mapping[str, Any]
    maturity: Maturity
    at: datetime
    language: str
    words: Translator = ENGLISH
    block: Block | None = None
    content_blocks: tuple[str, ...] = ()
    prior: Prior | None = None
    peers: Peers | None = None

    @property
    def fills(self) -> dict[str, str]:
        """The values of the placeholders in the survey's texts."""
        return placeholder_values(self.survey, self.journey.answers, self.contact, self.language)

    def say(self, text: LocalizedText | None) -> str:
        """A plain text with its placeholders filled; "" for None. Texts with Markdown are filled when rendered."""
        return text.fill(self.language, self.fills) if text else ""

    def answer_words(self, item: Question) -> str:
        return answer_words(item, self.journey.answers, self.language, self.fills)

    def impersonal(self) -> ReportContext:
        """The same result without anything the person entered."""
        return replace(self, contact={}, journey=Journey((), Answers(), ()))

    def contact_text(self, name: str) -> str:
        return str(self.contact.get(name) or "").strip()

    @property
    def company(self) -> str:
        return self.contact_text("company")

    @property
    def person(self) -> str:
        return " ".join(part for part in (self.contact_text("first_name"), self.contact_text("last_name")) if part)

    def title_of(self, dimension: str) -> str:
        return self.say(self.survey.dimension(dimension).title)
