"""What was typed into a form without JavaScript, kept between two of its pages, so that each page is a GET.

Everything is kept, also contact details without a consent and what is no answer yet: the person sent it and must find
it again with the browser's Back and Reload. It is kept for a day under the hash of a token that only the addresses of
this form's pages hold, and deleted when the form is submitted.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from questionnaire import signing
from questionnaire.actions.toolbox import Toolbox
from questionnaire.storage import Session
from questionnaire.storage.responses import form_states, responses
from questionnaire.storage.tables import FormStateRow

PURPOSE = "form"
LASTS = timedelta(days=1)
LONGEST_TOKEN = 400


@dataclass(frozen=True, slots=True)
class PageToken:
    """The key of a form, read from the address of a page. `fresh`: this address may begin a form."""

    key: str
    fresh: bool = False


def sign_fresh(toolbox: Toolbox, slug: str, now: datetime) -> str:
    """A token under which nothing is stored yet. It is signed: no one can choose the token of another's form."""
    return signing.sign_link(toolbox.settings.secret_keys, PURPOSE, [slug, toolbox.new_token()], now + LASTS)


def read_token(toolbox: Toolbox, slug: str, token: str, now: datetime) -> PageToken | None:
    """None for a signed token that was changed, has expired, or is another survey's."""
    if len(token) > LONGEST_TOKEN:
        return None
    if "." not in token:
        return PageToken(token)
    content = signing.read_link(toolbox.settings.secret_keys, PURPOSE, token, now)
    return PageToken(str(content[1]), fresh=True) if content is not None and content[0] == slug else None


def save(toolbox: Toolbox, slug: str, key: str, content: Mapping[str, Any], now: datetime) -> None:
    row = FormStateRow(id=_id(key), survey_id=slug, content=dict(content), expires_at=now + LASTS)
    with toolbox.database.writing() as session:
        form_states.keep(session, row)


def find(toolbox: Toolbox, slug: str, key: str, now: datetime) -> Mapping[str, Any] | None:
    with toolbox.database.reading() as session:
        row = form_states.find(session, _id(key), now)
    return row.content if row is not None and row.survey_id == slug else None


def is_submitted(toolbox: Toolbox, key: str) -> bool:
    """Whether the form with this key has become a response."""
    with toolbox.database.reading() as session:
        return responses.has_key(session, key)


def forget(session: Session, key: str) -> None:
    form_states.forget(session, _id(key))


def _id(key: str) -> str:
    return hashlib.sha256(f"form:{key}".encode()).hexdigest()
