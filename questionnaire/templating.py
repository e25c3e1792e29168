"""Jinja2 environments, one per language, with translations and formats of numbers and dates.

All renderers use `environment(language)`. Autoescape depends on the file name (`.html` yes, `.txt` no), an undefined
name is an error, and the translations are bound to the environment, so that they also work in macros and included
files.

In a template: `{{ _("Hello %(name)s", name=x) }}`, `{{ ngettext("One lead", "%(n)s leads", n) }}`, and filters.
"""

from __future__ import annotations

import gettext
from collections.abc import Callable
from datetime import date, datetime, tzinfo
from fractions import Fraction
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel import dates as babel_dates
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup, escape

from questionnaire.core.base.formats import country_name, day_text, first_of_month, number_text, signed
from questionnaire.core.base.translation import ENGLISH, LANGUAGES, NO_PHRASES, Phrases, Translator
from questionnaire.markdown import isolate_direction, markdown, markdown_inline, markdown_text
from questionnaire.settings import bundle_dir

LONG_MOMENT = "EEEE d MMMM y, HH:mm"
SHORT_MOMENT = "EEE d MMM HH:mm"

_LOCALES = {"en": "en_GB", "fr": "fr_FR", "de": "de_DE"}
_PERCENT_SIGNS = {"en": "%", "fr": "\N{NARROW NO-BREAK SPACE}%", "de": "\N{NO-BREAK SPACE}%"}
_CATALOGUES = Path(__file__).parent / "locale"


# --- words -----------------------------------------------------------------------------------------------------


def supported_language(language: str) -> str:
    """Returns the product language nearest to a BCP 47 tag: `fr` for `fr-CA`, `en` for an unsupported language."""
    primary = language.replace("_", "-").split("-")[0].lower()
    return primary if primary in LANGUAGES else "en"


def is_right_to_left(language: str) -> bool:
    """Whether this language is written from right to left."""
    locale = _locale(language)
    return locale is not None and locale.text_direction == "rtl"


def own_name(language: str) -> str:
    """Returns the native name of a language: `français`, `العربية`; an unknown tag is returned unchanged."""
    locale = _locale(language)
    return (locale.get_language_name() if locale is not None else None) or language


@lru_cache(maxsize=128)
def _locale(tag: str) -> Locale | None:
    """Returns the Babel locale of a BCP 47 tag; None for an unknown tag."""
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


def words_for(language: str, phrases: Phrases = NO_PHRASES) -> Translator:
    """Returns the translations for the product language nearest to `language`. `phrases`: what a survey says in its
    own words."""
    return _worded(language, phrases) if phrases else _catalogue(supported_language(language))


@lru_cache(maxsize=64)
def _worded(language: str, phrases: Phrases) -> Translator:
    product = _catalogue(supported_language(language))
    own, locale = dict(phrases), _locale(language)

    def singular(text: str) -> str:
        said = own.get(text)
        return said if isinstance(said, str) else product.singular(text)

    def plural(one: str, many: str, n: int) -> str:
        said = own.get(one)
        if said is None or isinstance(said, str):
            return said or product.plural(one, many, n)
        forms = dict(said)
        return forms.get(locale.plural_form(n) if locale else "other") or forms.get("other") or said[0][1]

    return Translator(product.language, singular, plural)


def _ngettext_with_markup(words: Translator) -> Callable[..., str]:
    """Returns `ngettext` for templates, with the same rule as `_`."""

    def translate(one: str, many: str, n: int, /, **values: object) -> str:
        if any(hasattr(value, "__html__") for value in values.values()):
            return Markup(escape(words.plural(one, many, n))) % {"n": n, **values}  # noqa: S704 (escaped in this line)
        return words.ngettext(one, many, n, **values)

    return translate


def _gettext_with_markup(words: Translator) -> Callable[..., str]:
    """Returns `_` for templates: markup put into a sentence stays markup, all other text is escaped."""

    def translate(text: str, /, **values: object) -> str:
        if any(hasattr(value, "__html__") for value in values.values()):
            return Markup(escape(words.gettext(text))) % values  # noqa: S704 (escaped in this line)
        return words(text, **values)

    return translate


