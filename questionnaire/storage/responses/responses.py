"""Responses. The same idempotency key always gives one response."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Text, bindparam, literal, union_all, update
from sqlmodel import Session, col, select

from questionnaire.storage.db.statements import changed, execute_core, insert, insert_if_absent, lock_row
from questionnaire.storage.tables import ConsentRow, LeadRow, ResponseRow


@dataclass(frozen=True, slots=True)
class StoredResponse:
    """The response with a key; `is_new` when this call stored it."""

    response: ResponseRow
    is_new: bool


@dataclass(frozen=True, slots=True)
class KeyConflict:
    """The key was used before with another body (HTTP 409): nothing was written."""

    key: str


_BY_KEY = select(col(ResponseRow.id), col(ResponseRow.body_hash)).where(col(ResponseRow.key) == bindparam("key"))


def by_key(session: Session, key: str, body_hash: str) -> StoredResponse | KeyConflict | None:
    """Returns the response stored with a key, or None. Cheap: call it before other work."""
    match = execute_core(session, _BY_KEY, {"key": key}).first()
    if match is None:
        return None
    row = session.get(ResponseRow, match.id) if match.body_hash == body_hash else None
    return StoredResponse(row, is_new=False) if row is not None else KeyConflict(key)


def has_key(session: Session, key: str) -> bool:
    return execute_core(session, _BY_KEY, {"key": key}).first() is not None


def keep(session: Session, response: ResponseRow) -> StoredResponse | KeyConflict:
    """Stores the response unless its key exists.

    Of ten concurrent calls, one stores it, and nine get the same response back.
    """
    if insert_if_absent(session, response, "key"):
        return StoredResponse(response, is_new=True)
    return by_key(session, response.key, response.body_hash) or KeyConflict(response.key)


def get(session: Session, response_id: str) -> ResponseRow | None:
    return session.get(ResponseRow, response_id)


def of_person(lead_id: Any) -> Any:
    """The ids of a lead and of those merged into it, as a part of a query. `lead_id`: the id, or a parameter for it."""
    merged = select(col(LeadRow.id)).where(col(LeadRow.merged_into) == lead_id, col(LeadRow.merged_into).is_not(None))
    return union_all(select(literal(lead_id, Text) if isinstance(lead_id, str) else lead_id), merged)


def of_lead(session: Session, lead_id: str) -> tuple[ResponseRow, ...]:
    """Returns all responses of a person, oldest first: those of the leads that were merged into this one too."""
    query = (
        select(ResponseRow)
        .where(col(ResponseRow.lead_id).in_(of_person(lead_id)))
        .order_by(col(ResponseRow.at), col(ResponseRow.id))
    )
    return tuple(session.exec(query).all())


def of_leads(session: Session, lead_ids: Sequence[str]) -> dict[str, tuple[ResponseRow, ...]]:
    """Returns lead id -> the responses that `of_lead` returns, for a few leads at once."""
    merged = select(col(LeadRow.id), col(LeadRow.merged_into)).where(col(LeadRow.merged_into).in_(lead_ids))
    whose = {lead_id: lead_id for lead_id in lead_ids} | {id: str(into) for id, into in session.exec(merged).all()}
    query = select(ResponseRow).where(col(ResponseRow.lead_id).in_(whose))
    found: dict[str, list[ResponseRow]] = {lead_id: [] for lead_id in lead_ids}
    for row in session.exec(query.order_by(col(ResponseRow.at), col(ResponseRow.id))).all():
        found[whose[str(row.lead_id)]].append(row)
    return {lead_id: tuple(rows) for lead_id, rows in found.items()}


def lock(session: Session, response_id: str) -> ResponseRow | None:
    """Returns the current row, locked until the transaction ends."""
    return lock_row(session, ResponseRow, response_id)


def confirm(session: Session, response_id: str, now: datetime) -> bool:
    """Records that the email address is confirmed. False when it was confirmed before."""
    unconfirmed = (col(ResponseRow.id) == response_id, col(ResponseRow.confirmed_at).is_(None))
    return bool(changed(session, update(ResponseRow).where(*unconfirmed).values(confirmed_at=now)))


def mark_judged(session: Session, response_id: str, lead_id: str | None, now: datetime) -> None:
    """Assigns the response and its consents to the lead; None for a survey without an email address."""
    values = {"of_response": response_id, "of_lead": lead_id}
    execute_core(session, _ASSIGN_RESPONSE, {**values, "now": now})
    if lead_id is not None:
        execute_core(session, _ASSIGN_CONSENTS, values)


_ASSIGN_RESPONSE = (
    update(ResponseRow)
    .where(col(ResponseRow.id) == bindparam("of_response"))
    .values(lead_id=bindparam("of_lead"), judged_at=bindparam("now"))
)
_ASSIGN_CONSENTS = (
    update(ConsentRow)
    .where(col(ConsentRow.response_id) == bindparam("of_response"))
    .values(lead_id=bindparam("of_lead"))
)


def add_consents(session: Session, consents: Iterable[ConsentRow]) -> None:
    insert(session, list(consents))


def consents_of(session: Session, response_id: str) -> tuple[ConsentRow, ...]:
    query = select(ConsentRow).where(col(ConsentRow.response_id) == response_id).order_by(col(ConsentRow.name))
    return tuple(session.exec(query).all())
