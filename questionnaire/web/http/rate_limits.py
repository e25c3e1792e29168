"""How often one network may knock. Limits slow down, they never lock anybody out for good.

Which limit counts is decided by what a request does, never by a field it brings. Counts are kept in this process, so
that each further web process allows as much again; what protects a person or an account is counted in the database
(actions/delivery/caps.py, actions/people/sign_in.py).

Requests of this machine itself are not counted while the product is tried out on it. Behind a public address they are
a proxy's, and all its visitors count as one until the proxy is declared (docs/operating.md).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

import structlog
from flask import Flask, abort, current_app, request
from limits import RateLimitItem, parse_many
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

from questionnaire.core.identity.email_address import canonical_email, mailbox_key
from questionnaire.core.identity.networks import Network, is_loopback, network_of
from questionnaire.settings import LOOPBACK
from questionnaire.web.http.context import now, toolbox

View = Callable[..., Any]

SIGN_IN = "20 per minute; 200 per hour"
# With the script each screen is saved on the way, and a whole office may share one address.
POSTS = "600 per minute; 8000 per hour"
ANSWERS = "120 per minute; 1500 per hour"
ANSWERS_PER_MAILBOX = "12 per minute; 40 per hour"
WIDER = 4
"""A /48 may knock so many times as often as each /64 in it."""

# A proxy leaves one of these, whichever it is.
FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via")
WARN_EVERY = timedelta(hours=6)
_log = structlog.get_logger("questionnaire.web")


@dataclass(slots=True)
class Counts:
    """What this process counted, and when it last warned of a proxy."""

    counted: FixedWindowRateLimiter = field(default_factory=lambda: FixedWindowRateLimiter(MemoryStorage()))
    warned_at: datetime | None = None


def install(app: Flask) -> None:
    app.extensions["limits"] = Counts()
    app.before_request(_warn_of_proxy)


def limited(name: str, rates: str) -> Callable[[View], View]:
    """POSTs of the view beyond these rates, as in "20 per minute; 200 per hour", are answered with 429."""

    def decorated(view: View) -> View:
        @wraps(view)
        def slowed(*arguments: Any, **named: Any) -> Any:
            if request.method == "POST":
                _count(name, rates)
            return view(*arguments, **named)

        return slowed

    return decorated


sign_in = limited("sign in", SIGN_IN)
answers = limited("answers", ANSWERS)
posts = limited("posts", POSTS)


def count_answer(email: object = "") -> None:
    """To be called where an answer is taken in or a mail is caused: 429 beyond what a network may do, or beyond what
    may be answered under one mailbox from there: what strangers send elsewhere keeps nobody from answering."""
    _count("answers", ANSWERS)
    canonical = canonical_email(str(email))
    if canonical is not None and not from_here():
        _hit("mailbox", ANSWERS_PER_MAILBOX, f"{mailbox_key(canonical)} {network().near}")


def network() -> Network:
    return network_of(request.remote_addr or "")


def from_here() -> bool:
    """True for requests of this machine to a product that is only used on it."""
    public = urlsplit(toolbox().settings.public_url).hostname
    return public in LOOPBACK and is_loopback(request.remote_addr or "") and not is_forwarded()


def is_forwarded() -> bool:
    return any(name in request.headers for name in FORWARDED)


def _count(name: str, rates: str) -> None:
    if from_here():
        return
    here = network()
    _hit(name, rates, here.near)
    if here.wide != here.near:
        _hit(f"{name} wide", rates, here.wide, WIDER)


def _hit(name: str, rates: str, who: str, times: int = 1) -> None:
    counts: Counts = current_app.extensions["limits"]
    if not all(counts.counted.hit(rate, name, who) for rate in _rates(rates, times)):
        abort(429)


def _rates(rates: str, times: int) -> Iterator[RateLimitItem]:
    """The shortest first; one that is spent ends it."""
    for rate in sorted(parse_many(rates)):
        yield type(rate)(rate.amount * times, rate.multiples, rate.namespace)


def _warn_of_proxy() -> None:
    """Limits count a proxy nobody declared as one visitor: the operator hears of it, at once and not too often."""
    if toolbox().settings.proxy_hops or not is_forwarded():
        return
    counts: Counts = current_app.extensions["limits"]
    if counts.warned_at is None or now() - counts.warned_at >= WARN_EVERY:
        counts.warned_at = now()
        _log.warning(
            "proxy_not_declared",
            advice="requests come through a proxy: set QUESTIONNAIRE_PROXY_HOPS to the number of proxies in front",
        )
