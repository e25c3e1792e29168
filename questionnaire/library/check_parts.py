"""Checks of files with mistakes of shape: what can be read of them is checked too, so that one run reports all."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from questionnaire.core.base.problems import Problem
from questionnaire.core.cases import lead_of
from questionnaire.core.checks import check_all, check_policy, check_survey
from questionnaire.core.policy import Policy
from questionnaire.core.survey.survey import Survey
from questionnaire.library.catalogue import policy_file
from questionnaire.library.load import CASES, POLICY, SURVEY, load_parts

Problems = tuple[Problem, ...]


def survey_parts(path: Path, published: Mapping[str, Policy]) -> Problems:
    """The mistakes of meaning in a survey, where it or its policy has mistakes of shape."""
    loaded = load_parts(path, SURVEY)
    if loaded is None:
        return ()
    file, parts = loaded
    survey: Survey = file.value
    found = policy_file(survey.policy, path)
    judging = load_parts(found, POLICY) if found is not None else None
    policy = judging[0].value if judging is not None else published.get(survey.policy)
    if policy is None:
        return file.placed(parts.real(check_survey(survey).survey))
    findings = check_all([survey], policy)[0]
    if judging is None:
        return file.placed(parts.real(findings.survey))
    judged_file, judged = judging
    in_policy = (*judged.problems, *judged.real(findings.policy, parts.names))
    return (*file.placed(parts.real(findings.survey, judged.names)), *judged_file.placed(in_policy))


def policy_parts(path: Path) -> Problems:
    """The mistakes of meaning in a policy with mistakes of shape."""
    loaded = load_parts(path, POLICY)
    return loaded[0].placed(loaded[1].real(check_policy(loaded[0].value).policy)) if loaded is not None else ()


def case_parts(path: Path, survey_path: Path | None) -> Problems:
    """The mistakes of meaning in cases, where they, their survey or its policy have mistakes of shape."""
    loaded = load_parts(path, CASES)
    asked = load_parts(survey_path, SURVEY) if survey_path is not None else None
    found = policy_file(asked[0].value.policy, asked[0].path) if asked is not None else None
    judging = load_parts(found, POLICY) if found is not None else None
    if loaded is None or asked is None or judging is None:
        return ()
    (file, parts), names = loaded, asked[1].names | judging[1].names
    problems = [
        problem.under(*file.value.where(index))
        for index, case in enumerate(file.value.cases)
        for problem in lead_of(case, asked[0].value, judging[0].value)[1]
    ]
    return file.placed(parts.real(problems, names))
