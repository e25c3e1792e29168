"""Whose turn it is in a pool. Read it, decide, write it back: the row stays ours until the transaction ends."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import bindparam, update
from sqlmodel import Session, col, select

from questionnaire.storage.db.statements import execute_core, insert_values
from questionnaire.storage.tables import RoundRobinRow

_TURN = select(col(RoundRobinRow.credits)).where(col(RoundRobinRow.pool) == bindparam("of_pool")).with_for_update()
_KEEP = (
    update(RoundRobinRow).where(col(RoundRobinRow.pool) == bindparam("of_pool")).values(credits=bindparam("now_have"))
)


def turn(session: Session, pool: str) -> dict[str, int]:
    """Credit per member, empty for a pool that had no turn yet. Whoever asks next waits for us."""
    found = execute_core(session, _TURN, {"of_pool": pool}).first()
    if found is None:
        insert_values(session, RoundRobinRow, {"pool": pool, "credits": {}}, ("pool",))
        found = execute_core(session, _TURN, {"of_pool": pool}).first()
    return {} if found is None else {str(rep): int(credit) for rep, credit in found.credits.items()}


def keep(session: Session, pool: str, now_have: Mapping[str, int]) -> None:
    if execute_core(session, _KEEP, {"of_pool": pool, "now_have": dict(now_have)}).rowcount != 1:
        raise LookupError(f"credits of pool {pool} were written before they were read")
