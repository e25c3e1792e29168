"""People who sign in: adding them, letting them in, and knowing who is there."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from questionnaire.actions.people.passwords import LONGEST_PASSWORD, weaknesses
from questionnaire.actions.toolbox import Toolbox
from questionnaire.actions.views import Person
from questionnaire.core.base.problems import Problem
from questionnaire.core.base.roles import Role
from questionnaire.core.base.text_cleaning import clean_text
from questionnaire.core.identity.email_address import canonical_email
from questionnaire.core.policy import Policy
from questionnaire.storage import Session
from questionnaire.storage.people import staff as people
from questionnaire.storage.tables import StaffRow

SESSION_LASTS = timedelta(days=7)
LONGEST_EMAIL = 254
# OWASP's least for Argon2id: 19 MiB, two passes, one lane (safety 23).
_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


def add(
    toolbox: Toolbox, email: str, name: str, role: str, password: str, rep: str | None, language: str, now: datetime
) -> tuple[Problem, ...]:
    """Adds somebody who can sign in. Every mistake at once; nothing is stored when there is one."""
    problems = tuple(_wrong(toolbox, email, name, role, password))
    if problems:
        return problems
    row = StaffRow(
        id=toolbox.new_id(),
        email=email,
        name=name or email.partition("@")[0],
        password_hash=_hasher.hash(password),
        role=role,
        rep=rep or None,
        language=language,
        created_at=now,
    )
    with toolbox.database.writing() as session:
        if not people.add(session, row):
            return (Problem("staff_known", ("email",), f"`{email}` has an account already"),)
    return ()


def _wrong(toolbox: Toolbox, email: str, name: str, role: str, password: str) -> Iterable[Problem]:
    if canonical_email(email) is None:
        yield Problem("staff_email", ("email",), f"`{email}` is not an email address")
    if role not in tuple(Role):
        yield Problem("staff_role", ("role",), f"`{role}` is not a role", "write one of: " + ", ".join(Role))
    yield from weaknesses(password, (email, name, toolbox.theme.name))


def set_password(toolbox: Toolbox, email: str, password: str) -> tuple[Problem, ...]:
    """A new password ends every session of that person."""
    with toolbox.database.reading() as session:
        row = people.by_email(session, email)
    if row is None:
        return (Problem("staff_unknown", ("email",), f"nobody signs in as `{email}`", "add them with `user add`"),)
    problems = tuple(weaknesses(password, (row.email, row.name, toolbox.theme.name)))
    if problems:
        return problems
    password_hash = _hasher.hash(password)
    with toolbox.database.writing() as session:
        people.set_password(session, row.id, password_hash)
    return ()


def seed(toolbox: Toolbox, session: Session, policy: Policy, now: datetime) -> None:
    """The policy's reps become people of a new installation, without a password: an admin gives them one."""
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


def sign_in(toolbox: Toolbox, email: str, password: str, now: datetime, old: str | None) -> str | None:
    """A fresh session's token, or None when e-mail and password do not go together. The old session ends."""
    with toolbox.database.reading() as session:
        row = people.by_email(session, clean_text(email, LONGEST_EMAIL) or "")
    known = row if row is not None and row.active and row.password_hash else None
    matches = _matches(known.password_hash if known else _nobody(), password[:LONGEST_PASSWORD])
    return _open(toolbox, known.id, now, old) if known is not None and matches else None


def sign_in_demo(toolbox: Toolbox, staff_id: str, now: datetime, old: str | None) -> str | None:
    """In the demo everybody may be anybody; elsewhere nobody gets in this way."""
    if not toolbox.settings.demo:
        return None
    with toolbox.database.reading() as session:
        row = people.get(session, staff_id)
    return _open(toolbox, row.id, now, old) if row is not None and row.active else None


def _open(toolbox: Toolbox, staff_id: str, now: datetime, old: str | None) -> str:
    token = toolbox.new_token()
    with toolbox.database.writing() as session:
        people.forget_expired(session, now)
        if old:
            people.close_session(session, old)
        people.open_session(session, token, staff_id, now, now + SESSION_LASTS)
    return token


@cache
def _nobody() -> str:
    """Checked when nobody has the address, so that the answer takes as long as when somebody has."""
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
    """Whose session this is. Looking writes nothing."""
    with toolbox.database.reading() as session:
        found = people.signed_in(session, token, now)
        return person(found.staff) if found is not None else None


def demo_people(toolbox: Toolbox) -> tuple[Person, ...]:
    """Who can be tried in the demo: those who look after the product first, then the reps."""
    order = {
        str(role): index for index, role in enumerate((Role.REP, Role.OPS, Role.MANAGER, Role.MARKETING, Role.ADMIN))
    }
    with toolbox.database.reading() as session:
        rows = [person(row) for row in people.all_staff(session) if row.active]
    return tuple(sorted(rows, key=lambda one: (order[one.role], one.name)))


def person(row: StaffRow) -> Person:
    return Person(row.id, row.name, row.email, row.role, row.rep or "", row.language, row.timezone)
