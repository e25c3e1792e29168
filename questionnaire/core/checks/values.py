"""Representative values of an answer: one for each set of values that conditions and criteria distinguish.

Choices are listed. Numbers, days and texts are divided at the values in conditions and bands, with one value per
part. `exhaustive` is False when a value may be missing; then nothing is proved from the values.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import islice, pairwise
from typing import Any

from questionnaire.core.base.conditions import Test
from questionnaire.core.base.number_notation import LARGEST
from questionnaire.core.base.quantities import Exact, number
from questionnaire.core.checks.choice_subsets import representative_subsets
from questionnaire.core.identity.job_titles.phrases import DEFAULT_PHRASES, SUPPORT
from questionnaire.core.policy.axes import Criterion
from questionnaire.core.survey.questions import Mistake, Question
from questionnaire.core.survey.questions.question import Constraints

ORDERING = ("lt", "lte", "gt", "gte")


@dataclass(frozen=True, slots=True)
class Values:
    values: tuple[Any, ...]
    exhaustive: bool = True


def values_of(item: Question, criterion: Criterion | None, tests: Sequence[Test]) -> Values:
    """Returns the values of a question or contact field. `tests` are all comparisons with it."""
    if item.kind in ("choices", "ranking"):
        return Values(*representative_subsets(item, _compared(tests)))
    listed = item.options()
    if listed is not None:
        return Values(listed)
    limits = item.constraints
    if item.kind == "number":
        in_steps = item.maturity_edges or not (item.has_maturity and item.dimension)
        return Values(_numbers(limits, criterion, tests, item.maturity_edges), bool(in_steps))
    if item.kind == "date":
        return Values(_days(limits, tests))
    example = str(item.sample())
    words = _words(item.name, criterion, tests, (example,))
    read = (item.read(word) for word in words)
    valid = tuple(value for value in read if value is not None and not isinstance(value, Mistake))
    compared = [word for word in words[1:] if word != example]
    fits = limits.max_length is None or all(len(word) <= limits.max_length for word in compared)
    return Values(tuple(dict.fromkeys(valid)), fits and not _ordered(tests))


def words_of(name: str, criterion: Criterion | None, tests: Sequence[Test], longest: int) -> Values:
    """Returns the values of a hidden field."""
    words = _words(name, criterion, tests)
    fits = all(len(word) <= longest for word in words[1:])
    return Values(tuple(word for word in dict.fromkeys(words) if len(word) <= longest), fits and not _ordered(tests))


def _ordered(tests: Sequence[Test]) -> bool:
    return any(test.operator in ORDERING for test in tests)


def _compared(tests: Iterable[Test]) -> tuple[Any, ...]:
    result = (test.value if isinstance(test.value, tuple) else (test.value,) for test in tests)
    return tuple(value for values in result for value in values if not isinstance(value, bool))


def _edges(criterion: Criterion | None, tests: Sequence[Test]) -> list[Fraction]:
    """The numbers at which a comparison or band changes."""
    edges: list[Any] = list(_compared(tests))
    if criterion is not None:
        edges += [end for band in criterion.bands.values() for end in band if end is not None] + list(criterion.levels)
    numbers = (number(value) for value in edges)
    return sorted({Fraction(edge) for edge in numbers if edge is not None})


def _numbers(
    limits: Constraints, criterion: Criterion | None, tests: Sequence[Test], further: Sequence[Exact] = ()
) -> tuple[Any, ...]:
    low = Fraction(-LARGEST if limits.min is None else limits.min)
    high = Fraction(LARGEST if limits.max is None else limits.max)
    edges = [edge for edge in (*_edges(criterion, tests), *map(Fraction, further)) if low <= edge <= high]
    if limits.step is None:
        cuts = sorted({low, high, *edges})
        between = ((left + right) / 2 for left, right in pairwise(cuts))
        return tuple(_stored_number(value) for value in sorted({*cuts, *between}))
    base, step = Fraction(limits.min or 0), Fraction(limits.step)
    first, last = -((base - low) // step), (high - base) // step
    steps = {first, last} | {(edge - base) // step + shift for edge in edges for shift in (-1, 0, 1, 2)}
    return tuple(_stored_number(base + count * step) for count in sorted(steps) if first <= count <= last)


def _stored_number(value: Exact) -> int | Decimal:
    """The number as an answer stores it: integers as int, others as exact Decimal."""
    value = Fraction(value)
    if value.denominator == 1:
        return int(value)
    places = 1
    while (value * 10**places).denominator != 1 and places < 40:
        places += 1
    return Decimal(int(value * 10**places)).scaleb(-places)


def _days(limits: Constraints, tests: Sequence[Test]) -> tuple[str, ...]:
    """ISO days compare as strings, so each string divides the days into earlier and later."""
    low, high = (limits.min or date.min).toordinal(), (limits.max or date.max).toordinal()
    result = {low, high}
    for word in map(str, _compared(tests)):
        cut = _first_not_before(word, low, high)
        result |= {cut - 1, cut, cut + 1}
    return tuple(date.fromordinal(day).isoformat() for day in sorted(result) if low <= day <= high)


def _first_not_before(word: str, low: int, high: int) -> int:
    while low < high:
        middle = (low + high) // 2
        if date.fromordinal(middle).isoformat() < word:
            low = middle + 1
        else:
            high = middle
    return low


def _words(name: str, criterion: Criterion | None, tests: Sequence[Test], usual: Sequence[str] = ()) -> list[str]:
    """The compared texts, one text per level, and one text without meaning."""
    words = [f"any {name.replace('_', ' ')}", "x", *usual, *(str(value) for value in _compared(tests))]
    if criterion is None:
        return words
    if criterion.titles is not None:
        return [*words, "–", *_titles(criterion)]
    codes = [codes[0] for codes in criterion.countries.values() if codes]
    edges = _edges(criterion, tests)
    near = [edge + shift for edge in edges for shift in (-1, Fraction(-1, 2), 0, Fraction(1, 2), 1)]
    return [*words, *codes, *criterion.levels, *(str(_stored_number(value)) for value in near)]


def _titles(criterion: Criterion) -> list[str]:
    """One job title per level that the table recognises."""
    result: list[str] = []
    for level, phrases in DEFAULT_PHRASES.items():
        titles = (" ".join(phrase.split()) for phrase in phrases.split(","))
        result += islice((title for title in titles if _has_level(criterion, title, level)), 1)
    return result


def _has_level(criterion: Criterion, title: str, level: str) -> bool:
    is_usable = level != SUPPORT and title.replace(" ", "").isalpha()
    return is_usable and criterion.titles is not None and criterion.titles.level_of(title) == level
