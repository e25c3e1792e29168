"""How pages, mails and documents are written: one Jinja2 environment per language, and the catalogues.

`environment(language)` is what every room renders with: autoescape by file name (`.html` yes, `.txt` no), an unknown
name is an error, and the environment already speaks its language, so that macros and included files do too.

In a template: `{{ _("Hello %(name)s", name=x) }}`, `{{ ngettext("One lead", "%(n)s leads", n) }}`, and filters.
"""

from __future__ import annotations

import gettext
from collections.abc import Callable, Mapping
from datetime import date, datetime, tzinfo
from fractions import Fraction
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

import nh3
from babel import Locale, UnknownLocaleError
from babel import dates as babel_dates
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape

from questionnaire.core.base.formats import country_name, day_text, first_of_month, number_text
from questionnaire.core.base.texts import fill
from questionnaire.core.base.translation import ENGLISH, Translator
from questionnaire.settings import bundle_dir

LANGUAGES = ("en", "fr")

LONG_MOMENT = "EEEE d MMMM y, HH:mm"
SHORT_MOMENT = "EEE d MMM HH:mm"

_LOCALES = {"en": "en_GB", "fr": "fr_FR"}
_CATALOGUES = Path(__file__).parent / "locale"
_TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "a"}
_MARKDOWN = MarkdownIt("zero").enable(["emphasis", "link", "list", "newline", "escape", "entity", "backticks"])


# --- words -----------------------------------------------------------------------------------------------------


def spoken(language: str) -> str:
    """The product language nearest to a BCP 47 tag: `fr-CA` is `fr`, a tongue we do not speak is `en`."""
    primary = language.replace("_", "-").split("-")[0].lower()
    return primary if primary in LANGUAGES else "en"


def is_right_to_left(language: str) -> bool:
    """Whether this language is written from right to left."""
    known = _locale(language)
    return known is not None and known.text_direction == "rtl"


def own_name(language: str) -> str:
    """A language by the name its readers give it: `français`, `العربية`; a tag nobody knows stays as it is."""
    known = _locale(language)
    return (known.get_language_name() if known is not None else None) or language


@lru_cache(maxsize=128)
def _locale(tag: str) -> Locale | None:
    """What Babel knows of a BCP 47 tag; None for one it does not know."""
    try:
        return Locale.parse(tag.replace("_", "-"), sep="-")
    except (UnknownLocaleError, ValueError):
        return None


@lru_cache(maxsize=len(LANGUAGES))
def _catalogue(language: str) -> Translator:
    path = _CATALOGUES / f"{language}.po"
    if not path.is_file():
        return ENGLISH if language == "en" else Translator(language)
    compiled = BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    catalogue = gettext.GNUTranslations(compiled)
    return Translator(language, catalogue.gettext, catalogue.ngettext)


def words_for(language: str) -> Translator:
    """The product's sentences in the language nearest to `language`."""
    return _catalogue(spoken(language))


def _marked(words: Translator) -> Callable[..., str]:
    """`_` for templates: markup put into a sentence keeps being markup, everything round it is escaped."""

    def say(text: str, /, **values: object) -> str:
        if any(hasattr(value, "__html__") for value in values.values()):
            return Markup(escape(words.gettext(text))) % values  # noqa: S704 (escaped in this line)
        return words(text, **values)

    return say


# --- authored text ---------------------------------------------------------------------------------------------


@lru_cache(maxsize=2048)
def _safe(source: str, *, inline: bool) -> str:
    """Authored source as safe HTML. Authors write few texts and they are shown over and over."""
    return nh3.clean(
        _MARKDOWN.renderInline(source) if inline else _MARKDOWN.render(source),
        tags=_TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
    )


def _filled(safe: str, values: Mapping[str, str] | None) -> Markup:
    # Placeholders are filled last, so that a value is never read as markdown and never meets the sanitiser.
    return Markup(safe if values is None else fill(safe, values, _as_html))  # noqa: S704 (sanitised, then escaped)


def isolated(value: str | None) -> Markup:
    """A person's own words inside ours, in HTML: their direction of writing does not reach what stands round them."""
    return Markup("<bdi>{}</bdi>").format(value) if value else Markup("")


def _as_html(value: str) -> str:
    return str(isolated(value))


def markdown(source: str, values: Mapping[str, str] | None = None) -> Markup:
    """Authored markdown subset -> safe HTML with paragraphs; then `{{name}}` from `values`, escaped, in one pass."""
    return _filled(_safe(source, inline=False), values)