# --- numbers and dates -----------------------------------------------------------------------------------------


class Formats:
    """Numbers, dates and country names in one language. English dates are day first, hours 0–23."""

    def __init__(self, language: str) -> None:
        self.locale = Locale.parse(_LOCALES[supported_language(language)])

    def number(self, value: int | float | Fraction, digits: int = 0) -> str:
        return number_text(value, self.locale, digits)

    def percent(self, value: int | float | Fraction, digits: int = 0) -> str:
        """Formats a value that is already out of 100."""
        return self.number(value, digits) + _PERCENT_SIGNS[self.locale.language]

    def date(self, value: date | str, form: str = "long") -> str:
        day = date.fromisoformat(value[:10]) if isinstance(value, str) else value
        return day_text(day, self.locale, form)

    def moment(self, value: datetime | str, zone: str | tzinfo | None = None, form: str = LONG_MOMENT) -> str:
        """Formats an instant as `Monday 5 October 2026, 09:30` in `zone` (name or tzinfo; None: its own zone)."""
        instant = datetime.fromisoformat(value) if isinstance(value, str) else value
        tz = ZoneInfo(zone) if isinstance(zone, str) else zone or instant.tzinfo
        written = babel_dates.format_datetime(instant, format=form, tzinfo=tz, locale=self.locale)
        return first_of_month(written, self.locale)

    def short(self, value: datetime | str, zone: str | tzinfo | None = None) -> str:
        """Formats an instant as `Mon 5 Oct 09:30`."""
        return self.moment(value, zone, SHORT_MOMENT)

    def country(self, code: str) -> str:
        """`DE` -> `Germany`; a code nobody knows stays as it is."""
        return country_name(code, self.locale)

    def language(self, code: str) -> str:
        locale = _locale(code)
        return (locale.get_display_name(self.locale) if locale is not None else None) or code


@lru_cache(maxsize=len(LANGUAGES))
def _formats(language: str) -> Formats:
    return Formats(language)


def formats_for(language: str) -> Formats:
    return _formats(supported_language(language))


# --- the environment -------------------------------------------------------------------------------------------


def new_environment(language: str, phrases: Phrases = NO_PHRASES) -> Environment:
    """Returns a new environment, for a caller that needs globals of its own."""
    spoken_language = supported_language(language)
    words, formats = words_for(language, phrases), formats_for(spoken_language)
    environment = Environment(
        loader=FileSystemLoader(bundle_dir("templates")),
        autoescape=select_autoescape(["html", "htm", "xml", "svg"], default_for_string=True, default=False),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.globals.update(
        _=_gettext_with_markup(words), ngettext=_ngettext_with_markup(words), language=spoken_language, words=words
    )
    # A PDF page counter can be part of a sentence: _("Page %(page)s of %(pages)s", page=page_number, …).
    environment.globals.update(
        page_number=Markup('<span class="page-number"></span>'),
        page_count=Markup('<span class="page-count"></span>'),
    )
    environment.filters.update(
        bdi=isolate_direction,
        md=markdown,
        md_inline=markdown_inline,
        md_text=markdown_text,
        number=formats.number,
        signed=signed,
        percent=formats.percent,
        date=formats.date,
        datetime=formats.moment,
        short=formats.short,
        country=formats.country,
        language_name=formats.language,
    )
    return environment


@lru_cache(maxsize=len(LANGUAGES) + 32)
def _environment(language: str, phrases: Phrases = NO_PHRASES) -> Environment:
    return new_environment(language, phrases)


def environment(language: str, phrases: Phrases = NO_PHRASES) -> Environment:
    """Returns the shared environment of a language. Never add personal data to its globals."""
    return _environment(language if phrases else supported_language(language), phrases)


def render(template: str, language: str, phrases: Phrases = NO_PHRASES, /, **values: object) -> str:
    """Renders a bundled template (`report/report.html`, `email/lead_assigned/body.txt`) in `language`."""
    return environment(language, phrases).get_template(template).render(**values)
