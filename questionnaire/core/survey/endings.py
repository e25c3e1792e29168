"""Endings: the pages on which a survey stops early, because going on would help nobody."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from questionnaire.core.base.authored import Authored, When
from questionnaire.core.base.conditions import (
    All,
    Condition,
    Facts,
    Not,
    Test,
    Truth,
    conjunction,
    disjunction,
    evaluate,
)
from questionnaire.core.base.texts import LocalizedText
from questionnaire.core.survey.questions.identifiers import Name
from questionnaire.core.survey.report_blocks import Link


class Ending(Authored):
    """A last page: reached when a screen is left while `when` is true. Nothing further is asked."""

    name: Name
    when: When
    title: LocalizedText
    text: LocalizedText | None = None
    url: Link | None = None
    label: LocalizedText | None = None


def reached(endings: Iterable[Ending], facts: Facts, ahead: Collection[str]) -> Ending | None:
    """The first ending that is true now. `ahead` are the names that were not asked yet: of those nothing is known, not
    even that they have no answer."""
    return next((ending for ending in endings if truth_so_far(ending.when, facts, ahead) is True), None)


def truth_so_far(condition: Condition, facts: Facts, ahead: Collection[str]) -> Truth:
    """The truth of a condition while the names `ahead` may still get an answer."""
    if isinstance(condition, Test):
        return None if condition.name in ahead else evaluate(condition, facts)
    if isinstance(condition, Not):
        inner = truth_so_far(condition.part, facts, ahead)
        return None if inner is None else not inner
    join = conjunction if isinstance(condition, All) else disjunction
    return join(truth_so_far(part, facts, ahead) for part in condition.parts)
