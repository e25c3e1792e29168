"""Ownership of leads: the only module that changes an owner."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlmodel import Session, col

from questionnaire.core.base.stage import Stage
from questionnaire.storage.db.statements import lock_row, upsert
from questionnaire.storage.leads.events import SYSTEM, write
from questionnaire.storage.leads.projection import Becomes, take
from questionnaire.storage.tables import AssignmentRow, LeadRow


def change_owner(
    session: Session,
    lead_id: str,
    version: int,
    assignment: AssignmentRow | None,
    event_id: str,
    kind: str,
    at: datetime,
    *,
    actor: str = SYSTEM,
    data: Mapping[str, Any] | None = None,
    becomes: Becomes | None = None,
) -> bool:
    """Assigns the lead to the rep or queue of `assignment`, or to no one (None), and writes the event.

    `version` is the lead's version on which the decision was based. Returns False and writes nothing when the owner has
    changed since. `call_by` is taken from the assignment; the stage is "assigned" unless `becomes` has one.
    """
    lead = lock_row(session, LeadRow, lead_id)
    if lead is None or lead.version != version:
        return False
    changes: Becomes = {**_changes_of(assignment), **(becomes or {})}
    _store_assignment(session, lead_id, assignment)
    write(session, event_id, lead_id, kind, at, actor=actor, data=data, becomes=changes)
    take(session, lead, {**changes, "version": version + 1})
    return True


def _changes_of(assignment: AssignmentRow | None) -> Becomes:
    if assignment is None:
        return {"owner": None, "queue": None, "call_by": None}
    return {
        "owner": assignment.rep,
        "queue": assignment.queue,
        "call_by": assignment.due_at,
        "stage": str(Stage.ASSIGNED),
    }


def _store_assignment(session: Session, lead_id: str, assignment: AssignmentRow | None) -> None:
    if assignment is None:
        session.execute(delete(AssignmentRow).where(col(AssignmentRow.lead_id) == lead_id))
        return
    if assignment.lead_id != lead_id:
        raise ValueError("the assignment is another lead's")
    upsert(session, assignment)


def current(session: Session, lead_id: str) -> AssignmentRow | None:
    return session.get(AssignmentRow, lead_id)
