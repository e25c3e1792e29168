"""Rate limits per network and mailbox. They slow clients down; they never lock anyone out permanently.

The limit depends on what a request does, never on a field it contains. Counts are stored in memory, so each web process
allows the full rate. Limits that protect a person or an account are counted in the database
(actions/delivery/caps.py, actions/people/sign_in.py).

Requests from this machine are not counted while the public URL is local (a trial). With a public address they come from
a proxy, and all its visitors count as one network until the proxy is declared (docs/operating.md).
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

from questionnaire.core.delivery.mail_server import LOOPBACK
from questionnaire.core.identity.email_address import canonical_email, mailbox_key
from questionnaire.core.identity.networks import Network, is_loopback, network_of
from questionnaire.web.http.context import now, toolbox

View = Callable[..., Any]

SIGN_IN = "20 per minute; 200 per hour"
# With JavaScript each screen is autosaved, and a whole office may share one IP address.
POSTS = "600 per minute; 8000 per hour"
ANSWERS = "120 per minute; 1500 per hour"
ANSWERS_PER_MAILBOX = "12 per minute; 40 per hour"
WIDER = 4
"""An IPv6 /48 network may send this many times the requests of one /64."""

# Every kind of proxy adds at least one of these headers.
FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via")
WARN_EVERY = timedelta(hours=6)
_log = structlog.get_logger("questionnaire.web")


@dataclass(slots=True)
class Counts:
    """The counts of this process, and the time of its last warning about an undeclared proxy."""

    counted: FixedWindowRateLimiter = field(default_factory=lambda: FixedWindowRateLimiter(MemoryStorage()))
    warned_at: datetime | None = None


def install(app: Flask) -> None:
    app.extensions["limits"] = Counts()
    app.before_request(_warn_of_proxy)


def limited(name: str, rates: str) -> Callable[[View], View]:
    """A decorator: POST requests beyond these rates (such as "20 per minute; 200 per hour") get status 429."""

    def decorator(view: View) -> View:
        @wraps(view)
        def wrapper(*arguments: Any, **named: Any) -> Any:
            if request.method == "POST":
                _count(name, rates)
            return view(*arguments, **named)

        return wrapper

    return decorator


sign_in = limited("sign in", SIGN_IN)
answers = limited("answers", ANSWERS)
posts = limited("posts", POSTS)


def count_answer(email: object = "") -> None:
    """Call it where a response is accepted or an email is caused. Aborts with 429 beyond the limit of the network, or
    beyond that of one mailbox from this network, so that requests from other networks never block a respondent."""
    _count("answers", ANSWERS)
    canonical = canonical_email(str(email))
    if canonical is not None and not from_here():
        _hit("mailbox", ANSWERS_PER_MAILBOX, f"{mailbox_key(canonical)} {network().near}")


def network() -> Network:
    return network_of(request.remote_addr or "")


def from_here() -> bool:
    """True for a request from this machine to an installation whose public URL is local."""
    public = urlsplit(toolbox().settings.public_url).hostname
    return public in LOOPBACK and is_loopback(request.remote_addr or "") and not is_forwarded()


def is_forwarded() -> bool:
    return any(name in request.headers for name in FORWARDED)


def _count(name: str, rates: str) -> None:
    if from_here():
        return
    client = network()
    _hit(name, rates, client.near)
    if client.wide != client.near:
        _hit(f"{name} wide", rates, client.wide, WIDER)


def _hit(name: str, rates: str, subject: str, times: int = 1) -> None:
    counts: Counts = current_app.extensions["limits"]
    if not all(counts.counted.hit(rate, name, subject) for rate in _rates(rates, times)):
        abort(429)


def _rates(rates: str, times: int) -> Iterator[RateLimitItem]:
    """The rates, shortest period first: counting stops at the first one that is exceeded."""
    for rate in sorted(parse_many(rates)):
        yield type(rate)(rate.amount * times, rate.multiples, rate.namespace)


def _warn_of_proxy() -> None:
    """Warns that an undeclared proxy counts as one visitor: at the first request, then at most every 6 hours."""
    if toolbox().settings.proxy_hops or not is_forwarded():
        return
    counts: Counts = current_app.extensions["limits"]
    if counts.warned_at is None or now() - counts.warned_at >= WARN_EVERY:
        counts.warned_at = now()
        _log.warning(
            "proxy_not_declared",
            advice="requests come through a proxy: set QUESTIONNAIRE_PROXY_HOPS to the number of proxies in front",
        )
