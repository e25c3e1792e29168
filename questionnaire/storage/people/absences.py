"""Absences of reps: who is away, who stands in."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session, col, select

from questionnaire.storage.db.statements import delete_some
from questionnaire.storage.tables import AbsenceRow

MOST = 500
"""Absences shown at once; whoever is away longer ago is not among them."""


def add(session: Session, absence: AbsenceRow) -> None:
    session.add(absence)
    session.flush()


def get(session: Session, absence_id: str) -> AbsenceRow | None:
    return session.get(AbsenceRow, absence_id)


def remove(session: Session, absence_id: str) -> bool:
    return delete_some(session, AbsenceRow, col(AbsenceRow.id) == absence_id) > 0


def from_day(session: Session, day: date) -> tuple[AbsenceRow, ...]:
    """Returns the absences of that day and after it, the earliest first."""
    rows = select(AbsenceRow).where(col(AbsenceRow.ends_on) >= day)
    return tuple(session.exec(rows.order_by(col(AbsenceRow.starts_on), col(AbsenceRow.id)).limit(MOST)).all())


def between(session: Session, first: date, last: date) -> tuple[AbsenceRow, ...]:
    """Returns the absences on any of these days, the earliest first."""
    rows = select(AbsenceRow).where(col(AbsenceRow.ends_on) >= first, col(AbsenceRow.starts_on) <= last)
    return tuple(session.exec(rows.order_by(col(AbsenceRow.starts_on), col(AbsenceRow.id))).all())
