"""People who sign in: who is behind a session, signing in and out, new people, new passwords.

Passwords are argon2id with 19 MiB, two rounds, one lane (OWASP's floor). A sign-in costs the same whether or not the
account exists. A session lives a week; its token is drawn afresh at every sign-in and known here by its hash alone.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

from questionnaire.actions.toolbox import Toolbox
from questionnaire.actions.views import Person
from questionnaire.core.problems import Problem, did_you_mean
from questionnaire.storage import staff as store
from questionnaire.storage.tables import Staff
from questionnaire.storage.tables.staff import ROLES

SESSION_LASTS = timedelta(days=7)
SHORTEST, LONGEST = 8, 200
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1, type=Type.ID)
# The head of every leaked list; longer lists add little where sign-ins are limited.
_COMMON = frozenset(
    "12345678 123456789 1234567890 password password1 password123 qwertyui qwerty123 qwertyuiop 11111111 abc12345 "
    "iloveyou 1q2w3e4r sunshine football baseball princess superman trustno1 welcome1 letmein1 admin123 adminadmin "
    "changeme passw0rd p@ssw0rd azertyui azerty123 motdepasse passwort computer whatever starwars michelle jennifer "
    "asdfghjk 87654321 00000000 12341234 questionnaire".split()
)


def viewer(toolbox: Toolbox, token: str, now: datetime) -> Person | None:
    """Whose session this token opens, if any. Reads only."""
    with toolbox.database.reading() as session:
        found = store.signed_in(session, token, now)
        return _person(found.staff) if found else None


def sign_in(toolbox: Toolbox, email: str, password: str, now: datetime, old: str | None = None) -> str | None:
    """A fresh session's token, or None when address and password do not go together. `old` is ended."""
    with toolbox.database.reading() as session:
        found = store.by_email(session, email)
        kept, staff_id, active = (found.password_hash, found.id, found.active) if found else ("", "", False)
    right = _matches(kept or _nobodys_hash(), password)
    if not (right and kept and active):
        return None
    fresh_hash = _HASHER.hash(password) if _HASHER.check_needs_rehash(kept) else None
    return _open(toolbox, staff_id, now, old, fresh_hash)


def sign_in_demo(toolbox: Toolbox, person: str, now: datetime, old: str | None = None) -> str | None:
    """The same without a password, in the demo alone: its people are invented and its database is its own."""
    if not toolbox.settings.demo:
        return None
    with toolbox.database.reading() as session:
        found = store.get(session, person)
        known = found is not None and found.active
    return _open(toolbox, person, now, old, None) if known else None


def sign_out(toolbox: Toolbox, token: str) -> None:
    with toolbox.database.writing() as session:
        store.close_session(session, token)


def demo_people(toolbox: Toolbox) -> tuple[Person, ...]:
    """Whom a newcomer can come in as; nobody outside the demo. Reps first: theirs is the desk to see."""
    if not toolbox.settings.demo:
        return ()
    with toolbox.database.reading() as session:
        people = [_person(row) for row in store.everybody(session) if row.active]
    order = ("rep", "manager", "ops", "marketing", "admin")
    return tuple(sorted(people, key=lambda person: (order.index(person.role), person.name)))


def add_person(
    toolbox: Toolbox,
    *,
    email: str,
    name: str,
    role: str,
    password: str,
    now: datetime,
    rep: str | None = None,
    language: str = "en",
    timezone: str = "UTC",
) -> tuple[Problem, ...]:
    """Adds somebody, or says everything that stands in the way."""
    problems = list(password_problems(password, email, name))
    if role not in ROLES:
        hint = did_you_mean(role, ROLES)
        problems.append(Problem("role_unknown", ("role",), f"`{role}` is not a role", hint))
    if "@" not in email.strip("@"):
        problems.append(Problem("email_wrong", ("email",), f"`{email}` is not an e-mail address", "write name@host"))
    if problems:
        return tuple(problems)
    row = Staff(
        id=toolbox.new_id(),
        email=email,
        name=name,
        password_hash=hash_password(password),
        role=role,
        rep=rep,
        language=language,
        timezone=timezone,
        created_at=now,
    )
    with toolbox.database.writing() as session:
        fresh = store.add(session, row)
    taken = Problem("email_taken", ("email",), f"somebody signs in as `{email}` already", "use another address")
    return () if fresh else (taken,)


def change_password(toolbox: Toolbox, email: str, password: str) -> tuple[Problem, ...]:
    """A new password; every session of this person ends."""
    with toolbox.database.writing() as session:
        found = store.by_email(session, email)
        if found is None:
            return (Problem("email_unknown", ("email",), f"nobody signs in as `{email}`", "check the spelling"),)
        problems = password_problems(password, found.email, found.name)
        if not problems:
            store.set_password(session, found.id, hash_password(password))
        return problems


def password_problems(password: str, email: str = "", name: str = "") -> tuple[Problem, ...]:
    """Why a password is refused: too short, too long, or the first one anybody would try."""
    where = ("password",)
    if not SHORTEST <= len(password) <= LONGEST:
        message = f"the password has {len(password)} characters"
        return (Problem("password_length", where, message, f"use {SHORTEST} to {LONGEST}; 15 or more are good"),)
    guesses = _COMMON | {email.lower(), email.partition("@")[0].lower(), name.lower(), name.replace(" ", "").lower()}
    if password.lower() in guesses:
        hint = "string four unrelated words together"
        return (Problem("password_common", where, "this password is among the first anybody would try", hint),)
    return ()


def hash_password(password: str) -> str:
    return _HASHER.hash(password)


def _open(toolbox: Toolbox, staff_id: str, now: datetime, old: str | None, fresh_hash: str | None) -> str:
    token = toolbox.new_token()
    with toolbox.database.writing() as session:
        if fresh_hash:
            store.set_password(session, staff_id, fresh_hash)
        if old:
            store.close_session(session, old)
        store.forget_expired(session, now)
        store.open_session(session, token, staff_id, now, now + SESSION_LASTS)
    return token


def _matches(kept: str, password: str) -> bool:
    try:
        return _HASHER.verify(kept, password)
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobodys_hash() -> str:
    """What a password is checked against when there is no such account, so that the answer takes as long."""
    return _HASHER.hash("nobody has this password")


def _person(row: Staff) -> Person:
    return Person(row.id, row.name or row.email, row.email, row.role, row.rep or "", row.language, row.timezone)
