"""Edits of a report's document: its sections in their order, parts switched on and off, new bands and blocks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, get_args

from questionnaire.core.editing.edit import Change, Edit, add, move, remove, set_
from questionnaire.core.editing.new_items import blank_text
from questionnaire.core.editing.paths import Document, EditError, Path, find, has
from questionnaire.core.survey.report_blocks import ReportSection
from questionnaire.core.survey.report_texts import ReportPlan

SECTIONS: Path = ("report", "sections")
PLAN: Path = ("report", "plan")
BENCHMARK: Path = ("report", "benchmark")
EVERY_SECTION: tuple[str, ...] = get_args(ReportSection)


def is_band_list(path: Path) -> bool:
    """Whether a path is that of score bands: of the overall score or of a dimension."""
    return path == ("report", "overall") or (path[:2] == ("report", "dimensions") and len(path) == 3)


def new_band(path: Path, items: Sequence[Any], languages: Sequence[str]) -> Edit:
    """Adds a band that begins in the middle of the widest one."""
    starts = [_start(item) for item in items]
    widths = [(end - start, index) for index, (start, end) in enumerate(zip(starts, [*starts[1:], 100], strict=True))]
    width, index = max(widths, key=lambda found: (found[0], -found[1]))
    band = {"from": min(starts[index] + max(width // 2, 1), 100), "text": blank_text(languages)}
    return add(path, band, index + 1 if index + 1 < len(items) else None)


def term_end(items: Sequence[Any]) -> int:
    """The last day of a new term of the plan: 30 days after the one before."""
    days = [item.get("days") for item in items if isinstance(item, Mapping)]
    return max((day for day in days if isinstance(day, int) and not isinstance(day, bool)), default=0) + 30


def _start(item: Any) -> int:
    value = item.get("from") if isinstance(item, Mapping) else None
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


def sections_of(document: Document) -> tuple[str, ...]:
    """The sections of the report as they are written, else those that every report has."""
    written = find(document, SECTIONS) if has(document, SECTIONS) else None
    return tuple(map(str, written)) if isinstance(written, list) else ReportPlan().sections


def section_edits(document: Document, argument: str) -> Change:
    """`argument`: `add`, `remove`, `up` or `down`, a colon and the section."""
    verb, _colon, name = argument.partition(":")
    names = list(sections_of(document))
    if name not in (*names, *EVERY_SECTION):
        raise EditError("no_such_place", SECTIONS, f"the report has no section `{name}`", "reload the page")
    written = has(document, SECTIONS) and isinstance(find(document, SECTIONS), list)
    first: Change = () if written else (_set_in_report(document, "sections", names),)
    if verb == "add" and name not in names:
        return (*first, add(SECTIONS, name, _place_of_new(names, name)))
    if name not in names:
        return ()
    index = names.index(name)
    if verb == "remove":
        return (*first, remove((*SECTIONS, index), anyway=True))
    to = index + {"up": -1, "down": 1}.get(verb, 0)
    return (*first, move((*SECTIONS, index), SECTIONS, to)) if to != index and 0 <= to < len(names) else ()


def _place_of_new(names: Sequence[str], name: str) -> int:
    """Before the first section that comes after it in a report of all sections."""
    later = EVERY_SECTION[EVERY_SECTION.index(name) + 1 :]
    return next((index for index, other in enumerate(names) if other in later), len(names))


def switch_edits(document: Document, path: Path, argument: str) -> Change:
    """Switches a part that may be left out on or off. The comparison brings its section along."""
    if path != BENCHMARK:
        raise EditError("no_such_place", path, "this cannot be switched", "reload the page")
    if argument == "off":
        return (remove(path, anyway=True),) if has(document, path) else ()
    if has(document, path):
        return ()
    switched = (_set_in_report(document, "benchmark", {}),)
    if "comparison" in sections_of(document):
        return switched
    known = document if has(document, ("report",)) else {**document, "report": {}}
    return (*switched, *section_edits(known, "add:comparison"))


def _set_in_report(document: Document, key: str, value: Any) -> Any:
    return set_(("report", key), value) if has(document, ("report",)) else set_(("report",), {key: value})
