"""Counts by window of time, shared by all processes. Who counts holds the row until its transaction ends."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import bindparam, delete, func, update
from sqlmodel import Session, col, select

from questionnaire.storage.db.statements import changed, execute_core, is_postgres
from questionnaire.storage.tables import RateCountRow

_TOTAL = select(func.coalesce(func.sum(col(RateCountRow.count)), 0)).where(
    col(RateCountRow.subject) == bindparam("of_subject"), col(RateCountRow.window_start) > bindparam("since")
)
_WINDOWS = select(col(RateCountRow.subject), col(RateCountRow.window_start), col(RateCountRow.count)).where(
    col(RateCountRow.subject).in_(bindparam("subjects", expanding=True)),
    col(RateCountRow.window_start) > bindparam("since"),
)
_TAKE_BACK = (
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
    """Counts one. Two at once: the second waits for the first to end."""
    values = {"subject": subject, "window_start": window_start, "count": 1}
    execute_core(session, _counting(is_postgres(session)), values)


def total(session: Session, subject: str, since: datetime) -> int:
    """How many in the windows that began after this moment."""
    return int(execute_core(session, _TOTAL, {"of_subject": subject, "since": since}).scalar_one())


def totals(session: Session, since: Mapping[str, datetime]) -> dict[str, int]:
    """Subject -> how many since its own moment, in one question."""
    rows = execute_core(session, _WINDOWS, {"subjects": list(since), "since": min(since.values())}).all()
    found = dict.fromkeys(since, 0)
    for name, window_start, count in rows:
        if window_start > since[name]:
            found[name] += count
    return found


def take_back(session: Session, subject: str, window_start: datetime) -> None:
    """Uncounts one, if there is one."""
    execute_core(session, _TAKE_BACK, {"of_subject": subject, "window": window_start})


def forget(session: Session, subject: str) -> None:
    execute_core(session, _FORGET, {"of_subject": subject})


def forget_before(session: Session, moment: datetime) -> int:
    return changed(session, delete(RateCountRow).where(col(RateCountRow.window_start) < moment))


@lru_cache(maxsize=2)
def _counting(postgres: bool) -> Any:
    if postgres:
        # Here, because the dialect costs the web process of a small installation 50 ms for nothing.
        from sqlalchemy.dialects.postgresql import insert
    else:
        from sqlalchemy.dialects.sqlite import insert  # type: ignore[assignment]
    statement = insert(RateCountRow)
    return statement.on_conflict_do_update(
        index_elements=["subject", "window_start"], set_={"count": col(RateCountRow.count) + 1}
    )
