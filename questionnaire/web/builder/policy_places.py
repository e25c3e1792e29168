"""Places of a policy in a reader’s words: “Thresholds, MQL, least total”, and the part to which each belongs."""

from __future__ import annotations

from collections.abc import Mapping

from questionnaire.core.base.labels import fact_name, group_name, humanize, stage_name
from questionnaire.core.base.translation import Translator
from questionnaire.core.base.translation import gettext_noop as _
from questionnaire.core.documents.agreement import PARTS
from questionnaire.core.documents.agreement.figure_parts import FIGURES
from questionnaire.core.documents.agreement.handoff_parts import reason_name
from questionnaire.core.documents.agreement.level_words import level_words
from questionnaire.core.editing.paths import Document, Path, condition_of, find, has
from questionnaire.core.policy import Policy
from questionnaire.core.policy.names import criterion_title, signal_title

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
_OF_KEYS = {key: part.name for part in PARTS for key in part.keys}


def part_of_path(path: Path) -> str:
    """The name of the part to which a place belongs."""
    if "titles" in path[3:4]:
        return "titles"
    return _OF_KEYS.get(str(path[0]), "basics") if path else "basics"


def policy_place(document: Document, policy: Policy | None, path: Path, words: Translator) -> str:
    """The place as one phrase. Of a condition no parts are named."""
    path = condition_of(document, path)
    if not path:
        return words("Policy")
    title = next(words(part.title) for part in PARTS if part.name == part_of_path(path))
    steps = [text for depth in range(len(path)) if (text := _step(document, policy, path[: depth + 1], words))]
    return ", ".join([title, *dict.fromkeys(steps)])


def _step(document: Document, policy: Policy | None, path: Path, words: Translator) -> str:
    step, above = path[-1], path[-2:-1]
    name = str(step)
    if isinstance(step, int):
        return words("row %(n)s", n=step + 1)
    if above == ("criteria",):
        return criterion_title(policy, name, words) if policy is not None else humanize(name)
    if above in (("levels",), ("bands",), ("countries",)) and path[1:2] == ("criteria",):
        criterion = str(path[2])
        known = policy is not None and criterion in policy.criteria and name in policy.criteria[criterion].levels
        return level_words(policy, criterion, name, words) if policy is not None and known else humanize(name)
    if above == ("signals",):
        return signal_title(policy, name, words) if policy is not None else humanize(name)
    if above == ("groups",):
        return group_name(name, words)
    if above == ("rejection_reasons",):
        return reason_name(name, words)
    if above == ("kpi_bands",) and name in FIGURES:
        return words(FIGURES[name])
    if name in SKIPPED or (path[:1] == ("segments",) and len(path) > 2):
        return ""
    holder = find(document, path[:-1]) if has(document, path[:-1]) else None
    if isinstance(holder, list) or above in (("pools",), ("calendars",), ("lists",)):
        return _named(policy, path, name)
    if name in ("mql", "sql"):
        return stage_name(name, words)
    return words(KEYS[name]) if name in KEYS else fact_name(name, words)


def _named(policy: Policy | None, path: Path, name: str) -> str:
    is_person = path[:1] == ("reps",) or path[1:2] == ("pools",)
    return policy.rep_names.get(name, name) if policy is not None and is_person else name
