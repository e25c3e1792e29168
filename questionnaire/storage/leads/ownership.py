"""The one place where a lead changes hands."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func
from sqlmodel import Session, col, select

from questionnaire.core.base.stage import OPEN, Stage
from questionnaire.storage.db.statements import execute_core, lock_row, upsert
from questionnaire.storage.leads.events import SYSTEM, write
from questionnaire.storage.leads.projection import Becomes, take
from questionnaire.storage.tables import AssignmentRow, LeadRow

_ON_DESKS = (
    select(col(LeadRow.owner), func.count())
    .where(col(LeadRow.owner).is_not(None), col(LeadRow.stage).in_([str(stage) for stage in OPEN]))
    .group_by(col(LeadRow.owner))
)


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
    """Gives the lead to the rep or queue of `assignment`, or to nobody (None), and writes the event of it.

    `version` is the lead's as it was seen when this was decided. False, and nothing written, when somebody else
    changed the owner since. The call-by moment is the assignment's; a stage `becomes` does not name is "assigned".
    """
    lead = lock_row(session, LeadRow, lead_id)
    if lead is None or lead.version != version:
        return False
    full: Becomes = {**_said_by(assignment), **(becomes or {})}
    _replace(session, lead_id, assignment)
    write(session, event_id, lead_id, kind, at, actor=actor, data=data, becomes=full)
    take(session, lead, {**full, "version": version + 1})
    return True


def _said_by(assignment: AssignmentRow | None) -> Becomes:
    if assignment is None:
        return {"owner": None, "queue": None, "call_by": None}
    return {
        "owner": assignment.rep,
        "queue": assignment.queue,
        "call_by": assignment.due_at,
        "stage": str(Stage.ASSIGNED),
    }


def _replace(session: Session, lead_id: str, assignment: AssignmentRow | None) -> None:
    if assignment is None:
        session.execute(delete(AssignmentRow).where(col(AssignmentRow.lead_id) == lead_id))
        return
    if assignment.lead_id != lead_id:
        raise ValueError("the assignment is another lead's")
    upsert(session, assignment)


def current(session: Session, lead_id: str) -> AssignmentRow | None:
    return session.get(AssignmentRow, lead_id)


def open_leads(session: Session) -> dict[str, int]:
    """Rep -> how many leads are on the desk, for the caps of routing. Reps without any are not named."""
    return {str(rep): int(n) for rep, n in execute_core(session, _ON_DESKS).all()}
