"""Links that must be made again, by whoever holds the secret key: a purpose, a subject and an expiry, signed.

Each purpose has a salt of its own, so that a link for one thing never opens another. The result link is given to the
browser; the mailed one goes to the address alone, which is why only it can confirm that the writer owns the address.
The shared one may go to anybody: it opens the score and the advice, and nothing of whose they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from questionnaire import signing

Purpose = Literal["result", "mailed", "shared"]
LASTS = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class Opened:
    """What a link opens: a response, and whether it came by mail."""

    response_id: str
    mailed: bool


def sign(keys: Sequence[bytes], purpose: Purpose, response_id: str, at: datetime) -> str:
    """The token of a response accepted at `at`; the same inputs give the same token."""
    return signing.sign_link(keys, purpose, response_id, at + LASTS)


def open_link(keys: Sequence[bytes], token: str, now: datetime) -> Opened | None:
    """What the token opens, None when it was changed, made for something else, or its time is over."""
    given = _read(keys, "result", token, now)
    if given is not None:
        return Opened(given, mailed=False)
    posted = _read(keys, "mailed", token, now)
    return None if posted is None else Opened(posted, mailed=True)


def open_shared(keys: Sequence[bytes], token: str, now: datetime) -> str | None:
    """The response whose score and advice a shared link shows; None as above."""
    return _read(keys, "shared", token, now)


def _read(keys: Sequence[bytes], purpose: Purpose, token: str, now: datetime) -> str | None:
    content = signing.read_link(keys, purpose, token, now)
    return content if isinstance(content, str) else None
