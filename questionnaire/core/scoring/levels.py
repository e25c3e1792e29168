"""From what was said to the level of a criterion: the choice's own level, a band, a country list, a title."""

from __future__ import annotations

from typing import Any

from questionnaire.core.policy import Policy
from questionnaire.core.policy.axes import Criterion
from questionnaire.core.survey.questions import Question, Value


def level_of_answer(policy: Policy, item: Question, value: Value) -> str | None:
    """The level an answer shows, None when it proves nothing."""
    criterion = policy.criteria.get(item.criterion or "")
    if criterion is None or not item.is_known(value):
        return None
    named = criterion.best_of(item.levels(value))
    if named or any(choice.level for choice in item.answer_choices):
        return named
    return _level(criterion, item, value)


def level_of_field(policy: Policy, criterion: str | None, question: Question | None, value: Any) -> str | None:
    """The level of a contact or hidden field; a hidden field's value is itself a level."""
    known = policy.criteria.get(criterion or "")
    if value is None or known is None:
        return None
    if question is not None and question.answer_choices:
        return level_of_answer(policy, question, value)
    return _level(known, question, value)


def level_of_import(policy: Policy, question: Question | None, criterion: str | None, value: Any) -> str | None:
    """The level of a raw imported value: a number in a band, a choice of the question, or a level by its name."""
    known = policy.criteria.get(criterion or "")
    if known is None or value is None:
        return None
    banded = known.level_in_band(value)
    if banded:
        return banded
    if question is not None and question.choice(str(value)):
        return level_of_answer(policy, question, str(value))
    return str(value) if str(value) in known.levels else _level(known, question, value)


def _level(criterion: Criterion, question: Question | None, value: Any) -> str | None:
    if isinstance(value, bool):
        value = "yes" if value else "no"
    if criterion.titles is not None:
        level = criterion.titles.level_of(str(value))
        return level if level in criterion.levels else None
    is_country = question is not None and question.kind == "country"
    if criterion.countries and (is_country or str(value).upper() in _listed(criterion)):
        return criterion.level_of_country(str(value))
    return criterion.level_in_band(value) or (str(value) if str(value) in criterion.levels else None)


def _listed(criterion: Criterion) -> frozenset[str]:
    return frozenset(code for codes in criterion.countries.values() for code in codes)
