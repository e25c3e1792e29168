"""Feedback: what sales says a lead was worth, and what follows from it. Source: domain.md 1.2 (T16 to T18), 1.8."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from questionnaire.core.base.stage import Stage
from questionnaire.core.handoff import acts
from questionnaire.core.handoff.decision import NOBODY, Decision
from questionnaire.core.handoff.refusals import REFUSALS, ActRefusal
from questionnaire.core.handoff.standing import Standing
from questionnaire.core.policy import Policy
from questionnaire.core.policy.handoff import RejectionReason

FURTHEST = timedelta(days=731)
"""How far away the day may be on which a lead comes back."""

RESUME = "resume"
"""What the calendar brings a lead in nurturing: it wakes up and is assessed again."""

_QUIET: Mapping[str, Any] = {"next_what": None, "next_at": None}


def detail_problem(detail: str, field: str = "detail") -> ActRefusal | None:
    """Whether a sentence on what happened is missing or too long."""
    if len(detail.strip()) < acts.SHORTEST_DETAIL:
        return ActRefusal("detail_missing", field)
    return (
        ActRefusal("detail_long", field, {"most": acts.LONGEST_DETAIL}) if len(detail) > acts.LONGEST_DETAIL else None
    )


def confirm(policy: Policy, act: acts.ConfirmSql, now: datetime) -> Decision | ActRefusal:
    for name in policy.sql.confirm:
        text = act.heard.get(name, "").strip()
        if len(text) < acts.SHORTEST_DETAIL:
            return ActRefusal(f"{name}_missing" if f"{name}_missing" in REFUSALS else "field_missing", name)
        if len(text) > acts.LONGEST_DETAIL:
            return ActRefusal("detail_long", name, {"most": acts.LONGEST_DETAIL})
    if act.next_at is not None and act.next_at <= now:
        return ActRefusal("next_past", "next_at")
    said = {**act.heard, "amount": act.amount, "next_step": act.next_step}
    planned = {"next_what": "agreed", "next_at": act.next_at} if act.next_at else _QUIET
    return Decision(
        "confirmed",
        {name: value for name, value in said.items() if value},
        {"stage": str(Stage.SQL), "reason": None, "call_by": None, **planned},
    )


def reject(policy: Policy, standing: Standing, act: acts.RejectLead, now: datetime) -> Decision | ActRefusal:
    reason = next((one for one in policy.rejection_reasons if one.code == act.code), None)
    if reason is None:
        return ActRefusal("reason_missing", "code")
    missing = attempts_missing(reason, standing)
    if missing:
        return ActRefusal("attempts_missing", "code", {"needed": reason.needs and reason.needs.attempts,
                                                    "done": standing.attempts})  # fmt: skip
    wrong = detail_problem(act.detail)
    if wrong is not None:
        return wrong
    today = now.astimezone(policy.zone).date()
    facts = {"reason": act.code, "detail": act.detail, "then": reason.then.do}
    if reason.then.divert is not None:
        facts["to"] = reason.then.divert
    if reason.then.set == "not_now":
        facts["not_now_on"] = today.isoformat()
    becomes = {"reason": act.code, "call_by": None, **consequence(policy, reason, today)}
    return Decision("rejected", facts, becomes, NOBODY, reason)


def attempts_missing(reason: RejectionReason, standing: Standing) -> int:
    """How many logged attempts a rejection reason still asks for."""
    return max(0, reason.needs.attempts - standing.attempts) if reason.needs else 0


def consequence(policy: Policy, reason: RejectionReason, today: date) -> dict[str, Any]:
    """What a rejected lead becomes."""
    then = reason.then
    if then.do == "disqualify":
        return {"stage": str(Stage.DISQUALIFIED), "until": None, **_QUIET}
    if then.do == "divert":
        return {"stage": str(Stage.DIVERTED), "until": None, **_QUIET}
    if then.do == "nurture" and then.nurture is not None:
        return asleep(policy, then.nurture.after(today))
    # A duplicate is merged by a person, as whatever else the codes do not say.
    return {"stage": str(Stage.REVIEW), "until": None, **_QUIET}


def asleep(policy: Policy, until: date) -> dict[str, Any]:
    """In nurturing until the beginning of that day, in the time zone of the policy."""
    wakes = datetime.combine(until, time(), policy.zone)
    return {"stage": str(Stage.NURTURE), "until": until.isoformat(), "next_what": RESUME, "next_at": wakes}


def nurture(policy: Policy, act: acts.SendToNurture, now: datetime) -> Decision | ActRefusal:
    if act.until is None:
        return ActRefusal("date_missing", "until")
    wrong = day_problem(policy, act.until, now) or detail_problem(act.detail)
    if wrong is not None:
        return wrong
    becomes = {"reason": "call_later", "call_by": None, **asleep(policy, act.until)}
    return Decision("recycled", {"until": act.until.isoformat(), "detail": act.detail}, becomes, NOBODY)


def day_problem(policy: Policy, until: date, now: datetime) -> ActRefusal | None:
    today = now.astimezone(policy.zone).date()
    if until <= today:
        return ActRefusal("date_past", "until")
    return ActRefusal("date_far", "until") if until > today + FURTHEST else None
