"""The events of a lead as sentences, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from questionnaire.actions.publishing.publish_version import survey_of
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.base.explanation import read_explanation
from questionnaire.core.base.labels import NOTIFICATIONS, event_name, notification_name, stage_name
from questionnaire.core.base.translation import Translator, gettext_noop
from questionnaire.core.delivery.suppression import RESUBSCRIBED, SuppressionReason
from questionnaire.core.documents.agreement.handoff_parts import reason_name
from questionnaire.core.handoff.act_words import HEARD, budget_name, heard_words, outcome_name
from questionnaire.core.handoff.routing import routing_text
from questionnaire.storage import Session
from questionnaire.storage.people import staff
from questionnaire.storage.tables import EventRow

_CAUSES: Mapping[str, str] = {
    SuppressionReason.UNSUBSCRIBED: gettext_noop("Unsubscribed from emails."),
    SuppressionReason.REQUESTED: gettext_noop("Asked for no more emails."),
    SuppressionReason.BOUNCED: gettext_noop("The email address doesn’t exist."),
    RESUBSCRIBED: gettext_noop("Gets emails again."),
}


@dataclass(frozen=True, slots=True)
class EventNames:
    """Display names of the ids in events: reps by id, titles of surveys by (id, version)."""

    reps: Mapping[str, str]
    surveys: Mapping[tuple[str, int], str]

    def survey(self, event: EventRow) -> str:
        name = str(event.data.get("survey"))
        return self.surveys.get((name, event.data.get("version", 0)), name)


def rep_names(session: Session) -> dict[str, str]:
    """Rep id -> name."""
    return {person.rep: person.name for person in staff.all_staff(session) if person.rep}


def event_names(toolbox: Toolbox, session: Session, events: Iterable[EventRow], language: str) -> EventNames:
    """The names that `event_text` needs for these events."""
    versions = {(str(event.data["survey"]), int(event.data["version"])) for event in events if "survey" in event.data}
    surveys = {key: survey_of(toolbox, session, *key) for key in versions}
    titles = {key: survey.title.fill(survey.language(language), {}) for key, survey in surveys.items()}
    return EventNames(rep_names(session), titles)


def event_text(event: EventRow, names: EventNames, words: Translator) -> str:
    """One event as a sentence."""
    sentence = _SENTENCES.get(event.kind)
    return sentence(event, names, words) if sentence is not None else event_name(event.kind, words)


def _submitted(event: EventRow, names: EventNames, words: Translator) -> str:
    survey, version = names.survey(event), event.data.get("version")
    if event.data.get("unconfirmed"):
        return words("New answers to %(survey)s, version %(version)s. They change nothing until the email address is "
                     "confirmed.", survey=survey, version=version)  # fmt: skip
    if event.data.get("ending"):
        return words("Started %(survey)s (version %(version)s) and stopped at an early ending", survey=survey,
                     version=version)  # fmt: skip
    return words("Completed %(survey)s (version %(version)s)", survey=survey, version=version)


def _withdrawn(event: EventRow, _names: EventNames, words: Translator) -> str:
    stage = stage_name(str(event.data.get("stage")), words)
    return words("“%(stage)s” withdrawn: it came from answers that no one confirmed", stage=stage)


def _assessed(event: EventRow, _names: EventNames, words: Translator) -> str:
    label, stage = event.becomes.get("label"), stage_name(str(event.data.get("stage")), words)
    if event.data.get("contradictory"):
        return words("Sent to review: unconfirmed answers under this email address contradict each other")
    if event.data.get("held_back"):
        return words("New answers would move it to %(stage)s once the email address is confirmed", stage=stage)
    cause, scored = str(event.data.get("cause", "")), words("Scored %(label)s: %(stage)s", label=label, stage=stage)
    return f"{words(_CAUSES[cause])} {scored}" if cause in _CAUSES else scored


def _assigned(event: EventRow, names: EventNames, words: Translator) -> str:
    rep, why = event.data.get("rep"), routing_text(read_explanation(event.data.get("why")), words, names.reps)
    if not rep:
        return words("Added to queue %(queue)s: %(why)s", queue=event.data.get("queue"), why=why)
    return words("Assigned to %(name)s: %(why)s", name=names.reps.get(str(rep), str(rep)), why=why)


def _notified(event: EventRow, _names: EventNames, words: Translator) -> str:
    what = str(event.data.get("what"))
    return notification_name(what, words) if what in NOTIFICATIONS else event_name(event.kind, words)


def _attempted(event: EventRow, _names: EventNames, words: Translator) -> str:
    outcome = outcome_name(str(event.data.get("outcome")), words)
    text = words("Attempt %(number)s: %(outcome)s", number=event.data.get("number", 1), outcome=outcome)
    return _with_detail(text, event)


def _confirmed(event: EventRow, _names: EventNames, words: Translator) -> str:
    """With everything the rep heard."""
    named = [
        f"{heard_words(name, words)[0]}: {budget_name(str(text), words) if name == 'budget' else text}"
        for name, text in event.data.items()
        if name in HEARD
    ]
    said = [*named, *(str(event.data[name]) for name in ("amount", "next_step") if event.data.get(name))]
    return words("Confirmed as SQL. %(said)s", said="; ".join(said)) if said else words("Confirmed as SQL")


def _rejected(event: EventRow, _names: EventNames, words: Translator) -> str:
    return _with_detail(words("Rejected: %(reason)s", reason=reason_name(str(event.data.get("reason")), words)), event)


def _recycled(event: EventRow, _names: EventNames, words: Translator) -> str:
    return _with_detail(words("Sent to nurturing until %(day)s", day=event.data.get("until", "")), event)


def _reviewed(event: EventRow, _names: EventNames, words: Translator) -> str:
    if not event.data.get("approved"):
        return _with_detail(words("Declined in review"), event)
    waivers = "; ".join(f"{box}: {word}" for box, word in event.data.get("waivers", {}).items())
    return words("Approved in review. Waived: %(waivers)s", waivers=waivers) if waivers else words("Approved in review")


def _woken(event: EventRow, _names: EventNames, words: Translator) -> str:
    stage = stage_name(str(event.data.get("stage")), words)
    return words("Back from nurturing and scored again: %(stage)s", stage=stage)


def _undone(event: EventRow, _names: EventNames, words: Translator) -> str:
    return words("Undone: %(what)s", what=event_name(str(event.data.get("kind")), words))


def _merged(event: EventRow, _names: EventNames, words: Translator) -> str:
    name = event.data.get("name", "")
    if event.data.get("into"):
        return words("Merged into the lead %(name)s, for which these answers count from now on", name=name)
    return words("Merged with the lead %(name)s, whose answers count here from now on", name=name)


def _deal(event: EventRow, _names: EventNames, words: Translator) -> str:
    said = [str(event.data[name]) for name in ("amount", "timeline", "detail") if event.data.get(name)]
    return ": ".join([event_name(event.kind, words), ", ".join(said)]) if said else event_name(event.kind, words)


def _plain(event: EventRow, _names: EventNames, words: Translator) -> str:
    return _with_detail(event_name(event.kind, words), event)


def _with_detail(text: str, event: EventRow) -> str:
    return f"{text} · {event.data['detail']}" if event.data.get("detail") else text


def _warned(event: EventRow, _names: EventNames, words: Translator) -> str:
    share = str(event.data.get("step", "")).removeprefix("warn_")
    if not share:
        return event_name(event.kind, words)
    return _with_delay(words("SLA reminder: %(share)s%% of the time to call has passed", share=share), event, words)


def _breached(event: EventRow, names: EventNames, words: Translator) -> str:
    rep = str(event.data.get("rep"))
    if event.data.get("stays"):
        return words("Still no attempt, and no one else can take the lead: it stays with %(name)s",
                     name=names.reps.get(rep, rep))  # fmt: skip
    if event.data.get("does") == "notify":
        text = words("Still no attempt: more people notified")
    else:
        sentence = _OVERDUE.get(str(event.data.get("clock")))
        text = sentence(words) if sentence is not None else event_name(event.kind, words)
    return _with_delay(text, event, words)


_OVERDUE: Mapping[str, Callable[[Translator], str]] = {
    "assign": lambda words: words("SLA breached: no owner in time"),
    "review": lambda words: words("SLA breached: review overdue"),
    "feedback": lambda words: words("SLA breached: feedback overdue"),
}


def _with_delay(text: str, event: EventRow, words: Translator) -> str:
    """No worker ran at the moment of the step."""
    minutes = event.data.get("late_minutes")
    return words("%(event)s (noticed %(minutes)s min late)", event=text, minutes=minutes) if minutes else text


_SENTENCES: Mapping[str, Callable[[EventRow, EventNames, Translator], str]] = {
    "submitted": _submitted,
    "withdrawn": _withdrawn,
    "assessed": _assessed,
    "assigned": _assigned,
    "notified": _notified,
    "warned": _warned,
    "breached": _breached,
    "attempted": _attempted,
    "confirmed": _confirmed,
    "rejected": _rejected,
    "recycled": _recycled,
    "reviewed": _reviewed,
    "woken": _woken,
    "undone": _undone,
    "merged": _merged,
    "opportunity": _deal,
    "won": _deal,
    "lost": _deal,
    "contacted": _plain,
    "owner_requested": _plain,
    "reopened": _plain,
}
"""Event kinds whose sentence includes more than the label of the kind."""
