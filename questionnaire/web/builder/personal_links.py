"""Signed links on the desk: what we know of somebody is typed in, and a link comes out that need not ask it again."""

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

SAID: Mapping[str, str] = {
    "link_value": gettext_noop("This answer isn’t valid. Enter it as a visitor would."),
    "unknown_lead": gettext_noop("No lead has this email address."),
    "link_days": gettext_noop("Enter a number of days from 1 to 366."),
    "link_too_long": gettext_noop("This text makes the link too long. Shorten it."),
}
LEAD, DAYS = "-lead", "-days"
MOST_DAYS = 99_999

blueprint = Blueprint("invitations", __name__)


@dataclass(frozen=True, slots=True)
class LinkField:
    """One thing a link can say. `options` are (value, words) when there is a choice; `group` is where it stands."""

    name: str
    label: str
    group: str
    options: tuple[tuple[str, str], ...] = ()
    value: str = ""
    mistake: str = ""


@blueprint.get("/desk/surveys/<slug>/link")
@roles(ADMIN, MARKETING, OPS)
def form(slug: str) -> Response:
    return _shown(_survey(slug), {}, {}, "")


@blueprint.post("/desk/surveys/<slug>/link")
@roles(ADMIN, MARKETING, OPS)
@rate_limits.answers
def make(slug: str) -> Response:
    """Nothing is stored: the link itself carries what it says."""
    survey = _survey(slug)
    typed = {name: text.strip()[:2000] for name, text in request.form.items() if text.strip()}
    lead, days = typed.get(LEAD, ""), typed.get(DAYS, str(personal_links.LASTS.days))
    if lead:
        known, problems = personal_links.fields_of_lead(toolbox(), slug, lead)
        # Once its details are filled in, the button below makes the link of them.
        rest = typed if problems else {name: text for name, text in typed.items() if name != LEAD}
        return _shown(survey, known | rest, _by_name(problems), "")
    names = {field.name for field in _fields(survey, words_for(locale.current()))}
    fields = {name: text for name, text in typed.items() if name in names}
    if not fields:
        return _shown(survey, typed, {"": gettext_noop("Fill in at least one field.")}, "")
    number = parse_int(days, 0, MOST_DAYS, 0)
    link, problems = personal_links.invite(toolbox(), slug, fields, now(), days=number, language=typed.get("-lang", ""))
    return _shown(survey, typed, _by_name(problems), link)


def _survey(slug: str) -> Survey:
    found = catalogue.survey(toolbox(), slug)
    if found is None:
        abort(404)
    return found.survey


def _by_name(problems: tuple[Problem, ...]) -> dict[str, str]:
    """Field -> sentence. What concerns no field of the survey stands at its own place in the form."""
    places = {"unknown_lead": LEAD, "link_days": DAYS}
    return {places.get(one.code, str(one.where[0])): SAID.get(one.code, one.message) for one in problems}


def _shown(survey: Survey, typed: Mapping[str, str], wrong: Mapping[str, str], link: str) -> Response:
    words = words_for(locale.current())
    said = {name: words(text) for name, text in wrong.items()}
    fields = [
        replace(field, value=typed.get(field.name, ""), mistake=said.get(field.name, ""))
        for field in _fields(survey, words)
    ]
    return page(
        "desk/link.html",
        422 if wrong else 200,
        survey=survey,
        title=survey.title.say(survey.language(locale.current())),
        groups=[(name, [field for field in fields if field.group == name]) for name in ("person", "hidden", "answers")],
        lead=typed.get(LEAD, ""),
        days=typed.get(DAYS, personal_links.LASTS.days),
        chosen=typed.get("-lang", ""),
        wrong=said,
        link=link,
    )


def _fields(survey: Survey, words: Translator) -> Iterator[LinkField]:
    """Everything a link to this survey may say, in the order of the survey."""
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
        return tuple(sorted(((code, question.say(code, language)) for code in codes), key=lambda one: one[1]))
    if question.multiple:
        return ()
    return tuple((choice.value, choice.text.say(language)) for choice in question.answer_choices)
