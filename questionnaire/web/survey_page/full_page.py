"""The page of a survey: the whole of it for everybody to keep, or one stop of it for somebody on the way.

The whole page is the same bytes for every visitor, so it is written once per version and language and kept in memory;
its inline style and scripts are allowed by their hash. It carries no cookie and asks for no further file.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from questionnaire.core.base import conditions
from questionnaire.core.base.translation import Translator
from questionnaire.core.brand.theme import Theme
from questionnaire.core.survey.questions.country import CODES
from questionnaire.core.survey.survey import Survey
from questionnaire.templating import is_right_to_left, own_name, words_for
from questionnaire.web.embed.routes import Around
from questionnaire.web.http import compression, rendering, security_headers, theme_css
from questionnaire.web.survey_page.assets import public_script, script_of, styles_of
from questionnaire.web.survey_page.steps import FormInput, FormStep, build_steps

# The class tells the style that a script runs; whoever frames the page may ask for light or dark.
HEAD_SCRIPT = (
    "var d=document.documentElement,t=/[?&]theme=(light|dark)\\b/.exec(location.search);"
    'if(t)d.dataset.theme=t[1];d.className="js"'
)
_BLANKS = re.compile(r"\n\s+")


@dataclass(frozen=True, slots=True)
class FullPage:
    """`policy` is the content policy without its frame-ancestors, which differ per address."""

    body: bytes
    zipped: bytes
    etag: str
    styles: tuple[str, ...]
    scripts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Teaser:
    """The overall score shown before the gate, 0 to 100, and the name of its band."""

    shown: int
    band: str


@dataclass(frozen=True, slots=True)
class Prefill:
    """What makes a page somebody's own: what is filled in, what is `known` and not asked, the `facts` branches may rest
    on, the screen somebody stopped `at`, and the address the report goes `to`.
    """

    typed: FormInput
    known: frozenset[str] = frozenset()
    facts: Mapping[str, object] = field(default_factory=dict)
    at: str = ""
    to: str = ""


def full_page(
    publication: str, survey: Survey, language: str, theme: Theme, around: Around, person: Prefill | None = None
) -> FullPage:
    words = words_for(language)
    stops = build_steps(survey, language, person.typed if person else FormInput(), known=person.known if person else ())
    brief = _shortened(stops[1:])
    framed = bool(around.frame)
    style, script = public_style(theme, survey, language, framed=framed), public_script(survey)
    messenger = script_of("frame") if framed else ""
    head = f"{HEAD_SCRIPT}+{json.dumps(' ' + survey.display.mode + (' embed' if framed else ''))}"
    said = rendering.write(
        "survey/survey.html",
        language,
        **_frame(publication, survey, language, theme, stops)
        | {"around": around, "messenger": messenger, "framed": framed}
        | {"ticked": person.typed.ticked if person else frozenset(), "to": person.to if person else ""},
        style=style,
        script=script,
        head_script=head,
        data=_data(publication, survey, words, countries=brief, person=person),
        where=_where(stops, 0, words),
        intro=survey.description.say(language) if survey.description else "",
        minutes=_minutes(survey, words),
        forward=_forward(stops, 0, words),
        last=False,
        back=False,
        scripted_one=survey.display.mode == "one_per_screen",
        offers_teaser=survey.display.teaser == "overall" and bool(survey.dimensions),
    )
    body = _BLANKS.sub("\n", said).encode()
    etag = hashlib.sha256(f"{survey.id}:{publication}:{language}:{rendering.build()}".encode() + body).hexdigest()[:20]
    return FullPage(
        body,
        # A page of one person is written once and not kept: it is not worth compressing here.
        b"" if person else compression.gzip(body),
        etag,
        (security_headers.block_hash(style),),
        tuple(security_headers.block_hash(block) for block in (head, messenger, script) if block),
    )


def step_page(
    publication: str,
    survey: Survey,
    language: str,
    theme: Theme,
    stops: Sequence[FormStep],
    index: int,
    *,
    state: str,
    ticked: frozenset[str],
    wrongs: Sequence[tuple[str, str]] = (),
    notice: str = "",
    sure: str = "",
    teaser: Teaser | None = None,
    framed: bool = False,
) -> str:
    """One stop for somebody on the way without JavaScript. `wrongs`: (id of the field, what is wrong)."""
    words = words_for(language)
    return rendering.write(
        "survey/survey.html",
        language,
        **_frame(publication, survey, language, theme, stops, index)
        | {"state": state, "ticked": ticked, "wrongs": wrongs, "notice": notice, "teaser": teaser}
        | {"sure": sure, "framed": framed},
        style=public_style(theme, survey, language, framed=framed),
        script="",
        head_script="",
        where=_where(stops, index, words),
        intro="",
        minutes="",
        forward=_forward(stops, index, words),
        last=index == len(stops) - 1,
        back=index > 0 and survey.display.back,
        scripted_one=False,
        offers_teaser=False,
    )


def _shortened(stops: Sequence[FormStep]) -> bool:
    """Leaves lists of countries nobody chose from to the script, which knows the names; whether there are any."""
    shortened = [entry.shorten() for stop in stops for entry in stop.fields]
    return any(shortened)


def _minutes(survey: Survey, words: Translator) -> str:
    estimate = survey.display.estimate_minutes
    return words.count("About one minute.", "About %(n)s minutes.", estimate) if estimate else ""


def _frame(
    publication: str, survey: Survey, language: str, theme: Theme, stops: Sequence[FormStep], index: int | None = None
) -> dict[str, object]:
    """What every page of a survey says; `index` is the one stop that stands on it, None for all of them."""
    others = [(tag, own_name(tag).capitalize()) for tag in survey.languages if tag != language]
    return {
        "language": language,
        "right_to_left": is_right_to_left(language),
        **rendering.sender(theme),
        "title": survey.title.say(language),
        "others": others,
        "publication": publication,
        "stops": stops if index is None else stops[index : index + 1],
        "steps": _steps(survey, stops, index or 0, words_for(language)),
        "progress": survey.display.progress != "none",
        "state": "",
        "ticked": frozenset(),
        "around": Around(),
        "messenger": "",
        "framed": False,
        "wrongs": (),
        "notice": "",
        "teaser": None,
        "sure": "",
        "to": "",
        "asks_later": {question.name for question in survey.questions if question.show_if is not None},
    }


def _where(stops: Sequence[FormStep], index: int, words: Translator) -> str:
    if stops[index].contact or len(stops) == 1:
        return ""
    asked = [stop for stop in stops if not stop.contact]
    return words("Page %(n)s of %(of)s", n=asked.index(stops[index]) + 1, of=len(asked))


def _steps(survey: Survey, stops: Sequence[FormStep], index: int, words: Translator) -> list[tuple[str, str]]:
    """What each segment of the progress stands for, and whether it is done or now; none unless the survey wants it."""
    if survey.display.progress != "steps":
        return []
    titles = [stop.title or words("Page %(n)s of %(of)s", n=n, of=len(stops)) for n, stop in enumerate(stops, 1)]
    return [(title, "done" if n < index else "now" if n == index else "") for n, title in enumerate(titles)]


def _forward(stops: Sequence[FormStep], index: int, words: Translator) -> str:
    if index == len(stops) - 1:
        return words("See my result")
    return words("Continue to your details") if stops[index + 1].contact else words("Continue")


def _said(survey: Survey, words: Translator) -> dict[str, str]:
    """The sentences the script may have to say."""
    said = {
        "question": words("Question %(n)s of %(of)s", n="{n}", of="{of}"),
        "page": words("Page %(n)s of %(of)s", n="{n}", of="{of}"),
        "gate": words("Last step"),
        "next": words("Next question") if survey.display.mode == "one_per_screen" else words("Continue"),
        "details": words("Continue to your details"),
        "result": words("See my result"),
        "back": words("Back"),
        "choose": words("Choose one of the answers to go on."),
        "fill": words("Fill this in to go on."),
        "rank": words("Give each place to a different answer."),
        "again": words("Start again"),
        "welcome": words("Welcome back. Your answers are still here."),
        "few": words("Choose at least %(n)s.", n="{n}"),
        "many": words("Choose at most %(n)s.", n="{n}"),
        "several": words("%(n)s answers need another look", n="{n}"),
        "sending": words("Sending your answers …"),
        "offline": words("We could not reach the server. Your answers are still here: try again in a moment."),
    }
    if survey.display.gate == "before_start":
        said["gate"] = words("Before we start")
    return said


def _data(publication: str, survey: Survey, words: Translator, *, countries: bool, person: Prefill | None) -> str:
    """What the script gets: conditions and words, and nothing of what an answer is worth."""
    data: Mapping[str, object] = {
        "id": survey.id,
        "publication": publication,
        "mode": survey.display.mode,
        "back": survey.display.back,
        "fields": [one.name for one in survey.hidden_fields]
        + [question.name for question in survey.questions if not question.visible],
        "show_if": {
            question.name: conditions.write(question.show_if)
            for question in survey.questions
            if question.show_if is not None
        },
        "words": _said(survey, words),
    }
    if person:
        own = {"personal": True, "known": person.facts, "at": person.at}
        data = {**data, **{name: value for name, value in own.items() if value}}
    if countries:
        data = {**data, "countries": " ".join(CODES)}
    # `<` never stands in the data, so that no text of an author can end the block.
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), default=str).replace("<", "\\u003c")


def public_style(theme: Theme, survey: Survey, language: str, *, framed: bool = False) -> str:
    """The inline style of a survey's page, closer in a frame; its hash stands in the content policy."""
    return theme_css.public_style(theme, styles_of(survey, language) | ({"framed"} if framed else set()))
