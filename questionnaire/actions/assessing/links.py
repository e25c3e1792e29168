"""Signed links to a response: result, emailed result, shared result.

A token signs a purpose, a response id and an expiry. It is not stored: the secret key and the same inputs produce it
again. Each purpose has its own salt, so a token for one purpose is refused for another. The result link is returned to
the browser. The emailed link is sent only to the address, so only it can confirm that the respondent owns the address.
The shared link is for anyone: it opens the score and the advice, without personal data.
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
class OpenedLink:
    """The response that a link opens. `mailed`: it is the emailed link."""

    response_id: str
    mailed: bool


def sign(keys: Sequence[bytes], purpose: Purpose, response_id: str, at: datetime) -> str:
    """The token of a response accepted at `at`; the same inputs give the same token."""
    return signing.sign_link(keys, purpose, response_id, at + LASTS)


def open_link(keys: Sequence[bytes], token: str, now: datetime) -> OpenedLink | None:
    """None when the token was modified, has another purpose or has expired."""
    response_id = _read(keys, "result", token, now)
    if response_id is not None:
        return OpenedLink(response_id, mailed=False)
    response_id = _read(keys, "mailed", token, now)
    return None if response_id is None else OpenedLink(response_id, mailed=True)


def open_shared(keys: Sequence[bytes], token: str, now: datetime) -> str | None:
    """The id of the response whose score and advice a shared link shows; None as for `open_link`."""
    return _read(keys, "shared", token, now)


def _read(keys: Sequence[bytes], purpose: Purpose, token: str, now: datetime) -> str | None:
    content = signing.read_link(keys, purpose, token, now)
    return content if isinstance(content, str) else None
