"""What lists and filters need to know of a lead, folded from its events.

Each event says itself what the lead becomes by it, so the fold is nothing but "the last word on each column counts".
`differences` compares the rows with the fold, `rebuild` writes the fold: see `questionnaire rebuild`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, TypedDict

from sqlalchemy import Update, bindparam, update
from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import Session, col, select

from questionnaire.storage.db.statements import execute_core, lock_row
from questionnaire.storage.leads import list_changes
from questionnaire.storage.leads.list_changes import note_change
from questionnaire.storage.leads.sort_keys import urgency
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
BATCH = 500
"""Leads compared at once: what is in memory, and how long one transaction lasts, does not grow with the database."""

# Lead id -> column -> (what the row says, what the events say), for the leads that differ.
Differences = dict[str, dict[str, tuple[Any, Any]]]


def written(becomes: Becomes) -> dict[str, Any]:
    """As it lies in the event: JSON, moments as ISO 8601. ValueError for a column that is not of the projection."""
    strange = set(becomes) - set(COLUMNS)
    if strange:
        raise ValueError(f"events do not change {', '.join(sorted(strange))}")
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in becomes.items()}


def take(session: Session, lead: LeadRow, becomes: Mapping[str, Any]) -> None:
    """Puts what one event says onto the row, here and in the database, and keeps what lists have of the lead."""
    if not becomes:
        return
    note_change(session, lead)
    values = dict(becomes)
    if "call_by" in values:
        values["urgency"] = urgency(values["call_by"], lead.newest_at)
    execute_core(session, _writing(tuple(values)), {"of_lead": lead.id, **{f"now_{k}": v for k, v in values.items()}})
    for name, value in values.items():
        set_committed_value(lead, name, value)


@lru_cache(maxsize=64)
def _writing(columns: tuple[str, ...]) -> Update:
    now: dict[str, Any] = {name: bindparam(f"now_{name}") for name in columns}
    return update(LeadRow).where(col(LeadRow.id) == bindparam("of_lead")).values(now)


def fold(changes: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """The projection after the `becomes` of these events, in their order."""
    state = dict(_START)
    for becomes in changes:
        for name, value in becomes.items():
            state[name] = datetime.fromisoformat(value) if name in _MOMENTS and value is not None else value
    return state


_IDS = (
    select(col(LeadRow.id))
    .where(col(LeadRow.id) > bindparam("after"))
    .order_by(col(LeadRow.id))
    .limit(bindparam("size"))
)
_ROWS = (
    select(col(LeadRow.id), *(getattr(LeadRow, name) for name in COLUMNS))
    .where(col(LeadRow.id).in_(bindparam("ids", expanding=True)))
    .order_by(col(LeadRow.id))
)
_CHANGES = (
    select(col(EventRow.lead_id), col(EventRow.becomes))
    .where(col(EventRow.lead_id).in_(bindparam("ids", expanding=True)))
    .order_by(col(EventRow.seq))
)


def lead_ids(session: Session, after: str = "") -> tuple[str, ...]:
    """The next BATCH lead ids in the order of the primary key, after this one; empty at the end."""
    return tuple(execute_core(session, _IDS, {"after": after, "size": BATCH}).scalars())


def differences(session: Session, ids: Sequence[str] | None = None) -> Differences:
    """The leads that are not what their events say, or whose sort keys or search terms are not what their row says: of
    these, or of all (read in batches)."""
    if ids is None:
        found: Differences = {}
        batch = lead_ids(session)
        while batch:
            found |= differences(session, batch)
            batch = lead_ids(session, batch[-1])
        return found
    wrong = _differences_from_events(session, ids)
    return wrong | list_changes.differences(session, [lead_id for lead_id in ids if lead_id not in wrong])


def _differences_from_events(session: Session, ids: Sequence[str]) -> Differences:
    changes: dict[str, list[Mapping[str, Any]]] = {}
    for lead_id, becomes in execute_core(session, _CHANGES, {"ids": list(ids)}):
        changes.setdefault(lead_id, []).append(becomes)
    found: Differences = {}
    for lead_id, *values in execute_core(session, _ROWS, {"ids": list(ids)}):
        expected = fold(changes.get(lead_id, ()))
        wrong = {
            name: (value, expected[name])
            for name, value in zip(COLUMNS, values, strict=True)
            if value != expected[name]
        }
        if wrong:
            found[lead_id] = wrong
    return found


def rebuild(session: Session, lead_id: str) -> Mapping[str, tuple[Any, Any]]:
    """Makes one lead what its events say; what differed. The row is locked, so that no event comes in between."""
    lead = lock_row(session, LeadRow, lead_id)
    if lead is None:
        return {}
    wrong = _differences_from_events(session, (lead_id,)).get(lead_id, {})
    take(session, lead, {name: expected for name, (_, expected) in wrong.items()})
    of_lists = list_changes.rebuild(session, lead)
    return wrong or of_lists
