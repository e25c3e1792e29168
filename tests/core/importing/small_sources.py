"""Small sources of each format, with only what a test speaks of."""

from __future__ import annotations

from typing import Any

from questionnaire.core.importing.limesurvey.survey import import_limesurvey
from questionnaire.core.importing.readable import ImportedSurvey
from questionnaire.core.importing.surveyjs.survey import import_surveyjs
from questionnaire.core.importing.typeform.form import import_typeform
from questionnaire.core.importing.xlsform.form import import_xlsform
from tests.core.importing.spreadsheets import sheets

Raw = dict[str, Any]
LAST = {"type": "comment", "name": "last_one", "title": "Anything else?"}


def surveyjs(*elements: Raw, **survey: Any) -> ImportedSurvey:
    return import_surveyjs({"title": "A survey", "elements": [*elements, LAST], **survey})


def typeform(*fields: Raw, **form: Any) -> ImportedSurvey:
    return import_typeform({"title": "A form", "fields": list(fields), **form})


def xlsform(text: str) -> ImportedSurvey:
    tree: dict[str, Any] = {}
    for name, (headers, *rows) in sheets(text).items():
        tree[name] = [
            {"row number": at, **{key: cell for key, cell in zip(headers, row, strict=False) if cell}}
            for at, row in enumerate(rows, 2)
        ]
    return import_xlsform(tree)


def limesurvey(*questions: Raw, **tables: Any) -> ImportedSurvey:
    """Questions of one group; keys that are not given have their usual values."""
    rows = [
        {"qid": str(at), "parent_qid": "0", "sid": "9", "gid": "1", "title": f"q{at}", "question": "What?",
         "question_order": str(at), "language": "en", **question}
        for at, question in enumerate(questions, 1)
    ]  # fmt: skip
    groups = [{"gid": "1", "sid": "9", "group_name": "One", "group_order": "1", "language": "en"}]
    return import_limesurvey({"groups": groups, "questions": rows, **tables})


def questions(imported: ImportedSurvey) -> dict[str, Raw]:
    """Name -> question of the draft."""
    assert imported.document is not None, imported.problems
    return {question["name"]: question for page in imported.document["pages"] for question in page["questions"]}


def codes(imported: ImportedSurvey) -> list[str]:
    return [note.code for note in imported.notes]


def said(imported: ImportedSurvey) -> str:
    """Every word of the notes."""
    return " ".join(f"{note.code} {' '.join(note.params.values())}" for note in imported.notes)
