"""Inviting people, and mailing them a link with which they choose a password."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import available_timezones

from questionnaire.actions import company_settings
from questionnaire.actions.delivery import caps, delivery
from questionnaire.actions.people.account_links import INVITATION_LASTS, RESET_LASTS, password_link
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.base.problems import Problem
from questionnaire.core.base.roles import Role
from questionnaire.core.base.text_cleaning import clean_text
from questionnaire.core.base.translation import STAFF_LANGUAGES
from questionnaire.core.identity.email_address import clean_email
from questionnaire.notify import compose
from questionnaire.storage.people import staff as people
from questionnaire.storage.tables import StaffRow

JOB = "mail_password_link"
LONGEST_NAME, LONGEST_REP = 120, 64


@dataclass(frozen=True, slots=True)
class StaffDetails:
    """What an admin says of somebody. `rep` is their id in policies, "" without one; `timezone` an IANA zone."""

    name: str
    role: str
    rep: str = ""
    language: str = "en"
    timezone: str = "UTC"


def invite(
    toolbox: Toolbox, email: str, details: StaffDetails, inviter: str, now: datetime
) -> tuple[str, tuple[Problem, ...]]:
    """Adds an account without a password and mails it a link. Returns its id, or all problems at once.

    `inviter` is the name of the admin.
    """
    address = clean_email(email)
    problems = [] if address else [Problem("staff_email", ("email",), f"`{email}` is not an email address")]
    problems += _problems(details)
    if problems or address is None:
        return "", tuple(problems)
    row = StaffRow(id=toolbox.new_id(), email=address, role=details.role, created_at=now)
    _fill(row, details)
    link, until = _link(toolbox, row, now, INVITATION_LASTS)
    messages = delivery.render(
        toolbox, compose.invitation(address, inviter, company_settings.theme(toolbox).name, link, until, row.language)
    )
    with toolbox.database.writing() as session:
        if details.rep and people.by_rep(session, details.rep) is not None:
            return "", (Problem("staff_rep_taken", ("rep",), f"somebody else is `{details.rep}` in the policy"),)
        if not people.add(session, row):
            return "", (Problem("staff_known", ("email",), f"`{address}` has an account already"),)
        delivery.post(toolbox, session, messages, f"{row.id} {now.isoformat()}")
        return row.id, ()


def change(toolbox: Toolbox, staff_id: str, details: StaffDetails) -> tuple[Problem, ...] | None:
    """Changes an account. Returns the problems; None when there is no such account."""
    problems = tuple(_problems(details))
    if problems:
        return problems
    with toolbox.database.writing() as session:
        row = people.get(session, staff_id)
        if row is None:
            return None
        if row.role == Role.ADMIN != details.role and row.active and not people.other_admins(session, row.id):
            return (Problem("staff_last_admin", ("role",), f"`{row.email}` is the last active admin"),)
        other = people.by_rep(session, details.rep) if details.rep else None
        if other is not None and other.id != row.id:
            return (Problem("staff_rep_taken", ("rep",), f"somebody else is `{details.rep}` in the policy"),)
        _fill(row, details)
    return ()


def send_link(toolbox: Toolbox, staff_id: str) -> bool:
    """An admin has a link mailed: a new invitation, or one to another password. False for an unknown account."""
    with toolbox.database.reading() as session:
        row = people.get(session, staff_id)
    if row is None or not row.active:
        return False
    with toolbox.database.writing() as session:
        toolbox.queue.enqueue(session, JOB, f"{JOB}:{toolbox.new_id()}", {"to": row.email, "by": "admin"})
    return True


def ask_for_link(toolbox: Toolbox, email: str, now: datetime) -> bool:
    """Somebody has forgotten a password. True whether or not the address has an account; False beyond a cap.

    The account is looked up by the job, so that the answer takes as long with an account as without one.
    """
    address = clean_email(email)
    if address is None:
        return True
    with toolbox.database.writing() as session:
        if caps.take_mail(toolbox, session, address, now, link=True) is not None:
            return False
        toolbox.queue.enqueue(session, JOB, f"{JOB}:{toolbox.new_id()}", {"to": address, "by": ""})
    return True


def mail_link(toolbox: Toolbox, address: str, cause: str, *, by_admin: bool = False) -> None:
    """The job: mails a link to the account with this address, if there is one that may sign in.

    Somebody who was invited and never chose a password gets the invitation's time.
    """
    now = toolbox.now()
    with toolbox.database.reading() as session:
        row = people.by_email(session, address)
    if row is None or not row.active:
        return
    lasts = INVITATION_LASTS if by_admin and not row.password_hash else RESET_LASTS
    link, until = _link(toolbox, row, now, lasts)
    messages = delivery.render(toolbox, compose.password_link(row.email, link, until, row.timezone, row.language))
    with toolbox.database.writing() as session:
        delivery.post(toolbox, session, messages, cause)


def link_to_hand_over(toolbox: Toolbox, staff_id: str, now: datetime) -> str:
    """The link for an admin to pass on by hand, where no mail server is set; "" elsewhere: the mail has it."""
    if toolbox.settings.smtp is not None:
        return ""
    with toolbox.database.reading() as session:
        row = people.get(session, staff_id)
    if row is None or not row.active:
        return ""
    return _link(toolbox, row, now, RESET_LASTS if row.password_hash else INVITATION_LASTS)[0]


def _link(toolbox: Toolbox, row: StaffRow, now: datetime, lasts: timedelta) -> tuple[str, datetime]:
    until = now + lasts
    return password_link(toolbox, row, until), until


def _fill(row: StaffRow, details: StaffDetails) -> None:
    row.name = clean_text(details.name, LONGEST_NAME) or row.email.partition("@")[0]
    row.role, row.rep = details.role, details.rep or None
    row.language, row.timezone = details.language, details.timezone


def _problems(details: StaffDetails) -> Iterable[Problem]:
    if details.role not in tuple(Role):
        yield Problem("staff_role", ("role",), f"`{details.role}` is not a role", "write one of: " + ", ".join(Role))
    if len(details.rep) > LONGEST_REP:
        yield Problem("staff_rep", ("rep",), f"the rep id has more than {LONGEST_REP} characters")
    if details.language not in STAFF_LANGUAGES:
        yield Problem("staff_language", ("language",), f"staff pages are not written in `{details.language}`")
    if details.timezone not in available_timezones():
        yield Problem("staff_timezone", ("timezone",), f"there is no time zone `{details.timezone}`")
