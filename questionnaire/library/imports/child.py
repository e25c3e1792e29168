"""The child process of an import: its limits, and the one file that it reads."""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Callable, Mapping
from typing import Any

from questionnaire.core.base.problems import Problem
from questionnaire.core.importing.limesurvey.survey import import_limesurvey
from questionnaire.core.importing.readable import ImportedSurvey
from questionnaire.core.importing.surveyjs.survey import import_surveyjs
from questionnaire.core.importing.typeform.form import import_typeform
from questionnaire.core.importing.xlsform.form import import_xlsform
from questionnaire.library.imports.formats import SHEET, FormatName
from questionnaire.library.imports.parse import Unreadable, parse_json, parse_lss, parse_workbook
from questionnaire.library.imports.sheet import read_sheet
from questionnaire.processes import end_with_parent

MEMORY_BYTES = 512 * 1024 * 1024
CPU_SECONDS = 20
MAX_ANSWER_BYTES = 40_000_000
RECURSION = 3000

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


def set_limits() -> None:
    """From here on: little memory and CPU time, no files written, no process started."""
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.setrecursionlimit(RECURSION)
    sys.addaudithook(_refuse)


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    if event.startswith(("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.system", "urllib.")):
        raise PermissionError(f"an import may not {event}")
    if event == "open" and arguments[1] is not None and any(letter in str(arguments[1]) for letter in "wax+"):
        raise PermissionError("an import may not write files")


def main() -> None:
    end_with_parent(int(sys.argv[3]))
    content = sys.stdin.buffer.read()
    set_limits()
    what = sys.argv[2]
    answer = _rows(content) if what == SHEET else _survey(content, what)
    text = json.dumps(answer, ensure_ascii=False).encode("utf-8", "replace")
    if len(text) > MAX_ANSWER_BYTES:
        sys.exit(1)
    sys.stdout.buffer.write(text)


def _survey(content: bytes, what: str) -> dict[str, Any]:
    imported = read(content, what)  # type: ignore[arg-type]  # the parent passes one of the formats
    return {
        "document": imported.document,
        "notes": [[note.code, note.place, dict(note.params)] for note in imported.notes],
        "problems": [[problem.code, problem.message, problem.hint] for problem in imported.problems],
    }


def _rows(content: bytes) -> dict[str, Any]:
    try:
        return {"rows": read_sheet(content), "problems": []}
    except Unreadable as error:
        return {"rows": [], "problems": [["import_unreadable", *error.args]]}
