"""Encryption of stored secrets with the operator's secret key, so that a copy of the database alone opens nothing.

Each purpose has a key of its own, derived from the secret key. As with signatures, the first key encrypts and all of
them decrypt. Fernet (AES-128-CBC with HMAC-SHA256) rejects what was changed.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.fernet import MultiFernet


def encrypt(keys: Sequence[bytes], purpose: str, text: str) -> str:
    """Returns an ASCII token, another one each time."""
    return _fernets(tuple(keys), purpose).encrypt(text.encode()).decode()


def decrypt(keys: Sequence[bytes], purpose: str, token: str) -> str | None:
    """None when no key decrypts it: the secret key was changed, or the token."""
    from cryptography.fernet import InvalidToken

    try:
        return _fernets(tuple(keys), purpose).decrypt(token.encode()).decode()
    except InvalidToken:
        return None


@lru_cache(maxsize=16)
def _fernets(keys: tuple[bytes, ...], purpose: str) -> MultiFernet:
    # Imported here, because few processes have a secret to read, and the library takes 50 ms of their start.
    from cryptography.fernet import Fernet, MultiFernet
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    def derived(key: bytes) -> bytes:
        return HKDF(SHA256(), 32, salt=None, info=f"questionnaire {purpose}".encode()).derive(key)

    return MultiFernet([Fernet(base64.urlsafe_b64encode(derived(key))) for key in keys])
