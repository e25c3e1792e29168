"""Our own columns and sheets: what questions and choices mean, dimensions, bands, endings and next steps."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from questionnaire.core.importing.draft import SurveyDraft
from questionnaire.core.importing.names import choice_value, plain_name
from questionnaire.core.importing.note import NoteList
from questionnaire.core.importing.question_forms import whole, with_text
from questionnaire.core.importing.source import SourceItem
from questionnaire.core.importing.xlsform.columns import rows, texts_of

_COLOURS = frozenset({"good", "warning", "danger", "info"})
_EFFORTS = frozenset({"low", "medium", "high"})


def question_keys(draft: SurveyDraft, row: SourceItem) -> dict[str, Any]:
    """What a question is evidence of, and how its title reads for the team."""
    weight = row.number("weight")
    dimension = row.text("dimension")
    return with_text(
        criterion=plain_name(row.text("criterion"), "") if row.has("criterion") else None,
        dimension=known_dimension(draft, dimension, row.place) if dimension else None,
        weight=weight if weight is not None and 0 < weight <= 100 else None,
        label=row.text("short_label")[:60],
    )


def known_dimension(draft: SurveyDraft, title: str, place: str) -> str:
    """The dimension of this name or title; a new one where the sheet `dimensions` has none."""
    name = plain_name(title, "dimension")
    upper = draft.document.setdefault("dimensions", [])
    if not any(one["name"] == name for level in upper for one in (level, *level.get("dimensions", []))):
        upper.append({"name": name, "title": draft.title(title, place, name)})
    return name


def choice_keys(draft: SurveyDraft, row: SourceItem, first: str) -> dict[str, Any]:
    """What a choice means."""
    keys: dict[str, Any] = {}
    maturity = row.number("maturity")
    if maturity is not None and 0 <= maturity <= 1000:
        keys["maturity"] = maturity
    elif maturity is not None:
        draft.notes.add("limit_changed", row.at("maturity"), text=f"{maturity} → 0…1000")
        keys["maturity"] = min(max(maturity, 0), 1000)
    keys |= with_text(
        number=row.number("number"),
        level=plain_name(row.text("level"), "level") if row.has("level") else None,
        emits=plain_name(row.text("emits"), "signal") if row.has("emits") else None,
        flags=[plain_name(flag, "flag") for flag in re.split(r"[\s,;]+", row.text("flags")) if flag] or None,
        help=draft.text(texts_of(row, "hint", first), row.at("hint"), lines=True),
        **{key: row.flag(key) for key in ("other_text", "exclusive", "fixed", "unknown", "not_applicable")},
    )
    if row.number("number") == 0:
        keys["number"] = 0
    advice = draft.text(texts_of(row, "advice", first), row.at("advice"), lines=True)
    if advice is not None:
        effort = row.text("effort").lower()
        done = draft.text(texts_of(row, "done_when", first), row.at("done_when"))
        further = with_text(effort=effort if effort in _EFFORTS else None, done_when=done)
        keys["advice"] = {"text": advice, **further} if further else advice
    return keys


def add_dimensions(draft: SurveyDraft, source: SourceItem, first: str) -> None:
    """The sheet `dimensions`: name, label, weight, and the dimension above it."""
    upper: list[dict[str, Any]] = []
    for row in rows(source, "dimensions"):
        name = plain_name(row.text("name"), "dimension")
        title = draft.title(texts_of(row, "label", first), row.place, row.text("name") or name)
        one: dict[str, Any] = {"name": name, "title": title}
        weight = whole(row.number("weight"), 1, 100)
        if weight is not None and weight != 1:
            one["weight"] = weight
        parent = plain_name(row.text("parent"), "dimension") if row.has("parent") else ""
        above = next((other for other in upper if other["name"] == parent), None)
        (upper if above is None else above.setdefault("dimensions", [])).append(one)
    if upper:
        draft.document["dimensions"] = upper


def add_bands(draft: SurveyDraft, source: SourceItem, first: str) -> None:
    """The sheet `bands`: dimension (none for the whole), from, label, text, colour."""
    report: dict[str, Any] = {}
    for row in rows(source, "bands"):
        text = draft.text(texts_of(row, "text", first), row.at("text"), lines=True)
        name = draft.text(texts_of(row, "label", first), row.at("label"))
        start = whole(row.number("from") or 0, 0, 100)
        colour = row.text("colour", "color").lower()
        if text is None and name is None:
            draft.notes.add("band_left_out", row.place, text=row.leave())
            continue
        band = {"from": start, **with_text(name=name, text=text or name, colour=colour if colour in _COLOURS else None)}
        row.take("from")
        dimension = row.text("dimension")
        if dimension in ("", "overall"):
            report.setdefault("overall", []).append(band)
        else:
            report.setdefault("dimensions", {}).setdefault(known_dimension(draft, dimension, row.place), []).append(
                band
            )
    for bands in (report.get("overall", []), *report.get("dimensions", {}).values()):
        bands.sort(key=lambda band: band["from"])
    draft.document.setdefault("report", {}).update(report)


def add_endings(draft: SurveyDraft, source: SourceItem, first: str) -> None:
    """The sheet `endings`: name, relevant, label, text, url, button."""
    endings = []
    for row in rows(source, "endings"):
        when = row.text("relevant", "when")
        expression = draft.expression(when, row.at("relevant")) if when else None
        title = draft.title(texts_of(row, "label", first), row.place, row.text("name") or "…")
        if expression is None:
            draft.notes.add("ending_left_out", row.place, title=row.leave())
            continue
        text = draft.text(texts_of(row, "text", first), row.at("text"), lines=True)
        ending = with_text(name=draft.page_names.take(plain_name(row.text("name"), "ending")), title=title, text=text,
                           url=link(draft.notes, row), label=row.text("button"))  # fmt: skip
        endings.append(ending)
        draft.show_when(ending, expression, when, row.at("relevant"), "when")
    if endings:
        draft.document["endings"] = endings


def add_next_steps(draft: SurveyDraft, source: SourceItem, first: str) -> None:
    """The sheet `next_steps`: name, relevant, text, url, button. The first one that fits is shown."""
    report = draft.document.setdefault("report", {})
    steps: list[dict[str, Any]] = []
    blocks: dict[str, Any] = {}
    for row in rows(source, "next_steps"):
        name = choice_value(row.text("name"), f"step_{len(steps) + 1}")
        text = draft.text(texts_of(row, "text", first) or texts_of(row, "label", first), row.at("text"), lines=True)
        if text is None:
            draft.notes.add("ending_left_out", row.place, title=row.leave())
            continue
        blocks[name] = with_text(text=text, url=link(draft.notes, row), label=row.text("button"))
        step: dict[str, Any] = {"block": name}
        steps.append(step)
        when = row.text("relevant", "when")
        if when:
            draft.show_if(step, when, row.at("relevant"), "when")
    if steps:
        report |= {"next_step": steps, "blocks": blocks}


def link(notes: NoteList, row: SourceItem) -> str:
    url = row.text("url")
    if url and not url.startswith(("https://", "http://", "mailto:")):
        notes.add("key_left_out", row.at("url"), key="url", value=url)
        return ""
    return url


def settings_keys(row: SourceItem) -> Mapping[str, str]:
    """The ids that the sheet `settings` may name."""
    return {key: row.text(key) for key in ("policy", "form_id", "version")}
