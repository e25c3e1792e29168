"""Answers with which a page of the builder shows a result at once: those of a case, else made-up ones."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from questionnaire.actions.editing import cases
from questionnaire.actions.editing.drafts import Draft
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.cases.trial import beside_of
from questionnaire.core.survey.questions import Question
from questionnaire.core.survey.survey import Survey
from questionnaire.web.builder.trial_form import Typed, typed_of_case, write_typed

EXAMPLE = "-"
"""Stands for made-up answers where a case could be named."""


@dataclass(frozen=True, slots=True)
class ShownAnswers:
    """`name`: the case they are of. `typed` and `beside` as the form of the preview sends them."""

    name: str
    names: tuple[str, ...]
    answered: Typed
    known: Mapping[str, Any]

    @property
    def typed(self) -> str:
        return write_typed(self.answered)

    @property
    def beside(self) -> str:
        return json.dumps(self.known, ensure_ascii=False) if self.known else ""


def shown_answers(toolbox: Toolbox, draft: Draft, survey: Survey, wanted: str) -> ShownAnswers:
    """`wanted`: the name of a case; without one the first case is shown, without any case made-up answers."""
    every = {str(one.get("name")): one for one in cases.raw_cases(cases.find_cases(toolbox, draft.name))}
    names = tuple(every)
    name = wanted if wanted in (*names, EXAMPLE) else (*names, EXAMPLE)[0]
    if name == EXAMPLE:
        return ShownAnswers(name, names, example_typed(survey), {})
    case = every[name]
    return ShownAnswers(name, names, typed_of_case(survey, case), beside_of(survey, case))


def example_typed(survey: Survey) -> Typed:
    """An answer to each question, and contact details: weak ones, so that the report has something to say."""
    answers = {name: _answer(item) for name, item in survey.items.items() if item.asks}
    contact = {field.name: field.question.sample() for field in survey.contact_fields}
    return typed_of_case(survey, {"answers": answers, "contact": contact})


def _answer(item: Question) -> object:
    choices = [choice.value for choice in item.answer_choices if not choice.unknown]
    return choices[min(1, len(choices) - 1)] if choices and not item.multiple else item.sample()
