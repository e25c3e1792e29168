"""Email addresses: cleaned form, canonical form, deliverable form, account domain, kind of address.

The cleaned form is what is stored, shown and sent to. Two addresses with the same canonical form are one person. Which
domains are free, disposable or registrable is data that the caller passes in (`library/domains.py` reads it).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import idna

from questionnaire.core.base.text_cleaning import clean_text

EmailKind = Literal["business", "free", "disposable"]

LONGEST_ADDRESS = 254
"""RFC 5321 with its erratum. Also limits the input of Unicode normalisation and IDNA."""

LONGEST_LOCAL = 64

_GMAIL = {"gmail.com": "gmail.com", "googlemail.com": "gmail.com"}
_BLANK = " \t\r\n\f\v\u00a0\u200b\u2060\ufeff"
_BLANKS_AT_POINT = re.compile(r" *\. *")
# The special characters of RFC 5322 but three: with `%` and `!` some servers relay to another host, `|` runs a program.
_LOCAL_SYMBOLS = frozenset("#$&'*+-/=?^_`{}~")
# Start of an encoded word (RFC 2047): a header parser would decode the address to another one.
_ENCODED_WORD = "=?"
_LETTERS_MARKS_NUMBERS = frozenset("LMN")
# Invisible letters and marks (Default_Ignorable_Code_Point), as ranges of first and last.
_INVISIBLE = ((0x034F, 0x034F), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F), (0x3164, 0x3164),
           (0xFE00, 0xFE0F), (0xFFA0, 0xFFA0), (0xE0100, 0xE01EF))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Domains:
    """Lists of email domains: free and disposable ones, in ASCII and lower case.

    `suffix_of` returns the registrable domain by the public suffix list (`mail.firm.co.uk` -> `firm.co.uk`), or None
    for a public suffix itself.
    """

    free: frozenset[str]
    disposable: frozenset[str]
    suffix_of: Callable[[str], str | None]


def clean_email(raw: str) -> str | None:
    """Returns the address as it is stored, shown and sent to; None when the text is not an email address.

    Invisible signs, blanks around it and around the `@`, a pasted `mailto:` or `<…>` and signs after the last label are
    removed; NFKC (full-width signs), and lower case: no mail server in use tells capitals apart, and phones add them.
    An international domain stays readable; `deliverable_email` has the form for the wire.
    """
    text = clean_text(raw, 4 * LONGEST_ADDRESS)
    text = (
        unicodedata.normalize("NFKC", text or "").lstrip(_BLANK + "<").rstrip(_BLANK + ">.,;").removeprefix("mailto:")
    )
    if not 0 < len(text) <= LONGEST_ADDRESS:
        return None
    local, at, host = text.rpartition("@")
    domain = canonical_domain(_BLANKS_AT_POINT.sub(".", host)) if at else None
    local = _lower(local.strip(_BLANK))
    if domain is None or not _is_local(local):
        return None
    shown = domain if host.isascii() else readable_domain(domain)
    return f"{local}@{shown}" if len(local) + len(domain) < LONGEST_ADDRESS else None


def canonical_email(raw: str) -> str | None:
    """Returns the form that identifies a person; None when the text is not an email address.

    Cleaned, the domain in IDNA ASCII, without plus-tag. Only for Gmail, where dots have no meaning, dots are removed
    and googlemail.com becomes gmail.com.
    """
    deliverable = deliverable_email(raw)
    if deliverable is None:
        return None
    local, _, domain = deliverable.rpartition("@")
    # A local part that is only a tag (+news@…) stays whole. Dots before the tag are removed with it.
    local = local.partition("+")[0].rstrip(".") or local
    if domain in _GMAIL:
        domain, local = _GMAIL[domain], local.replace(".", "")
    return f"{local}@{domain}"


def deliverable_email(raw: str) -> str | None:
    """Returns the form for the wire: cleaned, with an ASCII domain (`xn--…`). None when it is not an address.

    The local part keeps its dots and tag, because only the receiving server knows what they mean.
    """
    cleaned = clean_email(raw)
    if cleaned is None:
        return None
    local, _, host = cleaned.rpartition("@")
    return f"{local}@{canonical_domain(host)}"


def mailbox_key(canonical: str) -> str:
    """Returns a key of the mailbox that probably receives a canonical address: the local part without dots and tag.

    Only for rate limits, never for identity. Some servers (Gmail, and others so configured) deliver all these spellings
    to one mailbox, and an outsider cannot know which servers do. Counting two people as one mailbox delays an email;
    counting one mailbox as many would let a stranger flood it.
    """
    local, _, domain = canonical.rpartition("@")
    return f"{local.partition('+')[0].replace('.', '') or local}@{domain}"


@lru_cache(maxsize=4096)
def canonical_domain(raw: str) -> str | None:
    """Returns an email domain in ASCII and lower case; None when it is not one (an IP address, a name without dot)."""
    if len(raw) > LONGEST_ADDRESS:
        return None
    try:
        domain = idna.encode(raw.strip(_BLANK), uts46=True, std3_rules=True).decode("ascii").lower().rstrip(".")
    except UnicodeError:
        return None
    top = domain.rpartition(".")[2]
    return domain if "." in domain and not top.isdigit() else None


def readable_domain(domain: str) -> str:
    """The domain in the script of its owner, as long as that leads back to the same name."""
    try:
        readable = idna.decode(domain)
    except UnicodeError:
        return domain
    return readable if canonical_domain(readable) == domain else domain


def _lower(text: str) -> str:
    """Lower case that a second lower-casing does not change (a dotted capital I decomposes)."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).lower())


