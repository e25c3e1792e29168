"""What a form sent so far, by input name, and what it means for the questions, the contact step and the consents."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from werkzeug.datastructures import MultiDict

from questionnaire.core.survey.answers import OTHER, read_answers
from questionnaire.core.survey.contact import CONSENT
from questionnaire.core.survey.gate import SurveyPath, derive_path
from questionnaire.core.survey.journey import Journey
from questionnaire.core.survey.questions import Question
from questionnaire.core.survey.survey import Survey


@dataclass(frozen=True, slots=True)
class FormInput:
    """Raw form input so far: input name -> values. `hidden`: hidden fields of the survey, from the query string."""

    values: Mapping[str, Sequence[str]] = field(default_factory=dict)
    hidden: Mapping[str, str] = field(default_factory=dict)

    @property
    def form(self) -> MultiDict[str, str]:
        return MultiDict([(name, value) for name, values in self.values.items() for value in values])

    @property
    def ticked(self) -> frozenset[str]:
        """The consents that were ticked."""
        return frozenset(name.removeprefix(CONSENT) for name in self.values if name.startswith(CONSENT))

    def answered(self, survey: Survey) -> dict[str, object]:
        """What the core is given for the questions: item name -> text or texts, nothing for what was left empty."""
        names = {name for question in survey.questions for name in posted_names(question)}
        several = {question.name for question in survey.questions if question.multiple}
        return {
            name: list(values) if name in several else values[0]
            for name, values in self.values.items()
            if name in names and any(value.strip() for value in values)
        }

    def contact(self, survey: Survey) -> dict[str, object]:
        names = {entry.name for entry in survey.contact_fields}
        return {name: values[0] for name, values in self.values.items() if name in names and values[0].strip()}

    def path(self, survey: Survey, language: str, known: Collection[str] = ()) -> SurveyPath:
        """The path so far; what cannot be read counts as not answered. `known`: what a signed link fills in."""
        answers, _ = read_answers(survey, self.answered(survey), language)
        return derive_path(survey, answers, self.hidden, self.contact(survey), known)

    def journey(self, survey: Survey, language: str) -> Journey:
        return self.path(survey, language).journey


def input_names(survey: Survey) -> frozenset[str]:
    """Every input name this survey's form may send."""
    names = {name for question in survey.questions for name in posted_names(question)}
    names |= {entry.name for entry in survey.contact_fields}
    consents = survey.contact.distinct_consents if survey.contact else ()
    return frozenset(names | {CONSENT + consent.name for consent in consents if consent.basis == "consent"})


def posted_names(question: Question) -> Iterable[str]:
    """Every name under which a form may send something for this question."""
    names = [item.name for item in question.items] or [question.name]
    return [*names, question.name + OTHER] if question.answer_choices else names
