"""Signed links with which somebody of the staff chooses a password: invited, or because it was forgotten.

A link is not stored. It names the account and what its password was; once a password is chosen with it, or the account
is deactivated, it opens nothing any more. The link of the first admin works as long as nobody can sign in.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from questionnaire import signing
from questionnaire.actions import company_settings
from questionnaire.actions.people import staff
from questionnaire.actions.people.passwords import weaknesses
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.base.problems import Problem
from questionnaire.core.base.roles import Role
from questionnaire.storage.people import staff as people
from questionnaire.storage.tables import StaffRow

INVITATION_LASTS, RESET_LASTS, FIRST_LASTS = timedelta(days=7), timedelta(hours=2), timedelta(days=1)
_PURPOSE, _FIRST = "password", "first admin"


def password_link(toolbox: Toolbox, row: StaffRow, until: datetime) -> str:
    """The address of the page on which this person chooses a password."""
    token = signing.sign_link(toolbox.settings.secret_keys, _PURPOSE, [row.id, _fingerprint(row)], until)
    return f"{toolbox.settings.public_url}/account/{token}"


def first_admin_link(toolbox: Toolbox, now: datetime) -> str | None:
    """The address of the page that makes the first admin; None once somebody can sign in."""
    with toolbox.database.reading() as session:
        if people.anybody_can_sign_in(session):
            return None
    token = signing.sign_link(toolbox.settings.secret_keys, _FIRST, "", now + FIRST_LASTS)
    return f"{toolbox.settings.public_url}/first-admin/{token}"


def account_of(toolbox: Toolbox, token: str, now: datetime) -> StaffRow | None:
    """The account that a link opens; None when it was changed, used, or is too old."""
    content = signing.read_link(toolbox.settings.secret_keys, _PURPOSE, token, now)
    if not isinstance(content, list) or len(content) != 2:
        return None
    with toolbox.database.reading() as session:
        row = people.get(session, str(content[0]))
    return row if row is not None and row.active and _fingerprint(row) == content[1] else None


def choose_password(toolbox: Toolbox, token: str, password: str, now: datetime) -> tuple[Problem, ...] | None:
    """Sets the password of the account that the link opens. Returns the problems; None when the link opens nothing.

    Of two presses at once the first one counts.
    """
    row = account_of(toolbox, token, now)
    if row is None:
        return None
    problems = tuple(weaknesses(password, (row.email, row.name, company_settings.theme(toolbox).name)))
    if problems:
        return problems
    password_hash = staff.hash_of(password)
    with toolbox.database.writing() as session:
        if not people.replace_password(session, row.id, row.password_hash, password_hash):
            return None
    return ()


def is_first(toolbox: Toolbox, token: str, now: datetime) -> bool:
    """Whether this link still makes the first admin."""
    if signing.read_link(toolbox.settings.secret_keys, _FIRST, token, now) is None:
        return False
    with toolbox.database.reading() as session:
        return not people.anybody_can_sign_in(session)


def add_first_admin(
    toolbox: Toolbox, token: str, email: str, name: str, password: str, language: str, now: datetime
) -> tuple[Problem, ...] | None:
    """Returns the problems; None when the link opens nothing, for example because there is an admin already."""
    if not is_first(toolbox, token, now):
        return None
    return staff.add(toolbox, email, name, Role.ADMIN, password, None, language, now, only_first=True)


def _fingerprint(row: StaffRow) -> str:
    """Changes with each new password."""
    return hashlib.sha256(f"{row.email}\n{row.password_hash}".encode()).hexdigest()[:20]
