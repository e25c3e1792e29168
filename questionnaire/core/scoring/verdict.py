"""The verdict on a lead: its stage and reason.

Order: disqualify, divert, not now, completeness, MQL threshold, verify, FIT, checklist, review.
Source: format.md, "Deciding". Thresholds are inclusive and exact. The functions only return a value.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from questionnaire.core.base.conditions import evaluate
from questionnaire.core.base.explanation import Explanation
from questionnaire.core.base.stage import Stage
from questionnaire.core.policy import Policy
from questionnaire.core.scoring.checklist import Ticked, open_boxes
from questionnaire.core.scoring.evidence import Evidence, NotNowAnswer
from questionnaire.core.scoring.scorecard import Scorecard

_GRADES = "ABC"


@dataclass(frozen=True, slots=True)
class Verdict:
    """`reason` is a code, `until` the day a "not now" ends, `to` where a diverted lead goes, `why` one sentence."""

    stage: Stage
    reason: str | None = None
    until: date | None = None
    to: str | None = None
    why: Explanation | None = None


def decide(
    policy: Policy, evidence: Evidence, scorecard: Scorecard, boxes: tuple[Ticked, ...], facts: Mapping[str, Any]
) -> Verdict:
    """Returns the stage and its reason code. `assess` adds the explanation `why`."""
    return (
        _hard_rules(policy, facts)
        or _not_now(policy, evidence, scorecard, facts)
        or _incomplete(scorecard, facts)
        or _below_threshold(policy, scorecard, facts)
        or _inconsistent(policy, evidence)
        or _not_for_sales(policy, scorecard, boxes)
        or _needs_review(policy, boxes, facts)
        or Verdict(Stage.SQL_READY)
    )


def _hard_rules(policy: Policy, facts: Mapping[str, Any]) -> Verdict | None:
    for rule in policy.disqualify:
        if evaluate(rule.when, facts) is True:
            return Verdict(Stage.DISQUALIFIED, rule.reason)
    for diversion in policy.divert:
        if evaluate(diversion.when, facts) is True:
            return Verdict(Stage.DIVERTED, diversion.reason, to=diversion.to)
    return None


def _not_now(policy: Policy, evidence: Evidence, scorecard: Scorecard, facts: Mapping[str, Any]) -> Verdict | None:
    declared = evidence.not_now
    if facts["not_now"] != "recent" or declared is None:
        return None
    if policy.timing.not_now.hand_raise_after == "review" and _has_new_hand_raise(policy, declared, scorecard):
        return Verdict(Stage.REVIEW, "not_now_hand_raise")
    return Verdict(Stage.NURTURE, "not_now", until=policy.timing.not_now.lasts.after(declared.on))


def _has_new_hand_raise(policy: Policy, declared: NotNowAnswer, scorecard: Scorecard) -> bool:
    """Whether there is a hand-raise after the "not now", or in the same response.

    Of a rep's "not now" only the day is known. So a hand-raise counts as later from the next day.
    """
    hand_raises = (
        signal
        for score in scorecard.intent.signals
        if score.signal in policy.mql.immediate_on
        for signal in score.occurrences
    )
    if declared.at is not None:
        return any(signal.at > declared.at or signal.response == declared.response for signal in hand_raises)
    return any(signal.at.astimezone(policy.zone).date() > declared.on for signal in hand_raises)


def _incomplete(scorecard: Scorecard, facts: Mapping[str, Any]) -> Verdict | None:
    if scorecard.fit.completeness.enough:
        return None
    return Verdict(Stage.REVIEW, "incomplete_hand_raise") if facts["hand_raise"] else Verdict(Stage.LEAD, "incomplete")


def _below_threshold(policy: Policy, scorecard: Scorecard, facts: Mapping[str, Any]) -> Verdict | None:
    mql = policy.mql
    is_reached = (
        scorecard.total >= mql.threshold
        and scorecard.fit.score >= mql.min_fit
        and scorecard.intent.score >= mql.min_intent
    )
    return None if facts["hand_raise"] or is_reached else Verdict(Stage.NURTURE, "below_threshold")


def _inconsistent(policy: Policy, evidence: Evidence) -> Verdict | None:
    checks = {"company_equals_name": _company_equals_name}
    wrong = any(checks[name](evidence.contact) for name in policy.verify)
    return Verdict(Stage.REVIEW, "inconsistent") if wrong else None


def _company_equals_name(contact: Mapping[str, Any]) -> bool:
    """Whether the company field repeats the person's name: a sign of a form filled in carelessly."""
    company, first, last = (
        " ".join(str(contact.get(key) or "").split()).casefold() for key in ("company", "first_name", "last_name")
    )
    return bool(company) and company in {first, last, f"{first} {last}".strip(), f"{last} {first}".strip()}


def _not_for_sales(policy: Policy, scorecard: Scorecard, boxes: tuple[Ticked, ...]) -> Verdict | None:
    if _GRADES.index(scorecard.fit.grade) > _GRADES.index(policy.sql.require.fit_grade):
        return Verdict(Stage.MQL, "fit_not_good")
    if any(box.blocking for box in open_boxes(boxes)):
        return Verdict(Stage.MQL, "blocked")
    if len(open_boxes(boxes)) > policy.sql.max_unchecked:
        return Verdict(Stage.MQL, "open_boxes")
    return None


def _needs_review(policy: Policy, boxes: tuple[Ticked, ...], facts: Mapping[str, Any]) -> Verdict | None:
    if open_boxes(boxes) and policy.sql.mode != "auto":
        return Verdict(Stage.REVIEW, "open_boxes")
    if policy.sql.review_if is not None and evaluate(policy.sql.review_if, facts) is True:
        return Verdict(Stage.REVIEW, "high_value")
    return Verdict(Stage.REVIEW, "manual") if policy.sql.mode == "manual" else None
