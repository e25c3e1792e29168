"""The text output of an assessment, most important facts first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from questionnaire.core.base.formats import signed
from questionnaire.core.base.labels import stage_name
from questionnaire.core.base.translation import ENGLISH
from questionnaire.core.cases import Outcome
from questionnaire.core.policy.names import segment_title

_MARKS = {"checked": "[x]", "open": "[ ]", "unknown": "[?]"}


def page(outcome: Outcome) -> str:
    """Returns the whole text, in English."""
    return "\n".join(_lines(outcome, outcome.transcript))


def _lines(outcome: Outcome, result: Mapping[str, Any]) -> Iterator[str]:
    survey, policy, verdict = result["survey"], result["policy"], result["verdict"]
    title = result["name"] or "Case"
    yield title
    yield "=" * len(title)
    policy_label = f"judged by {policy['id']} v{policy['version']}"
    yield f"{survey['id']} v{survey['version']}, {policy_label}, {_format_time(result['at'])}"
    if outcome.assessment.segment:
        yield f"Segment: {segment_title(outcome.assessment.segment, ENGLISH)}"
    if result["ending"]:
        yield f"Ends early at {result['ending']}: no report, and no lead unless the person was known already."
    yield ""
    facts = [part for part in (_reason(verdict), f"label {result['label']}", f"total {result['total']}") if part]
    yield f"{stage_name(verdict['stage'], ENGLISH).upper()} ({', '.join(facts)})"
    yield f"  {verdict['why']}"
    yield from _handoff(outcome, result)
    yield ""
    fit, intent, timing = result["fit"], result["intent"], result["timing"]
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
    yield from _maturity(result["maturity"])
    yield from _calculated(outcome)
    if result["ending"]:
        return
    yield f"Next step  {result['next_step'] or 'none'}"
    if result["content_blocks"]:
        yield f"Content blocks  {', '.join(result['content_blocks'])}"


def _calculated(outcome: Outcome) -> Iterator[str]:
    """The calculated values of the newest answers, as people read them."""
    latest = outcome.assessment.evidence.latest
    if latest.survey.calculated:
        yield "Calculated"
    for value in latest.survey.calculated:
        amount = latest.calculated[value.name]
        yield f"  {value.name:<20}  {value.say(amount, 'en') if amount is not None else 'unknown'}"


def _reason(verdict: Mapping[str, Any]) -> str:
    parts = [str(verdict["reason"]).replace("_", " ")] if verdict["reason"] else []
    parts += [f"until {verdict['until']}"] if verdict["until"] else []
    parts += [f"to {verdict['to']}"] if verdict["to"] else []
    return " ".join(parts)


def _format_time(iso: str) -> str:
    return datetime.fromisoformat(iso).strftime("%A %d %B %Y, %H:%M %z")


def _handoff(outcome: Outcome, result: Mapping[str, Any]) -> Iterator[str]:
    route = result["route"]
    if route is None:
        return
    rep = outcome.assessment.policy.rep(route["rep"]) if route["rep"] else None
    yield f"  Goes to {rep.name if rep else route['rep'] or route['queue']}: {route['why']}."
    if result["first_contact_due"]:
        yield f"  First contact due {_format_time(result['first_contact_due'])}."


def _axis(name: str, axis: Mapping[str, Any], detail: str) -> str:
    floored = f", {signed(axis['raw'])} before the limits" if "raw" in axis else ""
    return f"{name:<7}{axis['score']:>4} of {axis['max']}  {detail}{floored}"


def _contributions(contributions: list[dict[str, Any]]) -> Iterator[str]:
    for line in contributions:
        yield f"  {line['criterion']:<20} {line['level']:<16} {signed(line['points']):>4}  {line['source']}"


def _signals(intent: Mapping[str, Any]) -> Iterator[str]:
    for signal in intent["signals"]:
        times = f"{signal['strength']}, {signal['count']}x"
        yield f"  {signal['signal']:<20} {times:<16} {signed(signal['points']):>4}  {signal['source']}"
    for group in intent["groups"]:
        if group["raw"] != group["capped"]:
            yield f"  group {group['group']}: {group['raw']} points, capped at {group['capped']}"


def _checklist(outcome: Outcome) -> Iterator[str]:
    items = outcome.assessment.checklist
    open_count = sum(1 for item in items if item.is_open)
    yield f"Checklist  {len(items) - open_count} of {len(items)}"
    for item in items:
        text = item.say(ENGLISH)
        yield f"  {_MARKS[item.state]} {item.id:<6} {text}{' (blocking)' if item.blocking and item.is_open else ''}"
        if item.is_open and item.evidence:
            yield f"             {item.evidence}"


def _maturity(maturity: Mapping[str, Any]) -> Iterator[str]:
    if maturity["shown"] is None:
        yield "Maturity   nothing answered that shows any"
        return
    yield f"Maturity   {maturity['shown']} %{'  ' + maturity['band'] if maturity['band'] else ''}"
    for name in maturity["order"]:
        yield f"  {name:<20} {maturity['dimensions'][name]['shown']:>3} %"
