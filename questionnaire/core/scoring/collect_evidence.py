"""Collects the evidence of a lead from its responses, signals and history, up to one instant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from questionnaire.core.identity.contact_details import newest_details
from questionnaire.core.identity.email_address import Domains, canonical_email, domain_of, email_kind
from questionnaire.core.policy import Policy
from questionnaire.core.scoring.calculated_levels import calculated_levels
from questionnaire.core.scoring.evidence import (
    ANSWER,
    CALCULATED,
    CONTACT,
    HIDDEN,
    IMPORT,
    Evidence,
    History,
    Known,
    NotNowAnswer,
    ResponseEvidence,
    Signal,
)
from questionnaire.core.scoring.levels import level_of_answer, level_of_field, level_of_import
from questionnaire.core.survey.journey import Journey
from questionnaire.core.survey.questions import Question, Value

_RANK = {ANSWER: 3, CALCULATED: 3, HIDDEN: 2, CONTACT: 2, IMPORT: 1}
COMPLETED = "survey_completed"
NOT_NOW = "not_now"


@dataclass(frozen=True, slots=True)
class CurrentAnswer:
    """An answer that no newer response has replaced or withdrawn."""

    item: Question
    value: Value
    at: datetime


def gather(
    policy: Policy,
    filled: Sequence[ResponseEvidence],
    signals: Sequence[Signal],
    history: History,
    now: datetime,
    domains: Domains,
) -> Evidence:
    """Returns the evidence at `now`. Later items are ignored. `filled` needs at least one response by then."""
    until_now = (response for response in filled if response.at <= now)
    past = tuple(sorted(until_now, key=lambda response: (response.at, response.id)))
    journeys = tuple(response.journey for response in past)
    answers, contact = current_answers(past, journeys), newest_details(response.contact for response in past)
    declared = (*_levels_of_fields(policy, past), *_levels_of_answers(policy, answers))
    known, stale = _newest(policy, (*declared, *calculated_levels(policy, past, journeys)), now)
    canonical = canonical_email(str(contact.get("email", "")))
    return Evidence(
        at=now,
        filled=past,
        journeys=journeys,
        known=known,
        stale=stale,
        contact=contact,
        answers={answer.item.name: answer.value for answer in answers},
        fields={key: value for response in past for key, value in response.hidden.items()},
        claims={key: value for response in past for key, value in response.claims.items()},
        signals=_signals(past, journeys, (*signals, *history.signals), now),
        flags=frozenset(flag for answer in answers for flag in answer.item.flags(answer.value)),
        history=history,
        not_now=_not_now(policy, past, journeys, history, now),
        email_kind=email_kind(canonical, domains) if canonical else None,
        domain_in=policy.lists.holding(domain_of(canonical)) if canonical else frozenset(),
    )


def current_answers(past: Sequence[ResponseEvidence], journeys: Sequence[Journey]) -> tuple[CurrentAnswer, ...]:
    """Returns the current answers, oldest first.

    A newer answer replaces an older one unless it is "I don't know". A response that no longer shows the question
    withdraws the answer of an older response to the same survey. An import has no answers and withdraws nothing.
    """
    current: dict[tuple[str, str], CurrentAnswer] = {}
    for response, journey in zip(past, journeys, strict=True):
        survey, items = response.survey.id, response.survey.items
        if current and journey.answers:
            current = {key: old for key, old in current.items() if key[0] != survey or key[1] in journey.item_names}
        for name, value in journey.answers.items():
            item, key = items[name], (survey, name)
            if key not in current or item.is_known(value):
                current.pop(key, None)  # keeps the newest last
                current[key] = CurrentAnswer(item, value, response.at)
    return tuple(current.values())


def _not_now(
    policy: Policy, past: Sequence[ResponseEvidence], journeys: Sequence[Journey], history: History, now: datetime
) -> NotNowAnswer | None:
    """Returns the latest "not now"; of one day, that of the last response."""
    latest: NotNowAnswer | None = None
    if history.not_now_on and history.not_now_on <= now.astimezone(policy.zone).date():
        latest = NotNowAnswer(history.not_now_on)
    for index, (response, journey) in enumerate(zip(past, journeys, strict=True)):
        items = response.survey.items
        if any(NOT_NOW in items[name].flags(value) for name, value in journey.answers.items()):
            day = response.at.astimezone(policy.zone).date()
            if latest is None or day >= latest.on:
                latest = NotNowAnswer(day, response.at, _mark(response, index))
    return latest


def _mark(response: ResponseEvidence, index: int) -> str:
    """The key that links a response's signals to its "not now". Responses without an id get different keys too."""
    return response.id or f"#{index}"


