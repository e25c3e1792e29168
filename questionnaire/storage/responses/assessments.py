"""Judgements, frozen as they were given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from questionnaire.storage.db.statements import insert, quick
from questionnaire.storage.tables import Assessment


def add(session: Session, assessment: Assessment) -> None:
    insert(session, [assessment])


def of_response(session: Session, response_id: str) -> Assessment | None:
    """The newest judgement of a response."""
    mine = select(Assessment).where(col(Assessment.response_id) == response_id)
    return session.exec(mine.order_by(col(Assessment.at).desc(), col(Assessment.id).desc()).limit(1)).first()


_NEWEST = (
    select(col(Assessment.content))
    .where(col(Assessment.response_id) == bindparam("response"))
    .order_by(col(Assessment.at).desc(), col(Assessment.id).desc())
    .limit(1)
)


def content_of(session: Session, response_id: str) -> Mapping[str, Any]:
    """What the newest judgement of a response says; empty without one."""
    found = quick(session, _NEWEST, {"response": response_id}).first()
    return {} if found is None else dict(found.content)


_ALONE = select(col(Assessment.response_id), col(Assessment.content)).where(
    col(Assessment.response_id).in_(bindparam("responses", expanding=True)), col(Assessment.lead_id).is_(None)
)


def verdicts_alone(session: Session, response_ids: Sequence[str]) -> dict[str, str]:
    """Response id -> stage of the verdict on it alone; what was accepted before these were kept is left out."""
    rows = quick(session, _ALONE, {"responses": list(response_ids)}).all()
    return {response_id: str(content["verdict"]["stage"]) for response_id, content in rows}


def of_lead(session: Session, lead_id: str) -> tuple[Assessment, ...]:
    """All judgements of a lead, oldest first."""
    mine = select(Assessment).where(col(Assessment.lead_id) == lead_id)
    return tuple(session.exec(mine.order_by(col(Assessment.at), col(Assessment.id))).all())
