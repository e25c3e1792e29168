"""The worked example as raw values, for tests that break one part of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from questionnaire.core import policy
from questionnaire.core.checks import Findings, check
from questionnaire.core.policy import Policy
from questionnaire.core.survey import survey
from questionnaire.core.survey.survey import Survey
from tests.authored import authored_file

SURVEYS = Path(__file__).parents[3] / "surveys"


def raw_survey() -> Any:
    return authored_file("sales-marketing-alignment/survey.yaml")


def raw_policy() -> Any:
    return authored_file("policies/default.yaml")


def raw_cases() -> Any:
    return authored_file("sales-marketing-alignment/cases.yaml")


def survey_of(raw: Any) -> Survey:
    found, problems = survey.read(raw)
    assert found is not None, [*map(str, problems)]
    return found


def policy_of(raw: Any) -> Policy:
    found, problems = policy.read(raw)
    assert found is not None, [*map(str, problems)]
    return found


def checked(raw: Any, under: Any) -> Findings:
    return check(survey_of(raw), policy_of(under))


def asked(raw: Any, name: str) -> Any:
    """Returns the raw question with this name."""
    return next(one for page in raw["pages"] for one in page["questions"] if one["name"] == name)


def put(into: Any, key: Any, value: Any) -> Any:
    """Sets a key and returns the container, so that a change is one expression."""
    into[key] = value
    return into
