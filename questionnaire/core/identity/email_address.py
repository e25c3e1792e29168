"""Who is it? Canonical e-mail, account domain, kind of address.

Two addresses with the same canonical form are one person; the address as typed is kept for sending. What counts as
a free, disposable or registrable domain is data that whoever calls brings along (`library/domains.py` reads it).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile
from typing import Literal

import idna

EmailKind = Literal["business", "free", "disposable"]

LONGEST_ADDRESS = 254
"""RFC 5321 with its erratum; also keeps Unicode normalisation and IDNA away from endless input."""

LONGEST_LOCAL = 64

_GMAIL = {"gmail.com": "gmail.com", "googlemail.com": "gmail.com"}
_BLANK = " \t\r\n\f\v\u00a0\u200b\u2060\ufeff"
# The signs of RFC 5322 but three: `%` and `!` make some servers route a mail on to another host, `|` starts a program.
_LOCAL_SIGNS = frozenset("#$&'*+-/=?^_`{}~")
# Begins an encoded word (RFC 2047): readers of headers would decode the address into another one.
_ENCODED_WORD = "=?"
_LETTERS_MARKS_NUMBERS = frozenset("LMN")
# Letters and marks that are drawn as nothing (Default_Ignorable_Code_Point), by first and last.
_UNSEEN = ((0x034F, 0x034F), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F), (0x3164, 0x3164),
           (0xFE00, 0xFE0F), (0xFFA0, 0xFFA0), (0xE0100, 0xE01EF))  # fmt: skip

_MAIL_PROVIDERS = """
gmail.com googlemail.com outlook.com outlook.fr outlook.de hotmail.com hotmail.fr hotmail.de hotmail.co.uk yahoo.com
yahoo.fr yahoo.de yahoo.co.uk icloud.com protonmail.com orange.fr wanadoo.fr laposte.net t-online.de freenet.de
"""
_COM_SLIPS = "con cm om co comm cpm vom xom clm ocm cmo coom cim c0m come"
_MAIL_DOMAINS = frozenset(_MAIL_PROVIDERS.split())
_MAIL_NAMES = tuple(sorted({domain.partition(".")[0] for domain in _MAIL_DOMAINS}))
_COM_TYPOS = frozenset(_COM_SLIPS.split())


@dataclass(frozen=True, slots=True)
class Domains:
    """What is known about mail domains: free-mail and throw-away ones, in ASCII and lower case.

    `suffix_of` gives the registrable domain by the public suffix list (`mail.firm.co.uk` -> `firm.co.uk`), None
    for a public suffix itself.
    """

    free: frozenset[str]
    disposable: frozenset[str]
    suffix_of: Callable[[str], str | None]


def canonical_email(typed: str) -> str | None:
    """The form by which a person is found again; None when it is not an e-mail address.

    Trimmed, NFKC, the domain in IDNA ASCII, all in lower case, the plus-tag cut. For Gmail alone, where dots mean
    nothing, they go, and googlemail.com becomes gmail.com.
    """
    text = typed[: 4 * LONGEST_ADDRESS].strip(_BLANK)
    if len(text) > LONGEST_ADDRESS:
        return None
    local, at, host = unicodedata.normalize("NFKC", text).rpartition("@")
    domain = canonical_domain(host) if at else None
    local = _lower(local)
    if domain is None or not _is_local(local):
        return None
    # A tag alone (+news@…) is a whole name; a dot before the tag belongs to the tag.
    local = local.partition("+")[0].rstrip(".") or local
    if domain in _GMAIL:
        domain, local = _GMAIL[domain], local.replace(".", "")
    return f"{local}@{domain}" if len(local) + len(domain) < LONGEST_ADDRESS else None


def deliverable_email(typed: str) -> str | None:
    """The form a mail is addressed to: as typed, but NFKC and with an ASCII domain. None when it is no address.

    The part before the @ keeps its capitals, dots and tag: they are the receiving server's to read.
    """
    if canonical_email(typed) is None:
        return None
    local, _, host = unicodedata.normalize("NFKC", typed.strip(_BLANK)).rpartition("@")
    return f"{local}@{canonical_domain(host)}"


def mailbox_key(canonical: str) -> str:
    """The mailbox a canonical address probably ends in: dots and a tag of the part before the @ left out, anywhere.

    For counting mails alone, never for who somebody is: some servers (Gmail, and whoever set theirs so) take all those
    spellings as one mailbox, and nobody outside knows which. Taking two people for one here delays a mail; taking one
    mailbox for many lets a stranger flood it.
    """
    local, _, domain = canonical.rpartition("@")
    return f"{local.partition('+')[0].replace('.', '') or local}@{domain}"


@lru_cache(maxsize=4096)
def canonical_domain(typed: str) -> str | None:
    """A mail domain in ASCII and lower case; None when it is none (an IP address, a bare name)."""
    if len(typed) > LONGEST_ADDRESS:
        return None
    try:
        domain = idna.encode(typed.strip(_BLANK), uts46=True, std3_rules=True).decode("ascii").lower().rstrip(".")
    except UnicodeError:
        return None
    top = domain.rpartition(".")[2]
    return domain if "." in domain and not top.isdigit() else None


def _lower(text: str) -> str:
    """Lower case that lower-casing again does not change (a dotted capital I decomposes)."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).lower())


