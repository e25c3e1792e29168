"""Staff users: adding them, passwords, sessions, and the user of a session."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from questionnaire.actions import company_settings
from questionnaire.actions.people import first_setup
from questionnaire.actions.people.passwords import LONGEST_PASSWORD, weaknesses
from questionnaire.actions.toolbox import Toolbox
from questionnaire.actions.views import Person
from questionnaire.core.base.problems import Problem
from questionnaire.core.base.roles import Role
from questionnaire.core.base.text_cleaning import clean_text
from questionnaire.core.identity.email_address import canonical_email
from questionnaire.core.identity.reserved_domains import is_reserved
from questionnaire.core.policy import Policy
from questionnaire.storage import Session
from questionnaire.storage.people import staff as people
from questionnaire.storage.tables import StaffRow

SESSION_LASTS = timedelta(days=7)
LONGEST_EMAIL = 254
# OWASP's minimum for Argon2id: 19 MiB, two passes, one lane (safety 23).
_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


def add(
    toolbox: Toolbox, email: str, name: str, role: str, password: str, rep: str | None, language: str, now: datetime,
    *, only_first: bool = False,
) -> tuple[Problem, ...]:  # fmt: skip
    """Adds a user who can sign in. Returns all problems at once; if there is one, nothing is stored.

    `only_first`: only if nobody else can sign in yet.
    """
    problems = tuple(_account_problems(toolbox, email, name, role, password))
    if problems:
        return problems
    row = StaffRow(
        id=toolbox.new_id(),
        email=email,
        name=name or email.partition("@")[0],
        password_hash=hash_of(password),
        role=role,
        rep=rep or None,
        language=language,
        created_at=now,
    )
    with toolbox.database.writing() as session:
        if only_first and people.anybody_can_sign_in(session):
            return (Problem("staff_not_first", (), "somebody can sign in already"),)
        if not people.add(session, row):
            return (Problem("staff_known", ("email",), f"`{email}` has an account already"),)
        if only_first:
            first_setup.start(session, now)
    return ()


def _account_problems(toolbox: Toolbox, email: str, name: str, role: str, password: str) -> Iterable[Problem]:
    if canonical_email(email) is None:
        yield Problem("staff_email", ("email",), f"`{email}` is not an email address")
    if role not in tuple(Role):
        yield Problem("staff_role", ("role",), f"`{role}` is not a role", "write one of: " + ", ".join(Role))
    yield from weaknesses(password, (email, name, company_settings.theme(toolbox).name))


def set_password(toolbox: Toolbox, email: str, password: str) -> tuple[Problem, ...]:
    """Sets a new password, which ends all sessions of the user. Returns the problems."""
    with toolbox.database.reading() as session:
        row = people.by_email(session, email)
    if row is None:
        return (Problem("staff_unknown", ("email",), f"nobody signs in as `{email}`", "add them with `user add`"),)
    problems = tuple(weaknesses(password, (row.email, row.name, company_settings.theme(toolbox).name)))
    if problems:
        return problems
    password_hash = hash_of(password)
    with toolbox.database.writing() as session:
        people.set_password(session, row.id, password_hash)
    return ()


def hash_of(password: str) -> str:
    return _hasher.hash(password)


def seed(toolbox: Toolbox, session: Session, policy: Policy, now: datetime) -> None:
    """Adds the policy's reps who are not users yet, without a password: an admin sets one."""
    for rep in policy.reps:
        if people.by_rep(session, rep.id) is None:
            zone = policy.calendar_of(rep.id).timezone
            row = StaffRow(
                id=toolbox.new_id(),
                email=rep.email,
                name=rep.name,
                role=rep.role,
                rep=rep.id,
                timezone=zone,
                created_at=now,
            )
            people.add(session, row)


def deactivate_sample_reps(toolbox: Toolbox) -> None:
    """Deactivates the people of the samples' policies: a real lead would be theirs, and nobody would ever call."""
    with toolbox.database.writing() as session:
        for person in people.all_staff(session):
            if person.rep and person.active and not person.password_hash and is_reserved(person.email):
                people.set_active(session, person.id, False)


def sign_in(toolbox: Toolbox, email: str, password: str, now: datetime, old: str | None) -> str | None:
    """The token of a new session; None when address and password do not match. The `old` session ends on success."""
    with toolbox.database.reading() as session:
        row = people.by_email(session, clean_text(email, LONGEST_EMAIL) or "")
    account = row if row is not None and row.active and row.password_hash else None
    matches = _matches(account.password_hash if account else _dummy_hash(), password[:LONGEST_PASSWORD])
    return open_session(toolbox, account.id, now, old) if account is not None and matches else None


def sign_in_demo(toolbox: Toolbox, staff_id: str, now: datetime, old: str | None) -> str | None:
    """Passwordless sign-in as any active user; demo only. None outside a demo or for an unknown user."""
    if not toolbox.settings.demo:
        return None
    with toolbox.database.reading() as session:
        row = people.get(session, staff_id)
    return open_session(toolbox, row.id, now, old) if row is not None and row.active else None


def open_session(toolbox: Toolbox, staff_id: str, now: datetime, old: str | None = None) -> str:
    """Returns the token of a new session; the `old` one ends."""
    token = toolbox.new_token()
    with toolbox.database.writing() as session:
        people.forget_expired(session, now)
        if old:
            people.close_session(session, old)
        people.open_session(session, token, staff_id, now, now + SESSION_LASTS)
    return token


def is_password(row: StaffRow, password: str) -> bool:
    """Whether this is the password of an account that has one."""
    return bool(row.password_hash) and _matches(row.password_hash, password[:LONGEST_PASSWORD])


@cache
def _dummy_hash() -> str:
    """A hash to check when the address has no account, so that the reply takes as long as with one."""
    return _hasher.hash("nobody has this password")


def _matches(password_hash: str, password: str) -> bool:
    try:
        return _hasher.verify(password_hash, password)
    except (Argon2Error, InvalidHashError):
        return False


def sign_out(toolbox: Toolbox, token: str) -> None:
    if token:
        with toolbox.database.writing() as session:
            people.close_session(session, token)


def viewer(toolbox: Toolbox, token: str, now: datetime) -> Person | None:
    """The user of a session; None when it is unknown or has expired. Writes nothing."""
    with toolbox.database.reading() as session:
        row = people.signed_in(session, token, now)
        return person(row.staff, by_code=row.session.proof == "code") if row is not None else None


def name_of(toolbox: Toolbox, email: str) -> str:
    """The name of an account, or the address itself where there is none."""
    with toolbox.database.reading() as session:
        row = people.by_email(session, email)
        return row.name if row is not None else email


def demo_people(toolbox: Toolbox) -> tuple[Person, ...]:
    """The users to choose from in the demo, by role, then by name."""
    order = {
        str(role): index for index, role in enumerate((Role.REP, Role.OPS, Role.MANAGER, Role.MARKETING, Role.ADMIN))
    }
    with toolbox.database.reading() as session:
        rows = [person(row) for row in people.all_staff(session) if row.active]
    return tuple(sorted(rows, key=lambda user: (order[user.role], user.name)))


def person(row: StaffRow, *, by_code: bool = False) -> Person:
    return Person(row.id, row.name, row.email, row.role, row.rep or "", row.language, row.timezone, row.signs, by_code)
