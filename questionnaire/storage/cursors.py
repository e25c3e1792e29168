"""Whose turn it is in a pool. Read it, decide, write it back: the row stays ours until the transaction ends."""

from __future__ import annotations

from collections.abc import Mapping

from sqlmodel import Session

from questionnaire.storage.rows import add_new, locked
from questionnaire.storage.tables import PoolCursor


def turn(session: Session, pool: str) -> dict[str, int]:
    """Credit per member, empty for a pool that had no turn yet. Whoever asks next waits for us."""
    row = locked(session, PoolCursor, pool)
    if row is None:
        add_new(session, PoolCursor(pool=pool, credits={}), "pool")
        row = locked(session, PoolCursor, pool)
    return {} if row is None else {str(rep): int(credit) for rep, credit in row.credits.items()}


def keep(session: Session, pool: str, now_have: Mapping[str, int]) -> None:
    row = session.get(PoolCursor, pool)
    if row is None:
        raise LookupError(f"credits of pool {pool} were written before they were read")
    row.credits = dict(now_have)
