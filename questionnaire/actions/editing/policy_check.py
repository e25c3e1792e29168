"""What is wrong with the draft of a policy: read as far as it can be read and checked without any search, and which
published surveys could not be judged under it.

The checks see a document, nothing stored, so a result is kept in this process by the document itself.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from questionnaire.actions.editing.proof_basis import surveys_of
from questionnaire.actions.publishing.publish_version import survey_of
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core import policy as policies
from questionnaire.core.base.partial_reading import read_parts
from questionnaire.core.base.problems import Problem, errors
from questionnaire.core.checks import check_all, check_draft, check_policy
from questionnaire.core.policy import Policy
from questionnaire.core.survey.survey import Survey

MOST_KEPT = 64


@dataclass(frozen=True, slots=True)
class BrokenSurvey:
    """A published survey that this policy can’t judge, and why."""

    name: str
    title: str
    problem: Problem


@dataclass(frozen=True, slots=True)
class PolicyCheck:
    """`policy` is what can be read of the document, None when nothing can; `is_whole`: all of it."""

    policy: Policy | None
    problems: tuple[Problem, ...]
    is_whole: bool
    broken: tuple[BrokenSurvey, ...] = ()

    @property
    def errors(self) -> tuple[Problem, ...]:
        return errors(self.problems)

    @property
    def may_be_signed(self) -> bool:
        return self.is_whole and not self.errors and not self.broken


def check_policy_document(toolbox: Toolbox, name: str, document: Mapping[str, Any]) -> PolicyCheck:
    """`name`: the id under which surveys refer to the policy."""
    surveys = _surveys(toolbox, name)
    kept = toolbox.versions.checks
    key = ("policy", json.dumps(document, ensure_ascii=False), tuple((one.id, one.version) for one in surveys))
    if key not in kept:
        while len(kept) >= MOST_KEPT:
            kept.pop(next(iter(kept)), None)
        kept[key] = _checked(document, surveys)
    found: PolicyCheck = kept[key]
    return found


@dataclass(frozen=True, slots=True)
class PolicySearch:
    """What a search found wrong with a policy under every survey in force, and the errors of single surveys."""

    problems: tuple[Problem, ...]
    broken: tuple[BrokenSurvey, ...]
    unsearched: tuple[str, ...]


def search_policy(toolbox: Toolbox, name: str, policy: Policy) -> PolicySearch:
    """Proves a policy with each survey in force. Takes seconds: for a job, never for a page."""
    surveys = _surveys(toolbox, name)
    findings = check_all(surveys, policy)
    broken = tuple(
        BrokenSurvey(survey.id, survey.title.say(survey.languages[0]), problem)
        for survey, found in zip(surveys, findings, strict=True)
        for problem in errors(found.survey)
    )
    unsearched = tuple(claim for found in findings for claim in (*found.unsearched, *found.unfinished))
    return PolicySearch(findings[0].policy if findings else (), broken, unsearched)


def _surveys(toolbox: Toolbox, name: str) -> tuple[Survey, ...]:
    with toolbox.database.reading() as session:
        return tuple(survey_of(toolbox, session, row.id, row.version) for row in surveys_of(session, name))


def _checked(document: Mapping[str, Any], surveys: tuple[Survey, ...]) -> PolicyCheck:
    parts = read_parts(json.loads(json.dumps(document)), policies.read)
    if parts.value is None:
        return PolicyCheck(None, parts.problems, is_whole=False)
    meaning = parts.real(check_policy(parts.value).policy)
    broken = tuple(_broken(survey, parts.value) for survey in surveys) if parts.is_whole else ()
    found = tuple(one for several in broken for one in several)
    return PolicyCheck(parts.value, (*parts.problems, *meaning), parts.is_whole, found)


def _broken(survey: Survey, policy: Policy) -> tuple[BrokenSurvey, ...]:
    title = survey.title.say(survey.languages[0])
    return tuple(BrokenSurvey(survey.id, title, problem) for problem in errors(check_draft(survey, policy)))
