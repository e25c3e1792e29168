"""Stages and events in the words of the desk."""

from __future__ import annotations

import json
from collections.abc import Mapping

from questionnaire.core.base.translation import Translator, gettext_noop
from questionnaire.storage.tables import EventRow

STAGES: Mapping[str, str] = {
    "lead": gettext_noop("Lead"),
    "nurture": gettext_noop("Nurturing"),
    "mql": gettext_noop("MQL"),
    "review": gettext_noop("In review"),
    "sql_ready": gettext_noop("SQL-ready"),
    "assigned": gettext_noop("Assigned"),
    "working": gettext_noop("Working"),
    "sql": gettext_noop("SQL"),
    "opportunity": gettext_noop("Opportunity"),
    "customer": gettext_noop("Customer"),
    "lost": gettext_noop("Lost"),
    "disqualified": gettext_noop("Disqualified"),
    "diverted": gettext_noop("Rerouted"),
    "merged": gettext_noop("Merged"),
}
MAILS: Mapping[str, str] = {
    "report_ready": gettext_noop("Report link emailed to the prospect"),
    "lead_assigned": gettext_noop("Rep notified by email"),
    "lead_in_queue": gettext_noop("Managers notified by email: lead in queue"),
    "new_answers": gettext_noop("Owner notified of new answers by email"),
    "review_waiting": gettext_noop("Marketing Ops notified by email: review needed"),
}


def stage_name(stage: str, words: Translator) -> str:
    return words(STAGES[stage]) if stage in STAGES else stage.replace("_", " ")


def why_in(why: object, language: str) -> str:
    """A why in one language. It is kept in all of them, as a mapping or as its JSON; a plain one is said as it is."""
    if isinstance(why, str) and why.startswith("{"):
        why = json.loads(why)
    return str((why.get(language) or why.get("en") or "") if isinstance(why, Mapping) else why or "")


def event_text(event: EventRow, reps: Mapping[str, str], words: Translator) -> str:
    """One event as a sentence."""
    data = event.data
    if event.kind == "submitted" and data.get("unconfirmed"):
        return words("New answers to %(survey)s, version %(version)s. They change nothing until the email address is "
                     "confirmed.", survey=data.get("survey"), version=data.get("version"))  # fmt: skip
    if event.kind == "withdrawn":
        stage = stage_name(str(data.get("stage")), words)
        return words("“%(stage)s” withdrawn: it came from answers that no one confirmed", stage=stage)
    if event.kind == "submitted":
        return words("Completed %(survey)s (version %(version)s)", survey=data.get("survey"),
                     version=data.get("version"))  # fmt: skip
    if event.kind == "assessed":
        return _assessed(event, words)
    if event.kind == "assigned":
        to = reps.get(str(data.get("rep")), data.get("rep")) or data.get("queue")
        return words("Assigned to %(name)s: %(why)s", name=to, why=why_in(data.get("why"), words.language))
    if event.kind == "notified":
        return words(MAILS[str(data["what"])]) if data.get("what") in MAILS else words("Notification sent by email")
    plain = {
        "contacted": words("Contact attempted"),
        "accepted": words("Lead accepted"),
        "rejected": words("Lead rejected"),
        "reviewed": words("Lead reviewed"),
        "confirmed": words("Confirmed as SQL"),
        "address_confirmed": words("Email address confirmed by the prospect"),
        "breached": words("SLA breached: first response overdue"),
        "won": words("Deal won"),
        "lost": words("Deal lost"),
        "merged": words("Merged with another lead"),
    }
    return plain.get(event.kind, event.kind)


def _assessed(event: EventRow, words: Translator) -> str:
    label, stage = event.becomes.get("label"), stage_name(str(event.data.get("stage")), words)
    if event.data.get("contradictory"):
        return words("Sent to review: unconfirmed answers under this email address contradict each other")
    if event.data.get("held_back"):
        return words("New answers would move it to %(stage)s once the email address is confirmed", stage=stage)
    return words("Scored %(label)s: %(stage)s", label=label, stage=stage)
