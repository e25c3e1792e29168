"""Places of a survey's document in an author's words: “Question 5, Lead scoring, answer D, level”."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from questionnaire.core.base.labels import humanize
from questionnaire.core.base.translation import Translator
from questionnaire.core.base.translation import gettext_noop as _
from questionnaire.core.editing.outline import author_name, outline, questions_in, text_in
from questionnaire.core.editing.paths import Document, EditError, Path, find, part_at
from questionnaire.web.http.rendering import LETTERS

KEYS: Mapping[str, str] = {
    "title": _("Title"), "text": _("Text"), "help": _("Help text"), "label": _("Short name"), "name": _("Name"),
    "value": _("Value"), "required": _("Required"), "show_if": _("Shown if"), "when": _("Condition"),
    "dimension": _("Dimension"), "criterion": _("Criterion"), "weight": _("Weight"), "level": _("Level"),
    "emits": _("Signal"), "flags": _("Flags"), "maturity": _("Maturity"), "number": _("Number"),
    "other_text": _("Asks for own words"), "exclusive": _("Excludes the others"),
    "fixed": _("Stays at its place"), "unknown": _("Means “I don’t know”"),
    "not_applicable": _("Means “does not apply”"), "advice": _("Advice"), "effort": _("Effort"),
    "done_when": _("Done when"), "shuffle": _("Random order"), "image": _("Picture"), "alt": _("Text alternative"),
    "min": _("Least"), "max": _("Most"), "step": _("Step"), "unit": _("Unit"), "from": _("From"), "to": _("To"),
    "labels": _("Labels"), "max_length": _("Most characters"), "placeholder": _("Example in the field"),
    "first": _("Countries listed first"), "top": _("Places to rank"), "rows": _("Rows"), "choices": _("Answers"),
    "none_is": _("When nothing is chosen"), "type": _("Type"), "description": _("Introduction"),
    "languages": _("Languages"), "policy": _("Policy"), "display": _("Display"), "embed": _("Embedding"),
    "hidden_fields": _("Hidden fields"), "dimensions": _("Dimensions"), "choice_sets": _("Shared answers"),
    "pages": _("Pages"), "questions": _("Questions"), "endings": _("Endings"), "calculated": _("Calculated values"),
    "contact": _("Contact step"), "fields": _("Fields"), "consents": _("Consents"), "report": _("Report"),
    "wording": _("Wording"), "mode": _("Screens"), "progress": _("Progress"), "back": _("Back button"),
    "estimate_minutes": _("Minutes it takes"), "gate": _("Contact step appears"),
    "teaser": _("Before the contact step"),
    "allowed_origins": _("Allowed sites"), "trust": _("Trusted when"), "business_only": _("Business addresses only"),
    "basis": _("Legal basis"), "why": _("Why it is required"), "url": _("Link"), "formula": _("Formula"),
    "decimals": _("Decimals"), "cases": _("Cases"), "overall": _("Overall bands"), "sections": _("Sections"),
    "order": _("Order"), "next_step": _("Next steps"), "blocks": _("Blocks"), "content_blocks": _("Content blocks"),
    "plan": _("Plan"), "figures": _("Figures"), "charts": _("Charts"), "benchmark": _("Comparison"),
    "colour": _("Colour"), "days": _("Days"), "items": _("Steps"), "group_by": _("Compared within"),
    "version": _("Version"), "id": _("Name in the link"), "colours": _("Colours"), "block": _("Block"),
    "fallback": _("With too few answers"), "hide_below": _("Hidden below this many answers"), "on": _("Shown on"),
    "after": _("After the section"), "theme": _("Theme"), "accent": _("Accent"), "ink": _("Text colour"),
    "paper": _("Background"), "dark": _("Dark mode"), "scheme": _("Light or dark"), "radius": _("Corner radius"),
    "font": _("Font"), "logo": _("Logo"),
}  # fmt: skip


def key_name(key: str, words: Translator) -> str:
    """What an author reads for a key; a key without words is shown without its underscores."""
    return words(KEYS[key]) if key in KEYS else humanize(key)


def place_name(document: Document, path: Path, words: Translator, language: str) -> str:
    """The place as one phrase; "" for the document itself."""
    return ", ".join(_parts(document, path, words, language))


def _parts(document: Document, path: Path, words: Translator, language: str) -> list[str]:
    pages = outline(document, language)
    for question in questions_in(pages):
        if path[: len(question.path)] == question.path:
            below = path[len(question.path) :]
            number = question.number
            name = words("Question %(n)s, %(name)s", n=number, name=question.label) if number else question.label
            return [name, *_below(document, question.path, below, words, language)]
    for page in pages:
        if path[: len(page.path)] == page.path:
            below = path[len(page.path) :]
            return [words("Page %(name)s", name=page.label), *_below(document, page.path, below, words, language)]
    return _below(document, (), path, words, language)


def _below(document: Document, above: Path, path: Path, words: Translator, language: str) -> list[str]:
    found: list[str] = []
    for depth, step in enumerate(path):
        here = (*above, *path[: depth + 1])
        item = _at(document, here)
        holder = _at(document, here[:-1])
        if isinstance(holder, list):
            found.append(_item_name(here, holder, item, words, language))
        elif part_at(document, here[:-1]) == "condition" or str(step) in ("with", "questions", "fields"):
            continue
        elif here[-2:-1] == ("with",):
            found.append(words("answer “%(text)s”", text=humanize(str(step))))
        elif not (isinstance(holder, Mapping) and _is_language(step) and found):
            name = key_name(str(step), words)
            if str(step) != "choices" or depth == len(path) - 1:
                found.append(name.lower() if found or above else name)
    return found


def _item_name(path: Path, holder: list[Any], item: Any, words: Translator, language: str) -> str:
    index = next((number for number, other in enumerate(holder) if other is item), None)
    if path[-2:-1] == ("choices",) and index is not None:
        return words("answer %(letter)s", letter=LETTERS[index] if index < len(LETTERS) else str(index + 1))
    if isinstance(item, Mapping):
        text = text_in(item.get("title") or item.get("text"), language) if not item.get("label") else ""
        return str(item.get("label") or text or author_name(item) or words("row %(n)s", n=(index or 0) + 1))
    return words("row %(n)s", n=(index or 0) + 1) if index is not None else humanize(str(path[-1]))


def _at(document: Document, path: Path) -> Any:
    try:
        return find(document, path)
    except EditError:
        return None


def _is_language(step: object) -> bool:
    tag = str(step)
    return len(tag.partition("-")[0]) in (2, 3) and tag[:2].islower() and tag not in KEYS
