"""Form that creates a personal link: a signed link with known field values, which the survey does not ask again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from flask import Blueprint, Response, abort, request

from questionnaire.actions.assessing import personal_links
from questionnaire.actions.publishing import catalogue
from questionnaire.core.base.problems import Problem
from questionnaire.core.base.translation import Translator, gettext_noop
from questionnaire.core.survey.questions import Question
from questionnaire.core.survey.survey import Survey
from questionnaire.templating import words_for
from questionnaire.web.http import locale, rate_limits
from questionnaire.web.http.access import ADMIN, MARKETING, OPS, roles
from questionnaire.web.http.context import now, toolbox
from questionnaire.web.http.query import parse_int
from questionnaire.web.http.rendering import page

MESSAGES: Mapping[str, str] = {
    "link_value": gettext_noop("This answer isn’t valid. Enter it as a visitor would."),
    "unknown_lead": gettext_noop("No lead has this email address."),
    "link_days": gettext_noop("Enter a number of days from 1 to 366."),
    "link_too_long": gettext_noop("This text makes the link too long. Shorten it."),
}
LEAD, DAYS = "-lead", "-days"
MOST_DAYS = 99_999

blueprint = Blueprint("personal_links", __name__)


@dataclass(frozen=True, slots=True)
class LinkField:
    """One field of the form. `options` are (value, label) for a choice; `group` is its group in the form."""

    name: str
    label: str
    group: str
    options: tuple[tuple[str, str], ...] = ()
    value: str = ""
    mistake: str = ""


@blueprint.get("/desk/surveys/<slug>/link")
@roles(ADMIN, MARKETING, OPS)
def form(slug: str) -> Response:
    return _render_form(_survey(slug), {}, {}, "")


@blueprint.post("/desk/surveys/<slug>/link")
@roles(ADMIN, MARKETING, OPS)
@rate_limits.answers
def make(slug: str) -> Response:
    """Creates the link. Nothing is stored: the link contains the values."""
    survey = _survey(slug)
    values = {name: text.strip()[:2000] for name, text in request.form.items() if text.strip()}
    lead, days = values.get(LEAD, ""), values.get(DAYS, str(personal_links.LASTS.days))
    if lead:
        details, problems = personal_links.fields_of_lead(toolbox(), slug, lead)
        # The form is shown again with the details of the lead; its button then creates the link.
        rest = values if problems else {name: text for name, text in values.items() if name != LEAD}
        return _render_form(survey, details | rest, _by_name(problems), "")
    names = {field.name for field in _fields(survey, words_for(locale.current()))}
    fields = {name: text for name, text in values.items() if name in names}
    if not fields:
        return _render_form(survey, values, {"": gettext_noop("Fill in at least one field.")}, "")
    number = parse_int(days, 0, MOST_DAYS, 0)
    link, problems = personal_links.invite(
        toolbox(), slug, fields, now(), days=number, language=values.get("-lang", "")
    )
    return _render_form(survey, values, _by_name(problems), link)


def _survey(slug: str) -> Survey:
    entry = catalogue.survey(toolbox(), slug)
    if entry is None:
        abort(404)
    return entry.survey


def _by_name(problems: tuple[Problem, ...]) -> dict[str, str]:
    """Field -> message. Problems of the lead or the number of days belong to those inputs of the form."""
    places = {"unknown_lead": LEAD, "link_days": DAYS}
    return {
        places.get(problem.code, str(problem.where[0])): MESSAGES.get(problem.code, problem.message)
        for problem in problems
    }


def _render_form(survey: Survey, values: Mapping[str, str], wrong: Mapping[str, str], link: str) -> Response:
    words = words_for(locale.current())
    mistakes = {name: words(text) for name, text in wrong.items()}
    fields = [
        replace(field, value=values.get(field.name, ""), mistake=mistakes.get(field.name, ""))
        for field in _fields(survey, words)
    ]
    return page(
        "desk/link.html",
        422 if wrong else 200,
        survey=survey,
        title=survey.title.say(survey.language(locale.current())),
        groups=[(name, [field for field in fields if field.group == name]) for name in ("person", "hidden", "answers")],
        lead=values.get(LEAD, ""),
        days=values.get(DAYS, personal_links.LASTS.days),
        chosen=values.get("-lang", ""),
        wrong=mistakes,
        link=link,
    )


def _fields(survey: Survey, words: Translator) -> Iterator[LinkField]:
    """All fields that a link to this survey may contain, in the order of the survey."""
    language = survey.language(words.language)
    for entry in survey.contact_fields:
        yield LinkField(entry.name, entry.label(language, words), "person", _options(entry.question, language))
    for field in survey.hidden_fields:
        yield LinkField(field.name, field.name.replace("_", " "), "hidden")
    for question in survey.questions:
        if not question.visible:
            yield LinkField(question.name, question.title.say(language), "hidden")
        elif question.asks and question.items == (question,):
            yield LinkField(question.name, question.title.say(language), "answers", _options(question, language))


def _options(question: Question, language: str) -> tuple[tuple[str, str], ...]:
    if question.kind == "country":
        codes = map(str, question.options() or ())
        return tuple(sorted(((code, question.say(code, language)) for code in codes), key=lambda option: option[1]))
    if question.multiple:
        return ()
    return tuple((choice.value, choice.text.say(language)) for choice in question.answer_choices)
