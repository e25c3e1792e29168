"""The steps of a survey's form without JavaScript: its pages and the contact step, in order, with their fields.

With JavaScript the same sections are shown one question at a time, in the same order.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from werkzeug.datastructures import MultiDict

from questionnaire.core.base.translation import Translator
from questionnaire.core.survey.answers import read_answers
from questionnaire.core.survey.contact import CONSENT, ConsentText
from questionnaire.core.survey.funnel import GATE
from questionnaire.core.survey.journey import Journey, derive_journey
from questionnaire.core.survey.questions import Question
from questionnaire.core.survey.survey import Survey
from questionnaire.templating import words_for
from questionnaire.web.survey_page.answer_form import AnswerForm, posted_names
from questionnaire.web.survey_page.fields import AnswerField

ALL_PAGES = "all"
"""Name of the one step of a survey shown on a single page."""


@dataclass(frozen=True, slots=True)
class FormStep:
    """One page without JavaScript. `contact`: it is the contact step, which has consents too, and `to`, the address the
    report goes to when a signed link named it already.
    """

    name: str
    title: str = ""
    text: str = ""
    fields: tuple[AnswerField, ...] = ()
    contact: bool = False
    consents: tuple[ConsentText, ...] = ()
    to: str = ""


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

    def journey(self, survey: Survey, language: str) -> Journey:
        """The path so far; what cannot be read counts as not answered."""
        answers, _ = read_answers(survey, self.answered(survey), language)
        return derive_journey(survey, answers, {**self.hidden, **self.contact(survey)})


def input_names(survey: Survey) -> frozenset[str]:
    """Every input name this survey's form may send."""
    names = {name for question in survey.questions for name in posted_names(question)}
    names |= {entry.name for entry in survey.contact_fields}
    consents = survey.contact.consents if survey.contact else ()
    return frozenset(names | {CONSENT + consent.name for consent in consents if consent.basis == "consent"})


def build_steps(
    survey: Survey,
    language: str,
    form_input: FormInput,
    shown: Iterable[Question] | None = None,
    known: Collection[str] = (),
) -> tuple[FormStep, ...]:
    """The steps with their fields filled in. `shown` limits them to the questions on a path; without it all questions
    are there, for the script to choose from. What is `known` is not asked.
    """
    words = words_for(language)
    on_path = None if shown is None else {question.name for question in shown}
    form = form_input.form
    pages = [_page(survey, index, language, words, form, on_path, known) for index in range(len(survey.pages))]
    if survey.display.mode == "single_page":
        pages = [FormStep(ALL_PAGES, fields=tuple(entry for step in pages for entry in step.fields))]
    asked = [step for step in pages if step.fields]
    gate = survey.display.gate if survey.contact else "none"
    if gate == "none":
        return tuple(asked)
    contact = _gate(survey, language, words, form, known)
    if not contact.fields and not contact.consents and asked:
        return tuple(asked)
    return (contact, *asked) if gate == "before_start" else (*asked, contact)


def _page(
    survey: Survey,
    index: int,
    language: str,
    words: Translator,
    form: MultiDict[str, str],
    on_path: set[str] | None,
    known: Collection[str],
) -> FormStep:
    page = survey.pages[index]
    asked = [
        (question, "")
        for question in page.questions
        if question.visible
        and (on_path is None or question.name in on_path)
        and not (question.asks and all(item.name in known for item in question.items))
    ]
    return FormStep(
        page.name, page.title.say(language) if page.title else "", fields=_fields(asked, language, words, form)
    )


def _gate(
    survey: Survey, language: str, words: Translator, form: MultiDict[str, str], known: Collection[str]
) -> FormStep:
    contact = survey.contact
    assert contact is not None
    asked = [(entry.question, entry.label(language, words)) for entry in contact.fields if entry.name not in known]
    title = contact.title.say(language) if contact.title else words("Who is this report for?")
    text = contact.text.say(language) if contact.text else ""
    to = form.get("email", "") if "email" in known else ""
    return FormStep(GATE, title, text, _fields(asked, language, words, form), True, contact.consents, to)


def _fields(
    asked: Iterable[tuple[Any, str]], language: str, words: Translator, form: MultiDict[str, str]
) -> tuple[AnswerField, ...]:
    answers = AnswerForm(asked, language, words)
    answers.process(form)
    return tuple(answers.answer_fields)
