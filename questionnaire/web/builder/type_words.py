"""What authors read for the types of questions."""

from __future__ import annotations

from collections.abc import Mapping

from questionnaire.core.base.labels import humanize
from questionnaire.core.base.translation import Translator
from questionnaire.core.base.translation import gettext_noop as _
from questionnaire.core.survey.questions import TYPES

NAMES: Mapping[str, str] = {
    "single_choice": _("One answer"), "dropdown": _("Dropdown list"), "picture_choice": _("Pictures"),
    "multiple_choice": _("Several answers"), "yes_no": _("Yes or no"), "scale": _("Scale"), "rating": _("Stars"),
    "nps": _("Recommendation, 0 to 10"), "slider": _("Slider"), "number": _("Number"), "text": _("Short text"),
    "long_text": _("Long text"), "url": _("Web address"), "email": _("Email address"), "phone": _("Phone number"),
    "date": _("Date"), "country": _("Country"), "matrix": _("Table of rows"), "ranking": _("Ranking"),
    "consent": _("Checkbox"), "statement": _("Text without a question"), "hidden": _("Hidden value"),
}  # fmt: skip


def type_name(name: str, words: Translator) -> str:
    """A type without words here is shown under its own name."""
    return words(NAMES[name]) if name in NAMES else humanize(name)


def type_options(words: Translator) -> tuple[tuple[str, str], ...]:
    return tuple((name, type_name(name, words)) for name in TYPES)
