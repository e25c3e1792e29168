"""The assessment as documented JSON, with stable key names.

Shape: format.md, "JSON, stable and documented". Whole numbers are ints, others are rounded to six decimals. Instants
and days are ISO 8601. Keys may be added; none may be changed.
"""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction
from typing import Any

from questionnaire.core.base.translation import ENGLISH, Translator
from questionnaire.core.handoff.routing import Assignment, routing_text
from questionnaire.core.policy import Policy
from questionnaire.core.scoring.assessment import Assessment, is_sql_ready
from questionnaire.core.scoring.scorecard import Contribution, FitScore, IntentScore, TimingScore
from questionnaire.core.scoring.verdict_reason import verdict_text
from questionnaire.core.survey.calculated_facts import calculate
from questionnaire.core.survey.maturity import Maturity

DECIMALS = 6


def transcript(
    assessment: Assessment,
    assignment: Assignment | None,
    due: datetime | None,
    name: str = "",
    words: Translator = ENGLISH,
) -> dict[str, Any]:
    """Returns the assessment as JSON values. `assignment` and `due` appear only when it is SQL-ready by itself."""
    card, verdict, survey, policy = assessment.scorecard, assessment.verdict, assessment.survey, assessment.policy
    goes = is_sql_ready(assessment)
    calculated = calculate(survey, assessment.evidence.journey, assessment.maturity)
    return {
        "name": name,
        "survey": {"id": survey.id, "version": survey.version},
        "policy": {"id": policy.id, "version": policy.version},
        "at": assessment.at.isoformat(),
        "fit": _fit(card.fit),
        "intent": _intent(card.intent),
        "timing": _timing(card.timing),
        "label": card.label,
        "total": number(card.total),
        "checklist": [{"id": box.id, "state": box.state, "evidence": box.evidence} for box in assessment.checklist],
        "verdict": {
            "stage": str(verdict.stage),
            "reason": verdict.reason,
            "until": verdict.until.isoformat() if verdict.until else None,
            "to": verdict.to,
            "why": verdict_text(verdict.why, words),
        },
        "route": _route(assignment, policy, words) if assignment and goes else None,
        "first_contact_due": due.isoformat() if due and goes else None,
        "maturity": _maturity(assessment.maturity, survey.languages[0]),
        "next_step": assessment.next_step,
        "content_blocks": list(assessment.content_blocks),
        "calculated": {name: None if value is None else number(value) for name, value in calculated.items()},
        "segment": assessment.segment.id if assessment.segment else None,
        "ending": _ending(assessment),
    }


def _ending(assessment: Assessment) -> str | None:
    """Where the newest response stopped early."""
    ending = assessment.evidence.journeys[-1].ending
    return ending.name if ending else None


def number(value: Fraction | int) -> int | float:
    """A whole number as int, any other as float with six decimals."""
    exact = Fraction(value)
    return int(exact) if exact.denominator == 1 else round(float(exact), DECIMALS)


def _score(axis: FitScore | IntentScore | TimingScore) -> dict[str, Any]:
    """The score; where points count against the lead also the sum before the limits of the axis, if it differs."""
    raw = {"raw": number(axis.raw)} if axis.has_negative and axis.raw != axis.score else {}
    return {"score": number(axis.score), **raw}


def _fit(fit: FitScore) -> dict[str, Any]:
    return {
        **_score(fit),
        "max": fit.max,
        "grade": fit.grade,
        "completeness": {"known": fit.completeness.known, "of": fit.completeness.of},
        "contributions": [_contribution(contribution) for contribution in fit.contributions],
    }


def _intent(intent: IntentScore) -> dict[str, Any]:
    return {
        **_score(intent),
        "max": intent.max,
        "rank": intent.rank,
        "groups": [
            {"group": group.group, "raw": number(group.raw), "capped": number(group.capped)} for group in intent.groups
        ],
        "signals": [
            {
                "signal": score.signal,
                "count": score.count,
                "points": number(score.points),
                "strength": score.strength,
                "source": score.source,
            }
            for score in intent.signals
        ],
    }


def _timing(timing: TimingScore) -> dict[str, Any]:
    return {
        **_score(timing),
        "max": timing.max,
        "level": timing.level,
        "contributions": [_contribution(contribution) for contribution in timing.contributions],
    }


def _contribution(item: Contribution) -> dict[str, Any]:
    return {"criterion": item.criterion, "level": item.level, "points": item.points, "source": item.source}


def _route(assignment: Assignment, policy: Policy, words: Translator) -> dict[str, Any]:
    return {
        "rule": assignment.rule,
        "pool": assignment.pool,
        "rep": assignment.rep,
        "queue": assignment.queue,
        "why": routing_text(assignment.why, words, policy.rep_names),
    }


def _maturity(maturity: Maturity, language: str) -> dict[str, Any]:
    band = maturity.band.name if maturity.band else None
    return {
        "overall": None if maturity.overall is None else number(maturity.overall),
        "shown": maturity.rounded,
        "band": band.say(language) if band else None,
        "dimensions": {score.name: {"value": number(score.value), "shown": score.rounded} for score in maturity.every},
        "order": list(maturity.order),
    }
