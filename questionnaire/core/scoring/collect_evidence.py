"""Gathering: everything a lead said and did, up to one instant, becomes its evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from questionnaire.core.identity.email_address import Domains, canonical_email, domain_of, email_kind
from questionnaire.core.policy import Policy
from questionnaire.core.scoring.evidence import (
    ANSWER,
    CONTACT,
    HIDDEN,
    IMPORT,
    Evidence,
    Filled,
    History,
    Known,
    NotNow,
    Signal,
)
from questionnaire.core.scoring.levels import level_of_answer, level_of_field, level_of_import
from questionnaire.core.survey.journey import Journey
from questionnaire.core.survey.questions import Question, Value

_RANK = {ANSWER: 3, HIDDEN: 2, CONTACT: 2, IMPORT: 1}
COMPLETED = "survey_completed"
NOT_NOW = "not_now"


@dataclass(frozen=True, slots=True)
class Standing:
    """An answer that nothing newer has replaced or withdrawn."""

    item: Question
    value: Value
    at: datetime


def gather(
    policy: Policy,
    filled: Sequence[Filled],
    signals: Sequence[Signal],
    history: History,
    now: datetime,
    domains: Domains,
) -> Evidence:
    """The evidence at `now`; what is dated later does not exist yet. `filled` needs at least one response by then."""
    past = tuple(sorted((one for one in filled if one.at <= now), key=lambda one: (one.at, one.id)))
    journeys = tuple(one.journey() for one in past)
    standing = stand(past, journeys)
    contact = {key: value for one in past for key, value in one.contact.items() if value not in (None, "")}
    known, stale = _levels(policy, past, standing, now)
    canonical = canonical_email(str(contact.get("email", "")))
    return Evidence(
        at=now,
        filled=past,
        journeys=journeys,
        known=known,
        stale=stale,
        contact=contact,
        answers={one.item.name: one.value for one in standing},
        fields={key: value for one in past for key, value in one.hidden.items()},
        claims={key: value for one in past for key, value in one.claims.items()},
        signals=_signals(past, journeys, signals, now),
        flags=frozenset(flag for one in standing for flag in one.item.flags(one.value)),
        history=history,
        not_now=_not_now(policy, past, journeys, history, now),
        email_kind=email_kind(canonical, domains) if canonical else None,
        domain_in=policy.lists.holding(domain_of(canonical)) if canonical else frozenset(),
    )


def stand(past: Sequence[Filled], journeys: Sequence[Journey]) -> tuple[Standing, ...]:
    """The answers that hold after all responses, oldest first.

    A newer answer replaces an older one unless it is "I don't know". A response that no longer shows the question
    withdraws what an older one to the same survey said; an import, which answers nothing, withdraws nothing.
    """
    held: dict[tuple[str, str], Standing] = {}
    for one, journey in zip(past, journeys, strict=True):
        survey, items = one.survey.id, one.survey.items
        if held and journey.answers:
            held = {key: old for key, old in held.items() if key[0] != survey or key[1] in journey.asked}
        for name, value in journey.answers.items():
            item, key = items[name], (survey, name)
            if key not in held:
                held[key] = Standing(item, value, one.at)
            elif item.is_known(value):
                del held[key]  # the newest stands last
                held[key] = Standing(item, value, one.at)
    return tuple(held.values())


def _not_now(
    policy: Policy, past: Sequence[Filled], journeys: Sequence[Journey], history: History, now: datetime
) -> NotNow | None:
    """The latest day somebody said "not now"; of one day, the last response that did."""
    said: NotNow | None = None
    if history.not_now_on and history.not_now_on <= now.astimezone(policy.zone).date():
        said = NotNow(history.not_now_on)
    for index, (one, journey) in enumerate(zip(past, journeys, strict=True)):
        items = one.survey.items
        if any(NOT_NOW in items[name].flags(value) for name, value in journey.answers.items()):
            day = one.at.astimezone(policy.zone).date()
            said = NotNow(day, one.at, _mark(one, index)) if said is None or day >= said.on else said
    return said


def _mark(one: Filled, index: int) -> str:
    """What its signals and its "not now" have in common; two responses without an id differ too."""
    return one.id or f"#{index}"


def _signals(
    past: Sequence[Filled], journeys: Sequence[Journey], outside: Sequence[Signal], now: datetime
) -> tuple[Signal, ...]:
    found = [signal for signal in outside if signal.at <= now]
    for index, (one, journey) in enumerate(zip(past, journeys, strict=True)):
        items, mark = one.survey.items, _mark(one, index)
        for name, value in journey.answers.items():
            for emitted in items[name].emits(value):
                source = f"answer {name} = {', '.join(value) if isinstance(value, tuple) else value}"
                found.append(Signal(emitted, one.at, source=source, response=mark))
        if journey.complete:
            found.append(Signal(COMPLETED, one.at, source=f"survey {one.survey.id} completed", response=mark))
    return tuple(sorted(found, key=lambda signal: (signal.at, signal.name, signal.source, signal.asset or "")))


def _levels(
    policy: Policy, past: Sequence[Filled], standing: Sequence[Standing], now: datetime
) -> tuple[dict[str, Known], dict[str, Known]]:
    """The newest known level of each criterion, and those that have run out; a later listed source wins a tie."""
    best: dict[str, Known] = {}
    for item in (*_said_beside(policy, past), *_answered(policy, standing)):
        held = best.get(item.criterion)
        if held is None or (item.at, _RANK[item.kind]) >= (held.at, _RANK[held.kind]):
            best[item.criterion] = item
    today = now.astimezone(policy.zone).date()
    known: dict[str, Known] = {}
    stale: dict[str, Known] = {}
    for name, item in best.items():
        ends = _ends(policy, item)
        if ends is None:
            known[name] = item
        else:
            dated = Known(item.criterion, item.level, item.kind, item.name, item.value, item.at, ends)
            (known if today < ends else stale)[name] = dated
    return known, stale


def _ends(policy: Policy, item: Known) -> date | None:
    """The day on which it stops being true, if its level has one."""
    valid_for = policy.criteria[item.criterion].levels[item.level].valid_for
    return None if valid_for is None else valid_for.after(item.at.astimezone(policy.zone).date())


def _answered(policy: Policy, standing: Sequence[Standing]) -> list[Known]:
    found: list[Known] = []
    for one in standing:
        criterion = one.item.criterion
        level = level_of_answer(policy, one.item, one.value) if criterion else None
        if criterion and level is not None:
            found.append(Known(criterion, level, ANSWER, one.item.name, one.value, one.at))
    return found


def _said_beside(policy: Policy, past: Sequence[Filled]) -> list[Known]:
    """What imports, the contact fields and the hidden fields say."""
    found: list[Known] = []

    def add(criterion: str | None, level: str | None, kind: str, name: str, value: Any, at: datetime) -> None:
        if criterion and level is not None:
            found.append(Known(criterion, level, kind, name, value, at))

    for one in past:
        for name, value in one.imported.items():
            question = one.survey.question(name)
            criterion = question.criterion if question else name
            add(criterion, level_of_import(policy, question, criterion, value), IMPORT, name, value, one.at)
        for contact in one.survey.contact_fields:
            if contact.criterion:
                value = one.contact.get(contact.name)
                level = level_of_field(policy, contact.criterion, contact.question, value)
                add(contact.criterion, level, CONTACT, contact.name, value, one.at)
        for name, criterion, value in _trusted(one):
            add(criterion, level_of_field(policy, criterion, None, value), HIDDEN, name, value, one.at)
    return found


def _trusted(one: Filled) -> list[tuple[str, str, Any]]:
    """Hidden fields that may score: signed ones by a signed link or the API alone, open ones however they came."""
    fields = [field for field in one.survey.hidden_fields if field.criterion]
    given: Mapping[str, Mapping[str, Any]] = {"signed": one.hidden, "open": {**one.claims, **one.hidden}}
    return [(field.name, field.criterion or "", given[field.trust].get(field.name)) for field in fields]
