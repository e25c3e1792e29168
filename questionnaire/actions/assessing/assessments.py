"""Stored assessments: an assessment as a row that never changes."""

from __future__ import annotations

from typing import Any

from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.base.quantities import half_up
from questionnaire.core.scoring.assessment import Assessment
from questionnaire.storage import Session
from questionnaire.storage.responses import assessments
from questionnaire.storage.tables import AssessmentRow, ResponseRow


def keep_assessment(
    toolbox: Toolbox,
    session: Session,
    row: ResponseRow,
    assessment: Assessment,
    step: str | None,
    lead_id: str | None = None,
) -> AssessmentRow:
    """Stores an assessment. Without a lead it is that of the response alone, which its result page shows.

    `step` is the next step that the result page showed first.
    """
    stored = stored_assessment(toolbox.new_id(), row, assessment, step, lead_id)
    assessments.add(session, stored)
    return stored


def stored_assessment(
    id: str, row: ResponseRow, assessment: Assessment, step: str | None, lead_id: str | None
) -> AssessmentRow:
    return AssessmentRow(
        id=id,
        response_id=row.id,
        lead_id=lead_id,
        policy_id=row.policy_id,
        policy_version=row.policy_version,
        at=assessment.at,
        content=_content(assessment, step),
    )


def _content(assessment: Assessment, step: str | None) -> dict[str, Any]:
    card, verdict = assessment.scorecard, assessment.verdict
    return {
        "fit": {"score": half_up(card.fit.score), "grade": card.fit.grade},
        "intent": {"score": half_up(card.intent.score), "rank": card.intent.rank},
        "timing": {"score": half_up(card.timing.score), "level": card.timing.level},
        "label": card.label,
        "total": half_up(card.total),
        "checklist": [{"id": box.id, "state": box.state, "evidence": box.evidence} for box in assessment.checklist],
        "verdict": {
            "stage": str(verdict.stage),
            "reason": verdict.reason,
            "to": verdict.to,
            "why": verdict.why.as_json if verdict.why else None,
            "until": verdict.until.isoformat() if verdict.until else None,
        },
        "maturity": {"shown": assessment.maturity.rounded, "order": list(assessment.maturity.order)},
        "next_step": step,
        **({"segment": assessment.segment.id} if assessment.segment else {}),
    }
