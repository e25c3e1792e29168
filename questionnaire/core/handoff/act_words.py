"""What the acts on a lead are called: outcomes of an attempt, budgets, and what was done, as sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from questionnaire.core.base.labels import humanize
from questionnaire.core.base.translation import Translator
from questionnaire.core.base.translation import gettext_noop as _

OUTCOMES: Mapping[str, str] = {
    "no_answer": _("No answer"), "left_message": _("Left a message"),
    "asked_to_call_back": _("Asked to call back"), "wrong_number": _("Wrong number"),
}  # fmt: skip
BUDGETS: Mapping[str, str] = {
    "granted": _("Allocated"), "estimated": _("Estimated"), "to_find": _("Can be found"), "none": _("None"),
}  # fmt: skip
HEARD: Mapping[str, tuple[str, str]] = {
    "problem": (_("Problem"), _("What drives this now?")),
    "budget": (_("Budget"), ""),
    "interest": (_("Interest"), _("What do they want to happen next?")),
    "timeline": (_("Timeline"), _("When does it need to work?")),
    "authority": (_("Decision"), _("Who decides or signs?")),
}
"""What a policy may ask for to confirm an SQL -> its title and the question."""
DONE: Mapping[str, str] = {
    "accepted": _("Accepted: %(name)s. The call-by time still holds."),
    "attempted": _("Attempt %(number)s logged for %(name)s."),
    "contacted": _("Reached: %(name)s. Tell marketing what the lead is worth."),
    "confirmed": _("Confirmed as SQL: %(name)s."),
    "rejected": _("Rejected: %(name)s. Marketing Ops will be told."),
    "recycled": _("Sent to nurturing: %(name)s."),
    "owner_requested": _("A manager will be asked for another owner: %(name)s."),
    "opportunity": _("Opportunity recorded: %(name)s."),
    "won": _("Deal won: %(name)s."),
    "lost": _("Deal lost: %(name)s."),
    "assigned": _("Reassigned: %(name)s."),
    "reviewed": _("Reviewed: %(name)s."),
    "reopened": _("Reopened: %(name)s."),
    "merged": _("Merged: the answers of both count for %(name)s now."),
    "undone": _("Undone: %(name)s is as it was before."),
}
"""Kind of an act -> what is said right after it."""


def outcome_name(outcome: str, words: Translator) -> str:
    return words(OUTCOMES[outcome]) if outcome in OUTCOMES else humanize(outcome)


def budget_name(budget: str, words: Translator) -> str:
    return words(BUDGETS[budget]) if budget in BUDGETS else humanize(budget)


def heard_words(name: str, words: Translator) -> tuple[str, str]:
    """Title and question of a field, its question "" without one."""
    title, question = HEARD.get(name, ("", ""))
    return words(title) if title else humanize(name).capitalize(), words(question) if question else ""


def done_text(kind: str, name: str, facts: Mapping[str, Any], words: Translator) -> str:
    return words(DONE[kind], name=name, number=facts.get("number", 1))
