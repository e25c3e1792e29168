"""Reads a file in a child process with limits: a hostile file costs its own process, and at most some seconds.

The child gets the bytes on standard input and answers with JSON. It has little memory and CPU time, opens no file and
no socket once it is loaded, and is killed when it takes too long.
"""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from questionnaire.core.base.problems import Problem
from questionnaire.core.importing.note import ImportNote
from questionnaire.core.importing.readable import ImportedSurvey
from questionnaire.library.images import MAX_FILE_BYTES as MAX_PICTURE_BYTES
from questionnaire.library.images import ProcessedImage
from questionnaire.library.imports.formats import SHEET, FormatName, guess

MAX_FILE_BYTES = 10_000_000
MAX_SHEET_BYTES = 5_000_000
SECONDS = 30
_SEARCH_PATH = str(Path(__file__).resolve().parents[3])
_START = "import sys; sys.path.insert(0, sys.argv[1]); from questionnaire.library.imports.MODULE import main; main()"
_TOO_LARGE = Problem(
    "import_limit", (), "this file needs more memory or time than an import may take", "divide the survey into parts"
)


def import_file(content: bytes, format_name: FormatName | None = None) -> ImportedSurvey:
    """The survey of a file in one of the formats, which is guessed when it is not given."""
    if len(content) > MAX_FILE_BYTES:
        message = f"this file has more than {MAX_FILE_BYTES // 1_000_000} MB"
        return _refusal(Problem("import_limit", (), message, "export the survey without its pictures and answers"))
    known = format_name or guess(content)
    if known is None:
        hint = "export from SurveyJS (JSON), an XLSForm (.xlsx), LimeSurvey (.lss) or Typeform (JSON)"
        return _refusal(Problem("import_format", (), "this file is in none of the formats that can be imported", hint))
    answer = _answer_of("child", known, content)
    return _read_answer(answer) if answer is not None else _refusal(_TOO_LARGE)


def read_yaml(content: bytes, name: str) -> tuple[Any, tuple[Problem, ...]]:
    """The values of a YAML file, or the problems of its notation with their lines. `name`: what messages call it."""
    answer = _answer_of("yaml_child", name, content)
    if answer is None:
        return None, (_TOO_LARGE,)
    said: dict[str, Any] = json.loads(answer)
    return said["raw"], tuple(
        Problem(code, (), message, hint).at(name, line) for code, message, hint, line in said["problems"]
    )


def read_sheet(content: bytes) -> tuple[tuple[Mapping[str, Any], ...], tuple[Problem, ...]]:
    """The rows of a sheet of texts, .xlsx or .csv: number, cells, and the columns that hold a formula."""
    if len(content) > MAX_SHEET_BYTES:
        message = f"this file has more than {MAX_SHEET_BYTES // 1_000_000} MB"
        return (), (Problem("import_limit", (), message, "keep only the sheet with the texts"),)
    answer = _answer_of("child", SHEET, content)
    if answer is None:
        return (), (_TOO_LARGE,)
    said: dict[str, Any] = json.loads(answer)
    return tuple(said["rows"]), tuple(Problem(code, (), message, hint) for code, message, hint in said["problems"])


def read_picture(content: bytes, ratio: str = "") -> ProcessedImage | Problem:
    """A picture as it is served: its type by its content, small, without camera metadata. `ratio`: cropped to."""
    hint = "save it as PNG, JPEG or WebP, about 800 pixels wide"
    if len(content) > MAX_PICTURE_BYTES:
        return Problem("picture_large", (), "this picture has more than 8 MB", hint)
    answer = _answer_of("picture_child", ratio, content)
    if answer is None:
        return Problem("picture_large", (), "this picture needs too much memory or time", hint)
    said: dict[str, str] = json.loads(answer)
    if "problem" in said:
        return Problem("picture_unreadable", (), f"this file {said['problem']}", hint)
    return ProcessedImage(said["name"], base64.b64decode(said["content"]))


def _answer_of(module: str, argument: str, content: bytes) -> bytes | None:
    """What the child of a module wrote; None when it took too much of anything."""
    command = [sys.executable, "-I", "-c", _START.replace("MODULE", module), _SEARCH_PATH, argument, str(os.getpid())]
    # openpyxl reads XML with lxml where it finds it; defusedxml is the reader that was chosen.
    environment = {"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8", "OPENPYXL_LXML": "False"}
    try:
        done = subprocess.run(  # noqa: S603 (our own interpreter; the file is on its standard input)
            command, input=content, capture_output=True, timeout=SECONDS, env=environment
        )
    except subprocess.TimeoutExpired:
        return None
    return done.stdout if done.returncode == 0 else None


def _refusal(problem: Problem) -> ImportedSurvey:
    return ImportedSurvey(None, (), (problem,))


def _read_answer(answer: bytes) -> ImportedSurvey:
    said: dict[str, Any] = json.loads(answer)
    notes = tuple(ImportNote(code, place, params) for code, place, params in said["notes"])
    problems = tuple(Problem(code, (), message, hint) for code, message, hint in said["problems"])
    return ImportedSurvey(said["document"], notes, problems)
