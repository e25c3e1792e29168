"""Caps on what strangers can cause: counted in the database, for all processes together, and whoever asks.

Anybody can type anybody's address into a public form. Mails to prospects are capped per mailbox, per domain and for
the whole installation. A person in an office of 200 that answers the same morning gets their mail (400 for a domain
in an hour); a free-mail domain is a country, not a company, and has no cap of its own. The installation's 3,000 an
hour is several times what a large campaign brings; the log says when four fifths are used.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from datetime import datetime, timedelta

import structlog

from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.base.rates import Rate
from questionnaire.core.identity.email_address import canonical_email, domain_of, email_kind, mailbox_key
from questionnaire.storage import Session
from questionnaire.storage.delivery import rate_counts

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MAILBOX = Rate("mailbox", 10, DAY, HOUR)
LINKS = Rate("links", 3, timedelta(minutes=10), timedelta(minutes=1))
DOMAIN = Rate("domain", 400, HOUR, timedelta(minutes=5))
DISPOSABLE_DOMAIN = Rate("disposable domain", 40, HOUR, timedelta(minutes=5))
INSTALLATION = Rate("installation", 3000, HOUR, timedelta(minutes=5))
WARN_AT = INSTALLATION.most * 4 // 5

Counted = Sequence[tuple[Rate, str]]
_log = structlog.get_logger("questionnaire.mail")


def subject(toolbox: Toolbox, rate: Rate, of: str) -> str:
    """The name something is counted under: nobody reads an address out of it without the secret key."""
    return hmac.new(toolbox.settings.secret_keys[0], f"{rate.name}\n{of}".encode(), hashlib.sha256).hexdigest()[:40]


def take(toolbox: Toolbox, session: Session, counted: Counted, now: datetime) -> Rate | None:
    """Counts one in each of these, in this order, and None; or the one that is spent, and then nothing is counted."""
    for number, (rate, of) in enumerate(counted):
        name = subject(toolbox, rate, of)
        rate_counts.add(session, name, rate.window_start(now))
        if rate_counts.total(session, name, rate.since(now)) > rate.most:
            give_back(toolbox, session, counted[: number + 1], now)
            return rate
    return None


def give_back(toolbox: Toolbox, session: Session, counted: Counted, now: datetime) -> None:
    """Uncounts what `take` counted at the same moment."""
    for rate, of in counted:
        rate_counts.take_back(session, subject(toolbox, rate, of), rate.window_start(now))


def forget(toolbox: Toolbox, session: Session, rate: Rate, of: str) -> None:
    rate_counts.forget(session, subject(toolbox, rate, of))


def spent(toolbox: Toolbox, session: Session, counted: Counted, now: datetime) -> bool:
    """Whether one more would be too many. Looking counts nothing."""
    named = {subject(toolbox, rate, of): rate for rate, of in counted}
    found = rate_counts.totals(session, {name: rate.since(now) for name, rate in named.items()})
    return any(found[name] >= rate.most for name, rate in named.items())


def of_mail(toolbox: Toolbox, address: str, *, link: bool = False) -> Counted:
    """What a mail to this address counts in; `link`: one that was asked for by name, which a person does seldom."""
    canonical = canonical_email(address) or address.strip().lower()
    mailbox, domain = mailbox_key(canonical), domain_of(canonical)
    counted = [(LINKS, mailbox)] if link else []
    counted.append((MAILBOX, mailbox))
    kind = email_kind(canonical, toolbox.domains)
    if kind != "free":
        owner = toolbox.domains.suffix_of(domain) or domain
        counted.append((DISPOSABLE_DOMAIN if kind == "disposable" else DOMAIN, owner))
    return [*counted, (INSTALLATION, "")]


def take_mail(toolbox: Toolbox, session: Session, address: str, now: datetime, *, link: bool = False) -> Rate | None:
    """Counts a mail to a prospect; the cap it would go beyond, if any. The log never says whose."""
    over = take(toolbox, session, of_mail(toolbox, address, link=link), now)
    if over is not None:
        _log.warning("mail_cap_reached", cap=over.name, most=over.most)
        return over
    used = rate_counts.total(session, subject(toolbox, INSTALLATION, ""), INSTALLATION.since(now))
    if used == WARN_AT:
        _log.warning("mail_cap_near", cap=INSTALLATION.name, used=used, most=INSTALLATION.most)
    return None
