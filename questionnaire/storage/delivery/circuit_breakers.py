"""The breakers of the places mails leave by. What a breaker does is decided in core/delivery/retry.py."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, select

from questionnaire.core.delivery.retry import Breaker
from questionnaire.storage.db.statements import insert_if_absent, lock_row
from questionnaire.storage.tables import CircuitBreakerRow


def breaker(session: Session, name: str) -> Breaker:
    row = session.get(CircuitBreakerRow, name)
    return Breaker() if row is None else Breaker(row.failures, row.probe_at)


def lock(session: Session, name: str) -> Breaker:
    """The breaker as it is now, ours until the transaction ends."""
    insert_if_absent(session, CircuitBreakerRow(name=name), "name")
    row = lock_row(session, CircuitBreakerRow, name)
    return Breaker() if row is None else Breaker(row.failures, row.probe_at)


def keep(session: Session, name: str, breaker: Breaker, error: str = "") -> None:
    """Writes a breaker that was locked before."""
    row = session.get(CircuitBreakerRow, name)
    if row is None:
        raise LookupError(f"the breaker of {name} was written before it was locked")
    row.failures, row.probe_at, row.last_error = breaker.failures, breaker.probe_at, error[:500]
    session.flush()


def to_probe(session: Session, now: datetime) -> tuple[str, ...]:
    """Open breakers whose probe is due."""
    rows = (
        select(col(CircuitBreakerRow.name))
        .where(col(CircuitBreakerRow.probe_at) <= now)
        .order_by(col(CircuitBreakerRow.name))
    )
    return tuple(session.exec(rows).all())
