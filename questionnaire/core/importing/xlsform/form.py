"""An XLSForm: settings, choices, and the rows of the sheet `survey`, with groups as pages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from questionnaire.core.importing.dialects import XPATH
from questionnaire.core.importing.draft import SurveyDraft
from questionnaire.core.importing.expression import Expression, both
from questionnaire.core.importing.finish import finish
from questionnaire.core.importing.names import language_tag, slug
from questionnaire.core.importing.question_forms import statement, whole
from questionnaire.core.importing.readable import ImportedSurvey
from questionnaire.core.importing.source import SourceItem, note_rest, root
from questionnaire.core.importing.texts import mention
from questionnaire.core.importing.xlsform import meaning
from questionnaire.core.importing.xlsform.choice_lists import ChoiceLists
from questionnaire.core.importing.xlsform.columns import ROW, languages, rows, texts_of
from questionnaire.core.importing.xlsform.questions import add_row
from questionnaire.core.importing.xlsform.tables import add_table

_NAME = re.compile(r"\$\{\s*([^{}]+?)\s*\}")
_SHEETS = ("survey", "choices", "settings", "dimensions", "bands", "endings", "next_steps")
_SETTINGS = (
    "instance_name", "public_key", "submission_url", "auto_send", "auto_delete", "allow_choice_duplicates",
    "sms_keyword", "sms_separator", "namespaces", "instance_xmlns", "clean_text_values", "name", "prefix",
)  # fmt: skip


class FormReader:
    """Reads the rows of one form from top to bottom, with the groups that are open."""

    def __init__(self, draft: SurveyDraft, choices: list[SourceItem], first: str) -> None:
        self.draft, self.first = draft, first
        self.lists = ChoiceLists(draft, choices, first)
        self.conditions: list[tuple[Expression | None, str]] = []
        self.page: dict[str, Any] | None = None
        self.has_screens = False

    @property
    def condition(self) -> tuple[Expression | None, str]:
        """That of all open groups, as one."""
        known = [(one, text) for one, text in self.conditions if one is not None]
        return both(*(one for one, _ in known)), " and ".join(text for _, text in known)

    def read(self, items: list[SourceItem]) -> None:
        index = 0
        while index < len(items):
            row = items[index]
            kind = " ".join(row.text("type").lower().replace("_", " ").split())
            if kind in ("begin group", "begin repeat"):
                end = _end_of_table(items, index)
                if end is not None:
                    self.ready()
                    add_table(self.draft, self.lists, items[index:end], self.first)
                    self.show(1, row)
                    index = end
                else:
                    self.begin(row, kind)
            elif kind in ("end group", "end repeat"):
                row.ignore("name", "label")
                self.end()
            else:
                self.ready()
                before = len(self.draft.pages[-1]["questions"])
                add_row(self.draft, self.lists, row, self.first)
                self.show(len(self.draft.pages[-1]["questions"]) - before, row)
            index += 1

    def ready(self) -> None:
        """A page for a question that is in no group."""
        if self.page is None:
            self.page = self.draft.page("", "survey")

    def begin(self, row: SourceItem, kind: str) -> None:
        """Begins a group: a page of its own, or a heading inside one."""
        draft, title = self.draft, texts_of(row, "label", self.first)
        self.has_screens = self.has_screens or "field-list" in row.text("appearance")
        row.take("appearance")
        text = row.text("relevant")
        expression = draft.expression(text, row.at("relevant")) if text else None
        if kind == "begin repeat":
            draft.notes.add("repeat_once", row.place, name=row.text("name"))
            row.ignore("repeat_count")
        if not self.conditions:
            self.page = draft.page(title, row.place, row.text("name"))
            if expression is not None:
                draft.show_when(self.page, expression, text, row.at("relevant"))
                expression = None
        self.conditions.append((expression, text))
        heading = title if len(self.conditions) > 1 else {}
        shown = statement(draft, texts_of(row, "hint", self.first), row.at("hint"), f"{row.text('name')}_text",
                          draft.text(heading, row.at("label")))  # fmt: skip
        self.show(1 if shown is not None else 0, row)

    def end(self) -> None:
        if self.conditions:
            self.conditions.pop()
        if not self.conditions:
            self.page = None

    def show(self, count: int, row: SourceItem) -> None:
        """Puts the last questions under the condition of their row and of the groups around it."""
        outer, outer_text = self.condition
        text = row.text("relevant") if "begin" not in row.text("type") else ""
        own = self.draft.expression(text, row.at("relevant")) if text else None
        condition = both(outer, own)
        if condition is None or not count:
            return
        said = " and ".join(part for part in (outer_text, text) if part)
        for question in self.draft.pages[-1]["questions"][-count:]:
            self.draft.show_when(question, condition, said, row.at("relevant"))


def _end_of_table(items: list[SourceItem], start: int) -> int | None:
    """The index of the row that ends a `table-list` group; None when the group is none."""
    if "table-list" not in items[start].text("appearance"):
        return None
    for index in range(start + 1, len(items)):
        kind = items[index].text("type").lower().replace("_", " ")
        if kind == "end group":
            return index
        if not kind.startswith(("select one ", "note")):
            return None
    return None


def import_xlsform(raw: Mapping[str, Any]) -> ImportedSurvey:
    source = root({str(name).strip().lower(): sheet for name, sheet in raw.items()})
    survey = [row for row in rows(source, "survey") if row.has("type")]
    settings = next(iter(rows(source, "settings")), SourceItem({}, "settings", source.technical))
    choices, default = rows(source, "choices"), settings.text("default_language")
    known = languages(iter([*survey, *choices, settings]))
    first = language_tag(default) or (known[0] if known and not any("label" in row.raw for row in survey) else "en")
    draft = SurveyDraft(str.strip, lambda text: _NAME.sub(lambda found: mention(found[1]), text), XPATH)
    draft.texts.languages = list(dict.fromkeys((first, *known)))
    title = settings.text("form_title") or settings.text("form_id") or "Survey"
    description = draft.text(texts_of(settings, "description", first), "settings", lines=True)
    meaning.add_dimensions(draft, source, first)
    reader = FormReader(draft, choices, first)
    reader.read(survey)
    meaning.add_bands(draft, source, first)
    meaning.add_endings(draft, source, first)
    meaning.add_next_steps(draft, source, first)
    pages = "pages" in settings.text("style")
    draft.document["display"] = {"mode": "by_page" if pages or reader.has_screens else "one_per_screen"}
    draft.document |= {"description": description} if description else {}
    own = meaning.settings_keys(settings)
    version = whole(settings.number("version"), 1, 10**6)
    settings.ignore(*_SETTINGS)
    reader.lists.note_unused()
    _note_sheets(draft, source)
    note_rest(source, draft.notes)
    imported = finish(draft, draft.title(title, "settings", "Survey"))
    if imported.document is None:
        return imported
    ids = {"id": slug(own["form_id"] or title), "version": version or 1, "policy": slug(own["policy"] or "default")}
    return ImportedSurvey({**imported.document, **ids}, imported.notes)


def _note_sheets(draft: SurveyDraft, source: SourceItem) -> None:
    for sheet, content in source.raw.items():
        if sheet not in _SHEETS and isinstance(content, list) and content:
            source.take(sheet)
            texts = [str(value) for row in content if isinstance(row, Mapping)
                     for key, value in row.items() if key != ROW and value is not None]  # fmt: skip
            draft.notes.add("sheet_left_out", sheet, sheet=sheet, rows=len(content), cells=", ".join(texts))
