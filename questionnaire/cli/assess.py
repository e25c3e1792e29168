"""`questionnaire assess`: assesses one case or a file of cases, as text, as JSON and as PDF files."""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from questionnaire.cli.terminal import DONE, PROBLEMS, USAGE, print_problems, surveys_folder, usage_error

if TYPE_CHECKING:
    from questionnaire.core.base.problems import Problem
    from questionnaire.core.cases import Case, Cases, Outcome
    from questionnaire.core.policy import Policy
    from questionnaire.core.survey.survey import Survey
    from questionnaire.library.load import AuthoredFile

HELP = "judge a case: scores, checklist, verdict, route, call-by time and maturity"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("survey", metavar="SURVEY.yaml", help="the survey that was answered")
    parser.add_argument("case", metavar="CASE.yaml", help="a file of cases, or one case without the envelope")
    parser.add_argument("--policy", metavar="POLICY.yaml", help="judge under this policy instead of the survey's own")
    parser.add_argument("--case", dest="name", metavar="NAME", help="only the case of this name")
    parser.add_argument("--at", metavar="ISO", help="the moment to judge at; the answers keep their own")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how it is printed")
    parser.add_argument("--out", metavar="DIR", help="also write report.pdf and dossier.pdf there")


@dataclass(frozen=True, slots=True)
class _CaseFiles:
    """The authored files that an assessment needs."""

    survey: AuthoredFile[Survey]
    policy: AuthoredFile[Policy]
    cases: AuthoredFile[Cases]


def run(arguments: argparse.Namespace) -> int:
    at = _parse_time(arguments.at)
    if arguments.at is not None and at is None:
        return usage_error(f"`--at {arguments.at}` is not a date and time; write it like 2026-10-02T17:30:00+02:00")
    files, problems = _read(arguments)
    if print_problems(problems) or files is None:
        return PROBLEMS
    selected = _selected_cases(files, arguments)
    if selected is None:
        return USAGE
    outcomes = _assess(files, selected, at)
    if outcomes is None:
        return PROBLEMS
    _print(arguments, outcomes, many=len(files.cases.value.cases) > 1 and arguments.name is None)
    return _write(Path(arguments.out), outcomes[0]) if arguments.out else DONE


def _parse_time(text: str | None) -> datetime | None:
    from pydantic_core import PydanticCustomError

    from questionnaire.core.cases import read_instant

    try:
        return None if text is None else read_instant(text)
    except PydanticCustomError:
        return None


def _read(arguments: argparse.Namespace) -> tuple[_CaseFiles | None, tuple[Problem, ...]]:
    from questionnaire.library.catalogue import find_policy, no_policy
    from questionnaire.library.load import load_cases, load_policy, load_survey

    survey, problems = load_survey(Path(arguments.survey))
    cases, more = load_cases(Path(arguments.case))
    problems += more
    policy: AuthoredFile[Policy] | None = None
    if arguments.policy:
        policy, more = load_policy(Path(arguments.policy))
    elif survey is not None:
        id = (cases.value.policy if cases else None) or survey.value.policy
        policy, more = find_policy(id, survey.path, surveys_folder())
        more = more or (() if policy else (no_policy(survey, id),))
    else:
        more = ()
    problems += more
    if survey is None or cases is None or policy is None:
        return None, problems
    files = _CaseFiles(survey, policy, cases)
    return files, problems + cases.placed(_other_survey(files)) + survey.placed(_unknown_names(files))


def _unknown_names(files: _CaseFiles) -> tuple[Problem, ...]:
    """Returns errors for unknown names in the survey; otherwise they would silently count for nothing."""
    from questionnaire.core.base.problems import errors
    from questionnaire.core.checks import check

    survey_errors = errors(check(files.survey.value, files.policy.value).survey)
    return tuple(problem for problem in survey_errors if problem.code.startswith("unknown_"))


def _other_survey(files: _CaseFiles) -> tuple[Problem, ...]:
    from questionnaire.core.base.problems import Problem

    expected_id, id = files.cases.value.survey, files.survey.value.id
    if expected_id in (None, id):
        return ()
    message = f"these cases are written for the survey `{expected_id}`, and this is `{id}`"
    return (Problem("other_survey", ("survey",), message, f"write `survey: {id}`, or name the other survey"),)


def _selected_cases(files: _CaseFiles, arguments: argparse.Namespace) -> list[tuple[int, Case]] | None:
    """Returns the cases to assess with their index in the file. None after printing a usage error."""
    from questionnaire.core.base.problems import did_you_mean

    cases = list(enumerate(files.cases.value.cases))
    if arguments.name is not None:
        names = [case.name for _, case in cases]
        # A unique prefix is enough, because case names are sentences.
        matches = [entry for entry in cases if entry[1].name == arguments.name]
        matches = matches or [entry for entry in cases if entry[1].name.startswith(arguments.name)]
        if len(matches) != 1:
            usage_error(f"there is no case `{arguments.name}` — {did_you_mean(arguments.name, names)}")
            return None
        return matches
    if arguments.out and len(cases) > 1:
        usage_error(f"--out writes the documents of one case, and there are {len(cases)}; choose one with --case")
        return None
    return cases


def _assess(files: _CaseFiles, selected: list[tuple[int, Case]], at: datetime | None) -> list[Outcome] | None:
    """Assesses every case. None after printing the problems of at least one of them."""
    from questionnaire.core.cases import conclude, lead_of
    from questionnaire.library.catalogue import find_surveys
    from questionnaire.library.domains import known_domains

    survey, policy, cases = files.survey.value, files.policy.value, files.cases.value
    others = find_surveys(cases.other_surveys, files.survey.path, surveys_folder())
    outcomes: list[Outcome] = []
    status = DONE
    for index, case in selected:
        lead, problems = lead_of(case, survey, policy, at, others)
        status = (
            print_problems(files.cases.placed(tuple(problem.under(*cases.where(index)) for problem in problems)))
            or status
        )
        if lead is not None:
            outcomes.append(conclude(lead, policy, known_domains()))
    return None if status else outcomes


def _print(arguments: argparse.Namespace, outcomes: list[Outcome], *, many: bool) -> None:
    from questionnaire.cli.assess_text import page

    if arguments.format == "text":
        print("\n\n".join(page(outcome) for outcome in outcomes))
        return
    documents = [outcome.transcript for outcome in outcomes]
    print(json.dumps(documents if many else documents[0], indent=2, ensure_ascii=False))


def _write(folder: Path, outcome: Outcome) -> int:
    from questionnaire.cli.assess_pdf import Unprintable, write_documents

    try:
        write_documents(folder, outcome)
    except Unprintable as reason:
        usage_error(str(reason))
        return PROBLEMS
    return DONE
