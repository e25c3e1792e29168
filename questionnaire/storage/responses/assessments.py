"""Judgements, frozen as they were given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from questionnaire.storage.db.statements import execute_core, insert
from questionnaire.storage.tables import AssessmentRow


def add(session: Session, assessment: AssessmentRow) -> None:
    insert(session, [assessment])


_NEWEST = (
    select(col(AssessmentRow.content))
    .where(col(AssessmentRow.response_id) == bindparam("response"))
    .order_by(col(AssessmentRow.at).desc(), col(AssessmentRow.id).desc())
    .limit(1)
)


def content_of(session: Session, response_id: str) -> Mapping[str, Any]:
    """What the newest judgement of a response says; empty without one."""
    found = execute_core(session, _NEWEST, {"response": response_id}).first()
    return {} if found is None else dict(found.content)


_ALONE = select(col(AssessmentRow.response_id), col(AssessmentRow.content)).where(
    col(AssessmentRow.response_id).in_(bindparam("responses", expanding=True)), col(AssessmentRow.lead_id).is_(None)
)


def verdicts_alone(session: Session, response_ids: Sequence[str]) -> dict[str, str]:
    """Response id -> stage of the verdict on it alone; what was accepted before these were kept is left out."""
    rows = execute_core(session, _ALONE, {"responses": list(response_ids)}).all()
    return {response_id: str(content["verdict"]["stage"]) for response_id, content in rows}
