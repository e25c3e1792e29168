"""The way through a survey, derived by replaying the answers. It is never stored.

A question shows when its condition is true on what was answered before it; an answer to a question that does not
show counts for nothing, so a later branch cannot hang on it either.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from questionnaire.core.answers import Answers
from questionnaire.core.conditions import evaluate
from questionnaire.core.questions import Question
from questionnaire.core.survey import Survey


@dataclass(frozen=True, slots=True)
class Journey:
    """`shown`: the questions on this path. `answers`: those that count. `missing`: required items still open."""

    shown: tuple[Question, ...]
    answers: Answers
    missing: tuple[str, ...]

    @property
    def asked(self) -> frozenset[str]:
        """The items on this path."""
        return frozenset(item.name for question in self.shown for item in question.items)

    @property
    def complete(self) -> bool:
        """Every required question on the path is answered, and at least one was."""
        return not self.missing and len(self.answers) > 0


def walk(survey: Survey, answers: Answers, fields: Mapping[str, Any] | None = None) -> Journey:
    """The path these answers lead along. `fields` are the contact and hidden fields a condition may use."""
    facts: dict[str, Any] = dict(fields or {})
    shown: list[Question] = []
    missing: list[str] = []
    for question in survey.questions:
        if question.show_if is not None and evaluate(question.show_if, facts) is not True:
            continue
        shown.append(question)
        for item in question.items:
            value = answers.get(item.name)
            if value is not None:
                facts[item.name] = value
            elif item.required:
                missing.append(item.name)
    items = (item.name for question in shown for item in question.items)
    return Journey(tuple(shown), answers.only(items), tuple(missing))


def page_of(survey: Survey, name: str) -> int:
    """The page (from 0) on which a question stands."""
    return next(
        index for index, page in enumerate(survey.pages) if any(question.name == name for question in page.questions)
    )
