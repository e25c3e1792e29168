"""Judging: a response alone when it is accepted, and with everything known under its address in a job right after.

The job assesses outside of the write lock. Under the lock it looks whether what it rested on is still so, and writes.
What a response may do to its lead is decided in core/scoring/confirmation.py (safety 24a). Doing the job twice does it
once.
"""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from questionnaire.actions.assessing.assessments import keep_assessment, shown_parts
from questionnaire.actions.assessing.history import PolicyPin, assess_stored, filled_of
from questionnaire.actions.assessing.situation import (
    Situation,
    contact_columns,
    find_or_add_lead,
    known_lead,
    situation_of,
)
from questionnaire.actions.delivery.announcements import announce, announce_other
from questionnaire.actions.documents import benchmark
from questionnaire.actions.handoff import assign, clock_jobs, consequences
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.base.explanation import write_explanation
from questionnaire.core.base.quantities import half_up
from questionnaire.core.base.stage import Stage, after_assessment
from questionnaire.core.handoff.deadline import deadline_for
from questionnaire.core.identity.email_address import canonical_email
from questionnaire.core.scoring.assessment import Assessment
from questionnaire.core.scoring.confirmation import Effect, rests_on_claims
from questionnaire.core.scoring.evidence import History
from questionnaire.storage import Session
from questionnaire.storage.leads import events, leads
from questionnaire.storage.leads.projection import Becomes
from questionnaire.storage.responses import assessments, responses
from questionnaire.storage.tables import LeadRow, ResponseRow

JOB = "judge"
PROSPECT = "prospect"
WITHDRAWN = (Stage.DISQUALIFIED, Stage.DIVERTED, Stage.NURTURE)
"""Stages that end or delay a lead. Where only claims gave them, the first confirmed response withdraws them."""


def assess_alone(toolbox: Toolbox, session: Session, row: ResponseRow) -> Assessment:
    """The response as if nothing else were known of anyone: what its own result page rests on."""
    pinned = PolicyPin(row.policy_id, row.policy_version)
    return assess_stored(toolbox, session, (filled_of(toolbox, session, row),), pinned, History(stage="lead"), row.at)


def judge_response(toolbox: Toolbox, response_id: str) -> None:
    """The job. Writes the response to its lead, judges and moves the lead, and has the people concerned told."""
    with toolbox.database.reading() as session:
        row = responses.get(session, response_id)
        counts = row is not None and not row.test
        seen = situation_of(toolbox, session, row, known_lead(session, row)) if row is not None and counts else None
        made = _assess(toolbox, session, seen) if seen is not None else None
    if seen is None:
        return
    with toolbox.database.writing() as session:
        locked = responses.lock(session, response_id)
        if locked is None:
            return
        found, fresh = _lead_of(toolbox, session, locked)
        now = situation_of(toolbox, session, locked, None if fresh else found)
        if now is None:
            return
        if now.basis != seen.basis:
            made = _assess(toolbox, session, now)
        _write(toolbox, session, now, found, made)


def _lead_of(toolbox: Toolbox, session: Session, row: ResponseRow) -> tuple[LeadRow | None, bool]:
    """The lead of the response, and whether it is new. Who was sent to an ending is no new lead."""
    if row.ending is None:
        return find_or_add_lead(toolbox, session, row)
    lead = known_lead(session, row)
    return lead, lead is None


def _assess(toolbox: Toolbox, session: Session, seen: Situation) -> Assessment | None:
    """The lead's assessment, None when the response changes nothing of it."""
    effect = seen.effect
    if effect is Effect.NONE or (seen.lead is None and _stays_alone(seen.row)):
        return None
    filled = [filled_of(toolbox, session, row) for row in seen.counts]
    pinned = PolicyPin(seen.row.policy_id, seen.row.policy_version)
    contradictory = effect is Effect.REVIEW
    return assess_stored(toolbox, session, filled, pinned, seen.history, seen.at, contradictory=contradictory)


def _stays_alone(row: ResponseRow) -> bool:
    """Whether the response makes no lead: it has no address, or stopped on an ending."""
    return row.ending is not None or canonical_email(str(row.contact.get("email", ""))) is None


