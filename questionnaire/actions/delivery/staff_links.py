"""Signed links in mails to staff: each is made for one person and leads to one lead, or to a list of leads.

A link proves nothing about who opens it: mails are forwarded, and scanners open what they find. It says where to go and
to whose address a code may be sent (actions/people/code_sign_in.py). Only what the page may show to anybody is read
from it: when the call is due, as of the day the mail was written.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from questionnaire import signing
from questionnaire.actions.toolbox import Toolbox
from questionnaire.storage.tables import StaffRow

LASTS = timedelta(days=14)
_PURPOSE = "staff"


@dataclass(frozen=True, slots=True)
class StaffLink:
    """What a link in a mail says. `target` is a path of the desk; `lead_id` is "" for a list of leads.

    `due_at` is when the call was due as the mail was written. `is_expired`: it sends no codes any more.
    """

    staff_id: str
    lead_id: str
    target: str
    due_at: datetime | None = None
    is_expired: bool = False


def lead_link(toolbox: Toolbox, reader: StaffRow, lead_id: str, due_at: datetime | None, now: datetime) -> str:
    """The address in a mail to `reader` about one lead."""
    return _link(toolbox, [reader.id, lead_id, "", int(due_at.timestamp()) if due_at else 0], now)


def list_link(toolbox: Toolbox, reader: StaffRow, path: str, now: datetime) -> str:
    """The address in a mail to `reader` about several leads; `path` is that of their list (`/desk?sort=newest`)."""
    return _link(toolbox, [reader.id, "", path, 0], now)


def _link(toolbox: Toolbox, content: list[Any], now: datetime) -> str:
    token = signing.sign_link(toolbox.settings.secret_keys, _PURPOSE, content, now + LASTS)
    return f"{toolbox.settings.public_url}/l/{token}"


def read(toolbox: Toolbox, token: str, now: datetime) -> StaffLink | None:
    """What the link says; None when we did not make it."""
    content = signing.read_link(toolbox.settings.secret_keys, _PURPOSE, token, now)
    if content is not None:
        return _of(content, is_expired=False)
    # At the moment of its making it was not too old: a link of ours is told from a forged one.
    epoch = datetime(2000, 1, 1, tzinfo=UTC)
    content = signing.read_link(toolbox.settings.secret_keys, _PURPOSE, token, epoch)
    return None if content is None else _of(content, is_expired=True)


def _of(content: Any, *, is_expired: bool) -> StaffLink:
    staff_id, lead_id, path, due = content
    due_at = datetime.fromtimestamp(due, UTC) if due else None
    return StaffLink(str(staff_id), str(lead_id), str(path) or f"/desk/leads/{lead_id}", due_at, is_expired)
