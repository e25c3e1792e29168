"""Reading what is right in a file with mistakes: without the parts that cannot be read, so that the rest is checked.

A part is left out, the rest is read again, and so on until it can be read. What only follows from a missing part is
not reported: a problem at the part itself, or one that speaks of a name that stands in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from questionnaire.core.base.problems import Problem, Where, errors

Value = TypeVar("Value")
Read = Callable[[object], tuple[Value | None, tuple[Problem, ...]]]

MOST_ROUNDS = 12
_QUOTED = re.compile(r"`([^`]+)`")
_NAME = re.compile(r"[A-Za-z0-9_.-]{1,80}")
_FROM_ABSENCE = (
    "unused_", "idle_", "unmeasured_", "unknown_flag", "gate_without_contact", "band_missing", "no_manager",
)  # fmt: skip
"""Codes of problems that say that something is absent or not used: the part left out may be what is looked for."""

_OF_ITS_PLACE = "text_missing"
"""It names a language, which stands in every part left out, and follows from none of them."""


@dataclass(frozen=True, slots=True)
class PartialValue(Generic[Value]):
    """The value without the parts that cannot be read, None when nothing is left. `names` are those in these parts."""

    value: Value | None
    problems: tuple[Problem, ...]
    removed: frozenset[Where] = frozenset()
    names: frozenset[str] = frozenset()

    @property
    def is_whole(self) -> bool:
        return not self.removed

    def real(self, problems: Iterable[Problem], names: frozenset[str] = frozenset()) -> tuple[Problem, ...]:
        """The problems of the rest at their places in the file, without those that follow from a part left out.

        `names`: those left out of another file, which this one may name.
        """
        missing = self.names | names
        placed = (Problem(one.code, _original(one.where, self.removed), one.message, one.hint, one.severity)
                  for one in problems)  # fmt: skip
        return tuple(one for one in placed if not self._follows(one, missing))

    def _follows(self, problem: Problem, missing: frozenset[str]) -> bool:
        if not missing and self.is_whole:
            return False
        if problem.code == _OF_ITS_PLACE:
            return _touches(problem.where, self.removed)
        words = (word.strip("{}") for word in _QUOTED.findall(problem.message))
        mentioned = {name for word in words for name in (word, *word.split("."))}
        return (
            problem.code.startswith(_FROM_ABSENCE) or bool(mentioned & missing) or _touches(problem.where, self.removed)
        )


def read_parts(raw: object, read: Read[Value]) -> PartialValue[Value]:
    """Reads a value; with mistakes of shape also everything that can be read without them."""
    value, problems = read(raw)
    found, removed = problems, set[Where]()
    for _ in range(MOST_ROUNDS):
        places = {_part(raw, _original(one.where, removed)) for one in errors(found)} if value is None else set()
        if not places or () in places or places <= removed:
            break
        removed |= places
        value, found = read(_without(raw, (), removed))
        rest = PartialValue(value, (), frozenset(removed), _names_in(raw, removed))
        problems = tuple(dict.fromkeys((*problems, *rest.real(found))))
    return PartialValue(value, problems, frozenset(removed), _names_in(raw, removed))


def _part(raw: object, where: Where) -> Where:
    """The path of a problem as far as it stands in the file."""
    here: Any = raw
    for index, step in enumerate(where):
        known = range(len(here)) if isinstance(here, list) else here if isinstance(here, Mapping) else ()
        if step not in known:
            return where[:index]
        here = here[step]
    return where


def _without(raw: Any, where: Where, removed: set[Where]) -> Any:
    if isinstance(raw, Mapping):
        kept = ((key, item) for key, item in raw.items() if (*where, key) not in removed)
        return {key: _without(item, (*where, key), removed) for key, item in kept}
    if isinstance(raw, list):
        items = ((index, item) for index, item in enumerate(raw) if (*where, index) not in removed)
        return [_without(item, (*where, index), removed) for index, item in items]
    return raw


def _original(where: Where, removed: Iterable[Where]) -> Where:
    """The path in the whole file of a path in the rest: positions in a list move up by those left out before them."""
    gone = set(removed)
    result: Where = ()
    for step in where:
        if isinstance(step, int):
            place = -1
            for _ in range(step + 1):
                place += 1
                while (*result, place) in gone:
                    place += 1
            step = place
        result = (*result, step)
    return result


def _touches(where: Where, removed: Iterable[Where]) -> bool:
    """Whether a part left out stands at this place, or directly in it."""
    return any(place[: len(where)] == where and len(place) <= len(where) + 2 for place in removed)


def _names_in(raw: Any, removed: Iterable[Where]) -> frozenset[str]:
    """Every word in the parts left out that may be a name."""
    found: set[str] = set()
    for place in removed:
        part = raw
        for step in place:
            part = part[step]
        found |= {str(step) for step in place[-1:]}
        found |= set(_words(part))
    return frozenset(word for word in found if _NAME.fullmatch(word))


def _words(part: Any) -> Iterable[str]:
    if isinstance(part, Mapping):
        for key, item in part.items():
            yield str(key)
            yield from _words(item)
    elif isinstance(part, list):
        for item in part:
            yield from _words(item)
    else:
        yield str(part)
