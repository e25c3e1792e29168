"""The open leads of somebody whose account was deactivated: each goes to the rep who was chosen, or through the rules.

Whoever was to call a lead by a time is replaced by somebody with a clock of their own; a lead in contact keeps its
stage.
"""

from __future__ import annotations

from questionnaire.actions.handoff import assign, lead_acts
from questionnaire.actions.handoff.lead_case import LeadCase, assess_now, lead_case
from questionnaire.actions.handoff.routing_book import lock_pools, presence
from questionnaire.actions.people.accounts import BY_RULES, HAND_OVER
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.base.roles import Role
from questionnaire.core.base.stage import Stage
from questionnaire.core.handoff import acts
from questionnaire.core.handoff.acts import Actor
from questionnaire.core.handoff.routing import pools_to_lock, route
from questionnaire.storage import Session
from questionnaire.storage.leads import leads, round_robin

JOB = HAND_OVER
BEFORE_CONTACT = (Stage.ASSIGNED, Stage.WORKING)


def hand_over(toolbox: Toolbox, rep: str, to: str, by: str) -> None:
    """The job. `to` is a rep, or BY_RULES; `by` is the id of who decided, "" for the shell.

    A chosen rep who is full or away meanwhile gets no lead: it goes through the rules. A lead in contact that nobody
    can take stays where it is, and managers see it.
    """
    tried: set[str] = set()
    while True:
        with toolbox.database.reading() as session:
            left = [row.id for row in leads.open_of(session, rep) if row.id not in tried]
        if not left:
            return
        for lead_id in left:
            tried.add(lead_id)
            with toolbox.database.writing() as session:
                lead = leads.lock(session, lead_id)
                if lead is not None and lead.owner == rep:
                    _give(toolbox, session, lead_case(toolbox, session, lead), to, Actor(by, Role.ADMIN))


def _give(toolbox: Toolbox, session: Session, case: LeadCase, to: str, actor: Actor) -> None:
    if to != BY_RULES and lead_acts.act_in(toolbox, session, case, acts.ReassignLead(to), actor).refusal is None:
        return
    now, policy = toolbox.now(), case.policy
    facts = assess_now(toolbox, session, case, now).facts
    book = presence(session, policy, now)
    found = route(policy, facts, lock_pools(session, book, pools_to_lock(policy, facts, book)))
    if case.standing.contacted_at is None and case.standing.stage in BEFORE_CONTACT:
        cause = {"cause": "deactivated", "from": case.lead.owner, "cycle": case.standing.cycle}
        assign.store(toolbox, session, case.lead, case.response, policy, facts, found, now, cause)
    elif found.rep is not None and found.rep != case.lead.owner:
        if found.pool is not None and found.credits is not None:
            round_robin.write_credits(session, found.pool, found.credits)
        lead_acts.act_in(toolbox, session, case, acts.ReassignLead(found.rep), actor)
