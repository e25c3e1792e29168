"""The steps of a survey's form without JavaScript: its pages and the contact step, in order, with their fields.

With JavaScript the same sections are shown one question at a time, in the same order.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from werkzeug.datastructures import MultiDict

from questionnaire.core.base.translation import Translator
from questionnaire.core.survey.contact import ConsentText
from questionnaire.core.survey.funnel import GATE
from questionnaire.core.survey.gate import Gate, SurveyPath
from questionnaire.core.survey.questions import Question
from questionnaire.core.survey.survey import Survey
from questionnaire.templating import words_for
from questionnaire.web.survey_page.answer_form import AnswerForm
from questionnaire.web.survey_page.fields import AnswerField
from questionnaire.web.survey_page.form_input import FormInput
from questionnaire.web.survey_page.wording import NO_WORDING, Wording, wording_of

CONSENT_ID = "q-consent-"
"""What precedes the name of a consent in the id of its box."""
ALL_PAGES = "all"
"""Name of the one step of a survey shown on a single page."""


@dataclass(frozen=True, slots=True)
class FormStep:
    """One page without JavaScript. `contact`: it is the contact step, which has consents too, and `to`, the address the
    report goes to when a signed link named it already. `varying`: the questions that may offer more on another path.
    """

    name: str
    title: str = ""
    text: str = ""
    fields: tuple[AnswerField, ...] = ()
    contact: bool = False
    consents: tuple[ConsentText, ...] = ()
    to: str = ""
    wording: Wording = NO_WORDING
    varying: frozenset[str] = frozenset()

    @property
    def parts(self) -> tuple[str, ...]:
        """The choices and rows on it, by name, where only some may show: what a page had when it was sent."""
        return tuple(
            f"{item.name}={choice.value}"
            for entry in self.fields
            if entry.name in self.varying
            for item in entry.question.items
            for choice in item.answer_choices
        )


def build_steps(
    survey: Survey,
    language: str,
    form_input: FormInput,
    path: SurveyPath | None = None,
    known: Collection[str] = (),
) -> tuple[FormStep, ...]:
    """The steps with their fields filled in. With a `path` they are those on it; without one all questions are there,
    for the script to choose from. What is `known` is not asked.
    """
    words = words_for(language, survey.phrases(language))
    wording = wording_of(survey, language, form_input, live=path is None, known=known)
    on_path = None if path is None else {question.name: question for question in path.journey.visible}
    form = form_input.form if path is None else _offered_values(survey, path, form_input.form)
    pages = [_page(survey, index, wording, words, form, on_path, known) for index in range(len(survey.pages))]
    if survey.display.mode == "single_page":
        pages = [
            FormStep(
                ALL_PAGES,
                fields=tuple(entry for step in pages for entry in step.fields),
                wording=wording,
                varying=pages[0].varying,
            )
        ]
    asked = [step for step in pages if step.fields]
    gate = survey.display.gate if survey.contact else "none"
    if gate == "none":
        return tuple(asked)
    if path is not None and path.journey.ending is not None and gate == "before_result":
        return tuple(asked)
    contact = _contact_step(survey, path.gate if path else _whole_gate(survey), wording, words, form, known)
    if not contact.fields and not contact.consents and asked:
        return tuple(asked)
    return (contact, *asked) if gate == "before_start" else (*asked, contact)


def _offered_values(survey: Survey, path: SurveyPath, form: MultiDict[str, str]) -> MultiDict[str, str]:
    """The input without choices that do not show any more: they count as not chosen."""
    hidden = {
        (name, value)
        for name, item in path.journey.offered.items()
        for value in form.getlist(name)
        if survey.items[name].choice(value) and not item.choice(value)
    }
    return MultiDict([pair for pair in form.items(multi=True) if pair not in hidden]) if hidden else form


def _page(
    survey: Survey,
    index: int,
    wording: Wording,
    words: Translator,
    form: MultiDict[str, str],
    on_path: Mapping[str, Question] | None,
    known: Collection[str],
) -> FormStep:
    page = survey.pages[index]
    there = page.questions if on_path is None else [on_path[q.name] for q in page.questions if q.name in on_path]
    asked = [
        (question, "")
        for question in there
        if question.visible and not (question.asks and all(item.name in known for item in question.items))
    ]
    title = page.title.say(wording.language) if page.title else ""
    varying = frozenset(question.name for question in survey.questions if question.varies)
    return FormStep(page.name, title, fields=_fields(asked, wording, words, form), wording=wording, varying=varying)


def _whole_gate(survey: Survey) -> Gate:
    """The contact step with everything that it may show."""
    return Gate(survey.contact_fields, survey.contact.distinct_consents if survey.contact else (), {})


def _contact_step(
    survey: Survey, gate: Gate, wording: Wording, words: Translator, form: MultiDict[str, str], known: Collection[str]
) -> FormStep:
    contact, language = survey.contact, wording.language
    assert contact is not None
    asked = [(entry.question, entry.label(language, words)) for entry in gate.fields if entry.name not in known]
    title = contact.title.say(language) if contact.title else words("Who is this report for?")
    text = contact.text.say(language) if contact.text else ""
    to = form.get("email", "") if "email" in known else ""
    fields = _fields(asked, wording, words, form)
    return FormStep(GATE, title, text, fields, True, gate.consents, to, wording)


def _fields(
    asked: Iterable[tuple[Any, str]], wording: Wording, words: Translator, form: MultiDict[str, str]
) -> tuple[AnswerField, ...]:
    answers = AnswerForm(asked, wording, words)
    answers.process(form)
    return tuple(answers.answer_fields)
