"""Visits of surveys, without any data about the visitor."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from questionnaire.storage.db.statements import delete_some, execute_core, insert_values, upsert, values_of
from questionnaire.storage.responses import visit_counts
from questionnaire.storage.tables import VisitRow

HEX = "0123456789abcdef"
PARTS = 4
"""Rows of counts of one survey and day."""


_BEFORE = (
    select(col(VisitRow.day), col(VisitRow.answered), col(VisitRow.completed))
    .where(col(VisitRow.id) == bindparam("id"))
    .with_for_update()
)


def note(session: Session, visit: VisitRow) -> bool:
    """Stores the progress of a visit, and counts it for its survey and day once someone answers, and once it is
    completed. The day is that of its first request; a visit that came to its end keeps it.

    Returns True when it is now that someone began to answer.
    """
    marks = _marks(visit.answered, completed=visit.completed)
    if insert_values(session, VisitRow, values_of(visit), ("id",)):
        _count(session, visit, visit.day, *marks)
        return marks[0] > 0
    before = execute_core(session, _BEFORE, {"id": visit.id}).one()
    is_over = visit.completed or visit.ending
    upsert(session, visit, insert_only=("day",) if is_over else ("day", "completed", "ending"))
    after = marks if is_over else _marks(visit.answered, completed=before.completed)
    earlier = _marks(before.answered, completed=before.completed)
    _count(session, visit, before.day, after[0] - earlier[0], after[1] - earlier[1])
    return after[0] > earlier[0]


def _marks(answered: Sequence[str], *, completed: bool) -> tuple[int, int]:
    """What a visit counts for: someone began to answer, and completed the survey."""
    return int(bool(answered)), int(bool(answered and completed))


def _count(session: Session, visit: VisitRow, day: date, starts: int, completions: int) -> None:
    if starts or completions:
        part = int(visit.id[-1:], 16) % PARTS if visit.id[-1:] in HEX else 0
        visit_counts.add(session, visit_counts.CountedDay(visit.survey_id, day, part), starts, completions)


def of_survey(session: Session, survey_id: str, version: int) -> Iterator[VisitRow]:
    """Yields the visits of a version, a batch at a time in memory."""
    query = select(VisitRow).where(col(VisitRow.survey_id) == survey_id, col(VisitRow.survey_version) == version)
    yield from session.exec(query.execution_options(yield_per=1000))


def newest_of_survey(session: Session, survey_id: str, version: int, since: date, limit: int) -> tuple[VisitRow, ...]:
    """Returns visits of a version from a day on, those of the newest days, `limit` at most."""
    query = select(VisitRow).where(
        col(VisitRow.survey_id) == survey_id, col(VisitRow.survey_version) == version, col(VisitRow.day) >= since
    )
    return tuple(session.exec(query.order_by(col(VisitRow.day).desc()).limit(limit)).all())


def forget_before(session: Session, day: date, limit: int | None = None) -> int:
    return delete_some(session, VisitRow, col(VisitRow.day) < day, limit=limit)
