"""Gathering: everything a lead said and did, up to one instant, becomes its evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from questionnaire.core.evidence import ANSWER, CONTACT, HIDDEN, IMPORT, Evidence, Filled, History, Known, Signal
from questionnaire.core.identity import Domains, canonical_email, email_kind, in_list
from questionnaire.core.journey import Journey
from questionnaire.core.levels import level_of_answer, level_of_field, level_of_import
from questionnaire.core.policy import Policy

_RANK = {ANSWER: 3, HIDDEN: 2, CONTACT: 2, IMPORT: 1}
COMPLETED = "survey_completed"
NOT_NOW = "not_now"


def gather(
    policy: Policy,
    filled: Sequence[Filled],
    signals: Sequence[Signal],
    history: History,
    now: datetime,
    domains: Domains,
) -> Evidence:
    """The evidence at `now`; what is dated later does not exist yet. `filled` needs at least one response by then."""
    past = tuple(sorted((one for one in filled if one.at <= now), key=lambda one: one.at))
    journeys = tuple(one.journey() for one in past)
    newest = {one.survey.id: index for index, one in enumerate(past)}
    contact = {key: value for one in past for key, value in one.contact.items() if value not in (None, "")}
    not_now_on, not_now_response = _not_now(policy, past, journeys, history, now)
    known, stale = _levels(policy, past, journeys, now)
    canonical = canonical_email(str(contact.get("email", "")))
    return Evidence(
        at=now,
        filled=past,
        journeys=journeys,
        known=known,
        stale=stale,
        contact=contact,
        answers=_newest_answers(past, journeys),
        fields={key: value for one in past for key, value in one.hidden.items()},
        claims={key: value for one in past for key, value in one.claims.items()},
        signals=_signals(past, journeys, signals, now),
        flags=frozenset(flag for index in newest.values() for flag in _flags(past[index], journeys[index])),
        history=history,
        not_now_on=not_now_on,
        not_now_response=not_now_response,
        email_kind=email_kind(canonical, domains) if canonical else None,
        domain_in=_lists_holding(policy, canonical),
    )


def _flags(one: Filled, journey: Journey) -> tuple[str, ...]:
    if not one.confirmed:
        return ()
    items = one.survey.items
    return tuple(flag for name, value in journey.answers.items() for flag in items[name].flags(value))


def _lists_holding(policy: Policy, canonical: str | None) -> frozenset[str]:
    domain = canonical.rpartition("@")[2] if canonical else None
    lists: Mapping[str, Sequence[str]] = policy.lists.model_dump()
    return frozenset(name for name, listed in lists.items() if domain and in_list(domain, listed))


def _newest_answers(past: Sequence[Filled], journeys: Sequence[Journey]) -> dict[str, Any]:
    answers: dict[str, Any] = {}
    seen: dict[str, dict[str, Any]] = {}
    for one, journey in zip(past, journeys, strict=True):
        gone = set(seen.get(one.survey.id, {})) - journey.asked
        answers = {name: value for name, value in answers.items() if name not in gone}
        answers |= dict(journey.answers)
        seen[one.survey.id] = dict(journey.answers)
    return answers


def _not_now(
    policy: Policy, past: Sequence[Filled], journeys: Sequence[Journey], history: History, now: datetime
) -> tuple[date | None, str | None]:
    said: list[tuple[date, str | None]] = []
    if history.not_now_on and history.not_now_on <= now.astimezone(policy.zone).date():
        said.append((history.not_now_on, None))
    for one, journey in zip(past, journeys, strict=True):
        if NOT_NOW in _flags(one, journey):
            said.append((one.at.astimezone(policy.zone).date(), one.id))
    return max(said, key=lambda entry: entry[0]) if said else (None, None)


def _signals(
    past: Sequence[Filled], journeys: Sequence[Journey], outside: Sequence[Signal], now: datetime
) -> tuple[Signal, ...]:
    found = [signal for signal in outside if signal.at <= now]
    for one, journey in zip(past, journeys, strict=True):
        for name, value in journey.answers.items():
            source = f"answer {name} = {', '.join(value) if isinstance(value, tuple) else value}"
            found += [
                Signal(emitted, one.at, source=source, response=one.id)
                for emitted in one.survey.items[name].emits(value)
            ]
        if journey.complete:
            found.append(Signal(COMPLETED, one.at, source=f"survey {one.survey.id} completed", response=one.id))
    return tuple(sorted(found, key=lambda signal: signal.at))


def _levels(
    policy: Policy, past: Sequence[Filled], journeys: Sequence[Journey], now: datetime
) -> tuple[dict[str, Known], dict[str, Known]]:
    best: dict[str, Known] = {}
    for index, one in enumerate(past):
        newer = [journeys[later] for later in range(index + 1, len(past)) if past[later].survey.id == one.survey.id]
        for item in _found_in(policy, one, journeys[index]):
            withdrawn = item.kind == ANSWER and any(item.name not in journey.asked for journey in newer)
            held = best.get(item.criterion)
            if not withdrawn and (held is None or (item.at, _RANK[item.kind]) >= (held.at, _RANK[held.kind])):
                best[item.criterion] = item
    today = now.astimezone(policy.zone).date()
    dated = {name: _dated(policy, item) for name, item in best.items()}
    known = {name: item for name, item in dated.items() if item.expired_on is None or item.expired_on > today}
    return known, {name: item for name, item in dated.items() if name not in known}


def _dated(policy: Policy, item: Known) -> Known:
    """The same with the day on which it stops being true, if its level has one."""
    valid_for = policy.criteria[item.criterion].levels[item.level].valid_for
    if valid_for is None:
        return item
    ends = valid_for.after(item.at.astimezone(policy.zone).date())
    return Known(item.criterion, item.level, item.kind, item.name, item.value, item.at, ends)


def _found_in(policy: Policy, one: Filled, journey: Journey) -> list[Known]:
    found: list[Known] = []

    def add(criterion: str | None, level: str | None, kind: str, name: str, value: Any) -> None:
        if criterion in policy.criteria and level is not None and criterion is not None:
            found.append(Known(criterion, level, kind, name, value, one.at))

    for name, value in one.imported.items():
        question = one.survey.question(name)
        criterion = question.criterion if question else name
        add(criterion, level_of_import(policy, question, criterion, value), IMPORT, name, value)
    for contact in one.survey.contact_fields:
        value = one.contact.get(contact.name)
        add(contact.criterion, level_of_field(policy, contact.criterion, contact.question, value), CONTACT,
            contact.name, value)  # fmt: skip
    for hidden in one.survey.hidden_fields:
        value = one.hidden.get(hidden.name)
        add(hidden.criterion, level_of_field(policy, hidden.criterion, None, value), HIDDEN, hidden.name, value)
    for name, value in journey.answers.items():
        item = one.survey.items[name]
        add(item.criterion, level_of_answer(policy, item, value), ANSWER, name, value)
    return found
