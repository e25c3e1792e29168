"""Two versions of the same parts side by side, so that a person chooses. Nobody's words are overwritten silently."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from questionnaire.actions.editing import history
from questionnaire.actions.editing.drafts import Draft
from questionnaire.actions.people import staff
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.base.translation import Translator
from questionnaire.core.editing.form_edits import value_at
from questionnaire.core.editing.outline import text_in
from questionnaire.core.editing.paths import Document, Path
from questionnaire.core.editing.typed_values import FormValue
from questionnaire.web.builder.draft_request import EditOutcome
from questionnaire.web.builder.form_fields import field_name
from questionnaire.web.builder.place_words import place_name

PlaceName = Callable[[Document, Path, Translator, str], str]


@dataclass(frozen=True, slots=True)
class ConflictPart:
    """`name` is that of the field; without one the parts are only shown, and the whole change is chosen."""

    name: str
    place: str
    base: str
    theirs: str
    ours: str


@dataclass(frozen=True, slots=True)
class ConflictView:
    """`others`: the other fields that were sent, which go along with either choice. `revision`: the state that the
    person had seen."""

    revision: int
    author: str
    parts: tuple[ConflictPart, ...]
    others: tuple[tuple[str, str], ...]
    command: str


def conflict_view(
    toolbox: Toolbox, draft: Draft, outcome: EditOutcome, words: Translator, place: PlaceName = place_name
) -> ConflictView | None:
    """`draft` as it is now. None without a conflict. `place` says a path in words."""
    conflict, posted = outcome.result.conflict, outcome.request
    if conflict is None or posted is None:
        return None
    base = history.draft_at(toolbox, draft.id, posted.revision)
    before: Mapping[str, Any] = base.document if base is not None else {}
    found: dict[str, ConflictPart] = {}
    same: dict[str, str] = {}
    for value in posted.values:
        name = field_name(value.input, value.path, value.language, required=value.required, initial=value.initial)
        old, theirs = _at(before, value), _at(draft.document, value)
        ours = value.typed.replace("\r\n", "\n").strip()
        if ours in (old, theirs):
            continue
        if theirs == old:
            same[name] = value.typed
            continue
        where = place(draft.document, value.path, words, value.language)
        found[name] = ConflictPart(name, where, old, theirs, ours)
    command = next((typed for name, typed in posted.fields if name == "do"), "")
    rules = [(name, typed) for name, typed in posted.fields if name.startswith("rule ")]
    parts = tuple(found.values()) or (
        ConflictPart("", place(draft.document, conflict.path, words, ""), _text(conflict.base),
                     _text(conflict.theirs), _text(conflict.ours)),
    )  # fmt: skip
    return ConflictView(
        posted.revision, staff.name_of(toolbox, draft.changed_by), parts, (*same.items(), *rules), command
    )


def _at(document: Mapping[str, Any], value: FormValue) -> str:
    if not value.path:
        return ""
    raw = value_at(document, value.path)
    if value.input == "text":
        return str(raw.get(value.language, "")) if isinstance(raw, Mapping) else text_in(raw, value.language)
    if value.input == "switch":
        return "true" if (raw if raw is not None else value.initial) is True else ""
    return ", ".join(map(str, raw)) if isinstance(raw, list) else text_in(raw, value.language)


def _text(raw: Any) -> str:
    if isinstance(raw, Mapping):
        return text_in(raw.get("title") or raw.get("text"), "") or ", ".join(f"{key}: {raw[key]}" for key in raw)
    return "" if raw is None else str(raw)
