"""How often one address or one account may knock. Limits slow down, they never lock anybody out for good.

Requests from this machine itself are not counted by address: they are our own proxy, and counting them would make
all visitors one.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from typing import Any

from flask import Flask, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

SIGN_IN_PER_ADDRESS = "20 per minute; 200 per hour"
SIGN_IN_PER_ACCOUNT = "8 per minute; 60 per hour"
ANSWERS_PER_ADDRESS = "120 per minute; 1500 per hour"
# With the script each screen is saved on the way, and a whole office may share one address.
SAVES_PER_ADDRESS = "600 per minute; 8000 per hour"
ANSWERS_PER_PERSON = "6 per minute; 20 per hour"
LINKS_PER_PERSON = "3 per 10 minutes; 8 per day"

limiter = Limiter(key_func=get_remote_address, storage_uri="memory://", headers_enabled=False)


def install(app: Flask) -> None:
    limiter.init_app(app)


def from_here() -> bool:
    """True for requests of this machine."""
    try:
        return ipaddress.ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False


def account() -> str:
    """The account somebody tries to open, whoever it is."""
    return f"account:{request.form.get('email', '').strip().lower()[:200]}"


def sign_in(view: Callable[..., Any]) -> Callable[..., Any]:
    by_account = limiter.limit(SIGN_IN_PER_ACCOUNT, key_func=account, methods=["POST"])
    by_address = limiter.limit(SIGN_IN_PER_ADDRESS, methods=["POST"], exempt_when=from_here)
    return by_address(by_account(view))


def answers(view: Callable[..., Any]) -> Callable[..., Any]:
    by_address = limiter.limit(ANSWERS_PER_ADDRESS, methods=["POST"], exempt_when=lambda: from_here() or _saves())
    saves = limiter.limit(SAVES_PER_ADDRESS, methods=["POST"], exempt_when=lambda: from_here() or not _saves())
    return by_address(saves(view))


def _saves() -> bool:
    return request.form.get("step") in ("save", "teaser")


def _person() -> str:
    return f"person:{request.form.get('email', '').strip().lower()[:300]}"


def _reader() -> str:
    return f"reader:{request.form.get('later', '').strip().lower()[:300]}"


def _on_the_way() -> bool:
    return from_here() or not request.form.get("email") or request.form.get("step", "") != ""


def _no_link() -> bool:
    return from_here() or request.form.get("step") != "later"


def answers_of_one_person(view: Callable[..., Any]) -> Callable[..., Any]:
    """Last steps that name the same address, and links mailed to one: whoever owns it is not to be flooded."""
    by_person = limiter.limit(ANSWERS_PER_PERSON, key_func=_person, methods=["POST"], exempt_when=_on_the_way)
    by_reader = limiter.limit(LINKS_PER_PERSON, key_func=_reader, methods=["POST"], exempt_when=_no_link)
    return by_person(by_reader(view))
