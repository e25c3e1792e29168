"""The page of a survey: the whole of it for everybody to keep, or one stop of it for somebody on the way.

The whole page is the same bytes for every visitor, so it is written once per version and language and kept in memory;
its inline style and scripts are allowed by their hash. It carries no cookie and asks for no further file.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from threading import Lock

from questionnaire.actions.intake import Publication
from questionnaire.core import conditions
from questionnaire.core.questions.country import CODES
from questionnaire.core.survey import Survey
from questionnaire.core.theme import Theme
from questionnaire.core.words import Words
from questionnaire.settings import bundle_dir
from questionnaire.templating import formats_for, words_for
from questionnaire.web import pages, security
from questionnaire.web.brand import pressed, theme_style
from questionnaire.web.embed import Around
from questionnaire.web.stops import Stop, Typed, stops_of

HEAD_SCRIPT = 'document.documentElement.className="js"'
MOST_KEPT = 64
A_MOMENT = timedelta(seconds=2)
_BLANKS = re.compile(r"\n\s+")


@dataclass(frozen=True, slots=True)
class WholePage:
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


class Shelf:
    """The whole pages written so far, newest use last, and which version of a survey was newest a moment ago."""

    def __init__(self) -> None:
        self._pages: OrderedDict[tuple[str, str, str, Around], WholePage] = OrderedDict()
        self._newest: dict[str, tuple[Publication, datetime]] = {}
        self._lock = Lock()

    def newest(self, slug: str, now: datetime) -> Publication | None:
        """The open publication that was the newest a moment ago: caches outside may keep the page far longer."""
        found, until = self._newest.get(slug, (None, now))
        return found if now < until else None

    def put(self, slug: str, publication: Publication, now: datetime) -> None:
        self._newest[slug] = (publication, now + A_MOMENT)

    def page(self, publication: str, survey: Survey, language: str, theme: Theme, around: Around) -> WholePage:
        key = (survey.id, publication, language, around)
        with self._lock:
            found = self._pages.get(key)
            if found is not None:
                self._pages.move_to_end(key)
                return found
        made = whole_page(publication, survey, language, theme, around)
        with self._lock:
            self._pages[key] = made
            while len(self._pages) > MOST_KEPT:
                self._pages.popitem(last=False)
        return made


def whole_page(publication: str, survey: Survey, language: str, theme: Theme, around: Around) -> WholePage:
    words = words_for(language)
    stops = stops_of(survey, language, Typed())
    later = [field for stop in stops[1:] for field in stop.fields if field.control == "country"]
    for field in later:
        field.brief = True
    style, script = public_style(theme, framed=bool(around.frame)), _script("fill")
    messenger = _script("frame") if around.frame else ""
    head = f"{HEAD_SCRIPT}+{json.dumps(' ' + survey.display.mode + (' embed' if around.frame else ''))}"
    said = pages.write(
        "fill/survey.html",
        language,
        **_frame(publication, survey, language, theme, stops)
        | {"around": around, "messenger": messenger, "framed": bool(around.frame)},
        style=style,
        script=script,
        head_script=head,
        data=_data(publication, survey, words, countries=bool(later)),
        where=_where(stops, 0, words),
        intro=survey.description.say(language) if survey.description else "",
        minutes=words.count("About one minute.", "About %(n)s minutes.", survey.display.estimate_minutes)
        if survey.display.estimate_minutes
        else "",
        forward=_forward(stops, 0, words),
        last=False,
        back=False,
        scripted_one=survey.display.mode == "one_per_screen",
        offers_teaser=survey.display.teaser == "overall" and bool(survey.dimensions),
    )
    body = _BLANKS.sub("\n", said).encode()
    etag = hashlib.sha256(f"{survey.id}:{publication}:{language}:{pages.build()}".encode() + body).hexdigest()[:20]
    return WholePage(
        body,
        gzip.compress(body, 9, mtime=0),
        etag,
        (security.block_hash(style),),
        tuple(security.block_hash(block) for block in (head, messenger, script) if block),
    )


def stop_page(
    publication: str,
    survey: Survey,
    language: str,
    theme: Theme,
    stops: Sequence[Stop],
    index: int,
    *,
    state: str,
    ticked: frozenset[str],
    wrongs: Sequence[tuple[str, str]] = (),
    notice: str = "",
    teaser: Teaser | None = None,
    framed: bool = False,
) -> str:
    """One stop for somebody on the way without JavaScript. `wrongs`: (id of the field, what is wrong)."""
    words = words_for(language)
    return pages.write(
        "fill/survey.html",
        language,
        **_frame(publication, survey, language, theme, stops[index : index + 1])
        | {"state": state, "ticked": ticked, "wrongs": wrongs, "notice": notice, "teaser": teaser, "framed": framed},
        style=public_style(theme, framed=framed),
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


def _frame(publication: str, survey: Survey, language: str, theme: Theme, stops: Sequence[Stop]) -> dict[str, object]:
    others = [(tag, formats_for(tag).language(tag).capitalize()) for tag in survey.languages if tag != language]
    return {
        "language": language,
        "title": survey.title.say(language),
        "brand": theme.name,
        "others": others,
        "publication": publication,
        "stops": stops,
        "progress": survey.display.progress != "none",
        "state": "",
        "ticked": frozenset(),
        "around": Around(),
        "messenger": "",
        "framed": False,
        "wrongs": (),
        "notice": "",
        "teaser": None,
        "asks_later": {question.name for question in survey.questions if question.show_if is not None},
    }


def _where(stops: Sequence[Stop], index: int, words: Words) -> str:
    if stops[index].contact or len(stops) == 1:
        return ""
    asked = [stop for stop in stops if not stop.contact]
    return words("Page %(n)s of %(of)s", n=asked.index(stops[index]) + 1, of=len(asked))


def _forward(stops: Sequence[Stop], index: int, words: Words) -> str:
    if index == len(stops) - 1:
        return words("See my result")
    return words("Continue to your details") if stops[index + 1].contact else words("Continue")


def _data(publication: str, survey: Survey, words: Words, *, countries: bool) -> str:
    """What the script gets: conditions and words, and nothing of what an answer is worth."""
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
    data: Mapping[str, object] = {
        "id": survey.id,
        "publication": publication,
        "mode": survey.display.mode,
        "back": survey.display.back,
        "fields": [field.name for field in survey.hidden_fields],
        "show_if": {
            question.name: conditions.write(question.show_if)
            for question in survey.questions
            if question.show_if is not None
        },
        "words": said,
    }
    if countries:
        data = {**data, "countries": " ".join(CODES)}
    # `<` never stands in the data, so that no text of an author can end the block.
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), default=str).replace("<", "\\u003c")


# --- the inline blocks -----------------------------------------------------------------------------------------


@cache
def public_style(theme: Theme, *, framed: bool = False) -> str:
    """Tokens, theme and the diagnostic's own style, closer in a frame, without comments and blanks."""
    css = bundle_dir("static") / "css"
    tokens, fill, embed = ((css / f"{name}.css").read_text(encoding="utf-8") for name in ("tokens", "fill", "embed"))
    return pressed(tokens) + theme_style(theme) + pressed(fill) + (pressed(embed) if framed else "")


@cache
def _script(name: str) -> str:
    """A bundle of static/js/built, as it stands; see .ci/make_scripts.py."""
    return (bundle_dir("static") / "js" / "built" / f"{name}.js").read_text(encoding="utf-8").strip()
