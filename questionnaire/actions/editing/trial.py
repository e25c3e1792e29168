"""A draft that someone tries: their answers judged as the product judges a lead. Nothing is stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from questionnaire.actions.editing import history
from questionnaire.actions.editing.draft_check import check_document, newest_policy
from questionnaire.actions.editing.drafts import Draft
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.base.problems import Problem, errors
from questionnaire.core.base.translation import Translator
from questionnaire.core.cases import Outcome, conclude
from questionnaire.core.cases.trial import TrialInput, lead_of_input
from questionnaire.core.policy import Policy
from questionnaire.core.survey import survey as surveys
from questionnaire.core.survey.survey import Survey


@dataclass(frozen=True, slots=True)
class ReadableDraft:
    """The survey as the draft has it now, or as it last could be read (`is_newest` is False)."""

    survey: Survey
    policy: Policy
    is_newest: bool


@dataclass(frozen=True, slots=True)
class Trial:
    """What the answers come to. Without an outcome `problems` say why."""

    draft: ReadableDraft
    outcome: Outcome | None = None
    problems: tuple[Problem, ...] = ()


def readable(toolbox: Toolbox, draft: Draft) -> tuple[ReadableDraft | None, tuple[Problem, ...]]:
    """What of a draft can be tried, or why nothing can."""
    check = check_document(toolbox, draft.document)
    if check.survey is not None and check.is_whole and check.policy is not None:
        return ReadableDraft(check.survey, check.policy, is_newest=True), ()
    good = history.last_good(toolbox, draft.id, lambda document: _read(document) is not None)
    survey = _read(good.document) if good is not None else None
    if survey is None:
        return None, check.errors
    policy, missing = newest_policy(toolbox, survey.policy)
    return (None, missing) if policy is None else (ReadableDraft(survey, policy, is_newest=False), ())


def _read(document: object) -> Survey | None:
    survey, problems = surveys.read(document)
    return None if survey is None or errors(problems) else survey


def try_answers(toolbox: Toolbox, tried: ReadableDraft, typed: TrialInput, words: Translator, now: datetime) -> Trial:
    """The assessment of someone who answers so now. For routing, no rep has open leads yet."""
    lead, problems = lead_of_input(tried.survey, tried.policy, typed, now)
    outcome = conclude(lead, tried.policy, toolbox.domains, words) if lead is not None else None
    return Trial(tried, outcome, problems)
