"""`questionnaire check`: reports all errors of the authored files at once, and runs every case."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from questionnaire.cli.terminal import DONE, PROBLEMS, site_theme, surveys_folder

if TYPE_CHECKING:
    from questionnaire.library.check_folder import FolderCheck

NAMED = 5
HELP = "read surveys, policies and cases, prove what can be proved, and run the cases"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="*", metavar="PATH", help="files or folders (default: the folder of surveys)")
    parser.add_argument("--phrases", action="store_true", help="also print what each choice says in the rep's headline")
    parser.add_argument("--bounds", action="store_true", help="also print the scores and verdicts within reach")


def run(arguments: argparse.Namespace) -> int:
    from questionnaire.bootstrap import now
    from questionnaire.library.check_folder import check_files
    from questionnaire.library.domains import known_domains

    paths = [Path(path) for path in arguments.paths] or [surveys_folder()]
    progress = Progress(sys.stderr)
    check = check_files(paths, known_domains(), today=now().date(), progress=progress.note, theme=site_theme())
    progress.clear()
    for problem in check.sorted:
        print(" ".join(str(problem).split("\n")))
    for reminder in check.reminders:
        print(reminder)
    if arguments.phrases:
        from questionnaire.cli.check_phrases import phrases

        for survey, policy in check.judged:
            print("\n".join(phrases(survey.value, policy.value)))
        print()
    if arguments.bounds:
        from questionnaire.cli.check_report import reach

        for survey, findings in check.findings:
            print("\n".join(reach(survey.value, findings)))
        print()
    for survey, findings in check.findings:
        if findings.unfinished:
            print(_unfinished(survey.path, findings.unfinished))
    print(_summary(check))
    return PROBLEMS if check.errors else DONE


class Progress:
    """The survey being checked, on one line of a terminal, once the check takes longer than a second."""

    def __init__(self, stream: TextIO) -> None:
        self._stream, self._start, self._width = stream, time.monotonic(), 0

    def note(self, name: str) -> None:
        if self._stream.isatty() and time.monotonic() - self._start > 1:
            self.clear()
            text = f"Checking {name} …"
            self._width = len(text)
            self._stream.write(text)
            self._stream.flush()

    def clear(self) -> None:
        if self._width:
            self._stream.write("\r" + " " * self._width + "\r")
            self._stream.flush()
        self._width = 0


def _unfinished(path: Path, claims: tuple[str, ...]) -> str:
    """What the budget did not reach, said once: the first few by name."""
    named = ", ".join(claims[:NAMED]) + (f" and {len(claims) - NAMED} more" if len(claims) > NAMED else "")
    return f"{path}: not searched to the end, so nothing is said about: {named}."


def _summary(check: FolderCheck) -> str:
    parts = [
        _count(check.surveys, "survey", "surveys"),
        _count(check.policies, "policy", "policies"),
        _count(check.cases, "case", "cases"),
    ]
    counts = ", ".join(parts)
    error_count = len(check.errors)
    warnings = len(check.problems) - error_count
    if not check.problems:
        return f"Read {counts}: clean."
    return f"Read {counts}: {_count(error_count, 'error', 'errors')}, {_count(warnings, 'warning', 'warnings')}."


def _count(n: int, singular: str, plural: str) -> str:
    return f"{n} {singular if n == 1 else plural}"
