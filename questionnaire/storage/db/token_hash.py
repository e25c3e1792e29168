"""How a secret is looked up without being kept."""

from __future__ import annotations

import hashlib


def token_hash(token: str) -> str:
    """SHA-256, hexadecimal. Enough for random tokens of 128 bits and more; passwords want argon2."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
