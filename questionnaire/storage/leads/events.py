"""Events of leads. Append-only: no function here changes or removes an event."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert as sqlalchemy_insert
from sqlmodel import Session, col, select

from questionnaire.core.handoff.standing import LeadEvent
from questionnaire.storage.db.statements import execute_core, lock_row
from questionnaire.storage.leads.projection import Becomes, take, written
from questionnaire.storage.tables import EventRow, LeadRow

SYSTEM = "system"

# Only change_owner in ownership.py may change these columns.
_OWNERSHIP = frozenset({"owner", "queue"})


_INSERT = sqlalchemy_insert(EventRow).inline()


def append(
    session: Session,
    event_id: str,
    lead_id: str,
    kind: str,
    at: datetime,
    *,
    actor: str = SYSTEM,
    data: Mapping[str, Any] | None = None,
    becomes: Becomes | None = None,
    response_id: str | None = None,
) -> None:
    """Writes an event, and updates the lead's columns in the same transaction.

    `actor` is "system", "prospect" or "staff:<id>". Raises ValueError for a change of owner (see ownership.py),
    LookupError for an unknown lead. A second event with the same id violates a constraint.
    """
    becomes = becomes or {}
    if not _OWNERSHIP.isdisjoint(becomes):
        raise ValueError("an owner changes by ownership.change_owner alone")
    lead = session.get(LeadRow, lead_id) if not becomes else lock_row(session, LeadRow, lead_id)
    if lead is None:
        raise LookupError(f"there is no lead {lead_id}")
    write(session, event_id, lead_id, kind, at, actor=actor, data=data, becomes=becomes, response_id=response_id)
    take(session, lead, becomes)


def write(
    session: Session,
    event_id: str,
    lead_id: str,
    kind: str,
    at: datetime,
    *,
    actor: str,
    data: Mapping[str, Any] | None,
    becomes: Becomes,
    response_id: str | None = None,
) -> None:
    """Writes the event without updating the lead; for this package only."""
    values = {
        "id": event_id,
        "lead_id": lead_id,
        "response_id": response_id,
        "kind": kind,
        "at": at,
        "actor": actor,
        "data": dict(data or {}),
        "becomes": written(becomes),
    }
    execute_core(session, _INSERT, values)


def of_lead(session: Session, lead_id: str) -> tuple[EventRow, ...]:
    """Returns the events of a lead, oldest first."""
    return tuple(
        session.exec(select(EventRow).where(col(EventRow.lead_id) == lead_id).order_by(col(EventRow.seq))).all()
    )


def as_lead_events(rows: Iterable[EventRow]) -> tuple[LeadEvent, ...]:
    """As core reads them."""
    return tuple(LeadEvent(row.id, row.kind, row.at, row.actor, row.data, row.becomes) for row in rows)


def newest_of_lead(session: Session, lead_id: str, limit: int, before: int | None = None) -> tuple[EventRow, ...]:
    """Returns the last events of a lead, or the last ones before the event with the number `before`, oldest first."""
    query = select(EventRow).where(col(EventRow.lead_id) == lead_id)
    if before is not None:
        query = query.where(col(EventRow.seq) < before)
    return tuple(reversed(session.exec(query.order_by(col(EventRow.seq).desc()).limit(limit)).all()))


def get(session: Session, event_id: str) -> EventRow | None:
    return session.exec(select(EventRow).where(col(EventRow.id) == event_id)).first()


def of_leads(session: Session, lead_ids: Sequence[str]) -> dict[str, list[EventRow]]:
    """Returns lead id -> its events, oldest first, for a few leads at once."""
    found: dict[str, list[EventRow]] = {lead_id: [] for lead_id in lead_ids}
    query = select(EventRow).where(col(EventRow.lead_id).in_(lead_ids)).order_by(col(EventRow.seq))
    for event in session.exec(query).all() if lead_ids else ():
        found[event.lead_id].append(event)
    return found
