"""Comparison of the expected and the actual results of a case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from questionnaire.core.base.authored import Authored
from questionnaire.core.cases.case import Expectation


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference. `key` is in the notation of the case, such as `fit.score`."""

    key: str
    expected: Any
    actual: Any

    def __str__(self) -> str:
        return f"{self.key}: expected {yaml_value(self.expected)}, and {yaml_value(self.actual)} came"


def yaml_value(value: Any) -> str:
    """The value in the notation of an author."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {yaml_value(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(yaml_value, value)) + "]"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.isoformat() if isinstance(value, date) else str(value)


def compare(expect: Expectation, transcript: Mapping[str, Any]) -> tuple[Difference, ...]:
    """Returns every key of the expectation that the transcript does not match."""
    return tuple(_differences("", expect, as_expected(transcript)))


def as_expected(transcript: Mapping[str, Any]) -> dict[str, Any]:
    """Converts the transcript to the shape of an expectation."""
    completeness = transcript["fit"]["completeness"]
    maturity = transcript["maturity"]
    return {
        **transcript,
        **transcript["verdict"],
        "fit": {**transcript["fit"], "completeness": f"{completeness['known']}/{completeness['of']}"},
        "open": [box["id"] for box in transcript["checklist"] if box["state"] != "checked"],
        "maturity": {
            **maturity,
            "overall": maturity["shown"],
            "dimensions": {name: score["shown"] for name, score in maturity["dimensions"].items()},
        },
    }


def _differences(prefix: str, expectation: Authored, result: Mapping[str, Any] | None) -> Iterator[Difference]:
    for key in type(expectation).model_fields:
        if key not in expectation.model_fields_set:
            continue
        expected, actual = getattr(expectation, key), None if result is None else result.get(key)
        place = f"{prefix}{key}"
        if isinstance(expected, Authored):
            if actual is None:
                values = expected.model_dump(exclude_unset=True)
                yield Difference(place, values, None)
            else:
                yield from _differences(f"{place}.", expected, actual)
        elif isinstance(expected, dict):
            yield from _named(place, expected, actual or {})
        elif not _matches(key, expected, actual):
            yield Difference(place, list(expected) if isinstance(expected, tuple) else expected, actual)


def _named(place: str, expected: Mapping[str, Any], actual: Mapping[str, Any]) -> Iterator[Difference]:
    """Numbers by name: percentages of dimensions, calculated values. Of these only the named ones are compared."""
    for name, number in expected.items():
        if actual.get(name) != number:
            yield Difference(f"{place}.{name}", number, actual.get(name))


def _matches(key: str, expected: Any, actual: Any) -> bool:
    if expected is None or actual is None:
        return expected is None and actual is None
    if key in ("open", "content_blocks"):
        return set(expected) == set(actual)
    if isinstance(expected, datetime):
        return _is_same_instant(expected, datetime.fromisoformat(actual))
    if isinstance(expected, date):
        return expected.isoformat() == str(actual)
    if isinstance(expected, tuple):
        return (
            _contains_all(expected, actual)
            if expected and isinstance(expected[0], Mapping)
            else list(expected) == list(actual)
        )
    return bool(expected == actual)


def _is_same_instant(expected: datetime, actual: datetime) -> bool:
    """Compares instants. An expected value without offset is local time of the rep's calendar."""
    return expected == actual if expected.tzinfo else expected == actual.replace(tzinfo=None)


def _contains_all(expected: Sequence[Mapping[str, Any]], actual: Sequence[Mapping[str, Any]]) -> bool:
    """Whether each expected entry matches an actual entry on all its keys."""
    return all(
        any(all(item.get(key) == value for key, value in entry.items()) for item in actual) for entry in expected
    )
