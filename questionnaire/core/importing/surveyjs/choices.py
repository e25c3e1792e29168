"""The choices of a SurveyJS question, with the special ones that it adds by a switch."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from questionnaire.core.importing.draft import SurveyDraft
from questionnaire.core.importing.question_forms import dimension, whole, with_text
from questionnaire.core.importing.source import SourceItem, number_of
from questionnaire.core.importing.surveyjs.localized import texts_of, value_of

# Switch (of both generations), its text, the value that it stores, the product's own words, and our keys.
_SPECIAL: tuple[tuple[tuple[str, ...], str, str, str, Mapping[str, Any]], ...] = (
    (("showNoneItem", "hasNone"), "noneText", "none", "None", {"exclusive": True, "fixed": True}),
    (("showRefuseItem",), "refuseText", "refused", "Refuse to answer", {"unknown": True, "fixed": True}),
    (("showDontKnowItem",), "dontKnowText", "dontknow", "Don't know", {"unknown": True, "fixed": True}),
    (("showOtherItem", "hasOther"), "otherText", "other", "Other (describe)", {"other_text": True, "fixed": True}),
)
Item = tuple[str, Mapping[str, str] | str, dict[str, Any]]


def add_choices(
    draft: SurveyDraft, source: SourceItem, common: dict[str, Any], kind: str, items: list[SourceItem] | None = None
) -> None:
    """Adds a question with choices."""
    items = source.items("choices") if items is None else items
    key = common.pop("key")
    given = [_choice(draft, item) for item in items] + _special(draft, source)
    if not given:
        draft.notes.add("choice_missing", source.place, name=common["title"])
        draft.names.used.discard(common["name"])
        return
    correct = correct_answer(source)
    rights = [str(one).lower() for one in (correct if isinstance(correct, list) else [correct])]
    if correct is not None:
        for raw, _, keys in given:
            if not keys.get("unknown"):
                keys["maturity"] = int(raw.lower() in rights)
    choices, values = draft.choices(given, source.at("choices"))
    if kind == "multiple_choice":
        for choice in choices:
            if choice.get("unknown"):
                choice["exclusive"] = True
    else:
        for choice in choices:
            choice.pop("exclusive", None)
    for item, choice in zip(items, choices, strict=False):
        draft.show_if(choice, item.text("visibleIf"), item.at("visibleIf"))
    order = source.text("choicesOrder", "choiceOrder")
    if order in ("asc", "desc"):
        draft.notes.add("rule_left_out", source.at("choicesOrder"), text=order)
    keys = with_text(shuffle=order == "random", **_limits(source, kind, len(choices)))
    if correct is not None or any("maturity" in choice for choice in choices):
        keys["dimension"] = dimension(draft, "score", "Score", source.place)
    source.ignore("multiSelect", "showSelectAllItem", "hasSelectAll")
    question = {"name": common["name"], "type": kind, **common, "choices": choices, **keys}
    draft.add(key, question, source.place, values)
    _add_comment(draft, source, key)


def correct_answer(source: SourceItem) -> Any:
    return source.take("correctAnswer") if source.has("correctAnswer") else None


def _choice(draft: SurveyDraft, item: SourceItem) -> Item:
    keys: dict[str, Any] = {}
    for name in ("score", "points"):
        points = number_of(item.raw.get(name))
        if points is not None and 0 <= points <= 1000:
            keys["maturity"] = item.number(name)
    if item.flag("isExclusive"):
        keys["exclusive"] = True
    if item.has("imageLink"):
        draft.notes.add("picture_left_out", item.place, file=item.text("imageLink"))
    if item.has("enableIf"):
        draft.notes.add("rule_left_out", item.at("enableIf"), text=item.text("enableIf"))
    value = value_of(item)
    return value, texts_of(draft, item, "text") or value, keys


def _special(draft: SurveyDraft, source: SourceItem) -> list[Item]:
    found: list[Item] = []
    for switches, text_key, value, text, keys in _SPECIAL:
        own = texts_of(draft, source, text_key)
        # Every switch is read, so that none is left over.
        on = [source.flag(switch) for switch in switches]
        if any(on):
            found.append((value, own or text, dict(keys)))
    return found


def _limits(source: SourceItem, kind: str, count: int) -> dict[str, Any]:
    if kind == "multiple_choice":
        low = whole(source.number("minSelectedChoices") or None, 1, count)
        high = whole(source.number("maxSelectedChoices") or None, low or 1, count)
        return {"min": low, "max": high}
    return {"top": whole(source.number("maxSelectedChoices") or None, 1, count)} if kind == "ranking" else {}


def _add_comment(draft: SurveyDraft, source: SourceItem, key: str) -> None:
    """The comment box below a question becomes a question of its own."""
    own = texts_of(draft, source, "commentText")
    on = source.flag("showCommentArea"), source.flag("hasComment")
    if not any(on):
        return
    place = source.at("showCommentArea")
    title = draft.text(own, place) or "Comment"
    name = draft.names.take(f"{draft.pages[-1]['questions'][-1]['name'][:50]}_comment")
    draft.add(f"{key}-Comment", {"name": name, "type": "long_text", "title": title}, place)
