"""What was expected of a case beside what came."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from questionnaire.core.base.authored import Authored
from questionnaire.core.cases.case import Expectation


@dataclass(frozen=True, slots=True)
class Difference:
    """`key` as it is written in the case, such as `fit.score`."""

    key: str
    expected: Any
    came: Any

    def __str__(self) -> str:
        return f"{self.key}: expected {yaml_value(self.expected)}, and {yaml_value(self.came)} came"


def yaml_value(value: Any) -> str:
    """A value as an author would write it."""
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


def compare(expect: Expectation, told: Mapping[str, Any]) -> tuple[Difference, ...]:
    """Every key of the expectation that the transcript does not meet."""
    return tuple(_differences("", expect, _as_expected(told)))


def _as_expected(told: Mapping[str, Any]) -> dict[str, Any]:
    """The transcript in the shape of an expectation."""
    completeness = told["fit"]["completeness"]
    maturity = told["maturity"]
    return {
        **told,
        **told["verdict"],
        "fit": {**told["fit"], "completeness": f"{completeness['known']}/{completeness['of']}"},
        "open": [box["id"] for box in told["checklist"] if box["state"] != "checked"],
        "maturity": {
            **maturity,
            "overall": maturity["shown"],
            "dimensions": {name: one["shown"] for name, one in maturity["dimensions"].items()},
        },
    }


def _differences(prefix: str, expected: Authored, came: Mapping[str, Any] | None) -> Iterator[Difference]:
    for key in type(expected).model_fields:
        if key not in expected.model_fields_set:
            continue
        wanted, got = getattr(expected, key), None if came is None else came.get(key)
        place = f"{prefix}{key}"
        if isinstance(wanted, Authored):
            if got is None:
                given = wanted.model_dump(exclude_unset=True)
                yield Difference(place, given, None)
            else:
                yield from _differences(f"{place}.", wanted, got)
        elif place == "maturity.dimensions" and wanted is not None:
            yield from _dimensions(place, wanted, got or {})
        elif not _meets(key, wanted, got):
            yield Difference(place, list(wanted) if isinstance(wanted, tuple) else wanted, got)


def _dimensions(place: str, wanted: Mapping[str, int], got: Mapping[str, int]) -> Iterator[Difference]:
    for name, percent in wanted.items():
        if got.get(name) != percent:
            yield Difference(f"{place}.{name}", percent, got.get(name))


def _meets(key: str, wanted: Any, got: Any) -> bool:
    if wanted is None or got is None:
        return wanted is None and got is None
    if key == "open":
        return set(wanted) == set(got)
    if isinstance(wanted, datetime):
        return _same_moment(wanted, datetime.fromisoformat(got))
    if isinstance(wanted, date):
        return wanted.isoformat() == str(got)
    if isinstance(wanted, tuple):
        return _holds_all(wanted, got) if wanted and isinstance(wanted[0], Mapping) else list(wanted) == list(got)
    return bool(wanted == got)


def _same_moment(wanted: datetime, got: datetime) -> bool:
    """Without an offset the local time of the rep's calendar is meant."""
    return wanted == got if wanted.tzinfo else wanted == got.replace(tzinfo=None)


def _holds_all(wanted: Sequence[Mapping[str, Any]], got: Sequence[Mapping[str, Any]]) -> bool:
    """Each expected entry is met by one that came, on the keys it gives."""
    return all(any(all(one.get(key) == value for key, value in entry.items()) for one in got) for entry in wanted)
