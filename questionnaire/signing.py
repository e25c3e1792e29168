"""Signed text that travels through other people's hands: links that carry what they open, and the state of a form.

Content is JSON and can be read by whoever holds the text; nobody else can make one. One salt per purpose: none opens
another's. A text has a greatest length, the signature is checked before anything is decoded, and what is inflated is
capped: an unsigned text of a few kilobytes must not be able to cost a second or a hundred megabytes.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from itsdangerous import BadData, BadSignature, URLSafeSerializer, URLSafeTimedSerializer
from itsdangerous.encoding import base64_decode

Serializer = URLSafeSerializer | URLSafeTimedSerializer
LONGEST_LINK = 16 * 1024
"""Characters of the token of a link. Proxies cut an address off at 8 KB or a little more."""
LINK_BYTES = 64 * 1024
"""The content of a link, as JSON."""
LONGEST_STATE = 200 * 1024
"""Characters of the signed state of a form: it comes back in a body of at most 256 KB."""
STATE_BYTES = 1024 * 1024
"""The content of a form's state, as JSON: inflated it may be larger than any body."""


class TooLarge(ValueError):
    """More than a signed text may carry; nothing was signed."""


@dataclass(frozen=True, slots=True)
class SignedClaim:
    """`trusted`: it is ours and its time is not over. Otherwise it is what somebody says."""

    content: Any
    trusted: bool


# --- links ------------------------------------------------------------------------------------------------------


def sign_link(keys: Sequence[bytes], purpose: str, content: Any, expires: datetime) -> str:
    """The token of a link; the same inputs give the same token. TooLarge when it would not be read again."""
    return _signed(_link(keys, purpose), [content, int(expires.timestamp())], LONGEST_LINK, LINK_BYTES)


def read_link(keys: Sequence[bytes], purpose: str, token: str, now: datetime) -> Any:
    """What the token carries; None when it was changed, made for another purpose, or its time is over."""
    content, expires = _pair(_loaded(_link(keys, purpose), token, LONGEST_LINK, LINK_BYTES))
    return content if now.timestamp() < expires else None


def read_claim(keys: Sequence[bytes], purpose: str, token: str, now: datetime) -> SignedClaim | None:
    """What the token carries, believed or not; None when nothing can be read. Its shape is then anybody's guess."""
    serializer = _link(keys, purpose)
    content, expires = _pair(_loaded(serializer, token, LONGEST_LINK, LINK_BYTES))
    if expires >= 0:
        return SignedClaim(content, now.timestamp() < expires)
    content, expires = _pair(_unsigned(token))
    return SignedClaim(content, trusted=False) if expires >= 0 else None


# --- the state of a form ----------------------------------------------------------------------------------------


def sign_state(keys: Sequence[bytes], salt: str, content: Any) -> str:
    """Content with the moment of signing. TooLarge when it would not be read again."""
    return _signed(_state(keys, salt), content, LONGEST_STATE, STATE_BYTES)


def read_state(keys: Sequence[bytes], salt: str, text: str, lasts: timedelta) -> Any:
    """The content, None when it was changed or is older than `lasts`."""
    return _loaded(_state(keys, salt), text, LONGEST_STATE, STATE_BYTES, max_age=int(lasts.total_seconds()))


# --- itsdangerous, with limits ----------------------------------------------------------------------------------


def _link(keys: Sequence[bytes], purpose: str) -> URLSafeSerializer:
    # itsdangerous signs with the last key and believes all of them; the settings name the signing key first.
    return URLSafeSerializer(list(reversed(keys)), salt=f"link-{purpose}")


def _state(keys: Sequence[bytes], salt: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(list(reversed(keys)), salt=salt)


def _signed(serializer: Serializer, content: Any, longest: int, most: int) -> str:
    if len(json.dumps(content, separators=(",", ":"))) > most:
        raise TooLarge("the content is too large to be signed")
    text = serializer.make_signer().sign(serializer.dump_payload(content)).decode()
    if len(text) > longest:
        raise TooLarge("the signed text would be too long")
    return text


def _loaded(serializer: Serializer, text: str, longest: int, most: int, **more: Any) -> Any:
    if len(text) > longest or not text.isascii():
        return None
    for signer in serializer.iter_unsigners():
        with suppress(BadSignature):
            return _decoded(signer.unsign(text, **more), most)
    return None


def _unsigned(token: str) -> Any:
    """The content of a token whose signature is wrong."""
    if len(token) > LONGEST_LINK or not token.isascii():
        return None
    return _decoded(token.rpartition(".")[0].encode(), LINK_BYTES)


def _decoded(encoded: bytes, most: int) -> Any:
    """What a serializer of itsdangerous encoded; None when it cannot be read or has more than `most` bytes."""
    try:
        if encoded.startswith(b"."):
            # One byte more than is allowed tells that there is more, and nothing beyond it is made.
            content = zlib.decompressobj().decompress(base64_decode(encoded[1:]), most + 1)
        else:
            content = base64_decode(encoded)
        return json.loads(content) if len(content) <= most else None
    except (BadData, zlib.error, ValueError, RecursionError):
        return None


def _pair(read: Any) -> tuple[Any, int]:
    """Content and expiry of a link, the expiry -1 for what has another shape."""
    if isinstance(read, list) and len(read) == 2 and isinstance(read[1], int) and read[1] >= 0:
        return read[0], read[1]
    return None, -1
