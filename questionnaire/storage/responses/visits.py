"""Ways through surveys, without who went them."""

from __future__ import annotations

from datetime import date

from sqlalchemy import delete
from sqlmodel import Session, col, select

from questionnaire.storage.db.statements import changed, upsert
from questionnaire.storage.tables import VisitRow


def note(session: Session, visit: VisitRow) -> None:
    """Writes how far a visit has come. Its day is that of its first sign; one that was completed stays so."""
    upsert(session, visit, stays=("day",) if visit.completed else ("day", "completed"))


def of_survey(session: Session, survey_id: str, version: int) -> tuple[VisitRow, ...]:
    mine = select(VisitRow).where(col(VisitRow.survey_id) == survey_id, col(VisitRow.survey_version) == version)
    return tuple(session.exec(mine.order_by(col(VisitRow.id))).all())


def forget_before(session: Session, day: date) -> int:
    return changed(session, delete(VisitRow).where(col(VisitRow.day) < day))
