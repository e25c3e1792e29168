"""Visits of surveys, without any data about the visitor."""

from __future__ import annotations

from datetime import date

from sqlalchemy import delete
from sqlmodel import Session, col, select

from questionnaire.storage.db.statements import changed, upsert
from questionnaire.storage.tables import VisitRow


def note(session: Session, visit: VisitRow) -> None:
    """Stores the progress of a visit. The day is that of its first request; a completed visit stays completed."""
    upsert(session, visit, insert_only=("day",) if visit.completed else ("day", "completed"))


def of_survey(session: Session, survey_id: str, version: int) -> tuple[VisitRow, ...]:
    query = select(VisitRow).where(col(VisitRow.survey_id) == survey_id, col(VisitRow.survey_version) == version)
    return tuple(session.exec(query.order_by(col(VisitRow.id))).all())


def forget_before(session: Session, day: date) -> int:
    return changed(session, delete(VisitRow).where(col(VisitRow.day) < day))