# --- writing ---------------------------------------------------------------------------------------------------


def _write(toolbox: Toolbox, session: Session, seen: Situation, lead: LeadRow | None, made: Assessment | None) -> None:
    # Taken once: the situation looks at the lead, which is changed below.
    row, assesses = seen.row, seen.effect is Effect.ASSESS
    if seen.arrives:
        responses.mark_judged(session, row.id, _own_lead(session, row, lead), toolbox.now())
        if row.ending is None:
            toolbox.queue.enqueue(session, "render_report", f"report:{row.id}", {"response": row.id})
    if lead is None and row.ending is not None:
        return
    if lead is None:
        stage = assessments.content_of(session, row.id).get("verdict", {}).get("stage", "")
        benchmark.count_alone(toolbox, session, row, str(stage))
        told = {"response": {"id": row.id, "survey": row.survey_id, "version": row.survey_version}, "actor": PROSPECT}
        announce_other(toolbox, session, "response.completed", row.id, row.at, told)
        return
    _note(toolbox, session, seen, lead)
    if made is not None:
        _change(toolbox, session, seen, lead, made)
    if seen.arrives and seen.lead is not None:
        if row.ending is None:
            earlier = [one for one in seen.rows if one.id != row.id and one.ending is None]
            benchmark.remember(toolbox, session, row, lead, earlier)
        if lead.owner:
            _tell(toolbox, session, "new_answers", row)
    if assesses and made is not None:
        # The last rows to be locked, after those of the lead and of the handoff: everyone takes them in this order.
        completed = [one for one in seen.counts if one.ending is None]
        benchmark.recount(toolbox, session, lead, completed, (str(made.verdict.stage),))


def _own_lead(session: Session, row: ResponseRow, lead: LeadRow | None) -> str | None:
    """The lead that keeps the response: that of its address, also where it counts for the one that address was merged
    into."""
    canonical = canonical_email(str(row.contact.get("email", "")))
    if lead is None or canonical is None or lead.canonical_email == canonical:
        return lead.id if lead is not None else None
    own = leads.with_address(session, canonical)
    return own.id if own is not None else lead.id


def _note(toolbox: Toolbox, session: Session, seen: Situation, lead: LeadRow) -> None:
    """What the prospect did, in the history."""
    row = seen.row
    if seen.arrives:
        data: dict[str, Any] = {"survey": row.survey_id, "version": row.survey_version}
        if row.confirmed_at is not None:
            data["confirmed"] = True
        elif seen.lead is not None:
            data["unconfirmed"] = True
        if row.ending is not None:
            data["ending"] = row.ending
        event_id = toolbox.new_id()
        events.append(session, event_id, lead.id, "submitted", row.at, actor=PROSPECT, response_id=row.id, data=data)
        announce(toolbox, session, event_id, "submitted")
        if row.ending is None:
            _tell(toolbox, session, "report_ready", row)
    if seen.confirms and row.confirmed_at is not None:
        event_id = toolbox.new_id()
        events.append(session, event_id, lead.id, "address_confirmed", row.confirmed_at, actor=PROSPECT,
                      response_id=row.id)  # fmt: skip
        announce(toolbox, session, event_id, "address_confirmed")


def _change(toolbox: Toolbox, session: Session, seen: Situation, lead: LeadRow, made: Assessment) -> None:
    """What the assessment makes of the lead, as far as it may be moved."""
    before, row = seen.lead, seen.row
    _withdraw(toolbox, session, seen, lead, made)
    if before is not None and seen.effect is Effect.ASSESS:
        leads.write_contact(session, lead, contact_columns(seen.counts), max(one.at for one in seen.counts))
    shown = shown_parts(assessments.content_of(session, row.id))
    stored = keep_assessment(toolbox, session, row, made, shown, lead.id)
    review = seen.effect is Effect.REVIEW
    becomes = _asks_for_a_person(made) if review else becomes_of(lead, made, before is None, seen.has_owner)
    data = {"assessment": stored.id, "stage": str(made.verdict.stage), **({"contradictory": True} if review else {}),
            **({"to": made.verdict.to} if made.verdict.to else {})}  # fmt: skip
    event_id = toolbox.new_id()
    events.append(session, event_id, lead.id, "assessed", seen.at, response_id=row.id, data=data, becomes=becomes)
    announce(toolbox, session, event_id, "assessed")
    consequences.plan_wake_up(toolbox, session, lead)
    if not seen.has_owner:
        move_on(toolbox, session, lead, row, made)