def _signals(
    past: Sequence[ResponseEvidence], journeys: Sequence[Journey], behaviour: Sequence[Signal], now: datetime
) -> tuple[Signal, ...]:
    signals = [signal for signal in behaviour if signal.at <= now]
    for index, (response, journey) in enumerate(zip(past, journeys, strict=True)):
        items, mark = response.survey.items, _mark(response, index)
        for name, value in journey.answers.items():
            for emitted in items[name].emits(value):
                source = f"answer {name} = {', '.join(value) if isinstance(value, tuple) else value}"
                signals.append(Signal(emitted, response.at, source=source, response=mark))
        if journey.complete:
            source = f"survey {response.survey.id} completed"
            signals.append(Signal(COMPLETED, response.at, source=source, response=mark))
    return tuple(sorted(signals, key=lambda signal: (signal.at, signal.name, signal.source, signal.asset or "")))


def _newest(policy: Policy, found: Sequence[Known], now: datetime) -> tuple[dict[str, Known], dict[str, Known]]:
    """Returns the newest known level per criterion (ties: higher _RANK, then later listed), and the expired ones."""
    best: dict[str, Known] = {}
    for item in found:
        previous = best.get(item.criterion)
        if previous is None or (item.at, _RANK[item.kind]) >= (previous.at, _RANK[previous.kind]):
            best[item.criterion] = item
    today = now.astimezone(policy.zone).date()
    known: dict[str, Known] = {}
    stale: dict[str, Known] = {}
    for name, item in best.items():
        expires_on = _expiry(policy, item)
        if expires_on is None:
            known[name] = item
        else:
            dated = replace(item, expired_on=expires_on)
            (known if today < expires_on else stale)[name] = dated
    return known, stale


def _expiry(policy: Policy, item: Known) -> date | None:
    """The day on which a level expires; None when it never does."""
    valid_for = policy.criteria[item.criterion].levels[item.level].valid_for
    return None if valid_for is None else valid_for.after(item.at.astimezone(policy.zone).date())


def _levels_of_answers(policy: Policy, answers: Sequence[CurrentAnswer]) -> list[Known]:
    levels: list[Known] = []
    for answer in answers:
        criterion = answer.item.criterion
        level = level_of_answer(policy, answer.item, answer.value) if criterion else None
        if criterion and level is not None:
            levels.append(Known(criterion, level, ANSWER, answer.item.name, answer.value, answer.at))
    return levels


def _levels_of_fields(policy: Policy, past: Sequence[ResponseEvidence]) -> list[Known]:
    """The levels from imports, contact fields and hidden fields."""
    levels: list[Known] = []

    def add(criterion: str | None, level: str | None, kind: str, name: str, value: Any, at: datetime) -> None:
        if criterion and level is not None:
            levels.append(Known(criterion, level, kind, name, value, at))

    for response in past:
        for name, value in response.imported.items():
            question = response.survey.question(name)
            criterion = question.criterion if question else name
            add(criterion, level_of_import(policy, question, criterion, value), IMPORT, name, value, response.at)
        for contact in response.survey.contact_fields:
            if contact.criterion:
                value = response.contact.get(contact.name)
                level = level_of_field(policy, contact.criterion, contact.question, value)
                add(contact.criterion, level, CONTACT, contact.name, value, response.at)
        for name, criterion, value in _scoring_fields(response):
            add(criterion, level_of_field(policy, criterion, None, value), HIDDEN, name, value, response.at)
    return levels


def _scoring_fields(response: ResponseEvidence) -> list[tuple[str, str, Any]]:
    """Hidden fields that may score: `trust: signed` only from a signed link or the API, open ones from any source."""
    fields = [field for field in response.survey.hidden_fields if field.criterion]
    hidden, claims = response.hidden, response.claims
    sources: Mapping[str, Mapping[str, Any]] = {"signed": hidden, "open": {**claims, **hidden}}
    return [(field.name, field.criterion or "", sources[field.trust].get(field.name)) for field in fields]
