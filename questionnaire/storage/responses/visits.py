"""Visits of surveys, without any data about the visitor."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy import Text, case, cast, func
from sqlmodel import Session, col, select

from questionnaire.storage.db.statements import delete_some, upsert
from questionnaire.storage.tables import VisitRow


def note(session: Session, visit: VisitRow) -> None:
    """Stores the progress of a visit. The day is that of its first request; a visit that came to its end keeps it."""
    is_over = visit.completed or visit.ending
    upsert(session, visit, insert_only=("day",) if is_over else ("day", "completed", "ending"))


def of_survey(session: Session, survey_id: str, version: int) -> Iterator[VisitRow]:
    """Yields the visits of a version, a batch at a time in memory."""
    query = select(VisitRow).where(col(VisitRow.survey_id) == survey_id, col(VisitRow.survey_version) == version)
    yield from session.exec(query.execution_options(yield_per=1000))


def forget_before(session: Session, day: date, limit: int | None = None) -> int:
    return delete_some(session, VisitRow, col(VisitRow.day) < day, limit=limit)


def counts_since(session: Session, day: date) -> dict[str, tuple[int, int]]:
    """Survey id -> how many people began to answer since a day, and how many of them completed the survey."""
    began = cast(col(VisitRow.answered), Text) != "[]"
    completed = case((col(VisitRow.completed).is_(True), 1), else_=0)
    rows = (
        select(VisitRow.survey_id, func.count(), func.sum(completed))
        .where(col(VisitRow.day) >= day, began)
        .group_by(col(VisitRow.survey_id))
    )
    return {name: (int(count), int(done or 0)) for name, count, done in session.exec(rows).all()}
