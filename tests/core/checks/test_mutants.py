"""A mistake put into the sample files is reported, with what to write instead: at least a hundred of them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from ruamel.yaml import YAML

from questionnaire.core import cases, policy
from questionnaire.core.base.partial_reading import PartialValue, read_parts
from questionnaire.core.base.problems import Problem
from questionnaire.core.cases import lead_of
from questionnaire.core.checks import check_all
from questionnaire.core.policy import Policy
from questionnaire.core.survey import survey
from questionnaire.core.survey.survey import Survey
from tests.core.checks.example import raw_cases, raw_policy, raw_survey
from tests.core.checks.mutants import CASES, POLICY, SURVEY


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
    told = [*asked.problems, *judged.problems]
    if kind != "cases":
        if asked.value is not None and judged.value is not None:
            (findings,) = check_all([asked.value], judged.value)
            told += [*asked.real(findings.survey, judged.names), *judged.real(findings.policy, asked.names)]
        return told
    found = read_parts(raw, cases.read)
    return [*found.problems, *found.real(_in_cases(found.value))]


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
