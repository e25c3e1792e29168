"""Sign-in with rate limits that prevent password guessing and cannot be used to lock another user out.

An attempt is counted before the password is checked, in the database, so that all processes share the counts. Unknown
devices share a few attempts per hour for one account, from any network; fewer from one network. A device that signed
in before has a signed cookie: it has its own limit, and attempts from unknown devices do not affect it.
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
    """`WRONG`: the email address and the password do not match. `TOO_MANY`: the password was not checked."""

    WRONG = auto()
    TOO_MANY = auto()


@dataclass(frozen=True, slots=True)
class Attempt:
    """The input of a sign-in. `device` is the cookie of a known device, `old` the token of the current session."""

    email: str
    password: str
    network: Network
    device: str = ""
    old: str | None = None


@dataclass(frozen=True, slots=True)
class SessionTokens:
    """The session token, and the cookie that makes this device known to the account."""

    token: str
    device: str


@dataclass(frozen=True, slots=True)
class _Device:
    """A known device. `id` is random; `accounts` are the ids of staff who signed in from it."""

    id: str
    accounts: tuple[str, ...] = ()


def enter(toolbox: Toolbox, attempt: Attempt, now: datetime) -> SessionTokens | Refusal:
    email = clean_text(attempt.email, staff.LONGEST_EMAIL) or ""
    device = _read_device(toolbox, attempt.device, now)
    with toolbox.database.reading() as session:
        row = people.by_email(session, email)
    is_known_device = device is not None and row is not None and row.id in device.accounts
    counted = (
        _device_counts(device, row.id)
        if is_known_device and device and row
        else _unknown_device_counts(email, attempt.network)
    )
    with toolbox.database.writing() as session:
        if caps.take(toolbox, session, counted, now) is not None:
            return Refusal.TOO_MANY
    token = staff.sign_in(toolbox, email, attempt.password, now, attempt.old)
    if token is None or row is None:
        return Refusal.WRONG
    with toolbox.database.writing() as session:
        _clear_counts(toolbox, session, counted, now)
    return SessionTokens(token, _sign_device(toolbox, device or _Device(toolbox.new_id()), row.id, now))


def _device_counts(device: _Device, staff_id: str) -> caps.Counted:
    return [(DEVICE, f"{device.id} {staff_id}")]


def _unknown_device_counts(email: str, network: Network) -> caps.Counted:
    """Counted by canonical address, with or without an account: its spelling makes no difference, and the reply does
    not reveal who has an account. Inputs that are no address are counted together."""
    account = canonical_email(email) or "no address"
    return [(NETWORK, f"{account} {network.near}"), (WIDE_NETWORK, f"{account} {network.wide}"), (STRANGERS, account)]


def _clear_counts(toolbox: Toolbox, session: Session, counted: caps.Counted, now: datetime) -> None:
    """After the right password: uncounts this attempt, and clears the failures of the device or the network."""
    caps.give_back(toolbox, session, counted, now)
    for rate, subject in counted:
        if rate is not STRANGERS:
            caps.forget(toolbox, session, rate, subject)


def _read_device(toolbox: Toolbox, cookie: str, now: datetime) -> _Device | None:
    if not cookie or len(cookie) > LONGEST_COOKIE:
        return None
    content = signing.read_link(toolbox.settings.secret_keys, _PURPOSE, cookie, now)
    if content is None:
        return None
    name, accounts = content
    return _Device(str(name), tuple(map(str, accounts)))


def _sign_device(toolbox: Toolbox, device: _Device, staff_id: str, now: datetime) -> str:
    others = [account for account in device.accounts if account != staff_id]
    content = [device.id, [staff_id, *others][:MOST_ACCOUNTS]]
    return signing.sign_link(toolbox.settings.secret_keys, _PURPOSE, content, now + DEVICE_LASTS)
