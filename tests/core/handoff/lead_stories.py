"""Leads as stories: events one after the other, each decided by the lifecycle itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

from questionnaire.core.base.roles import Role
from questionnaire.core.handoff import acts
from questionnaire.core.handoff.acts import Act, Actor
from questionnaire.core.handoff.decision import Decision
from questionnaire.core.handoff.lifecycle import decide
from questionnaire.core.handoff.refusals import ActRefusal
from questionnaire.core.handoff.standing import LeadEvent, Standing, standing_of
from questionnaire.core.policy import Policy, read
from tests.authored import authored_file

MONDAY = datetime(2026, 10, 5, 8, 0, tzinfo=UTC)
LENA = Actor("lena", Role.REP, "lena")
MAX = Actor("max", Role.REP, "max")
INES = Actor("ines", Role.MANAGER, "ines")
OLGA = Actor("olga", Role.OPS)
ADA = Actor("ada", Role.ADMIN)
MO = Actor("mo", Role.MARKETING)


@dataclass
class Story:
    """A lead from here on: `do` writes the event of an act, `refused` gives the code of the refusal."""

    policy: Policy
    now: datetime = MONDAY
    events: list[LeadEvent] = field(default_factory=list)

    @property
    def standing(self) -> Standing:
        return standing_of(self.events)

    def happen(self, kind: str, actor: str = "system", facts: Mapping[str, Any] | None = None, **becomes: Any) -> str:
        name = f"e{len(self.events) + 1}"
        self.events.append(LeadEvent(name, kind, self.now, actor, facts or {}, becomes))
        return name

    def do(self, act: Act, actor: Actor = LENA, **passed: int) -> Decision:
        self.now += timedelta(**passed) if passed else timedelta(minutes=1)
        decision = decide(self.policy, self.standing, act, actor, self.now)
        assert isinstance(decision, Decision), decision
        becomes = dict(decision.becomes)
        before = self.standing
        if decision.owner is not None:
            becomes |= {"owner": decision.owner.rep, "queue": decision.owner.queue}
        if decision.kind == "undone":
            undone = next(event for event in self.events if event.id == decision.facts["event"])
            becomes = dict(undone.facts["before"])
        known = {"stage": str(before.stage), "owner": before.owner, "queue": before.queue}
        written = {name: value.isoformat() if isinstance(value, datetime) else value for name, value in becomes.items()}
        restored = {name: known[name] for name in written if name in known}
        self.happen(decision.kind, actor.as_text, {**decision.facts, "before": restored}, **written)
        return decision

    def refused(self, act: Act, actor: Actor = LENA, **passed: int) -> tuple[str, str]:
        self.now += timedelta(**passed)
        refusal = decide(self.policy, self.standing, act, actor, self.now)
        assert isinstance(refusal, ActRefusal), refusal
        return refusal.code, refusal.field


@cache
def example() -> Policy:
    policy, problems = read(authored_file("policies/default.yaml"))
    assert policy is not None, problems
    return policy


def assigned(policy: Policy, rep: str = "lena") -> Story:
    """A lead that was assigned to a rep on Monday morning."""
    story = Story(policy)
    story.happen("submitted")
    story.happen("assessed", stage="sql_ready")
    story.happen("assigned", facts={"rep": rep}, stage="assigned", owner=rep, queue=None)
    return story


HEARD = {"problem": "Leads wait two days.", "budget": "granted", "interest": "A demo for the team"}
NO_BUDGET = acts.RejectLead("no_budget", "The 2026 budget is spent.")
EVERY_ACT: tuple[Act, ...] = (
    acts.AcceptLead(), acts.LogAttempt(), acts.LogContact(), acts.ConfirmSql(HEARD), NO_BUDGET,
    acts.SendToNurture(date(2027, 1, 4), "Call in January."), acts.RequestOwner("She speaks French only."),
    acts.RecordOpportunity("40,000", "This quarter"), acts.RecordWin(), acts.RecordLoss("They stay as they are."),
    acts.ReassignLead("max"), acts.ApproveLead(), acts.DeclineLead("A student project.", disqualifies=True),
    acts.ReopenLead("They came back."),
)  # fmt: skip
