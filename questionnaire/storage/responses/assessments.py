"""Stored assessments, never changed afterwards."""

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
    """Returns the content of the newest assessment of a response; empty when there is none."""
    row = execute_core(session, _NEWEST, {"response": response_id}).first()
    return {} if row is None else dict(row.content)


_SINGLE_RESPONSE = select(col(AssessmentRow.response_id), col(AssessmentRow.content)).where(
    col(AssessmentRow.response_id).in_(bindparam("responses", expanding=True)), col(AssessmentRow.lead_id).is_(None)
)


def single_response_stages(session: Session, response_ids: Sequence[str]) -> dict[str, str]:
    """Returns response id -> stage of the verdict on this response alone.

    Responses accepted before such verdicts were stored are left out.
    """
    rows = execute_core(session, _SINGLE_RESPONSE, {"responses": list(response_ids)}).all()
    return {response_id: str(content["verdict"]["stage"]) for response_id, content in rows}
