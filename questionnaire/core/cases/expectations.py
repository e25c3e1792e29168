"""Expectations of a case one by one: what they are, what was found instead, and how an author types them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from questionnaire.core.cases.case import Expectation
from questionnaire.core.cases.compare import as_expected, compare, yaml_value

_NUMBER = re.compile(r"-?\d{1,12}(\.\d{1,6})?")
NOTHING = "nothing"
_GROUPS = ("fit", "intent", "timing", "route", "maturity", "calculated", "dimensions")
_KEPT = ("stage", "reason", "label", "next_step", "ending", "to", "segment")


@dataclass(frozen=True, slots=True)
class ExpectedValue:
    """One expectation. `key` and both values are in the notation of a case, such as `fit.score` and `62`."""

    key: str
    expected: str
    actual: str
    is_met: bool


def expectation_of(transcript: Mapping[str, Any]) -> dict[str, Any]:
    """What a case expects that was saved from answers: the verdict, the scores, the route and what comes next."""
    found = as_expected(transcript)
    kept: dict[str, Any] = {key: found[key] for key in _KEPT if found.get(key) is not None}
    kept["fit"] = {"score": found["fit"]["score"], "grade": found["fit"]["grade"]}
    kept["intent"] = {"score": found["intent"]["score"], "rank": found["intent"]["rank"]}
    kept["timing"] = {"score": found["timing"]["score"], "level": found["timing"]["level"]}
    if found["route"] is not None:
        kept["route"] = {
            key: found["route"][key] for key in ("rule", "rep", "queue") if found["route"][key] is not None
        }
    if found["maturity"]["overall"] is not None:
        kept["maturity"] = {"overall": found["maturity"]["overall"]}
    return kept


def expected_values(raw: Mapping[str, Any], transcript: Mapping[str, Any] | None) -> tuple[ExpectedValue, ...]:
    """`raw`: the expectations as the file has them; `transcript` is None when the case cannot be judged."""
    found = as_expected(transcript) if transcript is not None else None
    expect, _problems = Expectation.from_raw(raw)
    wrong = {one.key for one in compare(expect, transcript)} if expect is not None and transcript is not None else set()
    return tuple(
        ExpectedValue(
            key, yaml_value(value), "" if found is None else yaml_value(_value(found, key)),
            found is not None and expect is not None and not any(_covers(one, key) for one in wrong),
        )
        for key, value in flat(raw)
    )  # fmt: skip


def _covers(place: str, key: str) -> bool:
    return key == place or key.startswith(f"{place}.")


def flat(raw: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in raw.items():
        if isinstance(value, Mapping) and key in _GROUPS:
            yield from flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value


def _value(found: Any, key: str) -> Any:
    for step in key.split("."):
        found = found.get(step) if isinstance(found, Mapping) else None
    return found


def with_values(raw: Mapping[str, Any], typed: Mapping[str, str]) -> dict[str, Any]:
    """The expectations with what an author typed for some of them, by key; what is empty is expected no more."""
    old = dict(flat(raw))
    new: dict[str, Any] = {}
    for key, value in old.items():
        text = typed.get(key)
        if text is None or text.strip() == yaml_value(value):
            _put(new, key, value)
        elif text.strip():
            _put(new, key, read_expected(text.strip(), value))
    return new


def with_found(raw: Mapping[str, Any], transcript: Mapping[str, Any]) -> dict[str, Any]:
    """The same expectations, each of what was found."""
    found = as_expected(transcript)
    new: dict[str, Any] = {}
    for key, _old in flat(raw):
        _put(new, key, _value(found, key))
    return new


def _put(target: dict[str, Any], key: str, value: Any) -> None:
    *groups, last = key.split(".")
    for group in groups:
        target = target.setdefault(group, {})
    target[last] = value


def read_expected(text: str, old: Any = None) -> Any:
    """What an author typed: a number, a list with commas where there was one, `nothing`, or words."""
    if text == NOTHING:
        return None
    if isinstance(old, list | tuple):
        return [part.strip() for part in text.strip("[]").split(",") if part.strip()]
    if _NUMBER.fullmatch(text):
        return float(text) if "." in text else int(text)
    return text
