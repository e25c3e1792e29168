"""What one accepted response causes: its lead, its assessment, the lead's stage, the handoff, and the jobs of it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, time
from typing import Any

from questionnaire.actions import handoff, peers
from questionnaire.actions.records import HEIGHT, Pinned, filled_by, filled_of, judge, weigh
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.assessment import Assessment
from questionnaire.core.evidence import Filled
from questionnaire.core.identity import account_domain, canonical_email
from questionnaire.core.lifecycle import Stage, after_assessment
from questionnaire.core.measures import half_up
from questionnaire.core.promise import promise
from questionnaire.core.reasons import sentence
from questionnaire.storage import Session, assessments, events, leads, ownership, responses
from questionnaire.storage.projection import Becomes
from questionnaire.storage.tables import Assessment as StoredAssessment
from questionnaire.storage.tables import Consent, Lead, Response
from questionnaire.templating import LANGUAGES, words_for


class Repeated(Exception):
    """The same key was stored by somebody else meanwhile; the transaction is given up and the stored one is used."""


def keep(toolbox: Toolbox, session: Session, row: Response, consents: Sequence[Consent]) -> None:
    """Writes the response and everything that follows from it, in the session's transaction."""
    canonical = canonical_email(str(row.contact.get("email", "")))
    lead, fresh = None, True
    if canonical is not None:
        lead, fresh = leads.find_or_add(session, _lead(toolbox, canonical, row))
        row.lead_id, row.demo = lead.id, lead.demo
        if row.confirmed_at is not None and not fresh:
            leads.write_contact(session, lead, contact_columns(row), row.at)
    kept = responses.keep(session, row)
    if not isinstance(kept, responses.Kept) or not kept.fresh:
        raise Repeated
    for consent in consents:
        consent.lead_id = row.lead_id
    responses.add_consents(session, consents)
    toolbox.queue.enqueue(session, "render_report", f"report:{row.id}", {"response": row.id})
    if lead is None:
        peers.count(toolbox, session, row, None, True, _assess_alone(toolbox, session, row))
        return
    events.append(session, toolbox.new_id(), lead.id, "submitted", row.at, actor="prospect", response_id=row.id,
                  data={"survey": row.survey_id, "version": row.survey_version})  # fmt: skip
    if not fresh:
        lead.newest_at = row.at
    toolbox.queue.enqueue(session, "tell", f"tell:report_ready:{row.id}", {"what": "report_ready", "response": row.id})
    made = assess_lead(toolbox, session, lead, row, fresh, row.at)
    # The last rows to be locked, after those of the lead and of the handoff: everybody takes them in this order.
    peers.count(toolbox, session, row, lead, fresh, made)


def contact_columns(row: Response) -> dict[str, Any]:
    """A response's contact data with what lists show of it: name and title beside the fields as they were asked."""
    contact = row.contact
    name = " ".join(str(contact[key]) for key in ("first_name", "last_name") if contact.get(key))
    return {**contact, "name": name, "title": str(contact.get("job_title") or ""), "language": row.language}


def _lead(toolbox: Toolbox, canonical: str, row: Response) -> Lead:
    columns = contact_columns(row)
    return Lead(
        id=toolbox.new_id(),
        canonical_email=canonical,
        email=str(columns["email"]),
        account_domain=account_domain(canonical, toolbox.domains),
        name=columns["name"],
        title=columns["title"],
        company=str(columns.get("company") or ""),
        country=str(columns.get("country") or ""),
        phone=str(columns.get("phone") or ""),
        language=row.language,
        contact=dict(row.contact),
        created_at=row.at,
        newest_at=row.at,
        demo=toolbox.settings.demo,
    )


def _assess_alone(toolbox: Toolbox, session: Session, row: Response) -> Assessment:
    """A survey without a gate: the result is told, and there is nobody to hand over."""
    assessment = _alone(toolbox, session, row)
    _store(toolbox, session, row, assessment, assessment.next_step)
    return assessment


def _alone(toolbox: Toolbox, session: Session, row: Response) -> Assessment:
    """The response as if nothing else were known of anybody."""
    filled = filled_of(toolbox, session, row, True, None)
    nobody = Lead(id="", canonical_email="", email="", created_at=row.at, newest_at=row.at)
    return judge(toolbox, session, nobody, (filled,), Pinned(row.policy_id, row.policy_version), row.at, fresh=True)


def assess_lead(toolbox: Toolbox, session: Session, lead: Lead, row: Response, fresh: bool, at: datetime) -> Assessment:
    """Judges the lead with everything known by the response, and moves it as far as it may.

    `at` is when that is: the response's moment, or the later one at which its address was confirmed.
    """
    filled = (filled_of(toolbox, session, row, True, lead),) if fresh else filled_by(toolbox, session, lead, at)
    judged = weigh(toolbox, session, lead, filled, Pinned(row.policy_id, row.policy_version), at, fresh=fresh)
    mine = next(one for one in filled if one.id == row.id)
    assessment = judged.counts if mine.confirmed else judged.claimed
    held_back = not mine.confirmed and (judged.counts is not judged.claimed or _lowers(lead, assessment))
    step = assessment.next_step if fresh else _step_told(toolbox, session, row, mine, assessment)
    stored = _store(toolbox, session, row, assessment, step)
    data = {"assessment": stored.id, "held_back": held_back, "stage": str(assessment.verdict.stage)}
    taken = not fresh and ownership.current(session, lead.id) is not None
    becomes: Becomes = {} if held_back else _becomes(lead, assessment, fresh, taken)
    events.append(session, toolbox.new_id(), lead.id, "assessed", at, response_id=row.id, data=data,
                  becomes=becomes)  # fmt: skip
    if taken:
        _tell(toolbox, session, "new_answers", row)
    elif not held_back:
        _move_on(toolbox, session, lead, row, assessment)
    return assessment


