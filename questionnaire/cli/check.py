"""`questionnaire check`: every mistake in the authored files at once, and every case run."""

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
    parser.add_argument("--bounds", action="store_true", help="also print the scores and verdicts within reach")


def run(arguments: argparse.Namespace) -> int:
    from questionnaire.library.check_folder import proofread
    from questionnaire.library.domains import known_domains

    paths = [Path(path) for path in arguments.paths] or [surveys_folder()]
    proof = proofread(paths, known_domains())
    for problem in proof.sorted:
        print(" ".join(str(problem).split("\n")))
    if arguments.bounds:
        from questionnaire.cli.check_report import reach

        for survey, findings in proof.proved:
            print("\n".join(reach(survey.value, findings)))
        print()
    print(_summary(proof))
    return PROBLEMS if proof.errors else DONE


def _summary(proof: FolderCheck) -> str:
    read = [
        _count(proof.surveys, "survey", "surveys"),
        _count(proof.policies, "policy", "policies"),
        _count(proof.cases, "case", "cases"),
    ]
    said = ", ".join(read)
    wrong = len(proof.errors)
    warnings = len(proof.problems) - wrong
    if not proof.problems:
        return f"Read {said}: clean."
    return f"Read {said}: {_count(wrong, 'error', 'errors')}, {_count(warnings, 'warning', 'warnings')}."


def _count(n: int, one: str, many: str) -> str:
    return f"{n} {one if n == 1 else many}"
