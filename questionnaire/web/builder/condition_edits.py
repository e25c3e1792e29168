"""What was chosen and pressed in the form of a condition, as edits. A condition is written as a whole."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from questionnaire.core.base.text_cleaning import clean_text
from questionnaire.core.editing.condition_groups import (
    ANY,
    GROUP_JOINTS,
    UNKNOWN,
    ConditionGroup,
    ConditionPart,
    ConditionRow,
    groups_of,
    written_condition,
)
from questionnaire.core.editing.condition_moves import (
    Address,
    moved_in,
    moved_out,
    moved_to,
    with_part,
    without_part,
)
from questionnaire.core.editing.edit import Change, remove, set_
from questionnaire.core.editing.new_policy_items import is_policy
from questionnaire.core.editing.paths import Document, Path, find, has, read_path
from questionnaire.core.editing.same import same
from questionnaire.web.builder.condition_form import NUMBERS, write_address, written
from questionnaire.web.builder.condition_names import FIGURES, OFFERED, TRUE_OR_FALSE
from questionnaire.web.builder.condition_names import NUMBERS as NUMBER_NAMES

_NAME = re.compile(r"rule ((?:\d{1,3}\.)*)(joint|add|op|value) (.+)", re.S)
_PRESSED = re.compile(r"(?:(group|in|out|to):)?((?:\d{1,3}\.)*\d{1,3}|)(?:>((?:\d{1,3}\.)*\d{1,3}|))?")
LONGEST = 20_000
VALUELESS = ("known", UNKNOWN)


def condition_edits(document: Document, fields: Iterable[tuple[str, str]]) -> Change:
    """The edits of the conditions among the fields of a form."""
    by_path: dict[str, dict[str, list[str]]] = {}
    for name, typed in fields:
        found = _NAME.fullmatch(name)
        if found is not None:
            by_path.setdefault(found[3], {}).setdefault(found[1] + found[2], []).append(typed)
    change: Change = ()
    for text, given in by_path.items():
        path = read_path(text)
        before = groups_of(_condition_at(document, path))
        change += _written(document, path, before, _Posted(given, _new_row(document)).group(before, ()))
    return change


def pressed_edits(document: Document, path: Path, argument: str) -> Change:
    """The edit of a button: `1.0` takes that part out of the condition, `group:1` adds a group to the group there,
    `in:1.0` and `out:1.0` move a part, and `to:1.0>2` moves it into that group. A condition goes with its last part."""
    found = _PRESSED.fullmatch(argument)
    if found is None:
        return ()
    before = groups_of(_condition_at(document, path))
    address, to = read_address(found[2]), read_address(found[3] or "")
    acts: Mapping[str | None, Callable[[], ConditionGroup]] = {
        None: lambda: without_part(before, address),
        "group": lambda: with_part(before, address, ConditionGroup(ANY)),
        "in": lambda: moved_in(before, address),
        "out": lambda: moved_out(before, address),
        "to": lambda: moved_to(before, address, to),
    }
    return _written(document, path, before, acts[found[1]]())


def read_address(text: str) -> Address:
    return tuple(int(number) for number in text.split(".") if number)


def _condition_at(document: Document, path: Path) -> Any:
    return find(document, path) if has(document, path) else None


def _written(document: Document, path: Path, before: ConditionGroup, after: ConditionGroup) -> Change:
    """Nothing where the groups are the same, so that an author's own notation stays."""
    new, old = written_condition(after), _condition_at(document, path)
    if after == before or same(new, old):
        return ()
    return (remove(path, anyway=True),) if new is None else (set_(path, new),)


def _new_row(document: Document) -> Callable[[str], ConditionRow]:
    """A new row waits for a value where nothing can be unknown."""

    def row(name: str) -> ConditionRow:
        if name in FIGURES or name.startswith(NUMBER_NAMES):
            return ConditionRow(name, "gte", (50,))
        if name in TRUE_OR_FALSE:
            return ConditionRow(name, "in", (True,))
        waits = not is_policy(document) and (name in OFFERED or name == "language")
        return ConditionRow(name, "in", ("",)) if waits else ConditionRow(name, "known", (True,))

    return row


@dataclass(frozen=True, slots=True)
class _Posted:
    """The fields of one condition, by the address and the kind of field."""

    fields: Mapping[str, list[str]]
    new_row: Callable[[str], ConditionRow]

    def group(self, group: ConditionGroup, address: Address) -> ConditionGroup:
        parts = [self._part(part, (*address, number)) for number, part in enumerate(group.parts)]
        added, joint = self._last(address, "add"), self._last(address, "joint")
        if added:
            parts.append(self.new_row(added))
        return replace(group, joint=joint if joint in GROUP_JOINTS else group.joint, parts=tuple(parts))

    def _part(self, part: ConditionPart, address: Address) -> ConditionPart:
        if isinstance(part, ConditionGroup):
            return self.group(part, address)
        operator = self._last(address, "op")
        if not isinstance(part, ConditionRow) or not operator:
            return part
        typed = [one for one in self.fields.get(f"{write_address(address)}.value", ()) if one]
        return replace(part, operator=operator, values=_values(part, typed, operator))

    def _last(self, address: Address, field: str) -> str:
        name = f"{write_address(address)}.{field}" if address else field
        return (self.fields.get(name) or [""])[-1]


def _values(row: ConditionRow, typed: list[str], operator: str) -> tuple[Any, ...]:
    """Values keep their kind where they were written; a comparison without a value waits for one."""
    if operator in VALUELESS:
        return row.values if operator == row.operator else (operator == "known",)
    known = {_shown(value): value for value in row.values if row.operator not in VALUELESS}
    if known and (
        set(typed) == {one for one in known if one} or typed == [_cleaned(", ".join(map(written, row.values)))]
    ):
        return row.values if operator not in NUMBERS else row.values[:1]
    if operator in NUMBERS:
        return (known.get(typed[0], _number(typed[0])) if typed else "",)
    words = [word.strip() for text in typed for word in (text.split(",") if len(typed) == 1 else [text])]
    if row.name in TRUE_OR_FALSE:
        # Of both ticks the new one is meant.
        given = [word == "true" for word in words if word]
        return (next((one for one in given if one not in row.values), given[-1] if given else True),)
    # What was there keeps its place: the order of values means nothing.
    kept = [word for word in known if word in words]
    values = tuple(known.get(word, _number(word)) for word in [*kept, *words] if word)
    return tuple(dict.fromkeys(values)) or ("",)


def _shown(value: Any) -> str:
    """As the field of a value comes back."""
    return _cleaned(written(value))


def _cleaned(text: str) -> str:
    return clean_text(text, LONGEST, lines=True) or ""


def _number(word: str) -> Any:
    return int(word) if re.fullmatch(r"-?\d{1,15}", word) else word
