"""What was typed so far, carried in the form itself: signed, so that it comes back as it left, and without a cookie.

Nothing is stored on the server before the last step.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from itsdangerous import BadData, URLSafeTimedSerializer

SALT = "fill-state"
LASTS = 7 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Draft:
    """`publication` is the frozen survey it is answered under; `key` makes a repeated last step harmless."""

    publication: str
    key: str
    values: Mapping[str, Sequence[str]]


def sign(draft: Draft, keys: Sequence[bytes]) -> str:
    return str(_serializer(keys).dumps([draft.publication, draft.key, dict(draft.values)]))


def open_signed(text: str, keys: Sequence[bytes]) -> Draft | None:
    """The draft, or None when it was changed, is too old, or was never ours."""
    try:
        publication, key, values = _serializer(keys).loads(text, max_age=LASTS)
        return Draft(str(publication), str(key), {str(name): [str(v) for v in typed] for name, typed in values.items()})
    except (BadData, ValueError, TypeError, AttributeError):
        return None


def _serializer(keys: Sequence[bytes]) -> URLSafeTimedSerializer:
    # itsdangerous signs with the last key and accepts all of them; our settings name the signing key first.
    return URLSafeTimedSerializer(list(reversed(keys)), salt=SALT)
