"""Advice on codes of countries that are none: `UK`, `USA`, `Germany`."""

from __future__ import annotations

from functools import lru_cache

from babel import Locale
from babel.core import get_global

ADVICE = "write ISO 3166-1 codes such as `DE`"
_USUAL = {"EL": "GR", "UAE": "AE", "KSA": "SA", "ENGLAND": "GB", "SCOTLAND": "GB", "WALES": "GB", "GREAT BRITAIN": "GB"}
"""What people write that the locale data does not list as an alias."""


@lru_cache(maxsize=1)
def _by_name() -> dict[str, str]:
    territories = Locale("en").territories
    return {name.upper(): code for code, name in territories.items() if len(code) == 2 and code.isalpha()}


def country_hint(written: str) -> str:
    """`write `GB`` for `UK`; general advice for anything else. Names are those of English."""
    text = written.strip().upper()
    aliases = get_global("territory_aliases").get(text, ())
    code = _USUAL.get(text) or (aliases[0] if len(aliases) == 1 else None) or _by_name().get(text)
    code = code or (text if text != written and text in _by_name().values() else None)
    return f"write `{code}`" if code else ADVICE
