"""The stage of the demo: events are played in the order of their time, each once, and none later than now."""

from __future__ import annotations

import hashlib
import heapq
import itertools
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from questionnaire.actions.assessing.history import PolicyPin, assess_stored, filled_by, history_of
from questionnaire.actions.handoff import assign
from questionnaire.actions.respond import judgement
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.base.explanation import Explanation, write_explanation
from questionnaire.core.base.stage import Stage
from questionnaire.core.handoff.deadline import deadline_for
from questionnaire.core.policy import Policy
from questionnaire.demo.arrivals import SETTLED, later
from questionnaire.demo.leads import dice
from questionnaire.demo.texts import REVIEWED
from questionnaire.demo.timeline import DAY, AssignedLead, TimelineStep, declined, untouched, worked
from questionnaire.storage import Session
from questionnaire.storage.delivery.job_queue import JobQueue
from questionnaire.storage.leads import events, leads, ownership
from questionnaire.storage.responses import responses
from questionnaire.storage.tables import AssignmentRow, EventRow, LeadRow

Play = Callable[[Session], None]


@dataclass(frozen=True, slots=True)
class Silent:
    """A queue for what is long past: nothing is printed or sent any more."""

    def enqueue(
        self, session: Session, name: str, key: str, args: Mapping[str, Any], not_before: datetime | None = None
    ) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class Staggered:
    """A queue that spreads the jobs of the demo from a moment on, so that a real answer never waits behind them."""

    queue: JobQueue
    start: datetime
    every: timedelta = timedelta(seconds=3)
    _count: Any = field(default_factory=itertools.count)

    def enqueue(
        self, session: Session, name: str, key: str, args: Mapping[str, Any], not_before: datetime | None = None
    ) -> bool:
        if name == judgement.JOB:
            # The seeding judges each answer itself, at the moment it was given.
            return True
        return self.queue.enqueue(session, name, key, args, self.start + self.every * next(self._count))


def numbered(*mark: object) -> str:
    """An id that is the same each time the demo is made."""
    return hashlib.sha256(("demo " + " ".join(map(str, mark))).encode()).hexdigest()[:32]


def at_that_time(toolbox: Toolbox, at: datetime, mark: str, queue: JobQueue | None = None) -> Toolbox:
    """The toolbox as it would have been then: its clock stands, its ids are the same each time."""
    count = itertools.count()
    return replace(toolbox, now=lambda: at, new_id=lambda: numbered(mark, next(count)), queue=queue or Silent())