def _step_told(toolbox: Toolbox, session: Session, row: Response, mine: Filled, assessment: Assessment) -> str | None:
    """The next step on the result page: as it was first said, and of an unconfirmed repeat nothing earlier shows."""
    earlier = assessments.of_response(session, row.id)
    if earlier is not None:
        step = earlier.content.get("next_step")
        return str(step) if step else None
    if mine.confirmed:
        return assessment.next_step
    return _alone(toolbox, session, row).next_step


def _move_on(toolbox: Toolbox, session: Session, lead: Lead, row: Response, assessment: Assessment) -> None:
    if lead.stage == Stage.SQL_READY:
        handoff.hand_over(toolbox, session, lead, assessment, row)
    elif lead.stage == Stage.REVIEW:
        _tell(toolbox, session, "review_waiting", row)


def _tell(toolbox: Toolbox, session: Session, what: str, row: Response) -> None:
    toolbox.queue.enqueue(session, "tell", f"tell:{what}:{row.id}", {"what": what, "response": row.id})


def _lowers(lead: Lead, assessment: Assessment) -> bool:
    """Whether the verdict is worse than where the lead stands; with a rep it stands as high as ready."""
    stands = Stage(lead.stage)
    held = HEIGHT.index(stands if stands in HEIGHT else Stage.SQL_READY)
    return HEIGHT.index(assessment.verdict.stage) < held


def _becomes(lead: Lead, assessment: Assessment, fresh: bool, taken: bool) -> Becomes:
    card, verdict = assessment.scorecard, assessment.verdict
    held = None if fresh else Stage(lead.stage)
    scores: Becomes = {
        "label": card.label,
        "fit": half_up(card.fit.score),
        "intent": half_up(card.intent.score),
        "timing": half_up(card.timing.score),
        "total": half_up(card.total),
        "why": json.dumps(said_in_all_languages(assessment), ensure_ascii=False),
    }
    stage = held if taken and held is not None else after_assessment(held, verdict.stage)
    if stage is not verdict.stage:
        return scores
    what, moment = _next(assessment)
    return {
        **scores,
        "stage": str(stage),
        "reason": verdict.reason,
        "until": verdict.until.isoformat() if verdict.until else None,
        "next_what": what,
        "next_at": moment,
    }


def _next(assessment: Assessment) -> tuple[str | None, datetime | None]:
    """What the calendar brings next: the end of a "not now", or the end of Marketing Ops' time to review."""
    policy, verdict = assessment.policy, assessment.verdict
    if verdict.until is not None:
        return "resume", datetime.combine(verdict.until, time(), policy.zone)
    within = policy.sla.review_within
    promised = promise(policy, within, None, assessment.at) if within and verdict.stage is Stage.REVIEW else None
    return ("review", promised.due_at) if promised else (None, None)


def said_in_all_languages(assessment: Assessment) -> dict[str, str]:
    """The why of the verdict in each language of the product, so that a list reads well for whoever opens it."""
    parts = (assessment.policy, assessment.evidence, assessment.scorecard, assessment.checklist, assessment.verdict)
    return {language: sentence(*parts, words_for(language)) for language in LANGUAGES}


def _store(
    toolbox: Toolbox, session: Session, row: Response, assessment: Assessment, step: str | None
) -> StoredAssessment:
    card, verdict = assessment.scorecard, assessment.verdict
    content: dict[str, Any] = {
        "fit": {"score": half_up(card.fit.score), "grade": card.fit.grade},
        "intent": {"score": half_up(card.intent.score), "rank": card.intent.rank},
        "timing": {"score": half_up(card.timing.score), "level": card.timing.level},
        "label": card.label,
        "total": half_up(card.total),
        "checklist": [{"id": box.id, "state": box.state, "evidence": box.evidence} for box in assessment.checklist],
        "verdict": {
            **{key: value for key, value in asdict(verdict).items() if key in ("reason", "to", "why")},
            "stage": str(verdict.stage),
            "until": verdict.until.isoformat() if verdict.until else None,
        },
        "maturity": {"shown": assessment.maturity.shown, "order": list(assessment.maturity.order)},
        "next_step": step,
    }
    stored = StoredAssessment(
        id=toolbox.new_id(),
        response_id=row.id,
        lead_id=row.lead_id,
        policy_id=row.policy_id,
        policy_version=row.policy_version,
        at=assessment.at,
        content=content,
    )
    assessments.add(session, stored)
    return stored