def markdown_inline(source: str, values: Mapping[str, str] | None = None) -> Markup:
    """The same for a heading or a cell: no paragraph round it."""
    return _filled(_safe(source, inline=True), values)


def markdown_text(source: str, values: Mapping[str, str] | None = None) -> str:
    """Authored text without its marks, for plain mails; a link keeps its address in brackets."""
    lines = ["".join(_said(token.children or ())) for token in _MARKDOWN.parse(source) if token.type == "inline"]
    text = "\n\n".join(lines)
    return text if values is None else fill(text, values, str)


def _said(tokens: list[Token] | tuple[Token, ...]) -> list[str]:
    said: list[str] = []
    address = ""
    for token in tokens:
        if token.type == "link_open":
            address = str(token.attrGet("href") or "")
        elif token.type == "link_close" and address:
            said.append(f" ({address})")
            address = ""
        elif token.type in ("softbreak", "hardbreak"):
            said.append("\n")
        else:
            said.append(token.content)
    return said


# --- numbers and dates -----------------------------------------------------------------------------------------


class Formats:
    """Numbers, dates and names of places as one language writes them. English dates are day first, hours 0-23."""

    def __init__(self, language: str) -> None:
        self.locale = Locale.parse(_LOCALES[spoken(language)])

    def number(self, value: int | float | Fraction, digits: int = 0) -> str:
        return number_text(value, self.locale, digits)

    def percent(self, value: int | float | Fraction, digits: int = 0) -> str:
        """`value` is already out of 100."""
        sign = "\N{NARROW NO-BREAK SPACE}%" if self.locale.language == "fr" else "%"
        return self.number(value, digits) + sign

    def date(self, value: date | str, form: str = "long") -> str:
        day = date.fromisoformat(value[:10]) if isinstance(value, str) else value
        return day_text(day, self.locale, form)

    def moment(self, value: datetime | str, zone: str | tzinfo | None = None, form: str = LONG_MOMENT) -> str:
        """An instant as `Monday 5 October 2026, 09:30` in `zone` (a name or tzinfo; without one, in its own)."""
        instant = datetime.fromisoformat(value) if isinstance(value, str) else value
        place = ZoneInfo(zone) if isinstance(zone, str) else zone or instant.tzinfo
        written = babel_dates.format_datetime(instant, format=form, tzinfo=place, locale=self.locale)
        return first_of_month(written, self.locale)

    def short(self, value: datetime | str, zone: str | tzinfo | None = None) -> str:
        """`Mon 5 Oct 09:30`."""
        return self.moment(value, zone, SHORT_MOMENT)

    def country(self, code: str) -> str:
        """`DE` -> `Germany`; a code nobody knows stays as it is."""
        return country_name(code, self.locale)

    def language(self, code: str) -> str:
        return str(self.locale.languages.get(spoken(code), code))


@lru_cache(maxsize=len(LANGUAGES))
def _formats(language: str) -> Formats:
    return Formats(language)


def formats_for(language: str) -> Formats:
    return _formats(spoken(language))


# --- the environment -------------------------------------------------------------------------------------------


def new_environment(language: str) -> Environment:
    """A fresh environment, for a room that wants globals of its own."""
    spoken_language = spoken(language)
    words, formats = words_for(spoken_language), formats_for(spoken_language)
    environment = Environment(
        loader=FileSystemLoader(bundle_dir("templates")),
        autoescape=select_autoescape(["html", "htm", "xml", "svg"], default_for_string=True, default=False),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.globals.update(_=_marked(words), ngettext=words.ngettext, language=spoken_language, words=words)
    # A counter of the paper's own can stand inside a sentence: _("Page %(page)s of %(pages)s", page=page_number, …).
    environment.globals.update(
        page_number=Markup('<span class="page-number"></span>'),
        page_count=Markup('<span class="page-count"></span>'),
    )
    environment.filters.update(
        bdi=isolated,
        md=markdown,
        md_inline=markdown_inline,
        md_text=markdown_text,
        number=formats.number,
        percent=formats.percent,
        date=formats.date,
        datetime=formats.moment,
        short=formats.short,
        country=formats.country,
        language_name=formats.language,
    )
    return environment


@lru_cache(maxsize=len(LANGUAGES))
def _environment(language: str) -> Environment:
    return new_environment(language)


def environment(language: str) -> Environment:
    """The shared environment of a language. Never add a person's data to its globals."""
    return _environment(spoken(language))


def render(template: str, language: str, /, **values: object) -> str:
    """A bundled template (`report/report.html`, `email/lead_assigned/body.txt`) in `language`."""
    return environment(language).get_template(template).render(**values)
