"""What people read for the keys of a policy, and which keys say nothing beside the names around them."""

from __future__ import annotations

from collections.abc import Mapping

from questionnaire.core.base.labels import humanize
from questionnaire.core.base.translation import Translator
from questionnaire.core.base.translation import gettext_noop as _

KEYS: Mapping[str, str] = { "threshold": _("least total"), "min_fit": _("least FIT"),
    "min_intent": _("least INTENT"), "immediate_on": _("signals that make an MQL at once"),
    "total_of": _("axes of the total"), "max_unchecked": _("most open items"),
    "review_if": _("always looked at by a person"), "mode": _("when a person decides"),
    "mqls_per_month": _("MQLs promised a month"), "confirm": _("what sales fills in"), "basis": _("when an SQL counts"),
    "max": _("most points"), "points": _("points"), "valid_for": _("counts for"), "icp": _("ideal customer"),
    "bands": _("numbers"), "countries": _("countries"), "completeness": _("what must be known"),
    "minimum": _("share that must be known"), "of": _("criteria"), "window": _("counts for"),
    "decay": _("loses points"),
    "strength": _("strength"), "strong_at": _("strong when"), "medium_at": _("medium when"), "group": _("group"),
    "count": _("how often"), "groups": _("most points per group"), "lasts": _("holds for"),
    "when": _("condition"), "check": _("condition"), "assign": _("goes to"), "pools": _("pool"), "rules": _("rule"),
    "weight": _("share of turns"), "max_open": _("most open leads"), "languages": _("languages"),
    "backup": _("backup"), "senior": _("senior"), "default_queue": _("queue"), "notify": _("notified"),
    "skip_on_holiday": _("no leads on holidays"), "reps": _("people"), "calendar": _("calendar"), "email": _("email"),
    "role": _("role"), "name": _("name"), "within": _("within"), "first_contact": _("first contact"),
    "assign_within": _("assign within"), "review_within": _("review within"), "feedback_within": _("feedback within"),
    "warn_at": _("reminders"), "on_breach": _("when late"), "max_reassignments": _("most reassignments"),
    "timezone": _("time zone"), "hours": _("business hours"), "holidays": _("holidays"), "closed": _("also closed on"),
    "then": _("then"), "needs": _("needs"), "attempts": _("attempts"), "disqualify": _("disqualified"),
    "divert": _("rerouted"), "verify": _("checks"), "to": _("to"), "blocking": _("blocking"),
    "text": _("text"), "title": _("title"), "phrase": _("phrase"), "titles": _("title table"),
    "review_due": _("next review"), "phrases": _("words"), "grades": _("grade"), "ranks": _("rank"),
    "min_sample": _("least number of leads"),
}  # fmt: skip
SKIPPED = frozenset({"criteria", "levels", "signals", "routing", "require", "promise", "kpi_bands", "fit", "intent",
                     "timing", "lists", "calendars", "checklist", "segments", "sla", "rejection_reasons"})  # fmt: skip
"""Keys that say nothing beside the part and the name below them."""


def key_words(key: str, words: Translator) -> str:
    return words(KEYS[key]) if key in KEYS else humanize(key)
