"""The decision, in the agreed order: disqualify, divert, not-now, completeness, MQL line, verify, FIT good, checklist.

Source: format.md, "Deciding". Thresholds are inclusive and exact. A verdict is a value; nothing happens here.
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
from questionnaire.core.scoring.evidence import Evidence, NotNow
from questionnaire.core.scoring.scorecard import Scorecard

_GRADES = "ABC"


@dataclass(frozen=True, slots=True)
class Verdict:
    """`reason` is a code, `until` the day a not-now ends, `to` where a diverted lead goes."""

    stage: Stage
    reason: str | None = None
    until: date | None = None
    to: str | None = None
    why: Explanation | None = None


def decide(
    policy: Policy, evidence: Evidence, scorecard: Scorecard, boxes: tuple[Ticked, ...], facts: Mapping[str, Any]
) -> Verdict:
    """The stage of this assessment and its reason; the explanation is added by the assessment."""
    return (
        _hard_rules(policy, facts)
        or _not_now(policy, evidence, scorecard, facts)
        or _too_little_known(scorecard, facts)
        or _below_the_line(policy, scorecard, facts)
        or _inconsistent(policy, evidence)
        or _not_for_sales(policy, scorecard, boxes)
        or _for_a_person(policy, boxes, facts)
        or Verdict(Stage.SQL_READY)
    )


def _hard_rules(policy: Policy, facts: Mapping[str, Any]) -> Verdict | None:
    for rule in policy.disqualify:
        if evaluate(rule.when, facts) is True:
            return Verdict(Stage.DISQUALIFIED, rule.reason)
    for detour in policy.divert:
        if evaluate(detour.when, facts) is True:
            return Verdict(Stage.DIVERTED, detour.reason, to=detour.to)
    return None


def _not_now(policy: Policy, evidence: Evidence, scorecard: Scorecard, facts: Mapping[str, Any]) -> Verdict | None:
    said = evidence.not_now
    if facts["not_now"] != "recent" or said is None:
        return None
    if policy.timing.not_now.hand_raise_after == "review" and _raised_again(policy, said, scorecard):
        return Verdict(Stage.REVIEW, "not_now_hand_raise")
    return Verdict(Stage.NURTURE, "not_now", until=policy.timing.not_now.lasts.after(said.on))


def _raised_again(policy: Policy, said: NotNow, scorecard: Scorecard) -> bool:
    """A hand-raise after the "not now", or in the response that said it.

    Of a rep's "not now" only the day is known, so that one counts as after it from the next day on.
    """
    raised = (
        signal
        for seen in scorecard.intent.signals
        if seen.signal in policy.mql.immediate_on
        for signal in seen.occurrences
    )
    if said.at is not None:
        return any(signal.at > said.at or signal.response == said.response for signal in raised)
    return any(signal.at.astimezone(policy.zone).date() > said.on for signal in raised)


def _too_little_known(scorecard: Scorecard, facts: Mapping[str, Any]) -> Verdict | None:
    if scorecard.fit.completeness.enough:
        return None
    return Verdict(Stage.REVIEW, "incomplete_hand_raise") if facts["hand_raise"] else Verdict(Stage.LEAD, "incomplete")


def _below_the_line(policy: Policy, scorecard: Scorecard, facts: Mapping[str, Any]) -> Verdict | None:
    line = policy.mql
    reached = (
        scorecard.total >= line.threshold
        and scorecard.fit.score >= line.min_fit
        and scorecard.intent.score >= line.min_intent
    )
    return None if facts["hand_raise"] or reached else Verdict(Stage.NURTURE, "below_threshold")


def _inconsistent(policy: Policy, evidence: Evidence) -> Verdict | None:
    checks = {"company_equals_name": _company_is_a_name}
    wrong = any(checks[name](evidence.contact) for name in policy.verify)
    return Verdict(Stage.REVIEW, "inconsistent") if wrong else None


def _company_is_a_name(contact: Mapping[str, Any]) -> bool:
    """The company field repeats the person's name, as forms filled in a hurry do."""
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


def _for_a_person(policy: Policy, boxes: tuple[Ticked, ...], facts: Mapping[str, Any]) -> Verdict | None:
    if open_boxes(boxes) and policy.sql.mode != "auto":
        return Verdict(Stage.REVIEW, "open_boxes")
    if policy.sql.review_if is not None and evaluate(policy.sql.review_if, facts) is True:
        return Verdict(Stage.REVIEW, "high_value")
    return Verdict(Stage.REVIEW, "manual") if policy.sql.mode == "manual" else None
