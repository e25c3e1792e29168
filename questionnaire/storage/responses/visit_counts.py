"""Starts and completions of each survey and day, kept with the visits, so that a list doesn't count them.

A visit adds to its row in its own transaction. The rows of a day are told apart by a number drawn from the visit's, so
that visitors who come at once rarely wait for the same one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Text, case, cast, func, text
from sqlmodel import Session, col, select

from questionnaire.storage.db.statements import connection, delete_some, execute_core, is_postgres
from questionnaire.storage.tables import VisitCountRow, VisitRow

Numbers = tuple[int, int]
"""Starts and completions."""


@dataclass(frozen=True, slots=True)
class CountedDay:
    survey_id: str
    day: date
    part: int = 0


def add(session: Session, place: CountedDay, starts: int, completions: int) -> None:
    """Adds these numbers, which may be negative."""
    values = {"survey_id": place.survey_id, "day": place.day, "part": place.part, "starts": starts,
              "completions": completions}  # fmt: skip
    connection(session).execute(_add_statement(is_postgres(session)), values)


@lru_cache(maxsize=2)
def _add_statement(postgres: bool) -> Any:
    if postgres:
        # Imported here, because the dialect costs a web process on SQLite 50 ms for nothing.
        from sqlalchemy.dialects.postgresql import insert as dialect_insert
    else:
        from sqlalchemy.dialects.sqlite import insert as dialect_insert  # type: ignore[assignment]  # same interface
    statement = dialect_insert(VisitCountRow)
    sums = {name: getattr(VisitCountRow, name) + statement.excluded[name] for name in ("starts", "completions")}
    return statement.on_conflict_do_update(index_elements=["day", "survey_id", "part"], set_=sums)


def since(session: Session, day: date) -> dict[str, Numbers]:
    """Survey id -> how many people began to answer since a day, and how many of them completed the survey."""
    rows = (
        select(col(VisitCountRow.survey_id), func.sum(VisitCountRow.starts), func.sum(VisitCountRow.completions))
        .where(col(VisitCountRow.day) >= day)
        .group_by(col(VisitCountRow.survey_id))
    )
    return {name: (int(starts), int(completions)) for name, starts, completions in session.exec(rows).all()}


def forget_before(session: Session, day: date, limit: int | None = None) -> int:
    return delete_some(session, VisitCountRow, col(VisitCountRow.day) < day, limit=limit)


def differences(session: Session, day: date) -> dict[tuple[str, date], tuple[Numbers, Numbers]]:
    """The surveys and days since `day` whose counts are wrong, with the stored and the counted numbers. Reads all
    visits."""
    kept, counted = _kept(session, day), _counted(session, day)
    pairs = {place: (kept.get(place, (0, 0)), counted.get(place, (0, 0))) for place in sorted(kept | counted)}
    return {place: pair for place, pair in pairs.items() if pair[0] != pair[1]}


def rebuild(session: Session, day: date) -> dict[tuple[str, date], tuple[Numbers, Numbers]]:
    """Corrects the counts and returns what differed. Visits wait until the transaction ends."""
    if is_postgres(session):
        session.connection().execute(text("LOCK TABLE visit IN EXCLUSIVE MODE"))
    wrong = differences(session, day)
    for (survey_id, one), (kept, counted) in wrong.items():
        add(session, CountedDay(survey_id, one), counted[0] - kept[0], counted[1] - kept[1])
    return wrong


def _kept(session: Session, day: date) -> dict[tuple[str, date], Numbers]:
    columns = (col(VisitCountRow.survey_id), col(VisitCountRow.day))
    rows = select(*columns, func.sum(VisitCountRow.starts), func.sum(VisitCountRow.completions))
    return _numbers(session, rows.where(col(VisitCountRow.day) >= day).group_by(*columns))


def _counted(session: Session, day: date) -> dict[tuple[str, date], Numbers]:
    columns = (col(VisitRow.survey_id), col(VisitRow.day))
    completed = func.sum(case((col(VisitRow.completed).is_(True), 1), else_=0))
    started = cast(col(VisitRow.answered), Text) != "[]"
    rows = select(*columns, func.count(), completed).where(col(VisitRow.day) >= day, started)
    return _numbers(session, rows.group_by(*columns))


def _numbers(session: Session, statement: Any) -> dict[tuple[str, date], Numbers]:
    rows = execute_core(session, statement)
    found = {(name, day): (int(starts), int(completions)) for name, day, starts, completions in rows}
    return {place: numbers for place, numbers in found.items() if numbers != (0, 0)}
