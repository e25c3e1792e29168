"""Test answers: responses that count nowhere, found by survey and deleted as a whole."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, func, text
from sqlmodel import Session, col, select

from questionnaire.storage.db.statements import changed
from questionnaire.storage.tables import AssessmentRow, ConsentRow, DocumentRow, ResponseRow

# Written as in the partial index: SQLite takes it only for the very same words.
IS_TEST = text("response.test")
BELOW = (DocumentRow, AssessmentRow, ConsentRow)


def of_survey(session: Session, survey_id: str, limit: int) -> tuple[ResponseRow, ...]:
    """The newest test answers of a survey, newest first."""
    rows = select(ResponseRow).where(col(ResponseRow.survey_id) == survey_id, IS_TEST)
    return tuple(session.exec(rows.order_by(col(ResponseRow.at).desc(), col(ResponseRow.id)).limit(limit)).all())


def count(session: Session, survey_id: str) -> int:
    rows = select(func.count()).where(col(ResponseRow.survey_id) == survey_id, IS_TEST)
    return int(session.exec(rows).one())


def forget(session: Session, survey_id: str, response_id: str | None = None) -> int:
    """Deletes one test answer of a survey, or all, with what was made of them. Returns how many went."""
    wanted = select(ResponseRow.id).where(col(ResponseRow.survey_id) == survey_id, IS_TEST)
    if response_id is not None:
        wanted = wanted.where(col(ResponseRow.id) == response_id)
    return _delete(session, list(session.exec(wanted).all()))


def forget_before(session: Session, before: datetime, limit: int) -> int:
    """Deletes the oldest test answers of all surveys, at most `limit`."""
    old = select(ResponseRow.id).where(IS_TEST, col(ResponseRow.at) < before).limit(limit)
    return _delete(session, list(session.exec(old).all()))


def _delete(session: Session, ids: list[str]) -> int:
    gone = 0
    for start in range(0, len(ids), 500):
        some = ids[start : start + 500]
        for table in BELOW:
            changed(session, delete(table).where(col(table.response_id).in_(some)))
        gone += changed(session, delete(ResponseRow).where(col(ResponseRow.id).in_(some)))
    return gone
