"""Signed text that travels through other people's hands: links that carry what they open, and the state of a form.

Content is JSON and can be read by whoever holds the text; nobody else can make one. One salt per purpose: none opens
another's. A text has a greatest length, the signature is checked before anything is decoded, and what is inflated is
capped: an unsigned text of a few kilobytes must not be able to cost a second or a hundred megabytes.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from itsdangerous import BadData, BadPayload, URLSafeSerializer, URLSafeTimedSerializer
from itsdangerous.encoding import base64_decode

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
class Claim:
    """`trusted`: it is ours and its time is not over. Otherwise it is what somebody says."""

    content: Any
    trusted: bool


# --- links ------------------------------------------------------------------------------------------------------


def sign_link(keys: Sequence[bytes], purpose: str, content: Any, expires: datetime) -> str:
    """The token of a link; the same inputs give the same token. TooLarge when it would not be read again."""
    return _signed(_link(keys, purpose), [content, int(expires.timestamp())], LONGEST_LINK)


def read_link(keys: Sequence[bytes], purpose: str, token: str, now: datetime) -> Any:
    """What the token carries; None when it was changed, made for another purpose, or its time is over."""
    content, expires = _pair(_loaded(_link(keys, purpose), token, LONGEST_LINK))
    return content if now.timestamp() < expires else None


def read_claim(keys: Sequence[bytes], purpose: str, token: str, now: datetime) -> Claim | None:
    """What the token carries, believed or not; None when nothing can be read. Its shape is then anybody's guess."""
    serializer = _link(keys, purpose)
    content, expires = _pair(_loaded(serializer, token, LONGEST_LINK))
    if expires >= 0:
        return Claim(content, now.timestamp() < expires)
    content, expires = _pair(_unsigned(serializer, token))
    return Claim(content, trusted=False) if expires >= 0 else None


# --- the state of a form ----------------------------------------------------------------------------------------


def sign_state(keys: Sequence[bytes], salt: str, content: Any) -> str:
    """Content with the moment of signing. TooLarge when it would not be read again."""
    return _signed(_state(keys, salt), content, LONGEST_STATE)


def read_state(keys: Sequence[bytes], salt: str, text: str, lasts: timedelta) -> Any:
    """The content, None when it was changed or is older than `lasts`."""
    return _loaded(_state(keys, salt), text, LONGEST_STATE, max_age=int(lasts.total_seconds()))


# --- itsdangerous, with limits ----------------------------------------------------------------------------------


class _Bounded:
    """Loads what URLSafeSerializerMixin dumps, with an end to what is inflated; TooLarge instead of dumping more."""

    limit = LINK_BYTES

    def dump_payload(self, obj: Any) -> bytes:
        if len(json.dumps(obj, separators=(",", ":"))) > self.limit:
            raise TooLarge("the content is too large to be signed")
        payload: bytes = super().dump_payload(obj)  # type: ignore[misc]  # the serializer that comes after it
        return payload

    def load_payload(self, payload: bytes, *_: Any, **__: Any) -> Any:
        try:
            if payload.startswith(b"."):
                packed = base64_decode(payload[1:])
                # One byte more than is allowed tells that there is more, and nothing beyond it is made.
                content = zlib.decompressobj().decompress(packed, self.limit + 1)
            else:
                content = base64_decode(payload)
            if len(content) > self.limit:
                raise BadPayload("the content is too large")
            return json.loads(content)
        except (BadData, zlib.error, ValueError, RecursionError) as error:
            raise BadPayload("the content cannot be read") from error


class _Link(_Bounded, URLSafeSerializer):
    pass


class _State(_Bounded, URLSafeTimedSerializer):
    limit = STATE_BYTES


def _link(keys: Sequence[bytes], purpose: str) -> _Link:
    # itsdangerous signs with the last key and believes all of them; the settings name the signing key first.
    return _Link(list(reversed(keys)), salt=f"link-{purpose}")


def _state(keys: Sequence[bytes], salt: str) -> _State:
    return _State(list(reversed(keys)), salt=salt)


def _signed(serializer: _Link | _State, content: Any, longest: int) -> str:
    text = str(serializer.dumps(content))
    if len(text) > longest:
        raise TooLarge("the signed text would be too long")
    return text


def _loaded(serializer: _Link | _State, text: str, longest: int, **more: Any) -> Any:
    return _tried(lambda: serializer.loads(text, **more)) if _fits(text, longest) else None


def _unsigned(serializer: _Link, token: str) -> Any:
    """The content of a token whose signature is wrong."""
    if not _fits(token, LONGEST_LINK):
        return None
    payload, _, _ = token.rpartition(".")
    return _tried(lambda: serializer.load_payload(payload.encode()))


def _fits(text: str, longest: int) -> bool:
    return len(text) <= longest and text.isascii()


def _tried(load: Callable[[], Any]) -> Any:
    try:
        return load()
    except BadData:
        return None


def _pair(read: Any) -> tuple[Any, int]:
    """Content and expiry of a link, the expiry -1 for what has another shape."""
    if isinstance(read, list) and len(read) == 2 and isinstance(read[1], int) and read[1] >= 0:
        return read[0], read[1]
    return None, -1
