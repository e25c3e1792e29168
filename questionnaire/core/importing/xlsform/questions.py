"""Question types of XLSForm, and the lists of choices that they use."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from questionnaire.core.importing.draft import SurveyDraft
from questionnaire.core.importing.question_forms import scale, statement, whole, with_text
from questionnaire.core.importing.source import SourceItem, number_of
from questionnaire.core.importing.xlsform.choice_lists import ChoiceLists
from questionnaire.core.importing.xlsform.columns import texts_of
from questionnaire.core.importing.xlsform.constraints import apply_constraint
from questionnaire.core.importing.xlsform.meaning import question_keys

_SIMPLE: Mapping[str, str] = {
    "text": "text", "string": "text", "integer": "number", "int": "number", "decimal": "number", "date": "date",
    "email": "email", "phone": "phone", "phonenumber": "phone", "url": "url", "country": "country", "nps": "nps",
    "yes no": "yes_no", "boolean": "yes_no", "long text": "long_text", "acknowledge": "consent", "trigger": "consent",
}  # fmt: skip
_CHANGED: Mapping[str, str] = {"time": "text", "datetime": "date", "barcode": "text"}
_META = frozenset("start end today deviceid subscriberid simserial username audit start-geopoint".split())
_LOOKS = ("body::accuracythreshold", "bind::odk:max-pixels", "save_to", "autoplay", "instance::odk:tag")
_SELECT = re.compile(
    r"(select[_ ]one|select1|dropdown|select[_ ]multiple|select all that apply|rank)\s+(\S+)(\s+or[_ ]other)?",
    re.IGNORECASE,
)


def add_row(draft: SurveyDraft, lists: ChoiceLists, row: SourceItem, first: str) -> None:
    """Adds the question of a row, or a note that it cannot be asked."""
    said = " ".join(row.text("type").split())
    kind = said.lower().replace("_", " ").replace("-", " ") if said.lower() not in _META else said.lower()
    name, appearance = row.text("name"), row.text("appearance").lower()
    row.ignore(*_LOOKS)
    if kind in _META:
        row.ignore("name", "label")
        draft.notes.add("type_left_out", row.place, type=said, title=name or said)
    elif kind == "note":
        _note_media(draft, row)
        hint = draft.text(texts_of(row, "hint", first), row.at("hint"), lines=True)
        shown = statement(draft, texts_of(row, "label", first), row.at("label"), name or "note")
        if hint is not None:
            statement(draft, texts_of(row, "hint", first), row.at("hint"), f"{name or 'note'}_hint")
        if shown is not None and name:
            draft.scope.names.pop(shown["name"], None)
    elif kind == "calculate" or (kind in _SIMPLE and row.has("calculation") and not row.has("label")):
        keys = with_text(title=draft.text(texts_of(row, "label", first), row.at("label")),
                         decimals=whole(row.number("decimals"), 0, 6),
                         unit=draft.text(texts_of(row, "unit", first), row.at("unit")),
                         criterion=row.text("criterion"))  # fmt: skip
        draft.calculate(name, row.text("calculation"), row.at("calculation"), **keys)
    elif kind in ("hidden", "xml external", "csv external"):
        draft.hidden_field(name, row.place) if kind == "hidden" else draft.notes.add(
            "type_left_out", row.place, type=said, title=row.leave()
        )
    else:
        _ask(draft, lists, row, first, (said, kind, appearance))


def _ask(draft: SurveyDraft, lists: ChoiceLists, row: SourceItem, first: str, form: tuple[str, str, str]) -> None:
    said, kind, _ = form
    answer, values = _answer(draft, lists, row, first, form)
    if not answer and "choice_missing" not in values:
        title = ", ".join(texts_of(row, "label", first).values()) or row.text("name")
        draft.notes.add("type_left_out", row.place, type=said, title=title)
    if not answer:
        return
    key = row.text("name") or f"question{draft.count + 1}"
    question = {
        "name": draft.name(key, row.place), "type": answer.pop("type"),
        "title": draft.title(texts_of(row, "label", first), row.at("label"), key),
        **with_text(help=draft.text(texts_of(row, "hint", first), row.at("hint"), lines=True),
                    required=row.flag("required"),
                    placeholder=_placeholder(draft, row, first, answer)),
        **answer, **question_keys(draft, row),
    }  # fmt: skip
    _note_rules(draft, row)
    if row.has("constraint"):
        apply_constraint(draft, question, row, kind in ("integer", "int"), values)
    draft.add(key, question, row.place, values)


def _placeholder(draft: SurveyDraft, row: SourceItem, first: str, answer: Mapping[str, Any]) -> Any:
    written = answer.get("type") in ("text", "long_text", "email", "phone", "url")
    return draft.text(texts_of(row, "placeholder", first), row.at("placeholder")) if written else None


def _note_media(draft: SurveyDraft, row: SourceItem) -> None:
    for key in ("image", "audio", "video"):
        if row.has(key):
            draft.notes.add("picture_left_out", row.at(key), file=row.text(key))


def _note_rules(draft: SurveyDraft, row: SourceItem) -> None:
    for key in ("trigger", "calculation"):
        if row.has(key):
            draft.notes.add("rule_left_out", row.at(key), text=row.text(key))
    if row.has("required") and "required" not in row.keys:
        draft.notes.add("rule_left_out", row.at("required"), text=row.text("required"))
    if row.has("default"):
        draft.notes.add("default_left_out", row.at("default"), value=row.text("default"))
    _note_media(draft, row)
    if row.flag("readonly"):
        draft.notes.add("rule_left_out", row.at("readonly"), text="readonly")


def _answer(
    draft: SurveyDraft, lists: ChoiceLists, row: SourceItem, first: str, form: tuple[str, str, str]
) -> tuple[dict[str, Any], Mapping[str, str]]:
    """Type and keys of a question, and its values; nothing when it cannot be asked."""
    said, kind, appearance = form
    if kind in _SIMPLE or kind in _CHANGED:
        ours = _SIMPLE.get(kind) or _CHANGED[kind]
        if kind in _CHANGED:
            draft.notes.add("type_changed", row.at("type"), type=said, ours=ours)
        if ours == "text" and "multiline" in appearance:
            ours = "long_text"
        step = {"step": 1} if kind in ("integer", "int") else {}
        limits = {key: row.number(key) for key in ("min", "max")} if ours == "number" else {}
        unit = draft.text(texts_of(row, "unit", first), row.at("unit")) if ours == "number" else None
        return {"type": ours, **step, **with_text(unit=unit),
                **{key: value for key, value in limits.items() if value is not None}}, {}  # fmt: skip
    if kind in ("range", "scale", "rating"):
        return _range(draft, row, stars=kind == "rating" or "rating" in appearance), {}
    select = _SELECT.fullmatch(said)
    return _choices(draft, lists, row, (select[1].lower(), select[2], bool(select[3]))) if select else ({}, {})


def _choices(
    draft: SurveyDraft, lists: ChoiceLists, row: SourceItem, select: tuple[str, str, bool]
) -> tuple[dict[str, Any], Mapping[str, str]]:
    """A question with the choices of a list, and "other" where the type asks for it."""
    kind, name, other = select
    choices, values = lists.choices(name)
    if not choices:
        draft.notes.add("choice_missing", row.place, name=row.text("name") or name)
        return {}, {"choice_missing": name}
    if other and "other" not in values:
        choices.append({"value": "other", "text": "Other", "other_text": True, "fixed": True})
        values = {**values, "other": "other"}
    if row.has("choice_filter"):
        lists.filter(name, choices, row.text("choice_filter"), row.at("choice_filter"))
    small = kind == "dropdown" or re.search("minimal|autocomplete|search", row.text("appearance").lower())
    shuffle = _parameters(row).get("randomize") == "true"
    if "multiple" in kind or "all" in kind:
        limits = {key: whole(row.number(key), 1, len(choices)) for key in ("min", "max")}
        return {"type": "multiple_choice", "choices": choices, **with_text(shuffle=shuffle, **limits)}, values
    for choice in choices:
        choice.pop("exclusive", None)
    ours = "ranking" if kind == "rank" else "dropdown" if small else "single_choice"
    return {"type": ours, "choices": choices, **with_text(shuffle=shuffle)}, values


def _range(draft: SurveyDraft, row: SourceItem, *, stars: bool) -> dict[str, Any]:
    parameters = _parameters(row)
    ends = [number_of(parameters.get(key, "")) for key in ("start", "end", "step")]
    low, high = row.number("min"), row.number("max")
    low = ends[0] if ends[0] is not None else low if low is not None else 1
    high = ends[1] if ends[1] is not None else high if high is not None else 5 if stars else 10
    return scale(draft, low, high, ends[2] or 1, row.place, stars=stars)


def _parameters(row: SourceItem) -> dict[str, str]:
    pairs = re.findall(r"([\w-]+)\s*=\s*([^\s;,]+)", row.text("parameters"))
    return {key.lower(): value.lower() for key, value in pairs}
