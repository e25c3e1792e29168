"""Representative answers to a question with several choices: one per distinguishable set of features.

The features of a set of choices are: the compared values in it, its levels, signals, flags, maturity, and whether it
is known. Sets are extended choice by choice, and sets with equal features are merged. Beyond MOST sets the others are
left out, and the result says so.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any, NamedTuple

from questionnaire.core.base.quantities import number
from questionnaire.core.survey.questions import Choice, Question

MOST = 4000


class SubsetFeatures(NamedTuple):
    """The features of a set of choices. Sets with equal features are interchangeable."""

    size: int
    compared: frozenset[str]
    levels: frozenset[str]
    emits: tuple[str, ...]
    flags: frozenset[str]
    maturity: Fraction
    known: bool


EMPTY = SubsetFeatures(0, frozenset(), frozenset(), (), frozenset(), Fraction(0), False)


def representative_subsets(item: Question, compared: Iterable[Any]) -> tuple[tuple[tuple[str, ...], ...], bool]:
    """Returns representative answers, and whether they represent all answers."""
    compared_choices = _compared_choices(item, compared)
    if item.kind == "ranking":
        return _rankings(item, compared_choices)
    choices, limits = item.answer_choices, item.constraints
    alone = [(choice.value,) for choice in choices if choice.exclusive]
    least = max(limits.min or 0, 1)
    most = limits.max if limits.max is not None else len(choices)
    free = [choice for choice in choices if not choice.exclusive]
    subsets, exhaustive = _subsets(free, compared_choices, most, least)
    large_enough = (value for features, value in subsets.items() if features.size >= least)
    return tuple(dict.fromkeys([*alone, *large_enough])), exhaustive


def _compared_choices(item: Question, compared: Iterable[Any]) -> frozenset[str]:
    """The choices with which a condition compares."""
    words = {str(value) for value in compared}
    numbers = {amount for value in compared if (amount := number(value)) is not None}
    return frozenset(
        choice.value for choice in item.answer_choices if choice.value in words or number(choice.value) in numbers
    )


def _subsets(
    choices: Iterable[Choice], compared_choices: frozenset[str], most: int, least: int
) -> tuple[dict[SubsetFeatures, tuple[str, ...]], bool]:
    """Sets of at most `most` choices. Sizes from `least` count as equal, unless `most` limits them."""
    sets: dict[SubsetFeatures, tuple[str, ...]] = {EMPTY: ()}
    remaining = list(choices)
    unlimited = most >= len(remaining)
    for choice in remaining:
        for features, value in list(sets.items()):
            if len(value) < most:
                count = min(features.size + 1, least) if unlimited else features.size + 1
                sets.setdefault(_extend(features, choice, count, compared_choices), (*value, choice.value))
        if len(sets) > MOST:
            return dict(list(sets.items())[:MOST]), False
    return sets, True


def _extend(features: SubsetFeatures, choice: Choice, count: int, compared_choices: frozenset[str]) -> SubsetFeatures:
    return SubsetFeatures(
        count,
        features.compared | ({choice.value} & compared_choices),
        features.levels | ({choice.level} if choice.level and not choice.proves_nothing else frozenset()),
        tuple(sorted((*features.emits, choice.emits))) if choice.emits else features.emits,
        features.flags | frozenset(choice.flags),
        features.maturity + choice.worth,
        features.known or not choice.proves_nothing,
    )


def _rankings(item: Question, compared_choices: frozenset[str]) -> tuple[tuple[tuple[str, ...], ...], bool]:
    """Representative rankings. Only the first place counts; of the others, only which compared choices are included."""
    rankings: dict[tuple[str, frozenset[str]], tuple[str, ...]] = {}
    exhaustive, other_places = True, item.constraints.max - 1
    for first in item.answer_choices:
        other_choices = [
            choice.model_copy(update=_WITHOUT_FEATURES) for choice in item.answer_choices if choice is not first
        ]
        subsets, complete = _subsets(other_choices, compared_choices, other_places, other_places)
        exhaustive = exhaustive and complete
        for features, value in subsets.items():
            if features.size == other_places:
                rankings.setdefault((first.value, features.compared), (first.value, *value))
    return tuple(rankings.values()), exhaustive


_WITHOUT_FEATURES = {"level": None, "emits": None, "flags": (), "maturity": None, "unknown": False}
