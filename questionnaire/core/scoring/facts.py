"""The facts on which conditions of policies and surveys are evaluated. The closed list is `conditions.FACTS`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from questionnaire.core.base.conditions import Members
from questionnaire.core.policy import Policy
from questionnaire.core.policy.agreement import NEGATIVE_FLAGS, NEGATIVE_LISTS
from questionnaire.core.scoring.context_facts import context_facts, counted_facts
from questionnaire.core.scoring.evidence import Evidence
from questionnaire.core.scoring.scorecard import Scorecard


def known_facts(policy: Policy, evidence: Evidence, scorecard: Scorecard) -> dict[str, Any]:
    """Every fact that is decided before the verdict, for conditions of surveys and policies."""
    history = evidence.history
    return {
        "fit_grade": scorecard.fit.grade,
        "label": scorecard.label,
        "fit": scorecard.fit.score,
        "intent": scorecard.intent.score,
        "timing": scorecard.timing.score,
        "total": scorecard.total,
        "hand_raise": any(scorecard.intent.shows(signal) for signal in policy.mql.immediate_on),
        "signal": frozenset(score.signal for score in scorecard.intent.signals),
        "strong_signals": len(scorecard.intent.strong),
        "disengaged": any(score.disengagement for score in scorecard.intent.signals),
        "duplicate": history.duplicate,
        "customer": history.customer,
        "not_now": not_now(policy, evidence),
        "email_kind": evidence.email_kind,
        "domain_in": evidence.domain_in,
        "flag": evidence.flags,
        "negative_signal": bool(evidence.flags & {*NEGATIVE_FLAGS} or evidence.domain_in & {*NEGATIVE_LISTS}),
        "account_owner": history.account_owner,
        "icp": _icp(policy, evidence),
    }


def policy_facts(
    policy: Policy,
    evidence: Evidence,
    scorecard: Scorecard,
    known: Mapping[str, Any] | None = None,
    counted: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """The facts for a policy: a criterion is its level, else a contact field, else a fact.

    `answer.<question>` is the answer. `known` are the `known_facts`, when the caller already has them; `counted` the
    `counted_facts` of the newest response.
    """
    known = known_facts(policy, evidence, scorecard) if known is None else known
    levels: Mapping[str, Any] = {name: item.level for name, item in evidence.known.items()}
    blank = dict.fromkeys(policy.criteria)
    answers = {f"answer.{name}": value for name, value in evidence.answers.items()}
    context = {**context_facts(evidence), **(counted or {})}
    return {**context, **answers, **evidence.contact, **known, **blank, **levels}


def survey_facts(
    policy: Policy,
    evidence: Evidence,
    scorecard: Scorecard,
    known: Mapping[str, Any] | None = None,
    counted: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """The facts for a survey's report: an answer of this response, else a contact or hidden field, else a fact.

    Besides these, what the response brings along, its scores and its calculated values, as in a policy. `counted` are
    its `counted_facts`, when the caller already has them.
    """
    known = known_facts(policy, evidence, scorecard) if known is None else known
    context = {**context_facts(evidence), **(_counted(evidence) if counted is None else counted)}
    fields = {**evidence.contact, **evidence.latest.fields}
    return {**context, **fields, **known, **evidence.journey.answers.values_}


def _counted(evidence: Evidence) -> Mapping[str, Any]:
    return counted_facts(evidence.latest.maturity, evidence.latest.calculated)


def not_now(policy: Policy, evidence: Evidence) -> str:
    """Returns `never`, `recent` (strictly before the end date) or `past`."""
    if evidence.not_now_on is None:
        return "never"
    ends = policy.timing.not_now.lasts.after(evidence.not_now_on)
    return "recent" if evidence.at.astimezone(policy.zone).date() < ends else "past"


def _icp(policy: Policy, evidence: Evidence) -> Members:
    """The ICP criteria that are met, and those whose level is still unknown."""
    known, icp = evidence.known, policy.icp
    met = frozenset(name for name, levels in icp.items() if name in known and known[name].level in levels)
    return Members(met, frozenset(name for name in icp if name not in known))
