"""What an act makes of a lead: decided from where it stands, the policy and who acts, or refused with a sentence.

Source: domain.md 1.2. Legal are the stages of STAGES_OF for whom `_may` lets; everything else is refused. Nothing is
stored here: a Decision says which event to write.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from questionnaire.core.base.roles import Role
from questionnaire.core.base.stage import OPEN, Stage
from questionnaire.core.handoff import acts, feedback, follow_up, outcomes
from questionnaire.core.handoff.acts import Act, Actor
from questionnaire.core.handoff.decision import Decision
from questionnaire.core.handoff.refusals import ActRefusal
from questionnaire.core.handoff.standing import Standing
from questionnaire.core.policy import Policy

UNDO_WITHIN = timedelta(minutes=10)
"""For this long people may take back their own last act; whoever else is concerned hears of it afterwards."""

UNDOABLE = frozenset(
    {"accepted", "attempted", "contacted", "confirmed", "rejected", "recycled", "owner_requested", "opportunity", "won",
     "lost"}
)  # fmt: skip
"""Kinds of acts that can be undone. An approved or reassigned lead has its new owner at once: that is changed, not
undone."""

_AT_WORK = frozenset({Stage.ASSIGNED, Stage.WORKING})
_OPEN = frozenset(OPEN)
STAGES_OF: Mapping[type[Any], frozenset[Stage]] = {
    acts.AcceptLead: frozenset({Stage.ASSIGNED}),
    acts.LogAttempt: _OPEN,
    acts.LogContact: _OPEN,
    acts.ConfirmSql: _AT_WORK,
    acts.RejectLead: _OPEN,
    acts.SendToNurture: _OPEN,
    acts.RequestOwner: _OPEN,
    acts.RecordOpportunity: frozenset({Stage.SQL}),
    acts.RecordWin: frozenset({Stage.OPPORTUNITY}),
    acts.RecordLoss: frozenset({Stage.OPPORTUNITY}),
    acts.ReassignLead: _OPEN | {Stage.SQL_READY, Stage.OPPORTUNITY},
    acts.ApproveLead: frozenset({Stage.REVIEW}),
    acts.DeclineLead: frozenset({Stage.REVIEW}),
    acts.ReopenLead: frozenset({Stage.DISQUALIFIED, Stage.DIVERTED, Stage.LOST}),
    acts.UndoAct: frozenset(Stage),
}
"""Act -> the stages in which it is legal."""

_OPS_ACTS = (acts.ApproveLead, acts.DeclineLead, acts.ReopenLead)


def decide(policy: Policy, standing: Standing, act: Act, actor: Actor, now: datetime) -> Decision | ActRefusal:
    """The one way a lead changes by a person. A refusal changes nothing."""
    if isinstance(act, acts.UndoAct):
        return _undo(standing, act, actor, now)
    refusal = _may(standing, act, actor)
    if refusal is not None:
        return refusal
    if standing.stage not in STAGES_OF[type(act)]:
        return ActRefusal("wrong_stage", "", {"stage": str(standing.stage)})
    return _RULES[type(act)](policy, standing, act, now)


def _may(standing: Standing, act: Act, actor: Actor) -> ActRefusal | None:
    """Reps act on their own leads, managers on those of every rep; reviews are Marketing Ops'."""
    if actor.role is Role.ADMIN:
        return None
    if isinstance(act, _OPS_ACTS):
        return None if actor.role is Role.OPS else ActRefusal("not_for_you")
    if isinstance(act, acts.ReassignLead):
        return None if actor.role is Role.MANAGER else ActRefusal("not_for_you")
    if actor.role not in (Role.REP, Role.MANAGER):
        return ActRefusal("not_for_you")
    is_own = bool(actor.rep) and actor.rep == standing.owner
    return None if is_own or actor.role is Role.MANAGER else ActRefusal("not_yours")


def _undo(standing: Standing, act: acts.UndoAct, actor: Actor, now: datetime) -> Decision | ActRefusal:
    last = standing.last
    if last is None or last.event != act.event or last.kind not in UNDOABLE or last.actor != actor.as_text:
        return ActRefusal("nothing_to_undo")
    if now - last.at > UNDO_WITHIN:
        return ActRefusal("undo_over", "", {"minutes": UNDO_WITHIN // timedelta(minutes=1)})
    return Decision("undone", {"event": act.event, "kind": last.kind})


def _accept(_policy: Policy, standing: Standing, _act: acts.AcceptLead, _now: datetime) -> Decision | ActRefusal:
    """The stage becomes "working"; the clock of the first contact runs on."""
    if standing.accepted_at is not None:
        return ActRefusal("already_accepted")
    return Decision("accepted", {}, {"stage": str(Stage.WORKING)})


_RULES: Mapping[type[Any], Callable[[Policy, Standing, Any, datetime], Decision | ActRefusal]] = {
    acts.AcceptLead: _accept,
    acts.LogAttempt: follow_up.attempt,
    acts.LogContact: follow_up.contact,
    acts.ConfirmSql: lambda policy, _standing, act, now: feedback.confirm(policy, act, now),
    acts.RejectLead: feedback.reject,
    acts.SendToNurture: lambda policy, _standing, act, now: feedback.nurture(policy, act, now),
    acts.RequestOwner: lambda _policy, _standing, act, _now: outcomes.request_owner(act),
    acts.RecordOpportunity: lambda _policy, _standing, act, _now: outcomes.opportunity(act),
    acts.RecordWin: lambda _policy, _standing, act, _now: outcomes.win(act),
    acts.RecordLoss: lambda _policy, _standing, act, _now: outcomes.lose(act),
    acts.ReassignLead: lambda policy, standing, act, _now: outcomes.reassign(policy, standing, act),
    acts.ApproveLead: lambda _policy, _standing, act, _now: outcomes.approve(act),
    acts.DeclineLead: lambda policy, _standing, act, now: outcomes.decline(policy, act, now),
    acts.ReopenLead: lambda _policy, _standing, act, _now: outcomes.reopen(act),
}
