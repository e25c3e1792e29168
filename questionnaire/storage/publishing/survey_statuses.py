"""State and home of surveys, which hold for all versions. A survey that no one paused, closed or moved has no row."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Literal, cast

from sqlalchemy import bindparam, func
from sqlmodel import Session, col, select

from questionnaire.core.survey.availability import OPEN, Availability, SurveyState
from questionnaire.storage.db.statements import execute_core, insert_or_ignore, is_postgres, lock_row
from questionnaire.storage.tables import SurveyStatusRow

SurveyHome = Literal["builder", "folder"]

_STATE = select(col(SurveyStatusRow.state), col(SurveyStatusRow.state_at)).where(
    col(SurveyStatusRow.id) == bindparam("id")
)


def availability(session: Session, survey_id: str) -> Availability:
    """Asked for each page of a survey: two columns, without an object."""
    session.flush()
    row = execute_core(session, _STATE, {"id": survey_id}).first()
    return OPEN if row is None or row.state == "open" else Availability(row.state, row.state_at)


def is_closed(session: Session, survey_id: str) -> bool:
    """Whether no one can start the survey, for whatever reason."""
    return not availability(session, survey_id).is_open


def find(session: Session, survey_id: str) -> SurveyStatusRow | None:
    return session.get(SurveyStatusRow, survey_id)


def of_all(session: Session) -> Mapping[str, SurveyStatusRow]:
    return {row.id: row for row in session.exec(select(SurveyStatusRow)).all()}


def lock(session: Session, survey_id: str) -> SurveyStatusRow:
    """The row of a survey, made if need be, that no one else changes until the transaction ends."""
    insert_or_ignore(session, SurveyStatusRow(id=survey_id), ("id",))
    row = lock_row(session, SurveyStatusRow, survey_id)
    assert row is not None
    return row


def set_state(session: Session, survey_id: str, state: SurveyState, actor: str, now: datetime) -> bool:
    """False when the survey has that state already."""
    row = lock(session, survey_id)
    if row.state == state:
        return False
    row.state, row.state_at, row.state_by = state, now, actor
    session.flush()
    return True


def chosen_home(session: Session, survey_id: str) -> SurveyHome | None:
    row = find(session, survey_id)
    return cast("SurveyHome | None", row.home) if row is not None else None


def set_home(session: Session, survey_id: str, home: SurveyHome, actor: str, now: datetime) -> bool:
    """False when the survey is kept there already."""
    row = lock(session, survey_id)
    if row.home == home:
        return False
    row.home, row.home_at, row.home_by = home, now, actor
    session.flush()
    return True


def lock_name(session: Session, survey_id: str) -> None:
    """Whoever publishes or plans a version of a survey waits here for others who do."""
    if is_postgres(session):
        session.connection().execute(select(func.pg_advisory_xact_lock(func.hashtext(f"survey {survey_id}"))))
