"""Signing in under limits that let nobody guess a password, and nobody lock somebody else out.

A try is counted before the password is looked at, in the database, so that all processes count together. Strangers
share a few tries per hour for one account, wherever they come from; fewer from one network. A device somebody signed
in from before carries a signed cookie: it has tries of its own, and what strangers do does not concern it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto

from questionnaire import signing
from questionnaire.actions.delivery import caps
from questionnaire.actions.people import staff
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.base.rates import Rate
from questionnaire.core.base.text_cleaning import clean_text
from questionnaire.core.identity.email_address import canonical_email
from questionnaire.core.identity.networks import Network
from questionnaire.storage import Session
from questionnaire.storage.people import staff as people

HOUR, WINDOW = timedelta(hours=1), timedelta(minutes=5)
NETWORK = Rate("sign-in from a network", 8, HOUR, WINDOW)
WIDE_NETWORK = Rate("sign-in from a wide network", 16, HOUR, WINDOW)
STRANGERS = Rate("sign-in from unknown devices", 20, HOUR, WINDOW)
DEVICE = Rate("sign-in from a known device", 12, HOUR, WINDOW)
DEVICE_LASTS = timedelta(days=400)
MOST_ACCOUNTS = 8
LONGEST_COOKIE = 2000
_PURPOSE = "device"


class Refusal(Enum):
    """`WRONG`: address and password do not belong together. `TOO_MANY`: not even looked at."""

    WRONG = auto()
    TOO_MANY = auto()


@dataclass(frozen=True, slots=True)
class Attempt:
    """What somebody sent; `device` is the cookie of a known device, `old` the token of the session so far."""

    email: str
    password: str
    network: Network
    device: str = ""
    old: str | None = None


@dataclass(frozen=True, slots=True)
class SessionTokens:
    """The token of the session, and the cookie that makes this device known to the account."""

    token: str
    device: str


@dataclass(frozen=True, slots=True)
class _Device:
    """`id` is random; `accounts` are ids of staff who signed in from it."""

    id: str
    accounts: tuple[str, ...] = ()


def enter(toolbox: Toolbox, attempt: Attempt, now: datetime) -> SessionTokens | Refusal:
    email = clean_text(attempt.email, staff.LONGEST_EMAIL) or ""
    device = _read(toolbox, attempt.device, now)
    with toolbox.database.reading() as session:
        row = people.by_email(session, email)
    known = device is not None and row is not None and row.id in device.accounts
    counted = _of_device(device, row.id) if known and device and row else _of_stranger(email, attempt.network)
    with toolbox.database.writing() as session:
        if caps.take(toolbox, session, counted, now) is not None:
            return Refusal.TOO_MANY
    token = staff.sign_in(toolbox, email, attempt.password, now, attempt.old)
    if token is None or row is None:
        return Refusal.WRONG
    with toolbox.database.writing() as session:
        _begin_again(toolbox, session, counted, now)
    return SessionTokens(token, _written(toolbox, device or _Device(toolbox.new_id()), row.id, now))


def _of_device(device: _Device, staff_id: str) -> caps.Counted:
    return [(DEVICE, f"{device.id} {staff_id}")]


def _of_stranger(email: str, network: Network) -> caps.Counted:
    """Counted by the canonical address, known or not: how it is spelt makes no difference, and the answer does not
    tell who has an account. What is no address opens nothing and is one account."""
    account = canonical_email(email) or "no address"
    return [(NETWORK, f"{account} {network.near}"), (WIDE_NETWORK, f"{account} {network.wide}"), (STRANGERS, account)]


def _begin_again(toolbox: Toolbox, session: Session, counted: caps.Counted, now: datetime) -> None:
    """The right password: this try counts nowhere, and the mistakes before it are forgiven where they were made."""
    caps.give_back(toolbox, session, counted, now)
    for rate, of in counted:
        if rate is not STRANGERS:
            caps.forget(toolbox, session, rate, of)


def _read(toolbox: Toolbox, cookie: str, now: datetime) -> _Device | None:
    if not cookie or len(cookie) > LONGEST_COOKIE:
        return None
    content = signing.read_link(toolbox.settings.secret_keys, _PURPOSE, cookie, now)
    if content is None:
        return None
    name, accounts = content
    return _Device(str(name), tuple(map(str, accounts)))


def _written(toolbox: Toolbox, device: _Device, staff_id: str, now: datetime) -> str:
    others = [one for one in device.accounts if one != staff_id]
    content = [device.id, [staff_id, *others][:MOST_ACCOUNTS]]
    return signing.sign_link(toolbox.settings.secret_keys, _PURPOSE, content, now + DEVICE_LASTS)
