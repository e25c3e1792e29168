"""What lists and filters need to know of a lead, folded from its events.

Each event says itself what the lead becomes by it, so the fold is nothing but "the last word on each column counts".
`rebuild` writes what the fold says; a test compares it with what stands there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any, TypedDict

from sqlalchemy import Update, bindparam, update
from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import Session, col, select

from questionnaire.storage.db.statements import execute_core
from questionnaire.storage.tables import EventRow, LeadRow


class Becomes(TypedDict, total=False):
    """The columns an event may change. A column that is not named stays; None empties it.

    `until` is a date as YYYY-MM-DD, `call_by` and `next_at` are aware moments.
    """

    stage: str
    reason: str | None
    until: str | None
    why: str | None
    label: str | None
    fit: int | None
    intent: int | None
    timing: int | None
    total: int | None
    owner: str | None
    queue: str | None
    call_by: datetime | None
    next_what: str | None
    next_at: datetime | None


_MOMENTS = frozenset({"call_by", "next_at"})
_START: dict[str, Any] = dict.fromkeys(Becomes.__annotations__) | {"stage": "lead"}
COLUMNS = tuple(_START)


def written(becomes: Becomes) -> dict[str, Any]:
    """As it lies in the event: JSON, moments as ISO 8601. ValueError for a column that is not of the projection."""
    strange = set(becomes) - set(COLUMNS)
    if strange:
        raise ValueError(f"events do not change {', '.join(sorted(strange))}")
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in becomes.items()}


def take(session: Session, lead: LeadRow, becomes: Mapping[str, Any]) -> None:
    """Puts what one event says onto the row, here and in the database."""
    if not becomes:
        return
    execute_core(session, _writing(tuple(becomes)), {"of_lead": lead.id, **{f"now_{k}": v for k, v in becomes.items()}})
    for name, value in becomes.items():
        set_committed_value(lead, name, value)


@lru_cache(maxsize=64)
def _writing(columns: tuple[str, ...]) -> Update:
    now: dict[str, Any] = {name: bindparam(f"now_{name}") for name in columns}
    return update(LeadRow).where(col(LeadRow.id) == bindparam("of_lead")).values(now)


def fold(events: Iterable[EventRow]) -> dict[str, Any]:
    """The projection after these events, in their order."""
    state = dict(_START)
    for event in events:
        for name, value in event.becomes.items():
            state[name] = datetime.fromisoformat(value) if name in _MOMENTS and value is not None else value
    return state


def differences(session: Session) -> dict[str, dict[str, tuple[Any, Any]]]:
    """Lead id -> column -> (what stands there, what the events say), for the leads that differ."""
    found: dict[str, dict[str, tuple[Any, Any]]] = {}
    events: dict[str, list[EventRow]] = {}
    for event in session.exec(select(EventRow).order_by(col(EventRow.seq))):
        events.setdefault(event.lead_id, []).append(event)
    for lead in session.exec(select(LeadRow)):
        said = fold(events.get(lead.id, ()))
        wrong = {name: (getattr(lead, name), said[name]) for name in COLUMNS if getattr(lead, name) != said[name]}
        if wrong:
            found[lead.id] = wrong
    return found


def rebuild(session: Session) -> int:
    """Makes every lead what its events say; how many had to be put right."""
    wrong = differences(session)
    for lead_id, columns in wrong.items():
        lead = session.get(LeadRow, lead_id)
        if lead is not None:
            take(session, lead, {name: said for name, (_, said) in columns.items()})
    return len(wrong)