def _is_local(local: str) -> bool:
    if not 0 < len(local.encode("utf-8", "replace")) <= LONGEST_LOCAL:
        return False
    if _ENCODED_WORD in local or local.startswith("-"):
        # A hyphen in front is an option to mail programs that are called by a command line.
        return False
    return all(atom and all(_may_stand(letter) for letter in atom) for atom in local.split("."))


def _may_stand(letter: str) -> bool:
    """RFC 5322 atoms, and letters of any script (RFC 6531); no signs that hide or turn the text round."""
    if any(first <= ord(letter) <= last for first, last in _UNSEEN):
        return False
    return letter in _LOCAL_SIGNS or unicodedata.category(letter)[0] in _LETTERS_MARKS_NUMBERS


def domain_of(canonical: str) -> str:
    return canonical.rpartition("@")[2]


def email_kind(canonical: str, domains: Domains) -> EmailKind:
    """Throw-away wins over free; whatever nobody lists is business, RFC 2606 names such as `.example` too."""
    names = _up_to_registrable(domain_of(canonical), domains)
    if any(name in domains.disposable for name in names):
        return "disposable"
    if any(name in domains.free for name in names):
        return "free"
    return "business"


def account_domain(canonical: str, domains: Domains) -> str | None:
    """The registrable domain that makes an account; None for free and throw-away addresses."""
    if email_kind(canonical, domains) != "business":
        return None
    domain = domain_of(canonical)
    return domains.suffix_of(domain) or domain


def in_list(domain: str, listed: Collection[str]) -> bool:
    """Whether the domain, or one it belongs to, is listed; entries may be written in capitals or accents."""
    known = {canonical_domain(entry.removeprefix("@")) for entry in listed}
    return any(name in known for name in _upward(domain))


def _upward(domain: str) -> Iterator[str]:
    """`a.b.example` -> itself, `b.example`, `example`."""
    while domain:
        yield domain
        domain = domain.partition(".")[2]


def _up_to_registrable(domain: str, domains: Domains) -> tuple[str, ...]:
    """The domain and those above it that still belong to the same owner: who hosts at `uk.com` is not `uk.com`."""
    owner = domains.suffix_of(domain) or domain
    return tuple(name for name in _upward(domain) if len(name) >= len(owner))


def mail_typo_hint(canonical: str) -> str | None:
    """The well-known mail domain that was probably meant (`gmial.com` -> `gmail.com`), else None. A hint, no check."""
    domain = domain_of(canonical)
    if domain in _MAIL_DOMAINS:
        return None
    name, _, top = domain.partition(".")
    ending = "com" if top in _COM_TYPOS else top
    for known in _MAIL_NAMES:
        if (name == known and ending != top) or _one_slip(name, known):
            meant = f"{known}.{ending}"
            if meant in _MAIL_DOMAINS:
                return meant
    return None


def _one_slip(typed: str, meant: str) -> bool:
    """One letter more, less or other, but for the first; or two neighbours swapped."""
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(typed, meant, strict=False)))
    rest, wanted = typed[same:], meant[same:]
    swapped = rest[:2] == wanted[:2][::-1] and rest[2:] == wanted[2:]
    one_off = same > 0 and (rest[1:] == wanted[1:] or rest[1:] == wanted or rest == wanted[1:])
    return typed != meant and (swapped or one_off)
