"""Hash of a random token, to look it up without storing it."""

from __future__ import annotations

import hashlib


def token_hash(token: str) -> str:
    """Returns the SHA-256 in hexadecimal. Enough for random tokens of 128 bits and more; passwords need argon2."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
