"""A Typeform: its texts, fields, logic, and first and last pages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from questionnaire.core.importing.dialects import SURVEYJS
from questionnaire.core.importing.draft import SurveyDraft
from questionnaire.core.importing.expression import Compound, Expression
from questionnaire.core.importing.finish import finish
from questionnaire.core.importing.names import language_tag
from questionnaire.core.importing.question_forms import result_block, with_text
from questionnaire.core.importing.readable import ImportedSurvey
from questionnaire.core.importing.scope import NotWritable
from questionnaire.core.importing.source import VALUE, SourceItem, note_rest, root
from questionnaire.core.importing.texts import mention
from questionnaire.core.importing.typeform.fields import FieldReader
from questionnaire.core.importing.typeform.logic import Paths
from questionnaire.core.importing.typeform.scores import apply_scores, read_variables

_MENTION = re.compile(r"\{\{\s*(?:field|hidden|var|variable)\s*:\s*([^{}\s]+)\s*\}\}")
_BOLD = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]+?)(?<=[^\s*])\*(?![\w*])")
_TECHNICAL = ("id", "type", "workspace", "theme", "_links", "cui_settings", "created_at", "last_updated_at",
              "published_at", "self", "links", "outcome")  # fmt: skip
_LOOKS = ("id", "layout", "type")


def _mark(text: str) -> str:
    """Mentions, and bold text, which Typeform writes between single stars."""
    return _BOLD.sub(r"**\1**", _MENTION.sub(lambda found: mention(found[1]), text))


def import_typeform(raw: Mapping[str, Any]) -> ImportedSurvey:
    source = root(raw)
    settings = source.item("settings")
    draft = SurveyDraft(str.strip, _mark, SURVEYJS)
    draft.texts.languages = [language_tag(settings.text("language")) or "en"]
    title = draft.title(source.text("title"), "title", "Survey")
    _add_welcome(draft, source)
    for field in source.items("hidden"):
        draft.hidden_field(field.text(VALUE), field.place)
    draft.page("", "fields", "questions")
    reader = FieldReader(draft)
    for field in source.items("fields"):
        reader.add(field)
    _add_logic(draft, source, reader)
    read_variables(source)
    bar = settings.flag("show_progress_bar", True)
    draft.document["display"] = {"mode": "one_per_screen", **({} if bar else {"progress": "none"})}
    settings.ignore(*settings.raw)
    source.ignore(*_TECHNICAL)
    note_rest(source, draft.notes)
    return finish(draft, title)


def _add_welcome(draft: SurveyDraft, source: SourceItem) -> None:
    """First pages become the text before the first question."""
    paragraphs = []
    for screen in source.items("welcome_screens"):
        properties = screen.item("properties")
        screen.skip("ref", *_LOOKS)
        properties.ignore("show_button")
        if screen.has("attachment"):
            draft.notes.add("picture_left_out", screen.at("attachment"), file=screen.item("attachment").leave())
        paragraphs += [screen.text("title"), properties.text("description")]
    text = draft.text("\n\n".join(part for part in paragraphs if part), "welcome_screens", lines=True)
    draft.document |= with_text(description=text)


def _add_logic(draft: SurveyDraft, source: SourceItem, reader: FieldReader) -> None:
    for item in source.items("logic"):
        ref = item.text("ref")
        item.text("type")
        at = reader.refs.get(ref)
        actions = item.items("actions")
        if at is None:
            draft.notes.add("jump_left_out", item.place, part=ref, text=item.leave())
            for action in actions:
                action.leave()
            continue
        reader.steps[_last_of(reader, at)].actions += actions
    screens = {one.text("ref"): one for one in source.items("thankyou_screens")}
    try:
        paths = Paths(draft, reader.steps, reader.refs)
        apply_scores(draft, reader.steps)
        reached: set[str] = set()

        def ending(ref: str, condition: Expression, last: bool, text: str) -> None:
            reached.add(ref)
            _add_ending(draft, screens.get(ref), condition, (last, text))

        paths.follow(ending)
    except NotWritable as error:
        draft.notes.add("jump_left_out", "logic", part=error, text="…")
        reached = set()
    for ref, screen in screens.items():
        if ref not in reached:
            _add_last_page(draft, screen, is_default=len(screens) == 1 or "default" in ref)


def _last_of(reader: FieldReader, at: int) -> int:
    """The step after which the logic of a field runs: of a group, its last field."""
    if not reader.steps[at].ref.endswith(" heading"):
        return at
    inside = f"{reader.steps[at].place}."
    return max([at, *(index for index, step in enumerate(reader.steps) if step.place.startswith(inside))])


def _texts(draft: SurveyDraft, screen: SourceItem) -> dict[str, Any]:
    """Title, text, link and label of a last page."""
    properties = screen.item("properties")
    screen.skip(*_LOOKS)
    properties.ignore("show_button", "share_icons", "button_mode")
    if screen.has("attachment"):
        draft.notes.add("picture_left_out", screen.at("attachment"), file=screen.item("attachment").leave())
    url = properties.text("redirect_url")
    link = url if url.startswith(("https://", "http://")) else ""
    if url and not link:
        properties.keys.discard("redirect_url")
    label = draft.text(properties.text("button_text"), properties.at("button_text")) if link else None
    text = draft.text(properties.text("description"), properties.at("description"), lines=True)
    return with_text(title=draft.text(screen.text("title"), screen.at("title")), text=text, url=link, label=label)


def _add_ending(draft: SurveyDraft, screen: SourceItem | None, condition: Expression, origin: tuple[bool, str]) -> None:
    """A jump to a last page ends the survey there; after the last question it is a section of the result."""
    last, text = origin
    if screen is None:
        return
    texts = _texts(draft, screen)
    always = isinstance(condition, Compound) and condition.sign == "true"
    if last or always:
        block = _block(draft, screen, texts)
        if not always:
            draft.show_when(block, condition, text, screen.place, "when")
        return
    endings = draft.document.setdefault("endings", [])
    ending = {"name": f"ending_{len(endings) + 1}", "when": {}, "title": "Thank you.", **texts}
    endings.append(ending)
    draft.notes.add("ending_changed", screen.place, title=ending["title"], name=ending["name"])
    draft.show_when(ending, condition, text, screen.place, "when")


def _add_last_page(draft: SurveyDraft, screen: SourceItem, *, is_default: bool) -> None:
    """A last page that no jump leads to: the one after the last question is shown with the result."""
    texts = _texts(draft, screen)
    if is_default:
        _block(draft, screen, texts)
    else:
        draft.notes.add("ending_left_out", screen.place, title=", ".join(map(str, texts.values())))


def _block(draft: SurveyDraft, screen: SourceItem, texts: dict[str, Any]) -> dict[str, Any]:
    text = texts.pop("text", None)
    title = texts.pop("title", None)
    return result_block(draft, text or title or "Thank you.", screen.place, title=title if text else None, **texts)
