"""Stored assessments: an assessment as a row that never changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.base.quantities import half_up
from questionnaire.core.scoring.assessment import Assessment
from questionnaire.storage import Session
from questionnaire.storage.responses import assessments
from questionnaire.storage.tables import AssessmentRow, ResponseRow


@dataclass(frozen=True, slots=True)
class ShownParts:
    """Parts of the report that an assessment chooses: the block of the next step, and the ids of content blocks."""

    next_step: str | None
    content_blocks: tuple[str, ...]


def shown_first(assessment: Assessment) -> ShownParts:
    return ShownParts(assessment.next_step, assessment.content_blocks)


def shown_parts(content: Mapping[str, Any]) -> ShownParts:
    """The parts out of a stored assessment; older ones had no content blocks."""
    step = content.get("next_step")
    return ShownParts(str(step) if step else None, tuple(content.get("content_blocks", ())))


def keep_assessment(
    toolbox: Toolbox,
    session: Session,
    row: ResponseRow,
    assessment: Assessment,
    shown: ShownParts,
    lead_id: str | None = None,
) -> AssessmentRow:
    """Stores an assessment. Without a lead it is that of the response alone, which its result page shows.

    `shown` is what the result page showed first.
    """
    stored = stored_assessment(toolbox.new_id(), row, assessment, shown, lead_id)
    assessments.add(session, stored)
    return stored


def stored_assessment(
    id: str, row: ResponseRow, assessment: Assessment, shown: ShownParts, lead_id: str | None
) -> AssessmentRow:
    return AssessmentRow(
        id=id,
        response_id=row.id,
        lead_id=lead_id,
        policy_id=row.policy_id,
        policy_version=row.policy_version,
        at=assessment.at,
        content=_content(assessment, shown),
    )


def _content(assessment: Assessment, shown: ShownParts) -> dict[str, Any]:
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
        "next_step": shown.next_step,
        "content_blocks": list(shown.content_blocks),
    }
