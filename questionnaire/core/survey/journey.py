"""The way through a survey, derived by replaying the answers. It is never stored.

A question shows when its condition is true on what was answered before it; an answer to a question that does not
show counts for nothing, so a later branch cannot hang on it either.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from questionnaire.core.base.conditions import evaluate
from questionnaire.core.survey.answers import Answers
from questionnaire.core.survey.questions import Question, Value
from questionnaire.core.survey.survey import Survey


@dataclass(frozen=True, slots=True)
class Journey:
    """`shown`: the questions on this path. `missing`: required items still open.

    `answers`: those that count, in the survey's order.
    """

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
    given, kept = answers.values_, dict[str, Value]()
    shown: list[Question] = []
    missing: list[str] = []
    for question in survey.questions:
        if question.show_if is not None and evaluate(question.show_if, facts) is not True:
            continue
        shown.append(question)
        for item in question.items:
            value = given.get(item.name)
            if value is not None:
                facts[item.name] = kept[item.name] = value
            elif item.required and item.asks:
                missing.append(item.name)
    words = {name: text for name, text in answers.words.items() if name in kept}
    return Journey(tuple(shown), Answers(kept, words), tuple(missing))
