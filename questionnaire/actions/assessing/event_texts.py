"""Stages and events in the words of the desk."""

from __future__ import annotations

import json
from collections.abc import Mapping

from questionnaire.core.base.translation import Translator, gettext_noop
from questionnaire.storage.tables import EventRow

STAGES: Mapping[str, str] = {
    "lead": gettext_noop("Lead"),
    "nurture": gettext_noop("Nurture"),
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
    "diverted": gettext_noop("Diverted"),
    "merged": gettext_noop("Merged"),
}
MAILS: Mapping[str, str] = {
    "report_ready": gettext_noop("The report was announced to the prospect by mail"),
    "lead_assigned": gettext_noop("The rep was told by mail"),
    "lead_in_queue": gettext_noop("The queue was told by mail"),
    "new_answers": gettext_noop("The owner was told of new answers by mail"),
    "review_waiting": gettext_noop("Marketing Ops was told by mail"),
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
        return words("Answered the diagnostic %(survey)s, version %(version)s", survey=data.get("survey"),
                     version=data.get("version"))  # fmt: skip
    if event.kind == "assessed":
        return _assessed(event, words)
    if event.kind == "assigned":
        to = reps.get(str(data.get("rep")), data.get("rep")) or data.get("queue")
        return words("Assigned to %(name)s: %(why)s", name=to, why=why_in(data.get("why"), words.language))
    if event.kind == "notified":
        return words(MAILS[str(data["what"])]) if data.get("what") in MAILS else words("Somebody was told by mail")
    plain = {
        "contacted": words("Contact was tried"),
        "accepted": words("The rep accepted the lead"),
        "rejected": words("The rep rejected the lead"),
        "reviewed": words("Marketing Ops reviewed the lead"),
        "confirmed": words("The rep confirmed the lead as an SQL"),
        "address_confirmed": words("The prospect confirmed the address"),
        "breached": words("The promised time ran out"),
        "won": words("The deal was won"),
        "lost": words("The deal was lost"),
        "merged": words("Merged with another lead"),
    }
    return plain.get(event.kind, event.kind)


def _assessed(event: EventRow, words: Translator) -> str:
    label, stage = event.becomes.get("label"), stage_name(str(event.data.get("stage")), words)
    if event.data.get("contradictory"):
        return words("Sent to review: unconfirmed answers under this email address contradict each other")
    if event.data.get("held_back"):
        return words("New answers would change it to %(stage)s; they wait until the address is confirmed", stage=stage)
    return words("Assessed as %(label)s: %(stage)s", label=label, stage=stage)
