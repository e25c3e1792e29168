"""`questionnaire import`: makes a draft of a survey from another product, and lists what was not understood."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from questionnaire.cli.terminal import DONE, PROBLEMS, print_problems, usage_error

if TYPE_CHECKING:
    from questionnaire.core.importing.note import ImportNote

HELP = "make a survey of a file from SurveyJS, XLSForm, LimeSurvey or Typeform, and list what was left out"
NOTES_FILE = "import-notes.txt"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="the export: .json, .xlsx or .lss")
    formats = ("surveyjs", "xlsform", "limesurvey", "typeform")
    help_from = f"{', '.join(formats[:-1])} or {formats[-1]}; guessed from the content without it"
    parser.add_argument("--from", dest="source", metavar="FORMAT", choices=formats, help=help_from)
    help_out = f"write survey.yaml and {NOTES_FILE} to this folder"
    parser.add_argument("--out", type=Path, metavar="DIR", required=True, help=help_out)


def run(arguments: argparse.Namespace) -> int:
    from questionnaire.core.base.translation import ENGLISH
    from questionnaire.core.importing.note_words import note_lines
    from questionnaire.library.imports.limited_process import import_file
    from questionnaire.library.yaml.writer import write_yaml

    survey, notes = arguments.out / "survey.yaml", arguments.out / NOTES_FILE
    if survey.exists():
        return usage_error(f"{survey} exists already; name a new folder")
    try:
        content = arguments.file.read_bytes()
    except OSError as error:
        return usage_error(f"{arguments.file} cannot be read: {error.strerror}")
    imported = import_file(content, arguments.source)
    if imported.document is None:
        return print_problems(problem.at(str(arguments.file), 0) for problem in imported.problems)
    lines = note_lines(imported.notes, ENGLISH)
    try:
        arguments.out.mkdir(parents=True, exist_ok=True)
        survey.write_text(write_yaml(imported.document), "utf-8")
        notes.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    except OSError as error:
        usage_error(f"`{arguments.out}` cannot be written: {error.strerror}")
        return PROBLEMS
    print(_summary(imported.document, imported.notes))
    print("\n".join(lines))
    print(f"\n{survey}\n{notes}")
    return DONE


def _summary(document: object, notes: Iterable[ImportNote]) -> str:
    from questionnaire.core.importing.note_words import note_kind

    kinds = [note_kind(note) for note in notes]
    pages = document["pages"] if isinstance(document, dict) else []
    questions = sum(len(page["questions"]) for page in pages)
    left_out, changed = (kinds.count(kind) for kind in ("left_out", "changed"))
    return f"{questions} questions imported. Left out: {left_out}. Changed: {changed}.\n"
