"""The answers to a question with several choices, reduced to those that differ in what they show.

A set of choices is told apart by: the compared values it holds, its levels, signals, flags, maturity and whether it
is known. Sets are grown choice by choice and merged as soon as they are alike; beyond MOST kinds of sets the rest is
left out, and the result says so.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any, NamedTuple

from questionnaire.core.base.quantities import number
from questionnaire.core.survey.questions import Choice, Question

MOST = 4000


class Alike(NamedTuple):
    """What sets of choices have in common that nobody needs to tell apart."""

    size: int
    compared: frozenset[str]
    levels: frozenset[str]
    emits: tuple[str, ...]
    flags: frozenset[str]
    maturity: Fraction
    known: bool


NOTHING = Alike(0, frozenset(), frozenset(), (), frozenset(), Fraction(0), False)


def several(item: Question, compared: Iterable[Any]) -> tuple[tuple[tuple[str, ...], ...], bool]:
    """Answers that stand for all of them, and whether none was left out."""
    named = _named(item, compared)
    if item.kind == "ranking":
        return _rankings(item, named)
    choices, limits = item.answer_choices, item.constraints
    alone = [(choice.value,) for choice in choices if choice.exclusive]
    least = max(limits.min or 0, 1)
    most = limits.max if limits.max is not None else len(choices)
    free = [choice for choice in choices if not choice.exclusive]
    grown, whole = _grow(free, named, most, least)
    return tuple(dict.fromkeys([*alone, *(value for alike, value in grown.items() if alike.size >= least)])), whole


def _named(item: Question, compared: Iterable[Any]) -> frozenset[str]:
    """The choices that some condition compares with."""
    words = {str(value) for value in compared}
    numbers = {amount for value in compared if (amount := number(value)) is not None}
    return frozenset(one.value for one in item.answer_choices if one.value in words or number(one.value) in numbers)


def _grow(
    choices: Iterable[Choice], named: frozenset[str], most: int, least: int
) -> tuple[dict[Alike, tuple[str, ...]], bool]:
    """Sets of at most `most` choices; counts above `least` are alike unless `most` is near."""
    sets: dict[Alike, tuple[str, ...]] = {NOTHING: ()}
    left = list(choices)
    unlimited = most >= len(left)
    for choice in left:
        for alike, value in list(sets.items()):
            if len(value) < most:
                count = min(alike.size + 1, least) if unlimited else alike.size + 1
                sets.setdefault(_with(alike, choice, count, named), (*value, choice.value))
        if len(sets) > MOST:
            return dict(list(sets.items())[:MOST]), False
    return sets, True


def _with(alike: Alike, choice: Choice, count: int, named: frozenset[str]) -> Alike:
    return Alike(
        count,
        alike.compared | ({choice.value} & named),
        alike.levels | ({choice.level} if choice.level and not choice.unknown else frozenset()),
        tuple(sorted((*alike.emits, choice.emits))) if choice.emits else alike.emits,
        alike.flags | frozenset(choice.flags),
        alike.maturity + choice.worth,
        alike.known or not choice.unknown,
    )


def _rankings(item: Question, named: frozenset[str]) -> tuple[tuple[tuple[str, ...], ...], bool]:
    """The first place is what counts; of the others only which compared choices are among them."""
    found: dict[tuple[str, frozenset[str]], tuple[str, ...]] = {}
    whole, others_ranked = True, item.constraints.max - 1
    for first in item.answer_choices:
        others = [choice.model_copy(update=_PLAIN) for choice in item.answer_choices if choice is not first]
        rest, complete = _grow(others, named, others_ranked, others_ranked)
        whole = whole and complete
        for alike, value in rest.items():
            if alike.size == others_ranked:
                found.setdefault((first.value, alike.compared), (first.value, *value))
    return tuple(found.values()), whole


_PLAIN = {"level": None, "emits": None, "flags": (), "maturity": None, "unknown": False}