def _withdraw(toolbox: Toolbox, session: Session, seen: Situation, lead: LeadRow, made: Assessment) -> None:
    """A stage that only claims had given is taken back by the first confirmed response, when that leads elsewhere."""
    position = seen.position
    if position is None or not rests_on_claims(seen.mine, seen.others, position) or position.stage not in WITHDRAWN:
        return
    if (made.verdict.stage, made.verdict.reason) == (position.stage, lead.reason):
        return
    nothing: Becomes = {"stage": str(Stage.LEAD), "reason": None, "until": None, "next_what": None, "next_at": None}
    event_id = toolbox.new_id()
    events.append(session, event_id, lead.id, "withdrawn", seen.at, response_id=seen.row.id,
                  data={"stage": str(position.stage), "reason": lead.reason}, becomes=nothing)  # fmt: skip
    announce(toolbox, session, event_id, "withdrawn")


def move_on(toolbox: Toolbox, session: Session, lead: LeadRow, row: ResponseRow, made: Assessment) -> None:
    """A lead that is ready goes to a rep, one that waits for review or is not for sales is announced."""
    if lead.stage == Stage.SQL_READY:
        assign.assign_lead(toolbox, session, lead, made, row)
    elif lead.stage == Stage.REVIEW:
        _tell(toolbox, session, "review_waiting", row)
        clock_jobs.plan(toolbox, session, made.policy, lead.id)
    elif lead.stage == Stage.DIVERTED:
        _tell(toolbox, session, "lead_diverted", row)


def _tell(toolbox: Toolbox, session: Session, what: str, row: ResponseRow) -> None:
    toolbox.queue.enqueue(session, "tell", f"tell:{what}:{row.id}", {"what": what, "response": row.id})


def becomes_of(lead: LeadRow, made: Assessment, fresh: bool, held: bool) -> Becomes:
    """The columns an assessment changes. `fresh`: the lead is new; `held`: a rep or a queue has it."""
    card, verdict = made.scorecard, made.verdict
    stands = None if fresh else Stage(lead.stage)
    scores: Becomes = {
        "label": card.label,
        "fit": half_up(card.fit.score),
        "intent": half_up(card.intent.score),
        "timing": half_up(card.timing.score),
        "total": half_up(card.total),
        "why": _why(made),
    }
    stage = stands if held and stands is not None else after_assessment(stands, verdict.stage)
    if stage is not verdict.stage:
        return scores
    moved: Becomes = {
        **scores,
        "stage": str(stage),
        "reason": verdict.reason,
        "until": verdict.until.isoformat() if verdict.until else None,
    }
    if stage is Stage.REVIEW and stands is Stage.REVIEW and lead.next_at is not None:
        # The time to review is running: new answers never start it again.
        return moved
    what, moment = _next(made)
    return {**moved, "next_what": what, "next_at": moment}


def _asks_for_a_person(made: Assessment) -> Becomes:
    """Claims that exclude each other change no score: they only bring the lead to a person."""
    what, moment = _next(made)
    return {"stage": str(Stage.REVIEW), "reason": made.verdict.reason, "until": None, "why": _why(made),
            "next_what": what, "next_at": moment}  # fmt: skip


def _why(made: Assessment) -> str | None:
    return write_explanation(made.verdict.why) if made.verdict.why else None


def _next(made: Assessment) -> tuple[str | None, datetime | None]:
    """What the calendar brings next: the end of a "not now", or the end of Marketing Ops' time to review."""
    policy, verdict = made.policy, made.verdict
    if verdict.until is not None:
        return "resume", datetime.combine(verdict.until, time(), policy.zone)
    within = policy.sla.review_within
    promised = deadline_for(policy, within, None, made.at) if within and verdict.stage is Stage.REVIEW else None
    return ("review", promised.due_at) if promised else (None, None)
