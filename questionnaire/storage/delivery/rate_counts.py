"""Rate counts per subject and time window, shared by all processes.

A transaction that counts has the row's lock until it ends.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import bindparam, delete, func, update
from sqlmodel import Session, col, select

from questionnaire.storage.db.statements import delete_some, execute_core, is_postgres
from questionnaire.storage.tables import RateCountRow

_TOTAL = select(func.coalesce(func.sum(col(RateCountRow.count)), 0)).where(
    col(RateCountRow.subject) == bindparam("of_subject"), col(RateCountRow.window_start) > bindparam("since")
)
_WINDOWS = select(col(RateCountRow.subject), col(RateCountRow.window_start), col(RateCountRow.count)).where(
    col(RateCountRow.subject).in_(bindparam("subjects", expanding=True)),
    col(RateCountRow.window_start) > bindparam("since"),
)
_DECREMENT = (
    update(RateCountRow)
    .where(
        col(RateCountRow.subject) == bindparam("of_subject"),
        col(RateCountRow.window_start) == bindparam("window"),
        col(RateCountRow.count) > 0,
    )
    .values(count=col(RateCountRow.count) - 1)
)
_FORGET = delete(RateCountRow).where(col(RateCountRow.subject) == bindparam("of_subject"))


def add(session: Session, subject: str, window_start: datetime) -> None:
    """Counts one event. Of two concurrent calls, the second waits for the first to end."""
    values = {"subject": subject, "window_start": window_start, "count": 1}
    execute_core(session, _increment_statement(is_postgres(session)), values)


def total(session: Session, subject: str, since: datetime) -> int:
    """Returns the count in the windows that started after `since`."""
    return int(execute_core(session, _TOTAL, {"of_subject": subject, "since": since}).scalar_one())


def totals(session: Session, since: Mapping[str, datetime]) -> dict[str, int]:
    """Returns subject -> count since the subject's own time, in one query."""
    rows = execute_core(session, _WINDOWS, {"subjects": list(since), "since": min(since.values())}).all()
    counts = dict.fromkeys(since, 0)
    for name, window_start, count in rows:
        if window_start > since[name]:
            counts[name] += count
    return counts


def take_back(session: Session, subject: str, window_start: datetime) -> None:
    """Uncounts one event, if there is one."""
    execute_core(session, _DECREMENT, {"of_subject": subject, "window": window_start})


def forget(session: Session, subject: str) -> None:
    execute_core(session, _FORGET, {"of_subject": subject})


def forget_before(session: Session, moment: datetime, limit: int | None = None) -> int:
    return delete_some(session, RateCountRow, col(RateCountRow.window_start) < moment, limit=limit)


@lru_cache(maxsize=2)
def _increment_statement(postgres: bool) -> Any:
    if postgres:
        # Imported here, because the dialect costs a web process on SQLite 50 ms for nothing.
        from sqlalchemy.dialects.postgresql import insert
    else:
        from sqlalchemy.dialects.sqlite import insert  # type: ignore[assignment]  # same interface
    statement = insert(RateCountRow)
    return statement.on_conflict_do_update(
        index_elements=["subject", "window_start"], set_={"count": col(RateCountRow.count) + 1}
    )
