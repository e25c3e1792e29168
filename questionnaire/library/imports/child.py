"""The child process of an import, and the one file that it reads."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from typing import Any

from questionnaire.core.base.problems import Problem
from questionnaire.core.importing.limesurvey.survey import import_limesurvey
from questionnaire.core.importing.readable import ImportedSurvey
from questionnaire.core.importing.surveyjs.survey import import_surveyjs
from questionnaire.core.importing.typeform.form import import_typeform
from questionnaire.core.importing.xlsform.form import import_xlsform
from questionnaire.library.imports.formats import FormatName
from questionnaire.library.imports.limits import MAX_ANSWER_BYTES, set_limits
from questionnaire.library.imports.parse import Unreadable, parse_json, parse_lss, parse_workbook
from questionnaire.processes import end_with_parent

Parser = Callable[[bytes], Mapping[str, Any]]
Translator = Callable[[Mapping[str, Any]], ImportedSurvey]
READERS: Mapping[FormatName, tuple[Parser, Translator]] = {
    "surveyjs": (parse_json, import_surveyjs),
    "xlsform": (parse_workbook, import_xlsform),
    "limesurvey": (parse_lss, import_limesurvey),
    "typeform": (parse_json, import_typeform),
}


def read(content: bytes, format_name: FormatName) -> ImportedSurvey:
    """Parses and translates a file; a file that cannot be parsed is a problem."""
    parse, translate = READERS[format_name]
    try:
        tree = parse(content)
    except Unreadable as error:
        message, hint = error.args
        return ImportedSurvey(None, (), (Problem("import_unreadable", (), message, hint),))
    return translate(tree)


def main() -> None:
    end_with_parent(int(sys.argv[3]))
    content = sys.stdin.buffer.read()
    set_limits()
    imported = read(content, sys.argv[2])  # type: ignore[arg-type]  # the parent passes one of the formats
    answer = {
        "document": imported.document,
        "notes": [[note.code, note.place, dict(note.params)] for note in imported.notes],
        "problems": [[problem.code, problem.message, problem.hint] for problem in imported.problems],
    }
    text = json.dumps(answer, ensure_ascii=False).encode("utf-8", "replace")
    if len(text) > MAX_ANSWER_BYTES:
        sys.exit(1)
    sys.stdout.buffer.write(text)
