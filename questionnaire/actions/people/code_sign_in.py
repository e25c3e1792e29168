"""Sign-in from a link in a mail, with a code that goes to the address the link was made for.

The visitor chooses no address. A code works only in the browser that asked for it, which alone knows its id: somebody
else with the same link can neither use it, nor spend its tries, nor replace it. Codes are counted per link, account and
network before anything is sent, whether or not the account may sign in, and the page says the same in all cases.

A session that begins with a code is shorter than one with a password and opens only the pages of leads (access.py): who
reads a person's mail for a moment must not be able to change the password or the settings.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto

from questionnaire.actions.delivery import caps, delivery
from questionnaire.actions.delivery.staff_links import StaffLink
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.base.rates import Rate
from questionnaire.core.identity.networks import Network
from questionnaire.notify import compose
from questionnaire.storage.db.token_hash import token_hash
from questionnaire.storage.people import sign_in_codes
from questionnaire.storage.people import staff as people
from questionnaire.storage.tables import SignInCodeRow

DIGITS = 6
TRIES = 5
CODE_LASTS = timedelta(minutes=10)
SESSION_LASTS = timedelta(hours=12)
HOUR, DAY, WINDOW = timedelta(hours=1), timedelta(days=1), timedelta(minutes=5)
# With 10 codes a day, whoever holds a link and guesses for its 14 days is right once in 1,400 times.
LINK = Rate("sign-in codes for a link", 5, HOUR, WINDOW)
ACCOUNT = Rate("sign-in codes for an account", 10, DAY, HOUR)
NETWORK = Rate("sign-in codes from a network", 40, HOUR, WINDOW)
WIDE_NETWORK = Rate("sign-in codes from a wide network", 120, HOUR, WINDOW)
TRIES_OF_NETWORK = Rate("tries of sign-in codes from a network", 60, HOUR, WINDOW)
KIND = "sign_in_code"


class CodeRefusal(Enum):
    """`WRONG`: not the code, or too old, or spent. `TOO_MANY`: the code was not looked at."""

    WRONG = auto()
    TOO_MANY = auto()


@dataclass(frozen=True, slots=True)
class CodeAttempt:
    """`token` is that of the link, `code_id` what the browser was given, `old` the token of the current session."""

    token: str
    code_id: str
    code: str
    network: Network
    old: str | None = None


def zone_of(toolbox: Toolbox, link: StaffLink) -> str:
    """The time zone of the person the link was made for."""
    with toolbox.database.reading() as session:
        row = people.get(session, link.staff_id)
    return row.timezone if row is not None else "UTC"


def send_code(toolbox: Toolbox, link: StaffLink, token: str, network: Network, now: datetime) -> str | None:
    """Mails a code to the person the link was made for. Returns the id under which this browser may try it; None beyond
    a limit."""
    with toolbox.database.reading() as session:
        row = people.get(session, link.staff_id)
    if row is None:
        return None
    code_id, code = toolbox.new_token(), _draw(toolbox)
    message = compose.sign_in_code(row.email, code, CODE_LASTS, row.language)
    messages = delivery.render(toolbox, message)
    counted = [
        (LINK, token_hash(token)),
        (ACCOUNT, link.staff_id),
        (NETWORK, network.near),
        (WIDE_NETWORK, network.wide),
    ]
    with toolbox.database.writing() as session:
        if caps.take(toolbox, session, counted, now) is not None:
            return None
        stored = SignInCodeRow(
            id=token_hash(code_id),
            staff_id=row.id,
            link_hash=token_hash(token),
            code_hash=_hash(toolbox.settings.secret_keys[0], code_id, code),
            created_at=now,
            expires_at=now + CODE_LASTS,
        )
        sign_in_codes.add(session, stored)
        if row.active:
            delivery.post(toolbox, session, messages, stored.id)
    return code_id


def enter(toolbox: Toolbox, link: StaffLink, attempt: CodeAttempt, now: datetime) -> str | CodeRefusal:
    """The token of a new session. A try is counted before the code is looked at; a code signs in once."""
    with toolbox.database.writing() as session:
        if caps.take(toolbox, session, [(TRIES_OF_NETWORK, attempt.network.near)], now) is not None:
            return CodeRefusal.TOO_MANY
        row = sign_in_codes.locked(session, token_hash(attempt.code_id)) if attempt.code_id else None
        if row is None or row.staff_id != link.staff_id or row.link_hash != token_hash(attempt.token):
            return CodeRefusal.WRONG
        if row.expires_at <= now or row.tries >= TRIES:
            return CodeRefusal.WRONG
        row.tries += 1
        account = people.get(session, row.staff_id)
        if not _matches(toolbox, row, attempt) or account is None or not account.active:
            return CodeRefusal.WRONG
        sign_in_codes.remove(session, row)
        opened = toolbox.new_token()
        if attempt.old:
            people.close_session(session, attempt.old)
        people.open_session(session, opened, account.id, now, now + SESSION_LASTS, proof="code")
    return opened


def _draw(toolbox: Toolbox) -> str:
    number = int.from_bytes(hashlib.sha256(toolbox.new_token().encode()).digest())
    return f"{number % 10**DIGITS:0{DIGITS}d}"


def _matches(toolbox: Toolbox, row: SignInCodeRow, attempt: CodeAttempt) -> bool:
    code = "".join(sign for sign in attempt.code if sign.isdecimal())
    hashes = [_hash(key, attempt.code_id, code) for key in toolbox.settings.secret_keys]
    return any(hmac.compare_digest(row.code_hash, one) for one in hashes)


def _hash(key: bytes, code_id: str, code: str) -> str:
    """A million codes are soon tried against a bare hash: without the secret key the stored one says nothing."""
    return hmac.new(key, f"sign-in code\n{code_id}\n{code}".encode(), hashlib.sha256).hexdigest()
