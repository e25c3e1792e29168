"""How often one address or one account may knock. Limits slow down, they never lock anybody out for good.

Requests from this machine itself are not counted by address: they are our own proxy, and counting them would make
all visitors one. Counts are kept in this process, each view for itself.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from flask import Flask, abort, current_app, request
from limits import RateLimitItem, parse_many
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

View = Callable[..., Any]

SIGN_IN_PER_ADDRESS = "20 per minute; 200 per hour"
SIGN_IN_PER_ACCOUNT = "8 per minute; 60 per hour"
ANSWERS_PER_ADDRESS = "120 per minute; 1500 per hour"
# With the script each screen is saved on the way, and a whole office may share one address.
SAVES_PER_ADDRESS = "600 per minute; 8000 per hour"
ANSWERS_PER_PERSON = "12 per minute; 40 per hour"
LINKS_PER_PERSON = "3 per 10 minutes; 8 per day"


@dataclass(frozen=True, slots=True)
class Limit:
    """So often for whoever `who` names; "" is nobody, and not counted."""

    name: str
    rates: tuple[RateLimitItem, ...]
    who: Callable[[], str]

    def is_spent(self, counts: FixedWindowRateLimiter) -> bool:
        who = self.who()
        return bool(who) and not all(counts.hit(rate, self.name, request.endpoint or "", who) for rate in self.rates)


def limit(name: str, rates: str, who: Callable[[], str]) -> Limit:
    """`rates` as in "20 per minute; 200 per hour": the shortest is counted first, and one that is spent ends it."""
    return Limit(name, tuple(sorted(parse_many(rates))), who)


def install(app: Flask) -> None:
    app.extensions["limits"] = FixedWindowRateLimiter(MemoryStorage())


def _limited(*limits: Limit) -> Callable[[View], View]:
    """POSTs of the view that go beyond one of the limits are answered with 429."""

    def decorated(view: View) -> View:
        @wraps(view)
        def slowed(*arguments: Any, **named: Any) -> Any:
            counts: FixedWindowRateLimiter = current_app.extensions["limits"]
            if request.method == "POST" and any(limit.is_spent(counts) for limit in limits):
                abort(429)
            return view(*arguments, **named)

        return slowed

    return decorated


def from_here() -> bool:
    """True for requests of this machine."""
    try:
        return ipaddress.ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False


def _address() -> str:
    return "" if from_here() else request.remote_addr or "unknown"


def _account() -> str:
    """The account somebody tries to open, whoever it is."""
    return f"account:{request.form.get('email', '').strip().lower()[:200]}"


def _saves() -> bool:
    return request.form.get("step") in ("save", "teaser")


def _answering() -> str:
    return "" if _saves() else _address()


def _saving() -> str:
    return _address() if _saves() else ""


def _person() -> str:
    """Whose address the last step names."""
    if not request.form.get("email") or request.form.get("step", "") != "" or from_here():
        return ""
    return f"person:{request.form.get('email', '').strip().lower()[:300]}"


def _reader() -> str:
    """Who is to be mailed a link."""
    if request.form.get("step") != "later" or from_here():
        return ""
    return f"reader:{request.form.get('later', '').strip().lower()[:300]}"


sign_in = _limited(
    limit("account", SIGN_IN_PER_ACCOUNT, _account),
    limit("sign in", SIGN_IN_PER_ADDRESS, _address),
)
answers = _limited(
    limit("answers", ANSWERS_PER_ADDRESS, _answering),
    limit("saves", SAVES_PER_ADDRESS, _saving),
)
# Last steps that name the same address, and links mailed to one: whoever owns it is not to be flooded.
answers_of_one_person = _limited(
    limit("person", ANSWERS_PER_PERSON, _person),
    limit("reader", LINKS_PER_PERSON, _reader),
)
