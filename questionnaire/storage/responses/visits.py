"""Ways through surveys, without who went them."""

from __future__ import annotations

from datetime import date

from sqlalchemy import delete
from sqlmodel import Session, col, select

from questionnaire.storage.db.statements import changed, put
from questionnaire.storage.tables import Visit


def note(session: Session, visit: Visit) -> None:
    """Writes how far a visit has come. Its day is that of its first sign; one that was completed stays so."""
    put(session, visit, stays=("day",) if visit.completed else ("day", "completed"))


def of_survey(session: Session, survey_id: str, version: int) -> tuple[Visit, ...]:
    mine = select(Visit).where(col(Visit.survey_id) == survey_id, col(Visit.survey_version) == version)
    return tuple(session.exec(mine.order_by(col(Visit.id))).all())


def forget_before(session: Session, day: date) -> int:
    return changed(session, delete(Visit).where(col(Visit.day) < day))
