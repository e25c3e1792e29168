"""The transcript of an assessment: the documented JSON, with key names that stay as they are.

Shape: format.md, "JSON, stable and documented". Whole numbers are ints, others are rounded to six decimals, moments
and days are ISO 8601. Later work may add keys; it changes none of these.
"""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction
from typing import Any

from questionnaire.core.handoff.routing import Assignment
from questionnaire.core.scoring.assessment import Assessment, is_sql_ready
from questionnaire.core.scoring.scorecard import Contribution, FitScore, IntentScore, TimingScore
from questionnaire.core.survey.maturity import Maturity

DECIMALS = 6


def transcript(
    assessment: Assessment, assignment: Assignment | None, due: datetime | None, name: str = ""
) -> dict[str, Any]:
    """The assessment as JSON values. `assignment` and `due` are told only when it goes to a rep by itself."""
    card, verdict, survey, policy = assessment.scorecard, assessment.verdict, assessment.survey, assessment.policy
    goes = is_sql_ready(assessment)
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
            "why": verdict.why,
        },
        "route": _route(assignment) if assignment and goes else None,
        "first_contact_due": due.isoformat() if due and goes else None,
        "maturity": _maturity(assessment.maturity, survey.languages[0]),
        "next_step": assessment.next_step,
    }


def number(value: Fraction | int) -> int | float:
    """A whole number as such, any other rounded to six decimals."""
    exact = Fraction(value)
    return int(exact) if exact.denominator == 1 else round(float(exact), DECIMALS)


def _fit(fit: FitScore) -> dict[str, Any]:
    return {
        "score": number(fit.score),
        "max": fit.max,
        "grade": fit.grade,
        "completeness": {"known": fit.completeness.known, "of": fit.completeness.of},
        "contributions": [_contribution(one) for one in fit.contributions],
    }


def _intent(intent: IntentScore) -> dict[str, Any]:
    return {
        "score": number(intent.score),
        "max": intent.max,
        "rank": intent.rank,
        "groups": [{"group": one.group, "raw": number(one.raw), "capped": number(one.capped)} for one in intent.groups],
        "signals": [
            {
                "signal": seen.signal,
                "count": seen.count,
                "points": number(seen.points),
                "strength": seen.strength,
                "source": seen.source,
            }
            for seen in intent.signals
        ],
    }


def _timing(timing: TimingScore) -> dict[str, Any]:
    return {
        "score": number(timing.score),
        "max": timing.max,
        "level": timing.level,
        "contributions": [_contribution(one) for one in timing.contributions],
    }


def _contribution(one: Contribution) -> dict[str, Any]:
    return {"criterion": one.criterion, "level": one.level, "points": one.points, "source": one.source}


def _route(assignment: Assignment) -> dict[str, Any]:
    return {
        "rule": assignment.rule,
        "pool": assignment.pool,
        "rep": assignment.rep,
        "queue": assignment.queue,
        "why": assignment.why,
    }


def _maturity(maturity: Maturity, language: str) -> dict[str, Any]:
    band = maturity.band.name if maturity.band else None
    return {
        "overall": None if maturity.overall is None else number(maturity.overall),
        "shown": maturity.shown,
        "band": band.say(language) if band else None,
        "dimensions": {one.name: {"value": number(one.value), "shown": one.shown} for one in maturity.dimensions},
        "order": list(maturity.order),
    }
