"""Reports of answers that someone tried in the builder."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col

from questionnaire.storage.db.statements import count_up_to, delete_some
from questionnaire.storage.tables import TrialReportRow


def find(session: Session, report_id: str) -> TrialReportRow | None:
    return session.get(TrialReportRow, report_id)


def add(session: Session, row: TrialReportRow) -> None:
    session.add(row)
    session.flush()


def waiting_of(session: Session, person: str, most: int) -> int:
    """How many reports of a person are not printed yet, `most` + 1 when there are more."""
    return count_up_to(
        session, TrialReportRow, col(TrialReportRow.asked_by) == person, col(TrialReportRow.content).is_(None),
        most=most,
    )  # fmt: skip


def forget_before(session: Session, moment: datetime, limit: int | None = None) -> int:
    return delete_some(session, TrialReportRow, col(TrialReportRow.asked_at) < moment, limit=limit)
