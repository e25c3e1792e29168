"""Signed text that passes through other people's hands: links with content, and the state of a form.

The content is JSON. Anyone who has the text can read it; only the product can create one. Each purpose has its own
salt, so that a text is valid for one purpose only. The length is limited, the signature is checked before decoding, and
decompression is capped: otherwise an unsigned text of a few kilobytes could cost a second or a hundred megabytes.
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
MAX_LINK_CHARS = 16 * 1024
"""Length limit of a link token, in characters. Proxies cut off URLs at 8 KB or a little more."""
MAX_LINK_BYTES = 64 * 1024
"""Size limit of the content of a link, as JSON."""
MAX_STATE_CHARS = 200 * 1024
"""Length limit of a signed form state, in characters: it is sent back in a body of at most 256 KB."""
MAX_STATE_BYTES = 1024 * 1024
"""Size limit of the content of a form state, as JSON: decompressed, it may be larger than any body."""


class TooLarge(ValueError):
    """The content exceeds the limit of a signed text; nothing was signed."""


@dataclass(frozen=True, slots=True)
class SignedClaim:
    """The content of a token. `trusted`: the signature is valid and has not expired; otherwise it is only a claim."""

    content: Any
    trusted: bool


# --- links ------------------------------------------------------------------------------------------------------


def sign_link(keys: Sequence[bytes], purpose: str, content: Any, expires: datetime) -> str:
    """Returns the token of a link; equal inputs give an equal token. Raises TooLarge when it could not be read back."""
    return _sign(_link(keys, purpose), [content, int(expires.timestamp())], MAX_LINK_CHARS, MAX_LINK_BYTES)


def read_link(keys: Sequence[bytes], purpose: str, token: str, now: datetime) -> Any:
    """Returns the content of a token. None when it was changed, has another purpose or has expired."""
    content, expires = _content_and_expiry(_load(_link(keys, purpose), token, MAX_LINK_CHARS, MAX_LINK_BYTES))
    return content if now.timestamp() < expires else None


def read_claim(keys: Sequence[bytes], purpose: str, token: str, now: datetime) -> SignedClaim | None:
    """Returns the content of a token, trusted or not. None when it cannot be read.

    The shape of untrusted content is arbitrary.
    """
    serializer = _link(keys, purpose)
    content, expires = _content_and_expiry(_load(serializer, token, MAX_LINK_CHARS, MAX_LINK_BYTES))
    if expires >= 0:
        return SignedClaim(content, now.timestamp() < expires)
    content, expires = _content_and_expiry(_load_unsigned(token))
    return SignedClaim(content, trusted=False) if expires >= 0 else None


# --- the state of a form ----------------------------------------------------------------------------------------


def sign_state(keys: Sequence[bytes], salt: str, content: Any) -> str:
    """Returns the content with the signing time, signed. Raises TooLarge when it could not be read back."""
    return _sign(_state(keys, salt), content, MAX_STATE_CHARS, MAX_STATE_BYTES)


def read_state(keys: Sequence[bytes], salt: str, text: str, max_age: timedelta) -> Any:
    """Returns the content. None when it was changed or is older than `max_age`."""
    return _load(_state(keys, salt), text, MAX_STATE_CHARS, MAX_STATE_BYTES, max_age=int(max_age.total_seconds()))


# --- itsdangerous, with limits ----------------------------------------------------------------------------------


def _link(keys: Sequence[bytes], purpose: str) -> URLSafeSerializer:
    # itsdangerous signs with the last key and accepts all of them; the settings list the signing key first.
    return URLSafeSerializer(list(reversed(keys)), salt=f"link-{purpose}")


def _state(keys: Sequence[bytes], salt: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(list(reversed(keys)), salt=salt)


def _sign(serializer: Serializer, content: Any, max_chars: int, max_bytes: int) -> str:
    if len(json.dumps(content, separators=(",", ":"))) > max_bytes:
        raise TooLarge("the content is too large to be signed")
    text = serializer.make_signer().sign(serializer.dump_payload(content)).decode()
    if len(text) > max_chars:
        raise TooLarge("the signed text would be too long")
    return text


def _load(serializer: Serializer, text: str, max_chars: int, max_bytes: int, **more: Any) -> Any:
    if len(text) > max_chars or not text.isascii():
        return None
    for signer in serializer.iter_unsigners():
        with suppress(BadSignature):
            return _decode(signer.unsign(text, **more), max_bytes)
    return None


def _load_unsigned(token: str) -> Any:
    """Returns the content of a token whose signature is wrong."""
    if len(token) > MAX_LINK_CHARS or not token.isascii():
        return None
    return _decode(token.rpartition(".")[0].encode(), MAX_LINK_BYTES)


def _decode(encoded: bytes, max_bytes: int) -> Any:
    """Decodes a payload of itsdangerous. None when it cannot be read or has more than `max_bytes` bytes."""
    try:
        if encoded.startswith(b"."):
            # One byte above the limit shows that there is more; nothing beyond it is decompressed.
            content = zlib.decompressobj().decompress(base64_decode(encoded[1:]), max_bytes + 1)
        else:
            content = base64_decode(encoded)
        return json.loads(content) if len(content) <= max_bytes else None
    except (BadData, zlib.error, ValueError, RecursionError):
        return None


def _content_and_expiry(value: Any) -> tuple[Any, int]:
    """Returns content and expiry of a link; expiry is -1 for any other shape."""
    if isinstance(value, list) and len(value) == 2 and isinstance(value[1], int) and value[1] >= 0:
        return value[0], value[1]
    return None, -1
