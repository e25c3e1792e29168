"""What comes of a lead besides feedback: the review of Marketing Ops, an opportunity, the deal, a second chance."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from questionnaire.core.base.stage import Stage
from questionnaire.core.handoff import acts
from questionnaire.core.handoff.decision import NOBODY, Decision, Owner
from questionnaire.core.handoff.feedback import asleep, day_problem, detail_problem
from questionnaire.core.handoff.refusals import ActRefusal
from questionnaire.core.handoff.standing import Standing
from questionnaire.core.policy import Policy

_QUIET: Mapping[str, Any] = {"next_what": None, "next_at": None}


def approve(act: acts.ApproveLead) -> Decision | ActRefusal:
    """A word on each open box; a blocking one is never handed over (domain.md 1.7)."""
    blocking = [box for box, is_blocking in act.open_boxes.items() if is_blocking]
    if blocking:
        return ActRefusal("box_blocking", "", {"boxes": ", ".join(blocking)})
    words = {box: act.waivers.get(box, "").strip() for box in act.open_boxes}
    silent = [box for box, word in words.items() if len(word) < acts.SHORTEST_DETAIL]
    if silent:
        return ActRefusal("waiver_missing", silent[0], {"boxes": ", ".join(silent)})
    long = next((box for box, word in words.items() if len(word) > acts.LONGEST_DETAIL), None)
    if long is not None:
        return ActRefusal("detail_long", long, {"most": acts.LONGEST_DETAIL})
    becomes = {"stage": str(Stage.SQL_READY), "reason": None, "until": None, **_QUIET}
    return Decision("reviewed", {"approved": True, "waivers": words}, becomes, routes=True)


def decline(policy: Policy, act: acts.DeclineLead, now: datetime) -> Decision | ActRefusal:
    wrong = detail_problem(act.detail)
    if wrong is None and not act.disqualifies:
        wrong = day_problem(policy, act.until, now) if act.until is not None else ActRefusal("date_missing", "until")
    if wrong is not None:
        return wrong
    facts = {"approved": False, "detail": act.detail}
    if act.disqualifies or act.until is None:
        becomes = {"stage": str(Stage.DISQUALIFIED), "reason": "declined", "until": None, **_QUIET}
        return Decision("reviewed", facts, becomes)
    facts["until"] = act.until.isoformat()
    return Decision("reviewed", facts, {"reason": "declined", **asleep(policy, act.until)})


def opportunity(act: acts.RecordOpportunity) -> Decision | ActRefusal:
    if not act.amount.strip():
        return ActRefusal("amount_missing", "amount")
    if not act.timeline.strip():
        return ActRefusal("timeline_missing", "timeline")
    facts = {"amount": act.amount, "timeline": act.timeline}
    return Decision("opportunity", facts, {"stage": str(Stage.OPPORTUNITY), **_QUIET})


def win(act: acts.RecordWin) -> Decision:
    facts = {"amount": act.amount} if act.amount else {}
    return Decision("won", facts, {"stage": str(Stage.CUSTOMER), **_QUIET})


def lose(act: acts.RecordLoss) -> Decision | ActRefusal:
    wrong = detail_problem(act.detail)
    if wrong is not None:
        return wrong
    return Decision("lost", {"detail": act.detail}, {"stage": str(Stage.LOST), **_QUIET}, NOBODY)


def reopen(act: acts.ReopenLead) -> Decision | ActRefusal:
    becomes = {"stage": str(Stage.LEAD), "reason": None, "until": None, **_QUIET}
    return detail_problem(act.detail) or Decision("reopened", {"detail": act.detail}, becomes)


def request_owner(act: acts.RequestOwner) -> Decision | ActRefusal:
    return detail_problem(act.detail) or Decision("owner_requested", {"detail": act.detail})


def reassign(policy: Policy, standing: Standing, act: acts.ReassignLead) -> Decision | ActRefusal:
    """To another rep. Who was assigned or in a queue starts anew; a lead in contact keeps its stage."""
    if policy.rep(act.rep) is None:
        return ActRefusal("rep_missing", "rep")
    if act.rep == standing.owner:
        return ActRefusal("same_rep", "rep")
    if act.obstacle:
        return ActRefusal(f"rep_{act.obstacle}", "rep")
    begins_anew = standing.contacted_at is None and standing.stage not in (Stage.SQL, Stage.OPPORTUNITY)
    stage, due = (Stage.ASSIGNED, act.due_at) if begins_anew else (standing.stage, None)
    facts = {"rep": act.rep, "from": standing.owner, "queue": None, "cause": "manager", "cycle": standing.cycle,
            "why": {"code": "manager_assigned", "params": {"rep": act.rep}},
            **({"detail": act.detail} if act.detail else {})}  # fmt: skip
    becomes = {"stage": str(stage), "call_by": due, **(_QUIET if due else {})}
    return Decision("assigned", facts, becomes, Owner(act.rep, None, due))
