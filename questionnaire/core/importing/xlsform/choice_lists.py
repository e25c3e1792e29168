"""The sheet `choices`: lists of choices, of which each question gets a copy."""

from __future__ import annotations

import re
from typing import Any

from questionnaire.core.importing.draft import SurveyDraft
from questionnaire.core.importing.source import SourceItem
from questionnaire.core.importing.xlsform.columns import texts_of
from questionnaire.core.importing.xlsform.meaning import choice_keys

_FILTER = re.compile(r"\s*(?:([\w.-]+)\s*=\s*\$\{([^}]+)\}|\$\{([^}]+)\}\s*=\s*([\w.-]+))\s*")


class ChoiceLists:
    """The sheet `choices`: each list, and for each question a copy of it."""

    def __init__(self, draft: SurveyDraft, items: list[SourceItem], first: str) -> None:
        self.draft, self.first = draft, first
        self.lists: dict[str, list[SourceItem]] = {}
        self.used: set[str] = set()
        for item in items:
            self.lists.setdefault(item.text("list_name"), []).append(item)

    def choices(self, name: str) -> tuple[list[dict[str, Any]], dict[str, str]]:
        self.used.add(name)
        items = self.lists.get(name, [])
        given = []
        for item in items:
            value = item.text("name")
            for key in ("image", "audio", "video"):
                if item.has(key):
                    self.draft.notes.add("picture_left_out", item.at(key), file=item.text(key))
            label = texts_of(item, "label", self.first) or value
            given.append((value, label, choice_keys(self.draft, item, self.first)))
        return self.draft.choices(given, f"choices ({name})")

    def filter(self, name: str, choices: list[dict[str, Any]], text: str, place: str) -> None:
        """`column = ${question}`: each choice shows with its own value of the column."""
        found = _FILTER.fullmatch(text)
        if found is None:
            self.draft.notes.add("rule_left_out", place, text=text)
            return
        column, question = (found[1] or found[4]).lower(), found[2] or found[3]
        for item, choice in zip(self.lists.get(name, []), choices, strict=False):
            value = item.text(column)
            if value:
                self.draft.show_if(choice, f"${{{question}}} = '{value}'", place)

    def note_unused(self) -> None:
        for name, items in self.lists.items():
            if name not in self.used:
                for item in items:
                    self.draft.notes.add("key_left_out", item.place, key=name, value=item.leave())
