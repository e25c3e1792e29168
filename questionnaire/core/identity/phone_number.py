"""Telephone numbers: the number as E.164, and the extension in a company apart from it.

As one text they are `+49305550100;ext=12` (RFC 3966), which is what an answer holds; a lead's details hold the two
parts under two names.
"""

from __future__ import annotations

import re
import unicodedata

import phonenumbers

EXTENSION = "_extension"
"""What follows the name of a telephone field in the name of its extension."""
_MARK = ";ext="
_LANGUAGES = {
    "de": "Durchwahl",
    "es": "ext.",
    "fr": "poste",
    "it": "int.",
    "nl": "toestel",
    "pl": "wewn.",
    "pt": "ramal",
}
_DASHES = re.compile("[‐‑‒–—−－]")
# A word in a language people write it in, or what a dialler takes for a pause; up to seven digits after it.
_TYPED_EXTENSION = re.compile(
    r"[\s,;(]*(?:;ext=|(?<![a-z])(?:e?xt(?:ension|n)?|poste|p|durchwahl|dw|klappe|apparat|app|toestel|tst|interno|int|ramal"
    r"|anexo|wewn|wew|x|доб)\s*[.:#]?|#|,{1,3}|;)\s*([0-9]{1,7})\s*[#)]?$",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"[0-9]")
_NATIONAL = re.compile(r"[0-9 ()./-]+")


def read_phone(text: str, country: str | None = None) -> str | None:
    """`+49305550100` or `+49305550100;ext=12`, read in `country` (ISO 3166-1) when it has no country code; None if it
    is no number."""
    number, extension = split_extension(text)
    try:
        parsed = phonenumbers.parse(number, country)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(parsed):
        return None
    e164 = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    return join_extension(str(e164), extension or parsed.extension or "")


def read_national(text: str) -> str | None:
    """A number whose country is not known yet, as typed, with its extension as `;ext=`."""
    number, extension = split_extension(text)
    possible = 5 <= len(_DIGITS.findall(number)) <= 15 and _NATIONAL.fullmatch(number)
    return join_extension(number, extension) if possible else None


def split_extension(text: str) -> tuple[str, str]:
    """The number and its extension, "" without one. Digits of any script become 0 to 9."""
    plain = "".join(str(unicodedata.decimal(sign, sign)) for sign in _DASHES.sub("-", text)).strip()
    found = _TYPED_EXTENSION.search(plain)
    return (plain[: found.start()].strip(), found[1]) if found else (plain, "")


def join_extension(number: str, extension: str) -> str:
    return f"{number}{_MARK}{extension}" if number and extension else number


def phone_text(phone: str, language: str) -> str:
    """`+49 30 5550100 ext. 12`, in French `+49 30 5550100 poste 12`: in the groups people read it in."""
    number, extension = split_extension(phone)
    number = _in_groups(number)
    word = _LANGUAGES.get(language.partition("-")[0].lower(), "ext.")
    return f"{number} {word}\N{NO-BREAK SPACE}{extension}" if extension else number


def _in_groups(number: str) -> str:
    """An international number as it is written abroad; any other as it is."""
    try:
        parsed = phonenumbers.parse(number) if number.startswith("+") else None
    except phonenumbers.NumberParseException:
        return number
    written = phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return str(phonenumbers.format_number(parsed, written)) if parsed is not None else number


def phone_link(phone: str) -> str:
    """The address that dials: `tel:+49305550100;ext=12`."""
    number, extension = split_extension(phone)
    return join_extension(f"tel:{re.sub('[^0-9+]', '', number)}", extension)
