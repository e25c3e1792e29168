"""The contact step on one path: the fields and consents that show, given the answers and the fields before them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from questionnaire.core.base.conditions import evaluate
from questionnaire.core.survey.answers import Answers
from questionnaire.core.survey.contact import ConsentText, ContactField
from questionnaire.core.survey.journey import Journey, derive_journey
from questionnaire.core.survey.survey import Survey


@dataclass(frozen=True, slots=True)
class Gate:
    """`contact`: the values of the fields that show, and of those a signed link brought."""

    fields: tuple[ContactField, ...]
    consents: tuple[ConsentText, ...]
    contact: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SurveyPath:
    """Everything that one person is asked: the questions and the contact step."""

    journey: Journey
    gate: Gate


def derive_path(
    survey: Survey,
    answers: Answers,
    hidden: Mapping[str, Any],
    contact: Mapping[str, Any],
    known: Collection[str] = (),
) -> SurveyPath:
    """The path of these answers. `known`: contact fields a signed link fills in; they stand, shown or not.

    The contact step is weighed where it comes: before the first question, or after the last one. After an ending it
    does not come at all.
    """
    if survey.display.gate == "before_result":
        journey = derive_journey(survey, answers, {**hidden, **contact})
        if journey.ending is None:
            return SurveyPath(journey, _gate(survey, {**hidden, **journey.answers}, contact, known))
        return SurveyPath(journey, Gate((), (), {name: contact[name] for name in contact if name in known}))
    gate = _gate(survey, dict(hidden), contact, known)
    return SurveyPath(derive_journey(survey, answers, {**hidden, **gate.contact}), gate)


def _gate(survey: Survey, facts: dict[str, Any], contact: Mapping[str, Any], known: Collection[str]) -> Gate:
    fields: list[ContactField] = []
    silent: set[str] = set()
    for field in survey.contact_fields:
        if field.show_if is None or evaluate(field.show_if, facts) is True:
            fields.append(field)
        elif field.name not in known:
            silent.add(field.name)
            continue
        if contact.get(field.name) is not None:
            facts[field.name] = contact[field.name]
    offered = survey.contact.distinct_consents if survey.contact else ()
    consents = tuple(one for one in offered if one.show_if is None or evaluate(one.show_if, facts) is True)
    return Gate(tuple(fields), consents, {name: value for name, value in contact.items() if name not in silent})
