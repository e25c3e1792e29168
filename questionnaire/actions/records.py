"""What is known of a lead, derived again from what is stored: its responses, its history, its assessment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from questionnaire.actions.publishing import policy_of, survey_of
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.answers import Answers, read_answers
from questionnaire.core.assessment import Assessment, assess
from questionnaire.core.evidence import Filled, History
from questionnaire.core.lifecycle import Stage
from questionnaire.core.words import ENGLISH, Words
from questionnaire.storage import Session, events, leads, responses
from questionnaire.storage.tables import Lead, Response

WON = "customer"
# From the worst to the best for the lead: an unconfirmed repeat may raise a verdict and never lower it.
HEIGHT = (Stage.DISQUALIFIED, Stage.DIVERTED, Stage.LEAD, Stage.NURTURE, Stage.MQL, Stage.REVIEW, Stage.SQL_READY)


@dataclass(frozen=True, slots=True)
class Pinned:
    """The policy version a lead is judged under."""

    id: str
    version: int


@dataclass(frozen=True, slots=True)
class Judged:
    """`claimed` believes every response; `counts` is the same, unless those nobody confirmed would lower it."""

    counts: Assessment
    claimed: Assessment


def write_answers(answers: Answers) -> dict[str, Any]:
    """Answers as JSON. Exact decimals are kept as text; reading them again gives the same values."""
    values = {name: _json(value) for name, value in answers.items()}
    return {**values, **{f"{name}.other": text for name, text in answers.words.items()}}


def _json(value: Any) -> Any:
    if isinstance(value, tuple):
        return list(value)
    return value if isinstance(value, str | int | bool) else str(value)


def filled_of(toolbox: Toolbox, session: Session, row: Response, first: bool, lead: Lead | None) -> Filled:
    """A stored response as evidence. The contact data of an unconfirmed repeat is the lead's, not what it claims."""
    survey = survey_of(toolbox, session, row.survey_id, row.survey_version)
    confirmed = first or row.confirmed_at is not None
    return Filled(
        survey=survey,
        answers=read_answers(survey, row.answers)[0],
        at=row.at,
        contact=row.contact if confirmed or lead is None else {**lead.contact, "email": lead.email},
        hidden=row.hidden,
        claims=row.claims,
        id=row.id,
        language=row.language,
        confirmed=confirmed,
        touches=row.source,
    )


def filled_by(toolbox: Toolbox, session: Session, lead: Lead, until: datetime | None = None) -> tuple[Filled, ...]:
    """Every response of a lead up to a moment, oldest first."""
    rows = [row for row in responses.of_lead(session, lead.id) if until is None or row.at <= until]
    return tuple(filled_of(toolbox, session, row, index == 0, lead) for index, row in enumerate(rows))


def history_of(session: Session, lead: Lead, fresh: bool = False) -> History:
    """What happened to the lead, and to its company, that its answers do not say."""
    not_now: date | None = None
    for event in () if fresh else events.of_lead(session, lead.id):
        if event.data.get("not_now_on"):
            not_now = date.fromisoformat(str(event.data["not_now_on"]))
    colleagues = leads.colleagues(session, lead) if lead.account_domain else ()
    return History(
        not_now_on=not_now,
        stage=lead.stage,
        owner=lead.owner,
        account_owner=next((owner for owner, _ in colleagues if owner), None),
        customer=lead.stage == WON or any(stage == WON for _, stage in colleagues),
    )


def judge(
    toolbox: Toolbox,
    session: Session,
    lead: Lead,
    filled: Sequence[Filled],
    pinned: Pinned,
    at: datetime,
    words: Words = ENGLISH,
    fresh: bool = False,
) -> Assessment:
    """The lead's assessment under a published policy at a moment. A `fresh` lead has no history to look for."""
    return weigh(toolbox, session, lead, filled, pinned, at, words, fresh).counts


def weigh(
    toolbox: Toolbox,
    session: Session,
    lead: Lead,
    filled: Sequence[Filled],
    pinned: Pinned,
    at: datetime,
    words: Words = ENGLISH,
    fresh: bool = False,
) -> Judged:
    """The same with what it would be if every unconfirmed repeat were the person's own (safety 24a)."""
    policy, history = policy_of(toolbox, session, pinned.id, pinned.version), history_of(session, lead, fresh)
    claimed = assess(policy, filled, (), history, at, toolbox.domains, words)
    sure = [one for one in filled if one.confirmed]
    if len(sure) == len(filled):
        return Judged(claimed, claimed)
    without = assess(policy, sure, (), history, at, toolbox.domains, words)
    lowers = HEIGHT.index(claimed.verdict.stage) < HEIGHT.index(without.verdict.stage)
    return Judged(without if lowers else claimed, claimed)
