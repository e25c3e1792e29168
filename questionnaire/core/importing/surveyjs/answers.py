"""Questions of SurveyJS without choices of their own: texts, numbers, dates, scales, and what only shows something."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from questionnaire.core.importing.draft import SurveyDraft
from questionnaire.core.importing.question_forms import dimension, ends_of, scale, statement, whole, with_text
from questionnaire.core.importing.source import SourceItem, day_of, number_of
from questionnaire.core.importing.surveyjs.choices import add_choices, correct_answer
from questionnaire.core.importing.surveyjs.localized import texts_of, value_of

_INPUTS: Mapping[str, str] = {
    "email": "email", "tel": "phone", "url": "url", "number": "number", "range": "slider", "date": "date",
}  # fmt: skip


def _add(draft: SurveyDraft, source: SourceItem, common: dict[str, Any], values: Any = None, **keys: Any) -> None:
    key = common.pop("key")
    draft.add(
        key, {"name": common["name"], "type": keys.pop("type"), **common, **with_text(**keys)}, source.place, values
    )


def add_text(draft: SurveyDraft, source: SourceItem, common: dict[str, Any]) -> None:
    given = source.text("inputType") or "text"
    kind = _INPUTS.get(given, "text")
    if given not in ("text", *_INPUTS):
        draft.notes.add("type_changed", source.at("inputType"), type=given, ours=kind)
    keys: dict[str, Any] = {}
    if kind in ("number", "slider"):
        keys = {"min": source.number("min"), "max": source.number("max"), "step": source.number("step")}
        keys["step"] = keys["step"] if keys["step"] and keys["step"] > 0 else None
        if kind == "slider":
            keys = {**keys, "min": keys["min"] or 0, "max": 100 if keys["max"] is None else keys["max"]}
    elif kind == "date":
        keys = {key: _day(source, key) for key in ("min", "max")}
    else:
        keys = {
            "max_length": whole(source.number("maxLength") or None, 1, 5000),
            "placeholder": draft.text(texts_of(draft, source, "placeholder", "placeHolder"), source.at("placeholder")),
        }
    question = {"type": kind, **{key: value for key, value in keys.items() if value is not None}}
    _add(draft, source, common, **question)


def _day(source: SourceItem, key: str) -> str | None:
    """A date as it is written; a formula such as `=today()` is not read."""
    value = str(source.raw.get(key, ""))[:10]
    return day_of(str(source.take(key))) if day_of(value) else None


def add_comment(draft: SurveyDraft, source: SourceItem, common: dict[str, Any]) -> None:
    placeholder = draft.text(texts_of(draft, source, "placeholder", "placeHolder"), source.at("placeholder"))
    source.ignore("rows")
    _add(draft, source, common, type="long_text", placeholder=placeholder,
         max_length=whole(source.number("maxLength") or None, 1, 5000))  # fmt: skip


def add_boolean(draft: SurveyDraft, source: SourceItem, common: dict[str, Any]) -> None:
    texts = {key: texts_of(draft, source, f"label{key}") for key in ("True", "False")}
    own = {source.text(f"value{key}"): ours for key, ours in (("True", "yes"), ("False", "no"))}
    keys: dict[str, Any] = {}
    correct = correct_answer(source)
    if any(texts.values()) or correct is not None:
        keys["choices"] = [
            {"value": "yes", "text": draft.text(texts["True"], source.at("labelTrue")) or "Yes"},
            {"value": "no", "text": draft.text(texts["False"], source.at("labelFalse")) or "No"},
        ]
    if correct is not None:
        right = {"true": "yes", "false": "no", **own}.get(str(correct).lower(), "yes")
        next(one for one in keys["choices"] if one["value"] == right)["maturity"] = 1
        keys["dimension"] = dimension(draft, "score", "Score", source.at("correctAnswer"))
    own.pop("", None)
    _add(draft, source, common, own, type="yes_no", **keys)


def add_rating(draft: SurveyDraft, source: SourceItem, common: dict[str, Any]) -> None:
    items = source.items("rateValues")
    numbers = [number_of(value_of(item)) for item in items]
    low = source.number("rateMin")
    low, high, step = 1 if low is None else low, source.number("rateMax"), source.number("rateStep") or 1
    count = source.number("rateCount")
    if high is None:
        high = low + (count or 5) - 1 if step == 1 else 5
    stars = source.text("rateType", "rateDisplayMode") == "stars"
    labels: dict[int, Any] = {}
    if items:
        known = [number for number in numbers if isinstance(number, int)]
        if len(known) < len(items) or known != list(range(known[0], known[0] + len(known))) or len(known) < 2:
            add_choices(draft, source, common, "single_choice", items)
            return
        low, high = known[0], known[-1]
        for item, number in zip(items, known, strict=True):
            text = draft.text(texts_of(draft, item, "text"), item.place)
            labels |= {number: text} if text else {}
    question = scale(draft, low, high, step, source.place, stars=stars)
    first, last = ends_of(question)
    for point, key in ((first, "minRateDescription"), (last, "maxRateDescription")):
        text = draft.text(texts_of(draft, source, key), source.at(key))
        labels |= {point: text} if text else {}
    labels = {point: text for point, text in sorted(labels.items()) if first <= point <= last}
    _add(draft, source, common, **question, labels=labels or None)


def add_html(draft: SurveyDraft, source: SourceItem, _: dict[str, Any]) -> None:
    statement(draft, texts_of(draft, source, "html"), source.at("html"), source.text("name") or "text")
    source.ignore("title", "isRequired")


def add_image(draft: SurveyDraft, source: SourceItem, _: dict[str, Any]) -> None:
    source.skip("name", "title")
    draft.notes.add("picture_left_out", source.place, file=source.text("imageLink") or source.text("altText"))


def add_expression(draft: SurveyDraft, source: SourceItem, _: dict[str, Any]) -> None:
    title = draft.text(texts_of(draft, source, "title"), source.at("title"))
    decimals = whole(source.number("maximumFractionDigits"), 0, 6)
    unit = source.text("currency") if source.text("displayStyle") == "currency" else ""
    unit = "%" if source.text("displayStyle") == "percent" else unit
    source.ignore("format", "minimumFractionDigits", "useGrouping", "precision")
    key = source.text("name") or "value"
    draft.calculate(
        key, source.text("expression"), source.place, **with_text(title=title, decimals=decimals, unit=unit)
    )


def add_slider(draft: SurveyDraft, source: SourceItem, common: dict[str, Any]) -> None:
    low, high = source.number("min"), source.number("max")
    low, high = 0 if low is None else low, 100 if high is None else high
    if source.text("sliderType") == "range":
        draft.notes.add("type_changed", source.at("sliderType"), type="slider (range)", ours="slider")
    keys = {"min": min(low, high), "max": max(low, high) + (low == high), "step": source.number("step")}
    _add(draft, source, common, type="slider")
    draft.pages[-1]["questions"][-1].update({key: value for key, value in keys.items() if value})
    draft.pages[-1]["questions"][-1].setdefault("min", 0)
