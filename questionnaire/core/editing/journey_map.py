"""The way through a survey as its author sees it: its stops, endings, and every condition in reading order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from questionnaire.core.base.conditions import names, parse
from questionnaire.core.editing.outline import entries, outline
from questionnaire.core.editing.paths import Document, Path, identities, part_at

SHOWN, WHEN = "show_if", "when"


@dataclass(frozen=True, slots=True)
class Stop:
    """A question that asks. `page` is what its page is called; `is_conditional`: not everyone is asked."""

    path: Path
    name: str
    number: int
    label: str
    page: str
    is_conditional: bool


@dataclass(frozen=True, slots=True)
class EndingEntry:
    """An ending. `after` is the number of the last stop that its condition needs; 0 when it needs none."""

    path: Path
    name: str
    title: Any
    after: int


@dataclass(frozen=True, slots=True)
class JourneyMap:
    stops: tuple[Stop, ...]
    endings: tuple[EndingEntry, ...]


@dataclass(frozen=True, slots=True)
class ConditionEntry:
    """A condition as it is written, and the place that it belongs to."""

    path: Path
    raw: Any

    @property
    def owner(self) -> Path:
        return self.path[:-1]


def journey_map(document: Document, language: str) -> JourneyMap:
    stops = tuple(
        Stop(
            path=question.path,
            name=question.name,
            number=question.number,
            label=question.label,
            page=page.label,
            is_conditional=SHOWN in question.content or SHOWN in page.content,
        )
        for page in outline(document, language)
        for question in page.questions
        if question.number is not None
    )
    numbers = {stop.name: stop.number for stop in stops}
    endings = tuple(
        EndingEntry(path, str(ending.get("name", "")), ending.get("title"), _last(ending.get(WHEN), numbers))
        for path, ending in entries(document, ("endings",))
    )
    return JourneyMap(stops, endings)


def _last(raw: Any, numbers: Mapping[str, int]) -> int:
    condition, problems = parse(raw)
    named = names(condition) if condition is not None and not problems else frozenset()
    return max((numbers[name] for name in named if name in numbers), default=0)


def condition_entries(document: Document) -> tuple[ConditionEntry, ...]:
    """Every condition of the document in its order: who is shown what, who ends early, which text is whose."""
    return tuple(_conditions(document, document, ()))


def _conditions(document: Document, value: Any, path: Path) -> Iterator[ConditionEntry]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            here = (*path, str(key))
            if key in (SHOWN, WHEN) and inner is not None:
                yield ConditionEntry(here, inner)
            else:
                yield from _conditions(document, inner, here)
    elif isinstance(value, list):
        for step, item in zip(identities(value, part_at(document, path)), value, strict=True):
            yield from _conditions(document, item, (*path, step))
