"""Answers that someone gives to try a survey, as a case. What cannot be read is left out, such as half an address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from questionnaire.core.base.problems import Problem
from questionnaire.core.cases.build import CaseLead, lead_of
from questionnaire.core.cases.case import Case
from questionnaire.core.policy import Policy
from questionnaire.core.survey.answers import OTHER, read_answers
from questionnaire.core.survey.questions import Mistake
from questionnaire.core.survey.survey import Survey


@dataclass(frozen=True, slots=True)
class TrialInput:
    """What was typed, by name, as a form or a file gives it. `beside`: what else is known of the lead, as further keys
    of a case: visits, history, earlier answers, fields of a link, and the moment."""

    answers: Mapping[str, object] = field(default_factory=dict)
    contact: Mapping[str, object] = field(default_factory=dict)
    language: str = ""
    beside: Mapping[str, Any] = field(default_factory=dict)


BESIDE = ("at", "answered_at", "hidden", "claims", "responses", "campaign", "first_campaign", "signals", "history")
"""Keys of a case that no form can fill in."""


def case_of_input(survey: Survey, typed: TrialInput) -> dict[str, Any]:
    """The case in the notation of a file, without name and expectations."""
    language = survey.language(typed.language)
    answers, _mistakes = read_answers(survey, typed.answers, language)
    words = {f"{name}{OTHER}": text for name, text in answers.words.items() if name in answers}
    fields = {one.name: one.question for one in survey.contact_fields}
    contact = {
        name: raw
        for name, raw in typed.contact.items()
        if name in fields and (value := fields[name].read(raw)) is not None and not isinstance(value, Mistake)
    }
    known = {key: typed.beside[key] for key in BESIDE if typed.beside.get(key)}
    parts: dict[str, Any] = {
        "language": language if len(survey.languages) > 1 else None,
        "answers": {name: plain(value) for name, value in {**answers, **words}.items()},
        "contact": {**_imported(survey, typed), **contact},
        **known,
    }
    return {key: value for key, value in parts.items() if value}


def _imported(survey: Survey, typed: TrialInput) -> dict[str, object]:
    """What an import brought of the lead: contact data that no field of the survey asks for."""
    asked = {one.name for one in survey.contact_fields}
    given = typed.beside.get("contact")
    return {name: raw for name, raw in given.items() if name not in asked} if isinstance(given, Mapping) else {}


def beside_of(survey: Survey, case: Mapping[str, Any]) -> dict[str, Any]:
    """What of a case no form can fill in."""
    asked = {one.name for one in survey.contact_fields}
    contact = case.get("contact")
    imported = {name: raw for name, raw in contact.items() if name not in asked} if isinstance(contact, Mapping) else {}
    known = {key: case[key] for key in BESIDE if case.get(key)}
    return known | ({"contact": imported} if imported else {})


def lead_of_input(
    survey: Survey, policy: Policy, typed: TrialInput, now: datetime
) -> tuple[CaseLead | None, tuple[Problem, ...]]:  # fmt: skip
    """The lead who answers so now."""
    case, problems = Case.from_raw({"at": now.isoformat(), **case_of_input(survey, typed)})
    return (None, problems) if case is None else lead_of(case, survey, policy)


def plain(value: Any) -> Any:
    """A value as JSON and YAML can hold it, which is read as the same value again."""
    if isinstance(value, tuple | list):
        return [plain(one) for one in value]
    if isinstance(value, Fraction | Decimal):
        return int(value) if value == int(value) else float(value)
    return value.isoformat() if isinstance(value, date) else value
