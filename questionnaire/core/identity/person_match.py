"""Whether two leads may be one person: what their contact details have in common (domain.md 1.9).

The same email address is the same person, and is no matter here. Anything else only proposes; a human decides.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from questionnaire.core.base.translation import Translator, gettext_noop
from questionnaire.core.identity.contact_details import dialled

_PROFILE = re.compile(r"linkedin\.[a-z.]+/(?:[a-z]{2}/)?in/([^/?#\s]+)", re.IGNORECASE)
_NO_WORD = re.compile(r"[\W_]+")
EVIDENCE: Mapping[str, str] = {
    "linkedin": gettext_noop("the same LinkedIn profile"),
    "phone": gettext_noop("the same phone number"),
    "name": gettext_noop("the same name at the same company"),
}
"""What may be the same, the surest first -> in words."""


def match_keys(contact: Mapping[str, Any], account_domain: str | None) -> frozenset[str]:
    """What another lead of the same person would have too: `phone:+49…`, `linkedin:…`, `name:anna berg@firm.example`.

    `contact` are the details as they were submitted. A name is one with its company alone, by domain and by what the
    company is called.
    """
    keys = set[str]()
    if (number := dialled(contact)).startswith("+"):
        keys.add(f"phone:{number}")
    if profile := _PROFILE.search(str(contact.get("linkedin") or "")):
        keys.add(f"linkedin:{_plain(profile[1])}")
    name, company = _name(contact), _plain(str(contact.get("company") or ""))
    if name:
        keys |= {f"name:{name}@{where}" for where in (account_domain, company) if where}
    return frozenset(keys)


def shared_evidence(one: Mapping[str, Any], other: Mapping[str, Any], keys: Iterable[str]) -> tuple[str, ...]:
    """Which of EVIDENCE speaks for one person, when two leads with these details have these keys in common.

    Colleagues share the number of their company: of two people with different names it says nothing.
    """
    kinds = {key.partition(":")[0] for key in keys}
    if _name(one) and _name(other) and _name(one) != _name(other):
        kinds -= {"phone"}
    return tuple(kind for kind in EVIDENCE if kind in kinds)


def evidence_name(kind: str, words: Translator) -> str:
    return words(EVIDENCE[kind])


def _name(contact: Mapping[str, Any]) -> str:
    """First and last name, "" when one is missing: a first name alone is the name of many."""
    parts = [_plain(str(contact.get(part) or "")) for part in ("first_name", "last_name")]
    return " ".join(parts) if all(parts) else ""


def _plain(text: str) -> str:
    """In small letters, without accents, signs and repeated spaces."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(_NO_WORD.sub(" ", "".join(sign for sign in letters if not unicodedata.combining(sign))).split())