def _is_local(local: str) -> bool:
    if not 0 < len(local.encode("utf-8", "replace")) <= LONGEST_LOCAL:
        return False
    if _ENCODED_WORD in local or local.startswith("-"):
        # A leading hyphen would be read as an option by mail programs that run from a command line.
        return False
    return all(atom and all(_is_allowed(letter) for letter in atom) for atom in local.split("."))


def _is_allowed(letter: str) -> bool:
    """RFC 5322 atoms and letters of any script (RFC 6531), but none that is invisible or reverses text direction."""
    if any(first <= ord(letter) <= last for first, last in _INVISIBLE):
        return False
    return letter in _LOCAL_SYMBOLS or unicodedata.category(letter)[0] in _LETTERS_MARKS_NUMBERS


def domain_of(canonical: str) -> str:
    return canonical.rpartition("@")[2]


def email_kind(canonical: str, domains: Domains) -> EmailKind:
    """Returns the kind of address. Disposable wins over free. Unlisted domains are business, `.example` too."""
    names = _up_to_registrable(domain_of(canonical), domains)
    if any(name in domains.disposable for name in names):
        return "disposable"
    if any(name in domains.free for name in names):
        return "free"
    return "business"


def account_domain(canonical: str, domains: Domains) -> str | None:
    """Returns the registrable domain that identifies an account; None for free and disposable addresses."""
    if email_kind(canonical, domains) != "business":
        return None
    domain = domain_of(canonical)
    return domains.suffix_of(domain) or domain


def in_list(domain: str, entries: Collection[str]) -> bool:
    """Whether the domain or one of its parent domains is in the list. Entries may have capitals and accents."""
    canonical = {canonical_domain(entry.removeprefix("@")) for entry in entries}
    return any(name in canonical for name in _with_parents(domain))


def _with_parents(domain: str) -> Iterator[str]:
    """Yields the domain and its parents: `a.b.example`, `b.example`, `example`."""
    while domain:
        yield domain
        domain = domain.partition(".")[2]


def _up_to_registrable(domain: str, domains: Domains) -> tuple[str, ...]:
    """Returns the domain and its parents with the same owner: a site under `uk.com` does not belong to `uk.com`."""
    owner = domains.suffix_of(domain) or domain
    return tuple(name for name in _with_parents(domain) if len(name) >= len(owner))
