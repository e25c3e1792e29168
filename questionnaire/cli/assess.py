"""`questionnaire assess`: one case, or a file of them, judged; as a page, as JSON, as both PDFs."""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from questionnaire.cli.terminal import DONE, PROBLEMS, USAGE, complain, misused, surveys_folder

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
    parser.add_argument("--at", metavar="ISO", help="the moment to judge at, instead of the case's own")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how it is printed")
    parser.add_argument("--out", metavar="DIR", help="also write report.pdf and dossier.pdf there")


@dataclass(frozen=True, slots=True)
class _Desk:
    """Everything that is needed to judge: the three files, read."""

    survey: AuthoredFile[Survey]
    policy: AuthoredFile[Policy]
    cases: AuthoredFile[Cases]


def run(arguments: argparse.Namespace) -> int:
    at = _moment(arguments.at)
    if arguments.at is not None and at is None:
        return misused(f"`--at {arguments.at}` is not a date and time; write it like 2026-10-02T17:30:00+02:00")
    desk, problems = _read(arguments)
    if complain(problems) or desk is None:
        return PROBLEMS
    chosen = _chosen(desk, arguments)
    if chosen is None:
        return USAGE
    outcomes = _judged(desk, chosen, at)
    if outcomes is None:
        return PROBLEMS
    _print(arguments, outcomes, many=len(desk.cases.value.cases) > 1 and arguments.name is None)
    return _write(Path(arguments.out), outcomes[0]) if arguments.out else DONE


def _moment(typed: str | None) -> datetime | None:
    from pydantic_core import PydanticCustomError

    from questionnaire.core.cases import read_instant

    try:
        return None if typed is None else read_instant(typed)
    except PydanticCustomError:
        return None


def _read(arguments: argparse.Namespace) -> tuple[_Desk | None, tuple[Problem, ...]]:
    from questionnaire.library.catalogue import find_policy, no_policy
    from questionnaire.library.load import load_cases, load_policy, load_survey

    survey, problems = load_survey(Path(arguments.survey))
    cases, found = load_cases(Path(arguments.case))
    problems += found
    policy: AuthoredFile[Policy] | None = None
    if arguments.policy:
        policy, found = load_policy(Path(arguments.policy))
    elif survey is not None:
        id = (cases.value.policy if cases else None) or survey.value.policy
        policy, found = find_policy(id, survey.path, surveys_folder())
        found = found or (() if policy else (no_policy(survey, id),))
    else:
        found = ()
    problems += found
    if survey is None or cases is None or policy is None:
        return None, problems
    desk = _Desk(survey, policy, cases)
    return desk, problems + cases.placed(_other_survey(desk)) + survey.placed(_lost_names(desk))


def _lost_names(desk: _Desk) -> tuple[Problem, ...]:
    """Names in the survey that lead nowhere: what they stand for would silently count for nothing."""
    from questionnaire.core.base.problems import errors
    from questionnaire.core.checks import check

    found = errors(check(desk.survey.value, desk.policy.value).survey)
    return tuple(problem for problem in found if problem.code.startswith("unknown_"))


def _other_survey(desk: _Desk) -> tuple[Problem, ...]:
    from questionnaire.core.base.problems import Problem

    named, id = desk.cases.value.survey, desk.survey.value.id
    if named in (None, id):
        return ()
    said = f"these cases are written for the survey `{named}`, and this is `{id}`"
    return (Problem("other_survey", ("survey",), said, f"write `survey: {id}`, or name the other survey"),)


def _chosen(desk: _Desk, arguments: argparse.Namespace) -> list[tuple[int, Case]] | None:
    """The cases to judge with their place in the file; None after saying what is wrong with the command."""
    from questionnaire.core.base.problems import did_you_mean

    cases = list(enumerate(desk.cases.value.cases))
    if arguments.name is not None:
        names = [case.name for _, case in cases]
        # A prefix is enough when it fits one case alone: names of cases are sentences.
        found = [entry for entry in cases if entry[1].name == arguments.name]
        found = found or [entry for entry in cases if entry[1].name.startswith(arguments.name)]
        if len(found) != 1:
            misused(f"there is no case `{arguments.name}` — {did_you_mean(arguments.name, names)}")
            return None
        return found
    if arguments.out and len(cases) > 1:
        misused(f"--out writes the documents of one case, and there are {len(cases)}; choose one with --case")
        return None
    return cases


def _judged(desk: _Desk, chosen: list[tuple[int, Case]], at: datetime | None) -> list[Outcome] | None:
    """Every case judged; None after saying what is wrong with one of them."""
    from questionnaire.core.cases import conclude, lead_of
    from questionnaire.library.domains import known_domains

    survey, policy, cases = desk.survey.value, desk.policy.value, desk.cases.value
    outcomes: list[Outcome] = []
    status = DONE
    for index, case in chosen:
        lead, problems = lead_of(case, survey, policy, at)
        status = complain(desk.cases.placed(tuple(one.under(*cases.where(index)) for one in problems))) or status
        if lead is not None:
            outcomes.append(conclude(lead, policy, known_domains()))
    return None if status else outcomes


def _print(arguments: argparse.Namespace, outcomes: list[Outcome], *, many: bool) -> None:
    from questionnaire.cli.assess_text import page

    if arguments.format == "text":
        print("\n\n".join(page(outcome) for outcome in outcomes))
        return
    told = [outcome.transcript for outcome in outcomes]
    print(json.dumps(told if many else told[0], indent=2, ensure_ascii=False))


def _write(folder: Path, outcome: Outcome) -> int:
    from questionnaire.cli.assess_pdf import Unprintable, write_documents

    try:
        write_documents(folder, outcome)
    except Unprintable as reason:
        misused(str(reason))
        return PROBLEMS
    return DONE
