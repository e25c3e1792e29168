"""The journey: the path through a survey, derived by replaying the answers. It is never stored.

A question is shown when its condition is true on the earlier answers. An answer to a question that is not shown is
ignored, so later conditions cannot depend on it either.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from questionnaire.core.base.conditions import evaluate
from questionnaire.core.survey.answers import Answers
from questionnaire.core.survey.calculate import path_facts
from questionnaire.core.survey.questions import Question, Value
from questionnaire.core.survey.survey import Survey


@dataclass(frozen=True, slots=True)
class Journey:
    """`shown`: the questions on this path. `missing`: required items without an answer.

    `answers`: the answers to questions on the path, in the survey's order. `fields`: the contact and hidden fields that
    its conditions may use.
    """

    visible: tuple[Question, ...]
    answers: Answers
    missing: tuple[str, ...]
    fields: Mapping[str, Any] = field(default_factory=dict)

    @property
    def item_names(self) -> frozenset[str]:
        """The names of the items on this path."""
        return frozenset(item.name for question in self.visible for item in question.items)

    @property
    def complete(self) -> bool:
        """Whether every required question on the path is answered, and at least one answer exists."""
        return not self.missing and len(self.answers) > 0


def derive_journey(survey: Survey, answers: Answers, fields: Mapping[str, Any] | None = None) -> Journey:
    """Derives the journey of these answers. `fields` are the contact and hidden fields that conditions may use."""
    facts = path_facts(survey, fields or {})
    values, counted = answers.values_, dict[str, Value]()
    visible: list[Question] = []
    missing: list[str] = []
    for question in survey.questions:
        if question.show_if is not None and evaluate(question.show_if, facts) is not True:
            continue
        visible.append(question)
        for item in question.items:
            value = values.get(item.name)
            if value is not None:
                facts[item.name] = counted[item.name] = value
            elif item.required and item.asks:
                missing.append(item.name)
    words = {name: text for name, text in answers.words.items() if name in counted}
    return Journey(tuple(visible), Answers(counted, words), tuple(missing), fields or {})
