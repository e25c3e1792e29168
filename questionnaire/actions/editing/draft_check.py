"""What is wrong with a draft: read and checked as far as it can be read, without any search, with each edit.

The checks see a document, nothing stored, so a result is kept in this process by the document itself.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from questionnaire.actions import company_settings
from questionnaire.actions.publishing.publish_version import policy_of
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.base.partial_reading import read_parts
from questionnaire.core.base.problems import Problem, did_you_mean, errors
from questionnaire.core.checks import check, check_draft
from questionnaire.core.policy import Policy
from questionnaire.core.survey import survey as surveys
from questionnaire.core.survey.questions.picture import picture_places
from questionnaire.core.survey.survey import Survey
from questionnaire.core.survey.survey_theme import theme_problems
from questionnaire.storage.publishing import images, publications

MOST_KEPT = 64


@dataclass(frozen=True, slots=True)
class DraftCheck:
    """`survey` is what can be read of the document, None when nothing can; `is_whole`: all of it. `unsearched`: claims
    that the search did not come to."""

    survey: Survey | None
    policy: Policy | None
    problems: tuple[Problem, ...]
    is_whole: bool
    unsearched: tuple[str, ...] = ()

    @property
    def errors(self) -> tuple[Problem, ...]:
        return errors(self.problems)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if not problem.is_error)


def check_document(toolbox: Toolbox, document: Mapping[str, Any], *, proofs: bool = False) -> DraftCheck:
    """Checks a draft's document; with `proofs` also what needs a search: what nobody can reach, and why."""
    policy, missing = newest_policy(toolbox, str(document.get("policy") or ""))
    key = (policy.id, policy.version) if policy is not None else None
    found = _check(toolbox, json.dumps(document, ensure_ascii=False), key, proofs=proofs)
    absent = () if found.survey is None else _missing_pictures(toolbox, document)
    unreadable = () if found.survey is None else theme_problems(company_settings.theme(toolbox), found.survey.theme)
    return DraftCheck(
        found.survey, policy, (*missing, *found.problems, *absent, *unreadable), found.is_whole, found.unsearched
    )


def newest_policy(toolbox: Toolbox, name: str) -> tuple[Policy | None, tuple[Problem, ...]]:
    """The policy as it is published, or the problem that there is none of this name."""
    with toolbox.database.reading() as session:
        version = publications.newest_version(session, "policy", name) if name else None
        if version is not None:
            return policy_of(toolbox, session, name, version), ()
        known = [row.id for row in publications.newest_of_all(session, "policy")]
    hint = did_you_mean(name, known, "choose one of the published policies")
    return None, (Problem("unknown_policy", ("policy",), f"there is no policy `{name}`", hint),)


def _check(toolbox: Toolbox, text: str, key: tuple[str, int] | None, *, proofs: bool) -> DraftCheck:
    kept, place = toolbox.versions.checks, (text, key, proofs)
    if place not in kept:
        while len(kept) >= MOST_KEPT:
            kept.pop(next(iter(kept)), None)
        policy = toolbox.versions.policies.get(key) if key is not None else None
        kept[place] = _checked(text, policy, proofs=proofs)
    found: DraftCheck = kept[place]
    return found


def _checked(text: str, policy: Policy | None, *, proofs: bool) -> DraftCheck:
    parts = read_parts(json.loads(text), surveys.read)
    if parts.value is None:
        return DraftCheck(None, policy, parts.problems, is_whole=False)
    if proofs and policy is not None and parts.is_whole and not errors(parts.problems):
        findings = check(parts.value, policy)
        meaning, unsearched = findings.survey, (*findings.unsearched, *findings.unfinished)
    else:
        meaning, unsearched = check_draft(parts.value, policy), ()
    return DraftCheck(parts.value, policy, (*parts.problems, *parts.real(meaning)), parts.is_whole, unsearched)


def _missing_pictures(toolbox: Toolbox, document: Mapping[str, Any]) -> tuple[Problem, ...]:
    places = tuple(picture_places(document))
    if not places:
        return ()
    with toolbox.database.reading() as session:
        absent = [(where, name) for where, name in places if images.find(session, name) is None]
    hint = "publish the survey from its file once, with the picture beside it"
    return tuple(
        Problem("picture_missing", where, f"there is no picture `{name}` here", hint) for where, name in absent
    )
