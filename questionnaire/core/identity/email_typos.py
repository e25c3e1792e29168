"""Likely typos in the domains of well-known mail providers."""

from __future__ import annotations

from itertools import takewhile

from questionnaire.core.identity.email_address import domain_of

_MAIL_PROVIDERS = """
gmail.com googlemail.com outlook.com outlook.fr outlook.de hotmail.com hotmail.fr hotmail.de hotmail.co.uk yahoo.com
yahoo.fr yahoo.de yahoo.co.uk icloud.com protonmail.com orange.fr wanadoo.fr laposte.net t-online.de freenet.de
"""
_COM_SLIPS = "con cm om co comm cpm vom xom clm ocm cmo coom cim c0m come"
_MAIL_DOMAINS = frozenset(_MAIL_PROVIDERS.split())
_MAIL_NAMES = tuple(sorted({domain.partition(".")[0] for domain in _MAIL_DOMAINS}))
_COM_TYPOS = frozenset(_COM_SLIPS.split())


def mail_typo_hint(canonical: str) -> str | None:
    """Suggests a well-known email domain for a likely typo (`gmial.com` -> `gmail.com`), else None. Only a hint."""
    domain = domain_of(canonical)
    if domain in _MAIL_DOMAINS:
        return None
    name, _, top = domain.partition(".")
    ending = "com" if top in _COM_TYPOS else top
    for candidate in _MAIL_NAMES:
        if (name == candidate and ending != top) or _is_one_typo(name, candidate):
            suggestion = f"{candidate}.{ending}"
            if suggestion in _MAIL_DOMAINS:
                return suggestion
    return None


def _is_one_typo(name: str, candidate: str) -> bool:
    """Whether one letter after the first is added, missing or wrong, or two neighbours are swapped."""
    prefix = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(name, candidate, strict=False)))
    tail, expected = name[prefix:], candidate[prefix:]
    swapped = tail[:2] == expected[:2][::-1] and tail[2:] == expected[2:]
    one_letter = prefix > 0 and (tail[1:] == expected[1:] or tail[1:] == expected or tail == expected[1:])
    return name != candidate and (swapped or one_letter)
