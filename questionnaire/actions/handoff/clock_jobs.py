"""Plans the jobs that wake for the SLA clocks of a lead. What they do then is in sla_clocks.py."""

from __future__ import annotations

from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.handoff.clocks import running_clocks
from questionnaire.core.handoff.standing import standing_of
from questionnaire.core.policy import Policy
from questionnaire.storage import Session
from questionnaire.storage.leads import events

JOB = "sla_clock"


def plan(toolbox: Toolbox, session: Session, policy: Policy, lead_id: str, cause: str = "") -> None:
    """One job for the next step of each clock that runs; it plans the one after it.

    A clock that was stopped and runs again is planned anew under another `cause`: its old job may have passed.
    """
    happened = events.as_lead_events(events.of_lead(session, lead_id))
    for clock in running_clocks(policy, standing_of(happened)):
        left = clock.left(happened)
        if left:
            key = ":".join(filter(None, (JOB, lead_id, clock.anchor, clock.name, left[0].name, cause)))
            args = {"lead": lead_id, "anchor": clock.anchor, "clock": clock.name}
            toolbox.queue.enqueue(session, JOB, key, args, not_before=left[0].at)
