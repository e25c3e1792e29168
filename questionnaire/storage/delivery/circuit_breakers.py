"""The breakers of the places mails leave by. What a breaker does is decided in core/delivery/retry.py."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, select

from questionnaire.core.delivery.retry import Breaker
from questionnaire.storage.db.statements import add_new, locked
from questionnaire.storage.tables import Destination


def breaker(session: Session, name: str) -> Breaker:
    row = session.get(Destination, name)
    return Breaker() if row is None else Breaker(row.failures, row.probe_at)


def lock(session: Session, name: str) -> Breaker:
    """The breaker as it is now, ours until the transaction ends."""
    add_new(session, Destination(name=name), "name")
    row = locked(session, Destination, name)
    return Breaker() if row is None else Breaker(row.failures, row.probe_at)


def keep(session: Session, name: str, breaker: Breaker, error: str = "") -> None:
    """Writes a breaker that was locked before."""
    row = session.get(Destination, name)
    if row is None:
        raise LookupError(f"the breaker of {name} was written before it was locked")
    row.failures, row.probe_at, row.last_error = breaker.failures, breaker.probe_at, error[:500]
    session.flush()


def to_probe(session: Session, now: datetime) -> tuple[str, ...]:
    """Open breakers whose probe is due."""
    rows = select(col(Destination.name)).where(col(Destination.probe_at) <= now).order_by(col(Destination.name))
    return tuple(session.exec(rows).all())
