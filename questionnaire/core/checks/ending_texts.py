"""The texts of endings, for the checks of texts."""

from __future__ import annotations

from collections.abc import Iterator

from questionnaire.core.base.problems import Where
from questionnaire.core.base.texts import LocalizedText
from questionnaire.core.survey.survey import Survey


def ending_texts(survey: Survey) -> Iterator[tuple[Where, LocalizedText, frozenset[str]]]:
    """Contact details may be missing there unless they come first."""
    fields = (field.name for field in survey.contact_fields)
    early = frozenset(fields) if survey.display.gate != "before_start" else frozenset[str]()
    for index, ending in enumerate(survey.endings):
        for key, text in (("title", ending.title), ("text", ending.text), ("label", ending.label)):
            if text:
                yield ("endings", index, key), text, early
