"""What a rep reads for criteria, levels, signals and stages; an author's own names lose their underscores."""

from __future__ import annotations

from collections.abc import Mapping

from questionnaire.core.base.stage import Stage
from questionnaire.core.base.translation import Translator, gettext_noop
from questionnaire.core.scoring.lead_reason import BUDGETS, EVENTS, ROLES, SENIORITY, SIGNALS, TIMELINES

CRITERIA: Mapping[str, str] = {
    "size": gettext_noop("Company size"),
    "sector": gettext_noop("Sector"),
    "zone": gettext_noop("Region"),
    "seniority": gettext_noop("Seniority"),
    "buying_role": gettext_noop("Buying role"),
    "digital_maturity": gettext_noop("Digital maturity"),
    "budget": gettext_noop("Budget"),
    "timeline": gettext_noop("Timeline"),
    "trigger_event": gettext_noop("Trigger event"),
}
MORE_SIGNALS: Mapping[str, str] = {
    "survey_completed": gettext_noop("completed the diagnostic"),
    "unsubscribe": gettext_noop("unsubscribed"),
    "hard_bounce": gettext_noop("email bounced"),
    "spam_complaint": gettext_noop("marked an email as spam"),
}
GROUPS: Mapping[str, str] = {
    "hand_raise": gettext_noop("Contact requests"),
    "web": gettext_noop("Website"),
    "content": gettext_noop("Content"),
    "events": gettext_noop("Events"),
    "email": gettext_noop("Email"),
    "survey": gettext_noop("Diagnostic"),
}
STAGES: Mapping[str, str] = {
    Stage.LEAD: gettext_noop("Lead"),
    Stage.NURTURE: gettext_noop("Nurturing"),
    Stage.MQL: gettext_noop("MQL"),
    Stage.REVIEW: gettext_noop("In review"),
    Stage.SQL_READY: gettext_noop("SQL-ready"),
    Stage.DISQUALIFIED: gettext_noop("Disqualified"),
    Stage.DIVERTED: gettext_noop("Rerouted"),
}
STRENGTHS: Mapping[str, str] = {
    "strong": gettext_noop("strong"),
    "medium": gettext_noop("medium"),
    "weak": gettext_noop("weak"),
}
HEAT: Mapping[str, str] = {"hot": gettext_noop("hot"), "warm": gettext_noop("warm"), "cold": gettext_noop("cold")}
_LEVELS: Mapping[str, Mapping[str, str]] = {
    "seniority": SENIORITY, "buying_role": ROLES, "timeline": TIMELINES, "budget": BUDGETS, "trigger_event": EVENTS,
}  # fmt: skip


def _plain(name: str) -> str:
    return name.replace("_", " ")


def _said(names: Mapping[str, str], name: str, words: Translator) -> str:
    return words(names[name]) if name in names else _plain(name)


def criterion_name(name: str, words: Translator) -> str:
    return words(CRITERIA[name]) if name in CRITERIA else _plain(name).capitalize()


def level_name(criterion: str, level: str, words: Translator) -> str:
    return _said(_LEVELS.get(criterion, {}), level, words)


def signal_name(name: str, words: Translator) -> str:
    return _said({**SIGNALS, **MORE_SIGNALS}, name, words)


def group_name(name: str, words: Translator) -> str:
    return words(GROUPS[name]) if name in GROUPS else _plain(name).capitalize()


def stage_name(stage: str, words: Translator) -> str:
    return _said(STAGES, stage, words)


def strength_name(strength: str, words: Translator) -> str:
    return _said(STRENGTHS, strength, words)


def heat_name(level: str, words: Translator) -> str:
    return _said(HEAT, level, words)
