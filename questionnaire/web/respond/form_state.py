"""The state of a form without JavaScript: what was typed on all of its pages.

It is stored on the server, so that each page is a GET that Back and Reload may repeat, and each page carries a signed
copy of what it was made from: when the database is away, or the stored state has expired, nothing typed is lost. It
needs no cookie.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from questionnaire import signing
from questionnaire.web.survey_page.step_page import StepNotice

SALT = "fill-state"
LASTS = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class FormState:
    """`publication` is the frozen survey it is answered under; `key` makes a repeated last step harmless.

    `started_at` is when the first page was sent. `posts` counts what was sent: of two states the higher one is newer.
    """

    publication: str
    key: str
    values: Mapping[str, Sequence[str]]
    started_at: datetime
    posts: int = 0


@dataclass(frozen=True, slots=True)
class StoredState:
    """A state from the database, with the language of its page, and what is to be said on the page of one step."""

    state: FormState
    language: str
    step: str
    notice: StepNotice


def sign(state: FormState, keys: Sequence[bytes]) -> str:
    """signing.TooLarge when more was typed than a form brings back."""
    return signing.sign_state(keys, SALT, _content(state))


def open_signed(text: str, keys: Sequence[bytes]) -> FormState | None:
    """The state, or None when it was changed, is too old, or was never ours."""
    try:
        return _read(signing.read_state(keys, SALT, text, LASTS))
    except (ValueError, TypeError, AttributeError):
        return None


def write_stored(stored: StoredState) -> dict[str, Any]:
    """JSON for the database."""
    notice = stored.notice
    return {
        "state": _content(stored.state),
        "language": stored.language,
        "step": stored.step,
        "notice": {"errors": list(notice.errors), "text": notice.text, "typo_address": notice.typo_address},
    }


def read_stored(content: Mapping[str, Any]) -> StoredState:
    notice = content["notice"]
    errors = tuple((str(place), str(text)) for place, text in notice["errors"])
    shown = StepNotice(errors, notice["text"], notice["typo_address"])
    return StoredState(_read(content["state"]), content["language"], content["step"], shown)


def _content(state: FormState) -> list[Any]:
    return [state.publication, state.key, dict(state.values), int(state.started_at.timestamp()), state.posts]


def _read(content: Any) -> FormState:
    # Pages of earlier versions have no count.
    publication, key, values, started, *posts = content
    typed = {str(name): [str(value) for value in given] for name, given in values.items()}
    started_at = datetime.fromtimestamp(int(started), UTC)
    return FormState(str(publication), str(key), typed, started_at, int(posts[0]) if posts else 0)
