"""The steps of a survey's form without JavaScript: its pages and the contact step, in order, with their fields.

With JavaScript the same sections are shown one question at a time, in the same order.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from werkzeug.datastructures import MultiDict

from questionnaire.core.base.translation import Translator
from questionnaire.core.survey.contact import ConsentText
from questionnaire.core.survey.funnel import GATE
from questionnaire.core.survey.questions import Question
from questionnaire.core.survey.survey import Survey
from questionnaire.templating import words_for
from questionnaire.web.survey_page.answer_form import AnswerForm
from questionnaire.web.survey_page.fields import AnswerField
from questionnaire.web.survey_page.form_input import FormInput
from questionnaire.web.survey_page.wording import NO_WORDING, Wording, wording_of

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
    wording: Wording = NO_WORDING


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
    wording = wording_of(survey, language, form_input, live=shown is None, known=known)
    on_path = None if shown is None else {question.name for question in shown}
    form = form_input.form
    pages = [_page(survey, index, wording, words, form, on_path, known) for index in range(len(survey.pages))]
    if survey.display.mode == "single_page":
        pages = [FormStep(ALL_PAGES, fields=tuple(entry for step in pages for entry in step.fields), wording=wording)]
    asked = [step for step in pages if step.fields]
    gate = survey.display.gate if survey.contact else "none"
    if gate == "none":
        return tuple(asked)
    contact = _gate(survey, wording, words, form, known)
    if not contact.fields and not contact.consents and asked:
        return tuple(asked)
    return (contact, *asked) if gate == "before_start" else (*asked, contact)


def _page(
    survey: Survey,
    index: int,
    wording: Wording,
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
    title = page.title.say(wording.language) if page.title else ""
    return FormStep(page.name, title, fields=_fields(asked, wording, words, form), wording=wording)


def _gate(
    survey: Survey, wording: Wording, words: Translator, form: MultiDict[str, str], known: Collection[str]
) -> FormStep:
    contact, language = survey.contact, wording.language
    assert contact is not None
    asked = [(entry.question, entry.label(language, words)) for entry in contact.fields if entry.name not in known]
    title = contact.title.say(language) if contact.title else words("Who is this report for?")
    text = contact.text.say(language) if contact.text else ""
    to = form.get("email", "") if "email" in known else ""
    fields = _fields(asked, wording, words, form)
    return FormStep(GATE, title, text, fields, True, contact.distinct_consents, to, wording)


def _fields(
    asked: Iterable[tuple[Any, str]], wording: Wording, words: Translator, form: MultiDict[str, str]
) -> tuple[AnswerField, ...]:
    answers = AnswerForm(asked, wording, words)
    answers.process(form)
    return tuple(answers.answer_fields)
