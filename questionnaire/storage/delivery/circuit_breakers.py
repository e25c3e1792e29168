"""The circuit breakers of the destinations of deliveries. When one opens and closes is decided in
core/delivery/retry.py."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, select

from questionnaire.core.delivery.retry import Breaker
from questionnaire.storage.db.statements import insert_if_absent, lock_row
from questionnaire.storage.tables import CircuitBreakerRow


def breaker(session: Session, name: str) -> Breaker:
    return _breaker(session.get(CircuitBreakerRow, name))


def lock(session: Session, name: str) -> Breaker:
    """The breaker as it is now; nobody else changes it until the transaction ends."""
    insert_if_absent(session, CircuitBreakerRow(name=name), "name")
    return _breaker(lock_row(session, CircuitBreakerRow, name))


def keep(session: Session, name: str, breaker: Breaker, error: str = "") -> None:
    """Writes a breaker that was locked before. No probe is under way any more."""
    row = _written(session, name)
    row.failures, row.probe_at, row.last_error = breaker.failures, breaker.probe_at, error[:500]
    row.probe_key = row.probe_planned_at = None
    session.flush()


def start_probe(session: Session, name: str, key: str, planned_at: datetime, next_probe_at: datetime) -> None:
    """The job `key` may try although the breaker, which was locked before, is open.

    `planned_at` is when it would have run otherwise; at `next_probe_at` another one may, should this one be lost.
    """
    row = _written(session, name)
    row.probe_at, row.probe_key, row.probe_planned_at = next_probe_at, key, planned_at
    session.flush()


def probe_planned_at(session: Session, name: str, key: str) -> datetime | None:
    """When the job `key`, which probes this destination, would have run otherwise; None when it does not probe it."""
    row = session.get(CircuitBreakerRow, name)
    return row.probe_planned_at if row is not None and row.probe_key == key else None


def to_probe(session: Session, now: datetime) -> tuple[str, ...]:
    """Open breakers whose probe is due."""
    names = select(col(CircuitBreakerRow.name)).where(col(CircuitBreakerRow.probe_at) <= now)
    return tuple(session.exec(names.order_by(col(CircuitBreakerRow.name))).all())


def _breaker(row: CircuitBreakerRow | None) -> Breaker:
    return Breaker() if row is None else Breaker(row.failures, row.probe_at)


def _written(session: Session, name: str) -> CircuitBreakerRow:
    row = session.get(CircuitBreakerRow, name)
    if row is None:
        raise LookupError(f"the breaker of {name} was written before it was locked")
    return row
