"""Playback of the sample events: in order of time, each once, none later than the current time."""

from __future__ import annotations

import hashlib
import heapq
import itertools
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from questionnaire.actions.assessing.history import PolicyPin, assess_stored, filled_by, history_of
from questionnaire.actions.handoff import assign, clock_jobs
from questionnaire.actions.respond import judgement
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.base.explanation import Explanation, write_explanation
from questionnaire.core.base.stage import Stage
from questionnaire.core.handoff.deadline import deadline_for
from questionnaire.core.policy import Policy
from questionnaire.demo.arrivals import SETTLED, later
from questionnaire.demo.leads import seeded_random
from questionnaire.demo.texts import REVIEWED
from questionnaire.demo.timeline import DAY, AssignedLead, TimelineStep, declined, untouched, worked
from questionnaire.storage import Session
from questionnaire.storage.delivery.job_queue import JobQueue
from questionnaire.storage.leads import events, leads, ownership
from questionnaire.storage.responses import responses
from questionnaire.storage.tables import AssignmentRow, EventRow, LeadRow

StoreEvent = Callable[[Session], None]


@dataclass(frozen=True, slots=True)
class DiscardingQueue:
    """A job queue for past events: discards all jobs, so that nothing is rendered or sent."""

    def enqueue(
        self, session: Session, name: str, key: str, args: Mapping[str, Any], not_before: datetime | None = None
    ) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class StaggeredQueue:
    """A job queue that spreads the demo's jobs over time, so that the jobs of a real response never wait for them."""

    queue: JobQueue
    start: datetime
    every: timedelta = timedelta(seconds=3)
    _count: Any = field(default_factory=itertools.count)

    def enqueue(
        self, session: Session, name: str, key: str, args: Mapping[str, Any], not_before: datetime | None = None
    ) -> bool:
        if name in (judgement.JOB, clock_jobs.JOB):
            # The seeding judges each response itself, at the time of the response, and breaches what it wants late.
            return True
        return self.queue.enqueue(session, name, key, args, self.start + self.every * next(self._count))


def stable_id(*mark: object) -> str:
    """An id derived from `mark`: the same each time the demo is seeded."""
    return hashlib.sha256(("demo " + " ".join(map(str, mark))).encode()).hexdigest()[:32]


def toolbox_at(toolbox: Toolbox, at: datetime, mark: str, queue: JobQueue | None = None) -> Toolbox:
    """The toolbox at a past time: its clock is fixed at `at`, and its ids are the same on each run."""
    count = itertools.count()
    return replace(
        toolbox, now=lambda: at, new_id=lambda: stable_id(mark, next(count)), queue=queue or DiscardingQueue()
    )


