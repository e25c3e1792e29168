"""The nine steps from first data to the monthly review, and where a lead is among them. Source: domain.md 1.2."""

from __future__ import annotations

from dataclasses import dataclass

from questionnaire.core.base.stage import Stage
from questionnaire.core.base.translation import gettext_noop as _
from questionnaire.core.handoff.standing import Standing

STEPS = {
    "data": _("Data"), "scores": _("Scores"), "check": _("Check"), "nurturing": _("Nurture"),
    "checklist": _("Checklist"), "route": _("Route"), "contact": _("First contact"), "feedback": _("Feedback"),
    "meeting": _("Review"),
}  # fmt: skip
STATES = {"done": _("done"), "now": _("now"), "open": _("open"), "skipped": _("skipped")}
OWNERS = {
    "data": _("Marketing"), "scores": _("the product"), "check": _("Marketing Ops"), "nurturing": _("Marketing"),
    "checklist": _("Marketing Ops"), "route": _("the product"), "contact": _("Sales"), "feedback": _("Sales"),
    "meeting": _("Marketing and Sales"),
}  # fmt: skip
"""Whose step it is."""

# The step in which a lead of this stage is.
_NOW = {
    Stage.LEAD: "data", Stage.NURTURE: "nurturing", Stage.MQL: "nurturing", Stage.REVIEW: "checklist",
    Stage.SQL_READY: "route", Stage.ASSIGNED: "contact", Stage.WORKING: "contact",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class HandoffStep:
    """`name` is a key of STEPS, `state` one of STATES."""

    name: str
    state: str


def steps_of(standing: Standing) -> tuple[HandoffStep, ...]:
    """Every step with its state. Nurturing is skipped by whoever was ready at once; the review is a monthly meeting."""
    names = tuple(STEPS)
    now = _now(standing)
    at = names.index(now) if now else len(names) - 1
    has_slept = any(stage in standing.moments for stage in (str(Stage.NURTURE), str(Stage.MQL)))
    found = []
    for index, name in enumerate(names):
        state = "now" if name == now else "done" if index < at else "open"
        if name == "nurturing" and state == "done" and not has_slept:
            state = "skipped"
        found.append(HandoffStep(name, state))
    return tuple(found)


def _now(standing: Standing) -> str:
    if standing.stage in (Stage.ASSIGNED, Stage.WORKING) and standing.answered_at is not None:
        return "feedback"
    return _NOW.get(standing.stage, "")
