"""What a form of the desk says, as an act."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from questionnaire.core.base.text_cleaning import clean_text
from questionnaire.core.handoff import acts
from questionnaire.core.handoff.acts import Act

LONGEST_TEXT = 2 * acts.LONGEST_DETAIL
"""Text that is longer than a detail may be is read this far, so that its writer can shorten it."""
HEARD = "heard "
"""Before the name of what the policy asks for to confirm an SQL, in the name of its field."""
WAIVER = "waiver "
"""Before the id of a box, in the name of the field with its word."""

Form = Mapping[str, str]


def text_of(form: Form, name: str) -> str:
    return clean_text(form.get(name, "")[:LONGEST_TEXT], LONGEST_TEXT) or ""


def day_of(text: str) -> date | None:
    """None for no day, and for what is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def moment_of(form: Form, name: str, zone: ZoneInfo) -> datetime | None:
    """A date and a time of somebody's zone; None without a date. Without a time it is nine in the morning."""
    day = day_of(form.get(f"{name}_day", ""))
    if day is None:
        return None
    try:
        at = time.fromisoformat(form.get(f"{name}_time", "") or "09:00")
    except ValueError:
        at = time(9)
    return datetime.combine(day, at, zone).astimezone(UTC)


def _attempt(form: Form, zone: ZoneInfo) -> Act:
    outcome = form.get("outcome", acts.ATTEMPT_OUTCOMES[0])
    return acts.LogAttempt(outcome, moment_of(form, "next", zone), text_of(form, "detail"))


def _confirm(form: Form, zone: ZoneInfo) -> Act:
    heard = {name.removeprefix(HEARD): text_of(form, name) for name in form if name.startswith(HEARD)}
    return acts.ConfirmSql(heard, text_of(form, "amount"), text_of(form, "next_step"), moment_of(form, "next", zone))


def _approve(form: Form, _zone: ZoneInfo) -> Act:
    words = {name.removeprefix(WAIVER): text_of(form, name) for name in form if name.startswith(WAIVER)}
    return acts.ApproveLead(waivers=words)


def _decline(form: Form, _zone: ZoneInfo) -> Act:
    until = day_of(form.get("until", "")) if form.get("then") != "disqualify" else None
    return acts.DeclineLead(text_of(form, "detail"), until, disqualifies=form.get("then") == "disqualify")


ACTS: Mapping[str, Callable[[Form, ZoneInfo], Act]] = {
    "accept": lambda _form, _zone: acts.AcceptLead(),
    "attempt": _attempt,
    "reached": lambda form, _zone: acts.LogContact(text_of(form, "detail")),
    "confirm": _confirm,
    "reject": lambda form, _zone: acts.RejectLead(form.get("code", ""), text_of(form, "detail")),
    "nurture": lambda form, _zone: acts.SendToNurture(day_of(form.get("until", "")), text_of(form, "detail")),
    "owner": lambda form, _zone: acts.RequestOwner(text_of(form, "detail")),
    "opportunity": lambda form, _zone: acts.RecordOpportunity(text_of(form, "amount"), text_of(form, "timeline")),
    "won": lambda form, _zone: acts.RecordWin(text_of(form, "amount")),
    "lost": lambda form, _zone: acts.RecordLoss(text_of(form, "detail")),
    "reassign": lambda form, _zone: acts.ReassignLead(form.get("rep", ""), text_of(form, "detail")),
    "approve": _approve,
    "decline": _decline,
    "reopen": lambda form, _zone: acts.ReopenLead(text_of(form, "detail")),
}
"""The word in the form -> the act it asks for."""

FORMS = ("attempt", "confirm", "reject", "nurture", "owner", "opportunity", "won", "lost", "reopen")
"""Acts that have a page with fields."""
