"""Parts of a form: fields, the values of lists each with fields of its own, and groups, as deep as the keys go."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from questionnaire.core.editing.form_edits import is_advice
from questionnaire.core.editing.outline import author_name, languages_of, text_in
from questionnaire.core.editing.paths import Path, find, has, identities, part_at, write_path
from questionnaire.core.editing.structure import Names
from questionnaire.core.survey.questions import REGISTRY
from questionnaire.core.survey.questions.editor import EditorField
from questionnaire.web.builder.condition_form import ConditionForm
from questionnaire.web.builder.form_fields import BuilderField, FieldMaker
from questionnaire.web.builder.place_words import key_name
from questionnaire.web.builder.problem_words import DraftProblem
from questionnaire.web.builder.survey_condition_form import condition_form

DEEPEST = 4


@dataclass(frozen=True, slots=True)
class FormPart:
    """`path` as text. `is_item`: it can be moved and removed. `conditions`: each with its title."""

    title: str
    path: str
    fields: tuple[BuilderField, ...]
    parts: tuple[FormPart, ...] = ()
    lists: tuple[FormList, ...] = ()
    problems: tuple[DraftProblem, ...] = ()
    is_item: bool = False
    conditions: tuple[tuple[str, ConditionForm], ...] = ()

    @property
    def is_wrong(self) -> bool:
        """Whether a problem stands anywhere in it."""
        own = (self.problems, *(field.problems for field in self.fields), *(one.problems for _, one in self.conditions))
        return any(own) or any(part.is_wrong for part in self.parts) or any(one.is_wrong for one in self.lists)


@dataclass(frozen=True, slots=True)
class FormList:
    title: str
    path: str
    items: tuple[FormPart, ...]
    problems: tuple[DraftProblem, ...] = ()

    @property
    def is_wrong(self) -> bool:
        return bool(self.problems) or any(item.is_wrong for item in self.items)


@dataclass(frozen=True, slots=True)
class PartMaker:
    """`besides`: keys that a page shows in another way."""

    maker: FieldMaker

    def part(
        self, keys: Iterable[EditorField], path: Path, title: str, *, besides: frozenset[str] = frozenset(),
        criterion: str = "", depth: int = 0, is_item: bool = False,
    ) -> FormPart:  # fmt: skip
        shown = _words_first([key for key in keys if key.key not in besides])
        plain = [key for key in shown if key.input not in ("rows", "group", "labels", "lists")]
        nested = [key for key in shown if key not in plain] if depth < DEEPEST else []
        ruled = [key for key in plain if part_at(self.maker.document, (*path, key.key)) == "condition"]
        conditions = [
            (key_name(key.key, self.maker.words),
             condition_form(self.maker.choosable, (*path, key.key), self.maker)) for key in ruled
        ]  # fmt: skip
        fields = [self.maker.field(key, (*path, key.key), criterion) for key in plain if key not in ruled]
        for key in nested:
            if key.input == "labels" and not key.fields:
                fields += self._labels(key, (*path, key.key))
        groups = [self._group(key, (*path, key.key), depth) for key in nested if key.input == "group"]
        groups += [part for key in nested if key.input == "labels" and key.fields
                   for part in self._named(key, (*path, key.key), depth)]  # fmt: skip
        lists = [one for key in nested for one in self._lists(key, (*path, key.key), depth)]
        known = [key.key for key in shown]
        problems = self.maker.own_problems(path, known) if is_item else ()
        return FormPart(
            title, write_path(path), tuple(fields), tuple(groups), tuple(lists), problems, is_item, tuple(conditions)
        )

    def rows(
        self, key: EditorField, path: Path, *, depth: int = 0, title: str = "", besides: frozenset[str] = frozenset()
    ) -> FormList:
        items = [
            self.part(
                _of_type(key.fields, item), place, self._item_title(item, number), besides=besides, depth=depth + 1,
                is_item=True,
            )
            for number, (place, item) in enumerate(self._items(path), 1)
        ]  # fmt: skip
        own = tuple(one for one in self.maker.problems if one.path == path)
        return FormList(title or key_name(key.key, self.maker.words), write_path(path), tuple(items), own)

    def _group(self, key: EditorField, path: Path, depth: int) -> FormPart:
        return self.part(key.fields, path, key_name(key.key, self.maker.words), depth=depth + 1)

    def _named(self, key: EditorField, path: Path, depth: int) -> Iterable[FormPart]:
        """Groups by name: those that are there, and one for each name that they could have."""
        for name, title in self._names(path):
            above = f"{key_name(key.key, self.maker.words)}: {title}"
            yield self.part(key.fields, (*path, name), above, depth=depth + 1)

    def _lists(self, key: EditorField, path: Path, depth: int) -> Iterable[FormList]:
        if key.input == "rows":
            yield self.rows(key, path, depth=depth)
        elif key.input == "lists":
            yield from self.named_rows(key, path, depth)

    def named_rows(self, key: EditorField, path: Path, depth: int = 0) -> Iterable[FormList]:
        """A list of rows for each name."""
        for name, title in self._names(path):
            above = f"{key_name(key.key, self.maker.words)}: {title}"
            yield self.rows(key, (*path, name), depth=depth, title=above)

    def _names(self, path: Path) -> list[tuple[str, str]]:
        value = find(self.maker.document, path) if has(self.maker.document, path) else {}
        names = {str(name): str(name).replace("_", " ") for name in value} if isinstance(value, Mapping) else {}
        part = part_at(self.maker.document, path)
        if isinstance(part, Names) and part.kind == "dimension":
            names = {**names, **dict(self.maker.choosable.dimensions())}
        return list(names.items())

    def _labels(self, key: EditorField, path: Path) -> list[BuilderField]:
        """The words beside the points of a scale, as far as they are written or its ends are known."""
        document = self.maker.document
        written = find(document, path) if has(document, path) else {}
        holder = find(document, path[:-1]) if has(document, path[:-1]) else {}
        ends = [holder.get(one) for one in ("from", "min", "to", "max")] if isinstance(holder, Mapping) else []
        points = [str(one) for one in ends if isinstance(one, int)]
        names = dict.fromkeys([*points, *(map(str, written) if isinstance(written, Mapping) else ())])
        title = key_name(key.key, self.maker.words)
        text = EditorField(key.key, "text", required=False, own=True)
        ordered = sorted(names, key=lambda name: (len(name), name))
        found = [(name, self.maker.field(text, (*path, name))) for name in ordered]
        return [_renamed(field, f"{title}: {name}") for name, field in found]

    def _items(self, path: Path) -> list[tuple[Path, Any]]:
        document = self.maker.document
        items = find(document, path) if has(document, path) else []
        if is_advice(path) and isinstance(items, str | Mapping):
            return [(path, items)]  # One step where a list of them may stand.
        if not isinstance(items, list):
            return []
        steps = identities(items, part_at(document, path))
        return [((*path, step), item) for step, item in zip(steps, items, strict=True)]

    def _item_title(self, item: Any, number: int) -> str:
        language = self.maker.choosable.language
        if not isinstance(item, Mapping) or not set(item) - set(languages_of(self.maker.document)):
            return text_in(item, language)[:60] or str(number)
        return text_in(item.get("title") or item.get("text"), language)[:60] or author_name(item) or str(number)


def _words_first(keys: list[EditorField]) -> list[EditorField]:
    """What people read before the name that only files and formulas use."""
    has_title = any(key.key in ("title", "text") for key in keys)
    return sorted(keys, key=lambda key: key.key == "name") if has_title else keys


def _of_type(keys: Iterable[EditorField], item: Any) -> list[EditorField]:
    """The keys of a contact field that its type can use; of anything else all of them."""
    kind = REGISTRY.get(str(item.get("type"))) if isinstance(item, Mapping) else None
    if kind is None:
        return list(keys)
    known = {info.alias or name for name, info in kind.model_fields.items()}
    return [key for key in keys if key.key in known or key.key in ("type", "business_only")]


def _renamed(field: BuilderField, label: str) -> BuilderField:
    return BuilderField(field.name, field.id, label, field.control, field.value, field.options, field.required,
                        field.reference, field.problems)  # fmt: skip
