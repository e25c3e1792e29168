"""What a rep reads for criteria, levels, signals and stages; an author's own names lose their underscores."""

from __future__ import annotations

from collections.abc import Mapping

from questionnaire.core.base.stage import Stage
from questionnaire.core.base.translation import Words, later
from questionnaire.core.scoring.lead_reason import BUDGETS, EVENTS, ROLES, SENIORITY, SIGNALS, TIMELINES

CRITERIA: Mapping[str, str] = {
    "size": later("Company size"),
    "sector": later("Sector"),
    "zone": later("Region"),
    "seniority": later("Seniority"),
    "buying_role": later("Part in the decision"),
    "digital_maturity": later("Digital maturity"),
    "budget": later("Budget"),
    "timeline": later("Timeline"),
    "trigger_event": later("Trigger event"),
}
MORE_SIGNALS: Mapping[str, str] = {
    "survey_completed": later("completed the questionnaire"),
    "unsubscribe": later("unsubscribed"),
    "hard_bounce": later("mail came back"),
    "spam_complaint": later("reported a mail as spam"),
}
GROUPS: Mapping[str, str] = {
    "hand_raise": later("Asked for contact"),
    "web": later("On the website"),
    "content": later("Content"),
    "events": later("Events"),
    "email": later("E-mail"),
    "survey": later("Questionnaire"),
}
STAGES: Mapping[str, str] = {
    Stage.LEAD: later("Lead"),
    Stage.NURTURE: later("In nurture"),
    Stage.MQL: later("MQL"),
    Stage.REVIEW: later("In review"),
    Stage.SQL_READY: later("SQL-ready"),
    Stage.DISQUALIFIED: later("Not pursued"),
    Stage.DIVERTED: later("Goes elsewhere"),
}
STRENGTHS: Mapping[str, str] = {"strong": later("strong"), "medium": later("medium"), "weak": later("weak")}
HEAT: Mapping[str, str] = {"hot": later("hot"), "warm": later("warm"), "cold": later("cold")}
_LEVELS: Mapping[str, Mapping[str, str]] = {
    "seniority": SENIORITY, "buying_role": ROLES, "timeline": TIMELINES, "budget": BUDGETS, "trigger_event": EVENTS,
}  # fmt: skip


def _plain(name: str) -> str:
    return name.replace("_", " ")


def _said(names: Mapping[str, str], name: str, words: Words) -> str:
    return words(names[name]) if name in names else _plain(name)


def criterion_name(name: str, words: Words) -> str:
    return words(CRITERIA[name]) if name in CRITERIA else _plain(name).capitalize()


def level_name(criterion: str, level: str, words: Words) -> str:
    return _said(_LEVELS.get(criterion, {}), level, words)


def signal_name(name: str, words: Words) -> str:
    return _said({**SIGNALS, **MORE_SIGNALS}, name, words)


def group_name(name: str, words: Words) -> str:
    return words(GROUPS[name]) if name in GROUPS else _plain(name).capitalize()


def stage_name(stage: str, words: Words) -> str:
    return _said(STAGES, stage, words)


def strength_name(strength: str, words: Words) -> str:
    return _said(STRENGTHS, strength, words)


def heat_name(level: str, words: Words) -> str:
    return _said(HEAT, level, words)
