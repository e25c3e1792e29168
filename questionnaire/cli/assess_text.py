"""An assessment as a page of text: what a person reads first comes first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from questionnaire.core.base.labels import stage_name
from questionnaire.core.base.translation import ENGLISH
from questionnaire.core.cases import Outcome

_MARKS = {"checked": "[x]", "open": "[ ]", "unknown": "[?]"}


def page(outcome: Outcome) -> str:
    """The whole page, in English."""
    return "\n".join(_lines(outcome, outcome.transcript))


def _lines(outcome: Outcome, told: Mapping[str, Any]) -> Iterator[str]:
    survey, policy, verdict = told["survey"], told["policy"], told["verdict"]
    title = told["name"] or "Case"
    yield title
    yield "=" * len(title)
    judged = f"judged by {policy['id']} v{policy['version']}"
    yield f"{survey['id']} v{survey['version']}, {judged}, {_moment(told['at'])}"
    yield ""
    more = [part for part in (_because(verdict), f"label {told['label']}", f"total {told['total']}") if part]
    yield f"{stage_name(verdict['stage'], ENGLISH).upper()} ({', '.join(more)})"
    yield f"  {verdict['why']}"
    yield from _handoff(outcome, told)
    yield ""
    fit, intent, timing = told["fit"], told["intent"], told["timing"]
    known = fit["completeness"]
    yield _axis("FIT", fit, f"grade {fit['grade']}, {known['known']} of {known['of']} known")
    yield from _contributions(fit["contributions"])
    yield _axis("INTENT", intent, f"rank {intent['rank']}")
    yield from _signals(intent)
    yield _axis("TIMING", timing, timing["level"])
    yield from _contributions(timing["contributions"])
    yield ""
    yield from _checklist(outcome)
    yield ""
    yield from _maturity(told["maturity"])
    yield f"Next step  {told['next_step'] or 'none'}"


def _because(verdict: Mapping[str, Any]) -> str:
    said = [str(verdict["reason"]).replace("_", " ")] if verdict["reason"] else []
    said += [f"until {verdict['until']}"] if verdict["until"] else []
    said += [f"to {verdict['to']}"] if verdict["to"] else []
    return " ".join(said)


def _moment(iso: str) -> str:
    return datetime.fromisoformat(iso).strftime("%A %d %B %Y, %H:%M %z")


def _handoff(outcome: Outcome, told: Mapping[str, Any]) -> Iterator[str]:
    route = told["route"]
    if route is None:
        return
    rep = outcome.assessment.policy.rep(route["rep"]) if route["rep"] else None
    yield f"  Goes to {rep.name if rep else route['rep'] or route['queue']}: {route['why']}."
    if told["first_contact_due"]:
        yield f"  First contact due {_moment(told['first_contact_due'])}."


def _axis(name: str, axis: Mapping[str, Any], said: str) -> str:
    return f"{name:<7}{axis['score']:>4} of {axis['max']}  {said}"


def _contributions(contributions: list[dict[str, Any]]) -> Iterator[str]:
    for one in contributions:
        yield f"  {one['criterion']:<20} {one['level']:<16} {one['points']:>4}  {one['source']}"


def _signals(intent: Mapping[str, Any]) -> Iterator[str]:
    for seen in intent["signals"]:
        times = f"{seen['strength']}, {seen['count']}x"
        yield f"  {seen['signal']:<20} {times:<16} {seen['points']:>4}  {seen['source']}"
    for group in intent["groups"]:
        if group["raw"] != group["capped"]:
            yield f"  group {group['group']}: {group['raw']} points, capped at {group['capped']}"


def _checklist(outcome: Outcome) -> Iterator[str]:
    boxes = outcome.assessment.checklist
    left = sum(1 for box in boxes if box.is_open)
    yield f"Checklist  {len(boxes) - left} of {len(boxes)}"
    for box in boxes:
        text = box.say(ENGLISH)
        yield f"  {_MARKS[box.state]} {box.id:<6} {text}{' (blocking)' if box.blocking and box.is_open else ''}"
        if box.is_open and box.evidence:
            yield f"             {box.evidence}"


def _maturity(maturity: Mapping[str, Any]) -> Iterator[str]:
    if maturity["shown"] is None:
        yield "Maturity   nothing answered that shows any"
        return
    yield f"Maturity   {maturity['shown']} %{'  ' + maturity['band'] if maturity['band'] else ''}"
    for name in maturity["order"]:
        yield f"  {name:<20} {maturity['dimensions'][name]['shown']:>3} %"
