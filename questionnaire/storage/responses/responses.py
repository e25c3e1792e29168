"""Responses, and the promise that the same press of a button is one response."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, update
from sqlmodel import Session, col, select

from questionnaire.storage.db.statements import changed, execute_core, insert, insert_if_absent, lock_row
from questionnaire.storage.tables import ConsentRow, ResponseRow


@dataclass(frozen=True, slots=True)
class StoredResponse:
    """The response that stands under a key; `fresh` when this call put it there."""

    response: ResponseRow
    fresh: bool


@dataclass(frozen=True, slots=True)
class KeyConflict:
    """The key came before with another body (HTTP 409): nothing was written."""

    key: str


_UNDER_KEY = select(col(ResponseRow.id), col(ResponseRow.body_hash)).where(col(ResponseRow.key) == bindparam("key"))


def by_key(session: Session, key: str, body_hash: str) -> StoredResponse | KeyConflict | None:
    """What stands under a key already, or None. Cheap: ask it before doing the work."""
    found = execute_core(session, _UNDER_KEY, {"key": key}).first()
    if found is None:
        return None
    row = session.get(ResponseRow, found.id) if found.body_hash == body_hash else None
    return StoredResponse(row, fresh=False) if row is not None else KeyConflict(key)


def keep(session: Session, response: ResponseRow) -> StoredResponse | KeyConflict:
    """Writes the response unless its key is taken; of ten at once, one is fresh and nine get the same one back."""
    if insert_if_absent(session, response, "key"):
        return StoredResponse(response, fresh=True)
    return by_key(session, response.key, response.body_hash) or KeyConflict(response.key)


def get(session: Session, response_id: str) -> ResponseRow | None:
    return session.get(ResponseRow, response_id)


def of_lead(session: Session, lead_id: str) -> tuple[ResponseRow, ...]:
    """All responses of a person, oldest first."""
    mine = (
        select(ResponseRow)
        .where(col(ResponseRow.lead_id) == lead_id)
        .order_by(col(ResponseRow.at), col(ResponseRow.id))
    )
    return tuple(session.exec(mine).all())


def lock(session: Session, response_id: str) -> ResponseRow | None:
    """The response as it is now, ours until the transaction ends."""
    return lock_row(session, ResponseRow, response_id)


def confirm(session: Session, response_id: str, now: datetime) -> bool:
    """The address of this response is known to be the writer's. False when that was known before."""
    unconfirmed = (col(ResponseRow.id) == response_id, col(ResponseRow.confirmed_at).is_(None))
    return bool(changed(session, update(ResponseRow).where(*unconfirmed).values(confirmed_at=now)))


def mark_judged(session: Session, response_id: str, lead_id: str | None, now: datetime) -> None:
    """The response and its consents belong to this lead from now on; None for a survey that asks for no address."""
    values = {"of_response": response_id, "of_lead": lead_id}
    execute_core(session, _JUDGED, {**values, "now": now})
    if lead_id is not None:
        execute_core(session, _CONSENTED, values)


_JUDGED = (
    update(ResponseRow)
    .where(col(ResponseRow.id) == bindparam("of_response"))
    .values(lead_id=bindparam("of_lead"), judged_at=bindparam("now"))
)
_CONSENTED = (
    update(ConsentRow)
    .where(col(ConsentRow.response_id) == bindparam("of_response"))
    .values(lead_id=bindparam("of_lead"))
)


def add_consents(session: Session, consents: Iterable[ConsentRow]) -> None:
    insert(session, list(consents))


def consents_of(session: Session, response_id: str) -> tuple[ConsentRow, ...]:
    mine = select(ConsentRow).where(col(ConsentRow.response_id) == response_id).order_by(col(ConsentRow.name))
    return tuple(session.exec(mine).all())
