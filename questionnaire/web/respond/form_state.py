"""The state of a form without JavaScript: what was typed on earlier pages, signed, in a hidden field of the form.

It needs no cookie and nothing on the server.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from questionnaire import signing

SALT = "fill-state"
LASTS = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class FormState:
    """`publication` is the frozen survey it is answered under; `key` makes a repeated last step harmless.

    `started_at` is when the first page was sent.
    """

    publication: str
    key: str
    values: Mapping[str, Sequence[str]]
    started_at: datetime


def sign(state: FormState, keys: Sequence[bytes]) -> str:
    """signing.TooLarge when more was typed than a form brings back."""
    content = [state.publication, state.key, dict(state.values), int(state.started_at.timestamp())]
    return signing.sign_state(keys, SALT, content)


def open_signed(text: str, keys: Sequence[bytes]) -> FormState | None:
    """The state, or None when it was changed, is too old, or was never ours."""
    try:
        publication, key, values, started = signing.read_state(keys, SALT, text, LASTS)
        typed = {str(name): [str(value) for value in given] for name, given in values.items()}
        return FormState(str(publication), str(key), typed, datetime.fromtimestamp(int(started), UTC))
    except (ValueError, TypeError, AttributeError):
        return None
