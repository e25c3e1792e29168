"""Renders the full page of a survey: every question, for the script to show one at a time.

The full page is the same bytes for every visitor, so it is rendered once per version and language and kept in memory;
its inline style and scripts are allowed by their hash. It sets no cookie and loads no further file.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from questionnaire.core.base.conditions import Condition
from questionnaire.core.base.translation import Translator
from questionnaire.core.brand.theme import Theme
from questionnaire.core.survey.contact import CONSENT
from questionnaire.core.survey.length import alternatives
from questionnaire.core.survey.questions.country import CODES
from questionnaire.core.survey.survey import Survey
from questionnaire.templating import words_for
from questionnaire.web.http import rendering, security_headers
from questionnaire.web.http.compression import Compressible
from questionnaire.web.survey_page import calculated_data
from questionnaire.web.survey_page.assets import asked_of, branches, has_limits, public_script, script_of
from questionnaire.web.survey_page.form_input import FormInput
from questionnaire.web.survey_page.framing import FrameContext
from questionnaire.web.survey_page.page_context import next_label, page_context, progress_text, public_style
from questionnaire.web.survey_page.steps import FormStep, build_steps

# The class tells the style that a script runs; whoever frames the page may ask for light or dark.
HEAD_SCRIPT = (
    "var d=document.documentElement,t=/[?&]theme=(light|dark)\\b/.exec(location.search);"
    'if(t)d.dataset.theme=t[1];d.className="js"'
)
_BLANKS = re.compile(r"\n\s+")


@dataclass(frozen=True, slots=True)
class FullPage:
    """`styles` and `scripts` are CSP sources."""

    content: Compressible
    etag: str
    styles: tuple[str, ...]
    scripts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Prefill:
    """What makes a page one visitor's own: what is filled in, what is `known` and not asked, the `facts` conditions may
    use, the screen they stopped `at`, the address the report goes `to`, and the `query` string of the page.
    """

    input: FormInput
    known: frozenset[str] = frozenset()
    facts: Mapping[str, object] = field(default_factory=dict)
    at: str = ""
    to: str = ""
    query: str = ""


def render_full_page(
    publication: str, survey: Survey, language: str, theme: Theme, frame: FrameContext, prefill: Prefill | None = None
) -> FullPage:
    words = words_for(language, survey.phrases(language))
    own = prefill or Prefill(FormInput())
    steps = build_steps(survey, language, own.input, known=own.known)
    countries = _shorten_country_lists(steps[1:])
    embedded = bool(frame.messenger_data)
    style, script = public_style(theme, survey, language, embedded=embedded), public_script(survey)
    messenger = script_of("frame") if embedded else ""
    head = f"{HEAD_SCRIPT}+{json.dumps(' ' + survey.display.mode + (' embed' if embedded else ''))}"
    html = rendering.write(
        "survey/survey.html",
        language,
        survey.phrases(language),
        **page_context(publication, survey, language, theme, steps)
        | {"around": frame, "messenger": messenger, "embedded": embedded, "ticked": own.input.ticked, "to": own.to},
        style=style,
        script=script,
        head_script=head,
        data=_client_data(publication, survey, language, words, countries=countries, prefill=prefill),
        where=progress_text(steps, 0, words),
        intro=survey.description.say(language) if survey.description else "",
        minutes=_minutes(survey, words),
        forward=next_label(steps, 0, words),
        last=False,
        back=False,
        start=f"/s/{survey.id}/start?" + (own.query or f"lang={language}" + ("&embed" if embedded else "")),
        scripted_one=survey.display.mode == "one_per_screen",
        offers_teaser=survey.display.teaser == "overall" and bool(survey.dimensions),
    )
    body = _BLANKS.sub("\n", html).encode()
    etag = hashlib.sha256(f"{survey.id}:{publication}:{language}:{rendering.build()}".encode() + body).hexdigest()[:20]
    return FullPage(
        Compressible(body),
        etag,
        (security_headers.block_hash(style),),
        tuple(security_headers.block_hash(block) for block in (head, messenger, script) if block),
    )


def _shorten_country_lists(steps: Sequence[FormStep]) -> bool:
    """Leaves lists of countries without an answer to the script, which knows the names; whether there are any."""
    shortened = [entry.shorten() for step in steps for entry in step.fields]
    return any(shortened)


def _minutes(survey: Survey, words: Translator) -> str:
    estimate = survey.display.estimate_minutes
    return words.ngettext("About one minute.", "About %(n)s minutes.", estimate) if estimate else ""


def _sentences(survey: Survey, words: Translator) -> dict[str, str]:
    """The sentences the script may show."""
    by_question = survey.display.mode == "one_per_screen"
    sentences = {
        "where": words("Question %(n)s of %(of)s", n="{n}", of="{of}")
        if by_question
        else words("Page %(n)s of %(of)s", n="{n}", of="{of}"),
        "gate": words("Last step"),
        "next": words("Next question") if by_question else words("Continue"),
        "details": words("Continue to your details"),
        "result": words("See my result"),
        "back": words("Back"),
        "choose": words("Choose an answer to continue."),
        "fill": words("Please fill this in."),
        "again": words("Start again"),
        "welcome": words("Welcome back. Your answers are still here."),
        "several": words("Check %(n)s answers", n="{n}"),
        "sending": words("Sending your answers…"),
        "offline": words("We can’t connect. Your answers are still here: try again in a moment."),
    }
    asked = asked_of(survey)
    if any(question.kind == "ranking" for question in asked):
        sentences["rank"] = words("Use each answer only once.")
    if any(question.kind == "choices" and has_limits(question) for question in asked):
        sentences["few"] = words("Choose at least %(n)s.", n="{n}")
        sentences["many"] = words("Choose at most %(n)s.", n="{n}")
    if survey.display.gate == "before_start":
        sentences["gate"] = words("Before we start")
    if branches(survey):
        about = words("Question %(n)s of about %(of)s", n="{n}", of="{of}")
        sentences["about"] = about if by_question else words("Page %(n)s of about %(of)s", n="{n}", of="{of}")
    return sentences


def _conditions(survey: Survey, browser: calculated_data.BrowserConditions) -> dict[str, object]:
    """What shows when, by name: questions, contact fields and consents, and only where there are any, choices and rows
    and the conditions of endings."""
    shown: dict[str, Condition | None] = {question.name: question.show_if for question in survey.questions}
    if survey.contact is not None:
        shown |= {field.name: field.show_if for field in survey.contact.fields}
        shown |= {CONSENT + consent.name: consent.show_if for consent in survey.contact.distinct_consents}
    questions = [question for question in survey.questions if question.varies]
    rows = {f"{one.name}.{row.name}": row.show_if for one in questions for row in getattr(one, "rows", ())}
    choices = {
        one.name: _written(browser, {choice.value: choice.show_if for choice in one.answer_choices})
        for one in questions
    }
    more = {
        "choice_if": {name: conditions for name, conditions in choices.items() if conditions},
        "row_if": _written(browser, rows),
        "endings": [browser.write(ending.when) for ending in survey.endings],
    }
    counted = {"instead": sorted(alternatives(survey))} if branches(survey) else {}
    return {"show_if": _written(browser, shown), **counted, **{name: value for name, value in more.items() if value}}


def _written(browser: calculated_data.BrowserConditions, shown: Mapping[str, Condition | None]) -> dict[str, object]:
    return {name: browser.write(condition) for name, condition in shown.items() if condition is not None}


def _client_data(
    publication: str, survey: Survey, language: str, words: Translator, *, countries: bool, prefill: Prefill | None
) -> str:
    """JSON for the script: conditions and words, and nothing of what an answer is worth."""
    browser = calculated_data.BrowserConditions(survey)
    data: Mapping[str, object] = {
        "id": survey.id,
        "publication": publication,
        "mode": survey.display.mode,
        "back": survey.display.back,
        "fields": [one.name for one in survey.hidden_fields]
        + [question.name for question in survey.questions if not question.visible],
        **_conditions(survey, browser),
        "words": _sentences(survey, words),
    }
    if calculated_data.is_needed(survey):
        data = {**data, "calculated": browser.calculated(language)}
    if prefill:
        own = {"personal": True, "known": prefill.facts, "at": prefill.at}
        data = {**data, **{name: value for name, value in own.items() if value}}
    if countries:
        data = {**data, "countries": _country_groups()}
    # `<` never stands in the data, so that no text of an author can end the block.
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), default=str).replace("<", "\\u003c")


def _country_groups() -> str:
    """All codes, their first letter once for all that share it: `FIJKMOR GABD…` for FI, FJ, FK …; 230 bytes less."""
    return " ".join(
        initial + "".join(code[1] for code in codes) for initial, codes in groupby(CODES, lambda code: code[0])
    )
