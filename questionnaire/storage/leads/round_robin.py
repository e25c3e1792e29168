"""Round robin of a pool: the credits of its members.

Read, decide, write back: the row is locked until the transaction ends.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import bindparam, update
from sqlmodel import Session, col, select

from questionnaire.storage.db.statements import execute_core, insert_values
from questionnaire.storage.tables import RoundRobinRow

_LOCK = select(col(RoundRobinRow.credits)).where(col(RoundRobinRow.pool) == bindparam("of_pool")).with_for_update()
_WRITE = (
    update(RoundRobinRow)
    .where(col(RoundRobinRow.pool) == bindparam("of_pool"))
    .values(credits=bindparam("new_credits"))
)


def lock_credits(session: Session, pool: str) -> dict[str, int]:
    """Returns credit per member, empty for a new pool, and locks the row. A second caller waits."""
    row = execute_core(session, _LOCK, {"of_pool": pool}).first()
    if row is None:
        insert_values(session, RoundRobinRow, {"pool": pool, "credits": {}}, ("pool",))
        row = execute_core(session, _LOCK, {"of_pool": pool}).first()
    return {} if row is None else {str(rep): int(credit) for rep, credit in row.credits.items()}


def read_credits(session: Session, pool: str) -> dict[str, int]:
    """Returns credit per member without a lock; empty for a new pool."""
    row = session.get(RoundRobinRow, pool)
    return {} if row is None else {str(rep): int(credit) for rep, credit in row.credits.items()}


def read_all_credits(session: Session) -> dict[str, dict[str, int]]:
    """Returns pool -> credit per member, of every pool that has handed out a lead, without a lock."""
    rows = session.exec(select(RoundRobinRow)).all()
    return {row.pool: {str(rep): int(credit) for rep, credit in row.credits.items()} for row in rows}


def write_credits(session: Session, pool: str, new_credits: Mapping[str, int]) -> None:
    if execute_core(session, _WRITE, {"of_pool": pool, "new_credits": dict(new_credits)}).rowcount != 1:
        raise LookupError(f"credits of pool {pool} were written before they were read")
