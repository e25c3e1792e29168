"""Signed content with an expiry, for links that carry what they open. One salt per purpose: none opens another's.

Content is JSON and can be read by whoever holds the link; nobody else can make one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from itsdangerous import BadData, BadSignature, URLSafeSerializer


@dataclass(frozen=True, slots=True)
class Unpacked:
    """`trusted`: it is ours and its time is not over. Otherwise it is what somebody claims."""

    content: Any
    trusted: bool


def pack(keys: Sequence[bytes], purpose: str, content: Any, expires: datetime) -> str:
    return str(_serializer(keys, purpose).dumps([content, int(expires.timestamp())]))


def unpack(keys: Sequence[bytes], purpose: str, token: str, now: datetime) -> Unpacked | None:
    """What the token holds, believed or not; None when it holds nothing that can be read."""
    trusted = True
    try:
        read = _serializer(keys, purpose).loads(token)
    except BadSignature:
        trusted, read = _serializer(keys, purpose).loads_unsafe(token)
        trusted = False
    except BadData:
        return None
    if not isinstance(read, list) or len(read) != 2 or not isinstance(read[1], int):
        return None
    return Unpacked(read[0], trusted and now.timestamp() < read[1])


def _serializer(keys: Sequence[bytes], purpose: str) -> URLSafeSerializer:
    # itsdangerous signs with the last key and believes all of them; the settings name the signing key first.
    return URLSafeSerializer(list(reversed(keys)), salt=f"link-{purpose}")
