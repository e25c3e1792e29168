"""Links that must be made again, by whoever holds the secret key: a purpose, a subject and an expiry, signed.

Each purpose has a salt of its own, so that a link for one thing never opens another. The result link is given to the
browser; the mailed one goes to the address alone, which is why only it can confirm that the writer owns the address.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from itsdangerous import BadData, URLSafeSerializer

Purpose = Literal["result", "mailed"]
LASTS = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class Opened:
    """What a link opens: a response, and whether it came by mail."""

    response_id: str
    mailed: bool


def sign(keys: Sequence[bytes], purpose: Purpose, response_id: str, at: datetime) -> str:
    """The token of a response accepted at `at`; the same inputs give the same token."""
    expires = int((at + LASTS).timestamp())
    return str(_serializer(keys, purpose).dumps([response_id, expires]))


def open_link(keys: Sequence[bytes], token: str, now: datetime) -> Opened | None:
    """What the token opens, None when it was changed, made for something else, or its time is over."""
    for purpose, mailed in (("result", False), ("mailed", True)):
        try:
            response_id, expires = _serializer(keys, purpose).loads(token)
            lasts = now.timestamp() < int(expires)
        except (BadData, ValueError, TypeError):
            continue
        return Opened(str(response_id), mailed) if lasts and isinstance(response_id, str) else None
    return None


def _serializer(keys: Sequence[bytes], purpose: str) -> URLSafeSerializer:
    # itsdangerous signs with the last key and believes all of them; the settings name the signing key first.
    return URLSafeSerializer(list(reversed(keys)), salt=f"link-{purpose}")
