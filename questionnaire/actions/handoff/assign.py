"""Handing a lead over: who gets it is decided in core, written under the pool's lock, and told by a job."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.base.stage import Stage
from questionnaire.core.handoff.deadline import FirstContactDeadline, first_contact
from questionnaire.core.handoff.routing import Assignment, Book, route
from questionnaire.core.scoring.assessment import Assessment
from questionnaire.storage import Session
from questionnaire.storage.leads import ownership, round_robin
from questionnaire.storage.people import staff
from questionnaire.storage.tables import AssignmentRow as StoredAssignment
from questionnaire.storage.tables import LeadRow, ResponseRow
from questionnaire.templating import LANGUAGES, words_for


class PoolCredits(Mapping[str, Mapping[str, int]]):
    """The credits of a pool, read under its lock at the moment routing asks for them, and not before."""

    def __init__(self, session: Session, pools: Mapping[str, object]) -> None:
        self._session = session
        self._pools = pools
        self._read: dict[str, Mapping[str, int]] = {}

    def __getitem__(self, pool: str) -> Mapping[str, int]:
        if pool not in self._pools:
            raise KeyError(pool)
        if pool not in self._read:
            self._read[pool] = round_robin.turn(self._session, pool)
        return self._read[pool]

    def __iter__(self) -> Iterator[str]:
        return iter(self._pools)

    def __len__(self) -> int:
        return len(self._pools)


def _routed(session: Session, assessment: Assessment) -> tuple[Assignment, Book]:
    """Who it is for. How full the desks are is looked at again under the pool's lock: others may have filled them."""
    policy = assessment.policy
    turns, inactive = PoolCredits(session, policy.routing.pools), staff.inactive_reps(session)
    alone, found = not ownership.desks_may_fill(session), None
    while True:
        book = Book(credits=turns, open_leads=ownership.open_leads(session), inactive=inactive)
        again = route(policy, assessment.facts, book)
        if again.pool is None or alone or (found is not None and again.pool == found.pool):
            return again, book
        found = again


def hand_over(
    toolbox: Toolbox, session: Session, lead: LeadRow, assessment: Assessment, row: ResponseRow
) -> Assignment:
    """Gives a ready lead to a rep or to the queue, starts the clock, and has whoever it concerns told."""
    policy = assessment.policy
    found, book = _routed(session, assessment)
    why = {language: route(policy, assessment.facts, book, words_for(language)).why for language in LANGUAGES}
    if found.pool is not None and found.credits is not None:
        round_robin.keep(session, found.pool, found.credits)
    promise = first_contact(policy, assessment.facts, found.rep, assessment.at)
    ownership.change_owner(
        session,
        lead.id,
        lead.version,
        _held(lead, found, why, assessment, promise),
        toolbox.new_id(),
        "assigned",
        assessment.at,
        data={
            "rule": found.rule,
            "pool": found.pool,
            "rep": found.rep,
            "queue": found.queue,
            "why": why,
            "passed_over": list(found.passed_over),
        },
        becomes={"stage": str(Stage.ASSIGNED if found.rep else Stage.SQL_READY)},
    )
    what = "lead_assigned" if found.rep else "lead_in_queue"
    toolbox.queue.enqueue(session, "tell", f"tell:{what}:{row.id}", {"what": what, "response": row.id})
    toolbox.queue.enqueue(session, "render_dossier", f"dossier:{row.id}", {"response": row.id})
    return found


def _held(
    lead: LeadRow,
    found: Assignment,
    why: Mapping[str, str],
    assessment: Assessment,
    promise: FirstContactDeadline | None,
) -> StoredAssignment:
    """Who holds the lead from now on. `why` is kept in each language of the product."""
    return StoredAssignment(
        lead_id=lead.id,
        rep=found.rep,
        queue=found.queue,
        rule=found.rule,
        pool=found.pool,
        why=json.dumps(why, ensure_ascii=False),
        at=assessment.at,
        due_at=promise.due_at if promise else None,
    )
