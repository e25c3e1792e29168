"""Versions that go live at a moment: at most one waits per survey, and those that are over stay as its history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from questionnaire.storage.db.statements import lock_row
from questionnaire.storage.tables import PublicationPlanRow


def add(session: Session, row: PublicationPlanRow) -> None:
    session.add(row)
    session.flush()


def find(session: Session, plan_id: str) -> PublicationPlanRow | None:
    return session.get(PublicationPlanRow, plan_id)


def lock(session: Session, plan_id: str) -> PublicationPlanRow | None:
    return lock_row(session, PublicationPlanRow, plan_id)


def waiting(session: Session, survey_id: str) -> PublicationPlanRow | None:
    """The plan of a survey that is still to come."""
    rows = select(PublicationPlanRow).where(
        col(PublicationPlanRow.survey_id) == survey_id, col(PublicationPlanRow.state) == "waiting"
    )
    return session.exec(rows).first()


def newest(session: Session, survey_id: str) -> PublicationPlanRow | None:
    """The plan of a survey that was made last, over or not."""
    rows = select(PublicationPlanRow).where(col(PublicationPlanRow.survey_id) == survey_id)
    return session.exec(rows.order_by(col(PublicationPlanRow.planned_at).desc()).limit(1)).first()


@dataclass(frozen=True, slots=True)
class PlanNote:
    """A plan without its content."""

    survey_id: str
    state: str
    in_force: int | None
    go_live_at: datetime


def newest_of_all(session: Session) -> Mapping[str, PlanNote]:
    """The newest plan of each survey."""
    columns = (
        col(PublicationPlanRow.survey_id), col(PublicationPlanRow.state), col(PublicationPlanRow.in_force),
        col(PublicationPlanRow.go_live_at),
    )  # fmt: skip
    rows = session.exec(select(*columns).order_by(col(PublicationPlanRow.planned_at))).all()
    return {row[0]: PlanNote(*row) for row in rows}