@dataclass(slots=True)
class EventPlayback:
    """Future events in order of time. `people`: rep id -> staff id; `ops`: staff id of the reviewer.

    `resumed`: an earlier run was interrupted, so some of the events are stored already.
    """

    toolbox: Toolbox
    now: datetime
    ops: str
    people: Mapping[str, str]
    resumed: bool = False
    _pending: list[tuple[datetime, int, StoreEvent]] = field(default_factory=list)
    _numbers: Any = field(default_factory=itertools.count)
    _seen: set[str] = field(default_factory=set)

    def plan(self, at: datetime, store: StoreEvent) -> None:
        """Schedules an event. One in the future is dropped: this is how a timeline ends at the current time."""
        if at < self.now - SETTLED:
            heapq.heappush(self._pending, (at, next(self._numbers), store))

    def play(self, until: datetime) -> None:
        """Stores all events up to and including `until`, in one transaction."""
        if not self._pending or self._pending[0][0] > until:
            return
        with self.toolbox.database.writing() as session:
            while self._pending and self._pending[0][0] <= until:
                heapq.heappop(self._pending)[2](session)

    def plan_report_email(self, session: Session, response_id: str) -> None:
        """Schedules the event of the report email, for a response whose emails are in the past."""
        row = responses.get(session, response_id)
        if row is not None and row.lead_id:
            step = TimelineStep(row.at + timedelta(seconds=30), "notified", {"what": "report_ready"}, by_rep=False)
            self._append(row.lead_id, stable_id("announced", row.id), step, row.id)

    def follow(self, session: Session, response_id: str, policy: Policy, lately: bool, notified: bool) -> None:
        """Schedules what follows a response: a rep's timeline, or a review. `notified`: its emails are in the past."""
        row = responses.get(session, response_id)
        lead = session.get(LeadRow, row.lead_id) if row is not None and row.lead_id else None
        if row is None or lead is None:
            return
        self._plan_timelines(session, lead.id, policy, lately, notified)
        if lead.stage == Stage.REVIEW and not lately:
            rng = seeded_random("review", row.id)
            at = later(row.at, rng.uniform(20, 1.5 * DAY), policy.calendar_of(None))
            if rng.random() < 0.9:
                self.plan(at, lambda session: self._review(session, lead.id, row.id, policy, at))

    def _plan_timelines(self, session: Session, lead_id: str, policy: Policy, lately: bool, notified: bool) -> None:
        for event in events.of_lead(session, lead_id):
            rep = event.data.get("rep")
            if event.kind != "assigned" or event.id in self._seen:
                continue
            self._seen.add(event.id)
            if not rep:
                self._plan_queue_assignment(lead_id, event, policy, lately)
                continue
            due = event.becomes.get("call_by")
            assigned = AssignedLead(policy, str(rep), event.at, datetime.fromisoformat(due) if due else None)
            steps = untouched(assigned, notified) if lately else worked(assigned, seeded_random("story", event.id))
            self._plan_steps(lead_id, event, assigned, steps)

    def _plan_queue_assignment(self, lead_id: str, event: EventRow, policy: Policy, lately: bool) -> None:
        """Schedules the assignment of a lead in a queue: the manager assigns it to a rep."""
        rng = seeded_random("queue", event.id)
        at = later(event.at, rng.uniform(30, 200), policy.calendar_of(None))
        rep = rng.choice([member.id for member in policy.reps if member.role == "rep"])
        self.plan(at, lambda session: self._assign(session, lead_id, event, policy, rep, at, lately))

    def _assign(
        self, session: Session, lead_id: str, event: EventRow, policy: Policy, rep: str, at: datetime, lately: bool
    ) -> None:
        lead, event_id = leads.lock(session, lead_id), stable_id("given", event.id)
        if lead is None or lead.queue is None or self._is_past(session, lead_id, event_id):
            return
        due = deadline_for(policy, policy.sla.first_contact[-1].within, rep, at)
        why = Explanation("manager_assigned")
        assignment = AssignmentRow(
            lead_id=lead_id,
            rep=rep,
            why=write_explanation(why),
            at=at,
            due_at=due.due_at if due else None,
        )
        manager = next((staff for name, staff in self.people.items() if name in _managers(policy)), "")
        ownership.change_owner(session, lead_id, lead.version, assignment, event_id, "assigned", at,
                               actor=f"staff:{manager}" if manager else events.SYSTEM,
                               data={"rule": None, "pool": None, "rep": rep, "queue": None,
                                     "why": why.as_json})  # fmt: skip
        self._plan_timelines(session, lead_id, policy, lately, notified=True)

    def _plan_steps(self, lead_id: str, event: EventRow, assigned: AssignedLead, steps: Iterable[TimelineStep]) -> None:
        for index, step in enumerate(steps):
            self._append(lead_id, stable_id(event.id, index), step, event.response_id, assigned.rep)

    def _append(self, lead_id: str, event_id: str, step: TimelineStep, response_id: str | None, rep: str = "") -> None:
        self.plan(step.at, lambda session: self._store_step(session, lead_id, event_id, step, response_id, rep))

    def _store_step(
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
        """Whether a resumed run finds the event stored already."""
        return self.resumed and any(event.id == event_id for event in events.of_lead(session, lead_id))

    def _review(self, session: Session, lead_id: str, response_id: str, policy: Policy, at: datetime) -> None:
        """Marketing Ops reviews a lead: approved and assigned, or declined and back to nurture."""
        lead, row = leads.lock(session, lead_id), responses.get(session, response_id)
        if lead is None or row is None or lead.stage != Stage.REVIEW:
            return
        rng, actor, event_id = (
            seeded_random("reviewed", response_id),
            f"staff:{self.ops}",
            stable_id("reviewed", response_id),
        )
        decline = declined(policy, at, rng) if rng.random() < 0.4 else None
        if decline is not None:
            data, becomes = decline
            events.append(session, event_id, lead_id, "reviewed", at, actor=actor, data=data, becomes=becomes,
                          response_id=response_id)  # fmt: skip
            return
        events.append(session, event_id, lead_id, "reviewed", at, actor=actor, response_id=response_id,
                      data={"approved": True, "detail": rng.choice(REVIEWED)},
                      becomes={"stage": Stage.SQL_READY.value, "reason": None, "next_what": None,
                               "next_at": None})  # fmt: skip
        toolbox = toolbox_at(self.toolbox, at, f"review {response_id}")
        pinned = PolicyPin(row.policy_id, row.policy_version)
        filled, history = filled_by(toolbox, session, lead, at), history_of(session, lead)
        assessment = assess_stored(toolbox, session, filled, pinned, history, at)
        assign.assign_lead(toolbox, session, lead, assessment, row)
        self._plan_timelines(session, lead_id, policy, lately=at > self.now - timedelta(hours=24), notified=True)


def _managers(policy: Policy) -> frozenset[str]:
    return frozenset(member.id for member in policy.reps if member.role == "manager")