@dataclass(slots=True)
class DemoStage:
    """What is still to happen, by time. `people` are staff ids by rep, `ops` that of whoever looks at reviews.

    `again`: the demo was interrupted, and some of it happened already.
    """

    toolbox: Toolbox
    now: datetime
    ops: str
    people: Mapping[str, str]
    again: bool = False
    _to_come: list[tuple[datetime, int, Play]] = field(default_factory=list)
    _numbers: Any = field(default_factory=itertools.count)
    _seen: set[str] = field(default_factory=set)

    def plan(self, at: datetime, play: Play) -> None:
        """Whatever would be in the future is not planned: that is how a story stops at the present."""
        if at < self.now - SETTLED:
            heapq.heappush(self._to_come, (at, next(self._numbers), play))

    def play(self, until: datetime) -> None:
        """Everything up to a moment, in one transaction."""
        if not self._to_come or self._to_come[0][0] > until:
            return
        with self.toolbox.database.writing() as session:
            while self._to_come and self._to_come[0][0] <= until:
                heapq.heappop(self._to_come)[2](session)

    def announced(self, session: Session, response_id: str) -> None:
        """Plans the mail with the report, for an answer whose mails are a thing of the past."""
        row = responses.get(session, response_id)
        if row is not None and row.lead_id:
            step = TimelineStep(row.at + timedelta(seconds=30), "notified", {"what": "report_ready"}, by_rep=False)
            self._append(row.lead_id, numbered("announced", row.id), step, row.id)

    def follow(self, session: Session, response_id: str, policy: Policy, lately: bool, told: bool) -> None:
        """Plans what comes of a response: a rep's story, or a review. `told`: its mails are a thing of the past."""
        row = responses.get(session, response_id)
        lead = session.get(LeadRow, row.lead_id) if row is not None and row.lead_id else None
        if row is None or lead is None:
            return
        self._stories(session, lead.id, policy, lately, told)
        if lead.stage == Stage.REVIEW and not lately:
            thrown = dice("review", row.id)
            at = later(row.at, thrown.uniform(20, 1.5 * DAY), policy.calendar_of(None))
            if thrown.random() < 0.9:
                self.plan(at, lambda session: self._review(session, lead.id, row.id, policy, at))

    def _stories(self, session: Session, lead_id: str, policy: Policy, lately: bool, told: bool) -> None:
        for event in events.of_lead(session, lead_id):
            rep = event.data.get("rep")
            if event.kind != "assigned" or event.id in self._seen:
                continue
            self._seen.add(event.id)
            if not rep:
                self._pick_up(lead_id, event, policy, lately)
                continue
            promised = event.becomes.get("call_by")
            handed = AssignedLead(policy, str(rep), event.at, datetime.fromisoformat(promised) if promised else None)
            steps = untouched(handed, told) if lately else worked(handed, dice("story", event.id))
            self._tell(lead_id, event, handed, steps)

    def _pick_up(self, lead_id: str, event: EventRow, policy: Policy, lately: bool) -> None:
        """A lead no rule knows a rep for: the manager who looks after the queue gives it to somebody."""
        thrown = dice("queue", event.id)
        at = later(event.at, thrown.uniform(30, 200), policy.calendar_of(None))
        rep = thrown.choice([one.id for one in policy.reps if one.role == "rep"])
        self.plan(at, lambda session: self._give(session, lead_id, event, policy, rep, at, lately))

    def _give(
        self, session: Session, lead_id: str, event: EventRow, policy: Policy, rep: str, at: datetime, lately: bool
    ) -> None:
        lead, event_id = leads.lock(session, lead_id), numbered("given", event.id)
        if lead is None or lead.queue is None or self._is_past(session, lead_id, event_id):
            return
        promised = deadline_for(policy, policy.sla.first_contact[-1].within, rep, at)
        why = Explanation("manager_assigned")
        held = AssignmentRow(
            lead_id=lead_id,
            rep=rep,
            why=write_explanation(why),
            at=at,
            due_at=promised.due_at if promised else None,
        )
        manager = next((staff for name, staff in self.people.items() if name in _managers(policy)), "")
        ownership.change_owner(session, lead_id, lead.version, held, event_id, "assigned", at,
                               actor=f"staff:{manager}" if manager else events.SYSTEM,
                               data={"rule": None, "pool": None, "rep": rep, "queue": None,
                                     "why": why.as_json})  # fmt: skip
        self._stories(session, lead_id, policy, lately, told=True)

    def _tell(self, lead_id: str, event: EventRow, handed: AssignedLead, steps: Iterable[TimelineStep]) -> None:
        for index, step in enumerate(steps):
            self._append(lead_id, numbered(event.id, index), step, event.response_id, handed.rep)

    def _append(self, lead_id: str, event_id: str, step: TimelineStep, response_id: str | None, rep: str = "") -> None:
        self.plan(step.at, lambda session: self._happen(session, lead_id, event_id, step, response_id, rep))

    def _happen(
        self, session: Session, lead_id: str, event_id: str, step: TimelineStep, response_id: str | None, rep: str
    ) -> None:
        lead = leads.lock(session, lead_id) if rep else None
        if (rep and (lead is None or lead.owner != rep)) or self._is_past(session, lead_id, event_id):
            return
        actor = f"staff:{self.people[rep]}" if step.by_rep and rep in self.people else events.SYSTEM
        if step.gives_back and lead is not None:
            ownership.change_owner(session, lead.id, lead.version, None, event_id, step.kind, step.at, actor=actor,
                                   data=step.data, becomes=step.becomes)  # fmt: skip
        else:
            events.append(session, event_id, lead_id, step.kind, step.at, actor=actor, data=step.data,
                          becomes=step.becomes, response_id=response_id)  # fmt: skip

    def _is_past(self, session: Session, lead_id: str, event_id: str) -> bool:
        """Whether it happened already, when a demo that was interrupted is gone through again."""
        return self.again and any(event.id == event_id for event in events.of_lead(session, lead_id))

    def _review(self, session: Session, lead_id: str, response_id: str, policy: Policy, at: datetime) -> None:
        """Marketing Ops looks at a lead that waits for a person: over to a rep, or back to nurture."""
        lead, row = leads.lock(session, lead_id), responses.get(session, response_id)
        if lead is None or row is None or lead.stage != Stage.REVIEW:
            return
        thrown, actor, event_id = dice("reviewed", response_id), f"staff:{self.ops}", numbered("reviewed", response_id)
        no = declined(policy, at, thrown) if thrown.random() < 0.4 else None
        if no is not None:
            data, becomes = no
            events.append(session, event_id, lead_id, "reviewed", at, actor=actor, data=data, becomes=becomes,
                          response_id=response_id)  # fmt: skip
            return
        events.append(session, event_id, lead_id, "reviewed", at, actor=actor, response_id=response_id,
                      data={"decision": "approved", "detail": thrown.choice(REVIEWED)},
                      becomes={"stage": Stage.SQL_READY.value, "reason": None, "next_what": None,
                               "next_at": None})  # fmt: skip
        toolbox = at_that_time(self.toolbox, at, f"review {response_id}")
        pinned = PolicyPin(row.policy_id, row.policy_version)
        filled, history = filled_by(toolbox, session, lead, at), history_of(session, lead)
        assessment = assess_stored(toolbox, session, filled, pinned, history, at)
        assign.hand_over(toolbox, session, lead, assessment, row)
        self._stories(session, lead_id, policy, lately=at > self.now - timedelta(hours=24), told=True)


def _managers(policy: Policy) -> frozenset[str]:
    return frozenset(one.id for one in policy.reps if one.role == "manager")
