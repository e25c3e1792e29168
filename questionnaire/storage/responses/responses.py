"""Responses, and the promise that the same press of a button is one response."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, update
from sqlmodel import Session, col, select

from questionnaire.storage.db.statements import add_new, changed, insert, locked, quick
from questionnaire.storage.db.token_hash import token_hash
from questionnaire.storage.tables import Consent, Response


@dataclass(frozen=True, slots=True)
class Kept:
    """The response that stands under a key; `fresh` when this call put it there."""

    response: Response
    fresh: bool


@dataclass(frozen=True, slots=True)
class KeyConflict:
    """The key came before with another body (HTTP 409): nothing was written."""

    key: str


_UNDER_KEY = select(col(Response.id), col(Response.body_hash)).where(col(Response.key) == bindparam("key"))


def by_key(session: Session, key: str, body_hash: str) -> Kept | KeyConflict | None:
    """What stands under a key already, or None. Cheap: ask it before doing the work."""
    found = quick(session, _UNDER_KEY, {"key": key}).first()
    if found is None:
        return None
    row = session.get(Response, found.id) if found.body_hash == body_hash else None
    return Kept(row, fresh=False) if row is not None else KeyConflict(key)


def keep(session: Session, response: Response) -> Kept | KeyConflict:
    """Writes the response unless its key is taken; of ten at once, one is fresh and nine get the same one back."""
    if add_new(session, response, "key"):
        return Kept(response, fresh=True)
    return by_key(session, response.key, response.body_hash) or KeyConflict(response.key)


def get(session: Session, response_id: str) -> Response | None:
    return session.get(Response, response_id)


def by_token(session: Session, token: str) -> Response | None:
    """The response whose result page this token opens."""
    return session.exec(select(Response).where(col(Response.token_hash) == token_hash(token))).first()


def of_lead(session: Session, lead_id: str) -> tuple[Response, ...]:
    """All responses of a person, oldest first."""
    mine = select(Response).where(col(Response.lead_id) == lead_id).order_by(col(Response.at), col(Response.id))
    return tuple(session.exec(mine).all())


def lock(session: Session, response_id: str) -> Response | None:
    """The response as it is now, ours until the transaction ends."""
    return locked(session, Response, response_id)


def confirm(session: Session, response_id: str, now: datetime) -> bool:
    """The address of this response is known to be the writer's. False when that was known before."""
    unconfirmed = (col(Response.id) == response_id, col(Response.confirmed_at).is_(None))
    return bool(changed(session, update(Response).where(*unconfirmed).values(confirmed_at=now)))


def mark_judged(session: Session, response_id: str, lead_id: str | None, now: datetime) -> None:
    """The response and its consents belong to this lead from now on; None for a survey that asks for no address."""
    values = {"of_response": response_id, "of_lead": lead_id}
    quick(session, _JUDGED, {**values, "now": now})
    if lead_id is not None:
        quick(session, _CONSENTED, values)


_JUDGED = (
    update(Response)
    .where(col(Response.id) == bindparam("of_response"))
    .values(lead_id=bindparam("of_lead"), judged_at=bindparam("now"))
)
_CONSENTED = (
    update(Consent).where(col(Consent.response_id) == bindparam("of_response")).values(lead_id=bindparam("of_lead"))
)


def add_consents(session: Session, consents: Iterable[Consent]) -> None:
    insert(session, list(consents))


def consents_of(session: Session, response_id: str) -> tuple[Consent, ...]:
    mine = select(Consent).where(col(Consent.response_id) == response_id).order_by(col(Consent.name))
    return tuple(session.exec(mine).all())
