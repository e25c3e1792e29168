"""`questionnaire check`: reports all errors of the authored files at once, and runs every case."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from questionnaire.cli.terminal import DONE, PROBLEMS, surveys_folder

if TYPE_CHECKING:
    from questionnaire.library.check_folder import FolderCheck

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
    check = check_files(paths, known_domains(), today=now().date())
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
    print(_summary(check))
    return PROBLEMS if check.errors else DONE


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
