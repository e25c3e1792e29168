"""The words of the rep's headline, choice by choice: `questionnaire check --phrases`."""

from __future__ import annotations

from collections.abc import Iterator

from questionnaire.core.base.translation import ENGLISH
from questionnaire.core.policy import Policy
from questionnaire.core.scoring.headline_words import QuestionWords, headline_words
from questionnaire.core.survey.survey import Survey

CHOICE, WORDS = 44, 46
"""Widths of the columns, in characters. Longer texts are cut or go beyond."""


def phrases(survey: Survey, policy: Policy) -> Iterator[str]:
    """Yields the lines for one survey under its policy."""
    yield ""
    yield f"{survey.id} v{survey.version}, judged by {policy.id} v{policy.version}"
    yield "What each choice says in the sentence that explains the lead to the rep; – says nothing."
    for question in headline_words(survey, policy, ENGLISH):
        yield ""
        yield f"{question.title}{f'  ({question.about})' if question.about else ''}"
        yield from _choices(question)


def _choices(question: QuestionWords) -> Iterator[str]:
    for line in question.choices:
        choice = line.choice if len(line.choice) <= CHOICE else f"{line.choice[: CHOICE - 1]}…"
        yield f"  {choice:<{CHOICE}}  {line.words or '–':<{WORDS}}  {line.source}".rstrip()
