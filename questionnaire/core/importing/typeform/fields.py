"""The fields of a Typeform: one question for each, or several for a group."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from questionnaire.core.importing.draft import SurveyDraft
from questionnaire.core.importing.names import FreeNames, choice_value, short_name
from questionnaire.core.importing.question_forms import ends_of, scale, statement, whole, with_text
from questionnaire.core.importing.scope import SourceName
from questionnaire.core.importing.source import SourceItem
from questionnaire.core.importing.typeform.answer_limits import Field, answer_limits
from questionnaire.core.importing.typeform.logic import Step

_RANDOM = re.compile(r"[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f-]{8,}|[0-9A-HJKMNP-TV-Z]{26}|[A-Za-z0-9]{12}")
_SIMPLE: Mapping[str, str] = {
    "short_text": "text", "long_text": "long_text", "email": "email", "number": "number", "phone_number": "phone",
    "website": "url", "date": "date", "yes_no": "yes_no", "legal": "yes_no", "nps": "nps",
}  # fmt: skip
_CHOICES = frozenset({"multiple_choice", "dropdown", "picture_choice", "ranking"})
_GROUPS = frozenset({"group", "inline_group", "contact_info", "address"})
_LOOKS = ("hide_marks", "show_button", "vertical_alignment", "supersized", "show_labels", "structure",
          "separator", "default_country_code", "shape", "numeric_format", "add_thousands_separator")  # fmt: skip


class FieldReader:
    """Adds the fields of a form to its draft, and remembers what each became."""

    def __init__(self, draft: SurveyDraft) -> None:
        self.draft = draft
        self.steps: list[Step] = []
        self.refs: dict[str, int] = {}

    def add(self, source: SourceItem) -> None:
        """A field, with the fields of a group."""
        kind, ref = source.text("type"), source.text("ref") or source.text("id")
        properties, validations = source.item("properties"), source.item("validations")
        source.skip("id")
        source.ignore("layout")
        properties.ignore(*_LOOKS)
        self.refs.setdefault(ref, len(self.steps))
        if source.has("attachment"):
            self.draft.notes.add("picture_left_out", source.at("attachment"), file=source.item("attachment").leave())
        before = len(self.draft.pages[-1]["questions"]) if self.draft.pages else 0
        inner = properties.items("fields") if kind in _GROUPS else []
        if inner:
            self._add_group(source, properties, ref, inner)
            return
        if kind == "statement":
            title = self.draft.text(source.text("title"), source.at("title"))
            wish = short_name(source.text("title"), "text")
            statement(self.draft, properties.text("description"), source.place, wish, title)
        elif kind == "matrix":
            self._add_matrix(source, properties, validations, ref)
        else:
            self._ask((source, properties, validations), kind, ref)
        added = self.draft.pages[-1]["questions"][before:] if self.draft.pages else []
        self.steps.append(Step(ref, added, source.place))

    def _add_group(self, source: SourceItem, properties: SourceItem, ref: str, inner: list[SourceItem]) -> None:
        title = self.draft.text(source.text("title"), source.at("title"))
        heading = statement(self.draft, properties.text("description"), source.place,
                            short_name(source.text("title"), "group"), title)  # fmt: skip
        self.steps.append(Step(f"{ref} heading", [heading] if heading else [], source.place))
        source.item("validations").take("required")
        for field in inner:
            self.add(field)

    def name(self, ref: str, title: str, place: str) -> str:
        """A name out of the title where the field's own is a random one."""
        wish = short_name(title, "question") if not ref or _RANDOM.fullmatch(ref) else ""
        return self.draft.name(ref, place, wish)

    def _ask(self, field: Field, kind: str, ref: str) -> None:
        source, properties, _ = field
        title, draft = source.text("title"), self.draft
        if kind not in _SIMPLE and kind not in _CHOICES and kind not in ("opinion_scale", "rating"):
            draft.notes.add("type_left_out", source.place, type=kind or "?", title=title or ref)
            return
        common: dict[str, Any] = {
            "name": self.name(ref, title, source.place), "type": "",
            "title": draft.title(title, source.at("title"), ref or "…"),
            **with_text(help=draft.text(properties.text("description"), properties.at("description"), lines=True),
                        required=field[2].flag("required")),
        }  # fmt: skip
        if kind in _CHOICES:
            self._choose(field, kind, ref, common)
        elif kind in ("opinion_scale", "rating"):
            self._rate(field, kind, ref, common)
        else:
            if kind == "legal":
                draft.notes.add("type_changed", source.place, type=kind, ours="yes_no")
            ends = ((0, "left"), (5, "center"), (10, "right")) if kind == "nps" else ()
            labels = self.labels(properties, ends)
            answer = {"type": _SIMPLE[kind], **answer_limits(field, kind), **with_text(labels=labels)}
            draft.add(ref, {**common, **answer}, source.place)

    def _rate(self, field: Field, kind: str, ref: str, common: dict[str, Any]) -> None:
        source, properties, _ = field
        steps = whole(properties.number("steps"), 2, 100) or (5 if kind == "rating" else 11)
        low = 1 if kind == "rating" or properties.flag("start_at_one") else 0
        answer = scale(self.draft, low, low + steps - 1, 1, source.place, stars=kind == "rating")
        first, last = ends_of(answer)
        labels = self.labels(properties, ((first, "left"), ((first + last) // 2, "center"), (last, "right")))
        self.draft.add(ref, {**common, **answer, **with_text(labels=labels)}, source.place)

    def labels(self, properties: SourceItem, ends: tuple[tuple[int, str], ...]) -> dict[int, Any] | None:
        """Point -> the words beside it."""
        words, found = properties.item("labels"), dict[int, Any]()
        for point, key in ends:
            text = self.draft.text(words.text(key), words.at(key))
            found |= {point: text} if text else {}
        return found or None

    def _choose(self, field: Field, kind: str, ref: str, common: dict[str, Any]) -> None:
        source, properties, validations = field
        choices, values = self.choices(properties)
        many = properties.flag("allow_multiple_selection")
        if properties.flag("allow_other_choice"):
            text = self.draft.text("Other", properties.place) or "Other"
            choices.append({"value": "other_answer", "text": text, "other_text": True, "fixed": True})
        if not choices:
            self.draft.notes.add("choice_missing", source.place, name=ref)
            self.draft.names.used.discard(common["name"])
            return
        if properties.flag("alphabetical_order"):
            choices.sort(key=lambda choice: (bool(choice.get("fixed")), str(choice["text"]).lower()))
        plain = kind if kind in ("ranking", "dropdown") else "single_choice"
        ours = "multiple_choice" if many and plain != "ranking" else plain
        keys = with_text(shuffle=properties.flag("randomize"))
        if ours == "multiple_choice":
            keys |= with_text(min=whole(validations.number("min_selection") or None, 1, len(choices)),
                              max=whole(validations.number("max_selection") or None, 1, len(choices)))  # fmt: skip
        question = {**common, "type": ours, "choices": choices, **keys}
        self.draft.add(ref, question, source.place, values)

    def choices(self, properties: SourceItem) -> tuple[list[dict[str, Any]], dict[str, str]]:
        """Choices whose values are made of their labels where their own are random."""
        used, found, values = FreeNames(), list[dict[str, Any]](), dict[str, str]()
        for index, item in enumerate(properties.items("choices")):
            label, ref = item.text("label"), item.text("ref") or item.text("id")
            item.skip("id")
            if item.has("attachment"):
                self.draft.notes.add("picture_left_out", item.at("attachment"), file=item.item("attachment").leave())
            wish = label if not ref or _RANDOM.fullmatch(ref) else ref
            words = choice_value(wish, f"choice_{index + 1}")
            value = used.take(words.lower()[:30].rstrip("_.+-") if wish == label else words)
            found.append({"value": value, "text": self.draft.title(label, item.place, ref or value)})
            values |= {ref: value, item.text("id") or ref: value}
        return found, values

    def _add_matrix(self, source: SourceItem, properties: SourceItem, validations: SourceItem, ref: str) -> None:
        rows = properties.items("fields")
        title, draft = source.text("title"), self.draft
        first = rows[0].item("properties") if rows else properties
        choices, values = self.choices(first)
        if not rows or not choices:
            draft.notes.add("choice_missing", source.place, name=title or ref)
            return
        name = self.name(ref, title, source.place)
        required = validations.flag("required") or any(row.item("validations").flag("required") for row in rows)
        help_text = draft.text(properties.text("description"), source.place, lines=True)
        matrix: dict[str, Any] = {
            "name": name, "type": "matrix", "title": draft.title(title, source.at("title"), ref or name),
            **with_text(help=help_text, required=required), "rows": [], "choices": choices,
        }  # fmt: skip
        used = FreeNames()
        for row in rows:
            label, row_ref = row.text("title"), row.text("ref") or row.text("id")
            row.skip("id", "type", "validations")
            row_name = used.take(short_name(label, "row"))
            matrix["rows"].append({"name": row_name, "text": draft.title(label, row.place, row_ref or row_name)})
            own = self._row_values(row, choices, values)
            self.refs.setdefault(row_ref, len(self.steps))
            draft.scope.add(row_ref, SourceName(f"{name}.{row_name}", "choice", draft.count, own, False, choices))
        draft.put(matrix, source.place)

    def _row_values(
        self, row: SourceItem, choices: list[dict[str, Any]], values: Mapping[str, str]
    ) -> Mapping[str, str]:
        """The same columns go by other references in each row."""
        found = dict(values)
        properties = row.item("properties")
        properties.ignore(*_LOOKS)
        for item, choice in zip(properties.items("choices"), choices, strict=False):
            found[item.text("ref")] = str(choice["value"])
            item.skip("id", "label")
        return found
