"""A mistake put into the sample files is reported, with what to write instead: at least a hundred of them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from ruamel.yaml import YAML

from questionnaire.core import cases, policy
from questionnaire.core.base.partial_reading import PartialValue, read_parts
from questionnaire.core.base.problems import Problem
from questionnaire.core.cases import lead_of
from questionnaire.core.checks import check, check_policy, check_survey
from questionnaire.core.policy import Policy
from questionnaire.core.survey import survey
from questionnaire.core.survey.survey import Survey
from tests.core.checks.example import raw_cases, raw_policy, raw_survey
from tests.core.checks.mutants import CASES, POLICY, SURVEY

# Its lines are covered by tests of one thing each; measuring them here takes as long again.
pytestmark = pytest.mark.no_cover


def test_every_mutant_of_the_sample_files_is_reported() -> None:
    wrong: list[str] = []
    tables = (("survey", SURVEY), ("policy", POLICY), ("cases", CASES))
    rows = [(kind, line) for kind, table in tables for line in table.strip().splitlines()]
    for kind, line in rows:
        change, _, message = line.rpartition(" | ")
        told = [str(problem) for problem in problems(kind, change)]
        if not any(message in text for text in told):
            wrong.append(f"{kind}: {line}\n    {told}")
        if len(told) != len(set(told)):
            wrong.append(f"{kind}: {line}: twice\n    {told}")
    assert len(rows) >= 100
    assert not wrong, "\n".join(wrong)


def problems(kind: str, change: str) -> list[Problem]:
    raws = {"survey": raw_survey, "policy": raw_policy, "cases": raw_cases}
    raw = raws[kind]()
    mutate(raw, change)
    asked = read_parts(raw, survey.read) if kind == "survey" else sample_survey()
    judged = read_parts(raw, policy.read) if kind == "policy" else sample_policy()
    if kind == "cases":
        found = read_parts(raw, cases.read)
        return [*found.problems, *found.real(_in_cases(found.value))]
    told = [*asked.problems, *judged.problems]
    if asked.value is None or judged.value is None:
        return told
    if not told:
        findings = check(asked.value, judged.value)
    else:
        # What could not be read is missing from the value; the rest of the same file must not be reported again.
        findings = check_survey(asked.value) if kind == "survey" else check_policy(judged.value)
    return [*told, *asked.real(findings.survey, judged.names), *judged.real(findings.policy, asked.names)]


@cache
def sample_survey() -> PartialValue[Survey]:
    return read_parts(raw_survey(), survey.read)


@cache
def sample_policy() -> PartialValue[Policy]:
    return read_parts(raw_policy(), policy.read)


def _in_cases(value: Any) -> Iterator[Problem]:
    asked, judged = sample_survey().value, sample_policy().value
    assert asked is not None
    assert judged is not None
    for case in value.cases if value is not None else ():
        yield from lead_of(case, asked, judged)[1]


def mutate(raw: Any, change: str) -> None:
    path, _, value = change.partition(" = ")
    is_removed = path.endswith(" -")
    *steps, last = path.removesuffix(" -").split(".")
    for step in steps:
        raw = raw[int(step)] if isinstance(raw, list) else raw[step]
    key = int(last) if isinstance(raw, list) else last
    if is_removed:
        del raw[key]
    else:
        raw[key] = YAML(typ="safe", pure=True).load(value)
