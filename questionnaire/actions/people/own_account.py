"""What people of the staff change about their own account: name, language, time zone, password, sessions."""

from __future__ import annotations

from datetime import datetime, timedelta

from questionnaire.actions import company_settings
from questionnaire.actions.delivery import caps
from questionnaire.actions.people import invitations, staff
from questionnaire.actions.people.accounts import SESSION_ID
from questionnaire.actions.people.invitations import StaffDetails
from questionnaire.actions.people.passwords import weaknesses
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.base.problems import Problem
from questionnaire.core.base.rates import Rate
from questionnaire.storage.db.token_hash import token_hash
from questionnaire.storage.people import staff as people

ATTEMPTS = Rate("change of a password", 12, timedelta(hours=1), timedelta(minutes=5))
"""Whoever finds a browser signed in must not find out the password there."""


def change(toolbox: Toolbox, staff_id: str, name: str, language: str, timezone: str) -> tuple[Problem, ...]:
    """Role and rep id stay: they are an admin's to change."""
    with toolbox.database.reading() as session:
        row = people.get(session, staff_id)
    if row is None:
        raise LookupError(f"there is nobody with the id {staff_id}")
    return invitations.change(toolbox, staff_id, StaffDetails(name, row.role, row.rep or "", language, timezone)) or ()


def change_password(
    toolbox: Toolbox, staff_id: str, old: str, new: str, now: datetime
) -> tuple[str, tuple[Problem, ...]]:
    """Sets a new password. All sessions end; returns the token of a new one for this browser, or the problem."""
    with toolbox.database.writing() as session:
        if caps.take(toolbox, session, [(ATTEMPTS, staff_id)], now) is not None:
            return "", (Problem("staff_attempts", ("old",), "the old password was tried too often"),)
        row = people.get(session, staff_id)
    if row is None or not staff.is_password(row, old):
        return "", (Problem("staff_old_password", ("old",), "this is not the password of the account"),)
    problems = tuple(weaknesses(new, (row.email, row.name, company_settings.theme(toolbox).name)))
    if problems:
        return "", problems
    password_hash = staff.hash_of(new)
    with toolbox.database.writing() as session:
        if not people.replace_password(session, staff_id, row.password_hash, password_hash):
            return "", (Problem("staff_old_password", ("old",), "the password was changed meanwhile"),)
    return staff.open_session(toolbox, staff_id, now), ()


def session_id(token: str) -> str:
    """The name of the session with this token, as `accounts.OpenSession.id`."""
    return token_hash(token)[:SESSION_ID]


def end_other_sessions(toolbox: Toolbox, staff_id: str, token: str, now: datetime) -> None:
    """Signs somebody out everywhere but here."""
    with toolbox.database.writing() as session:
        for one in people.sessions_of(session, staff_id, now):
            if one.token_hash != token_hash(token):
                session.delete(one)
