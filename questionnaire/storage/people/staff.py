"""People who sign in, and their sessions. A session's token is looked up by its SHA-256."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func
from sqlmodel import Session, col, select

from questionnaire.storage.db.statements import add_new, changed, quick
from questionnaire.storage.db.token_hash import token_hash
from questionnaire.storage.tables import Staff, StaffSession

# How old "last seen" may be before it is written again: reading a page should not write each time.
SEEN_EVERY = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A session that holds, and whose it is."""

    staff: Staff
    session: StaffSession


def add(session: Session, staff: Staff) -> bool:
    """Adds a person; the address is kept in small letters. False when it is taken."""
    staff.email = staff.email.strip().lower()
    return add_new(session, staff, "email")


def get(session: Session, staff_id: str) -> Staff | None:
    return session.get(Staff, staff_id)


def by_email(session: Session, email: str) -> Staff | None:
    return session.exec(select(Staff).where(col(Staff.email) == email.strip().lower())).first()


def by_rep(session: Session, rep: str) -> Staff | None:
    """The person who is this rep of the policies."""
    return session.exec(select(Staff).where(col(Staff.rep) == rep)).first()


def with_role(session: Session, *roles: str) -> tuple[Staff, ...]:
    """Active people in one of these roles, by address."""
    rows = select(Staff).where(col(Staff.active).is_(True), col(Staff.role).in_(roles)).order_by(col(Staff.email))
    return tuple(session.exec(rows).all())


def everybody(session: Session) -> tuple[Staff, ...]:
    return tuple(session.exec(select(Staff).order_by(col(Staff.email))).all())


def last_seen(session: Session) -> dict[str, datetime]:
    """Id -> when somebody was last here, as far as their sessions are still kept."""
    rows = session.exec(
        select(col(StaffSession.staff_id), func.max(StaffSession.seen_at)).group_by(col(StaffSession.staff_id))
    )
    return dict(rows.all())


def other_admins(session: Session, staff_id: str) -> int:
    """How many other active admins can sign in; nobody changes that before the transaction ends."""
    others = select(Staff).where(
        col(Staff.role) == "admin", col(Staff.active).is_(True), col(Staff.password_hash) != ""
    )
    return sum(row.id != staff_id for row in session.exec(others.order_by(col(Staff.id)).with_for_update()).all())


_GONE = select(col(Staff.rep)).where(col(Staff.active).is_(False), col(Staff.rep).is_not(None))


def inactive_reps(session: Session) -> frozenset[str]:
    """Reps of the policies who do not work here any more."""
    return frozenset(str(rep) for (rep,) in quick(session, _GONE).all())


def set_password(session: Session, staff_id: str, password_hash: str) -> None:
    """Every session of this person ends."""
    row = session.get(Staff, staff_id)
    if row is None:
        raise LookupError(f"there is nobody with the id {staff_id}")
    row.password_hash = password_hash
    close_all(session, staff_id)


def set_active(session: Session, staff_id: str, active: bool) -> None:
    """Somebody leaves or comes back; whoever leaves is signed out everywhere."""
    row = session.get(Staff, staff_id)
    if row is None:
        raise LookupError(f"there is nobody with the id {staff_id}")
    row.active = active
    if not active:
        close_all(session, staff_id)
    session.flush()


def open_session(session: Session, token: str, staff_id: str, now: datetime, expires_at: datetime) -> None:
    """Signs somebody in under a fresh random token of 128 bits or more."""
    session.add(
        StaffSession(
            token_hash=token_hash(token), staff_id=staff_id, created_at=now, seen_at=now, expires_at=expires_at
        )
    )
    session.flush()


def signed_in(session: Session, token: str, now: datetime) -> SignedIn | None:
    """Whose session this is, if it is one, its time is not over and the person still works here."""
    row = session.get(StaffSession, token_hash(token))
    if row is None or row.expires_at <= now:
        return None
    person = session.get(Staff, row.staff_id)
    return SignedIn(person, row) if person is not None and person.active else None


def seen(session: Session, token: str, now: datetime) -> None:
    """Notes that the session is in use; call it when `SignedIn.session.seen_at` is older than SEEN_EVERY."""
    row = session.get(StaffSession, token_hash(token))
    if row is not None:
        row.seen_at = now
        session.flush()


def close_session(session: Session, token: str) -> None:
    changed(session, delete(StaffSession).where(col(StaffSession.token_hash) == token_hash(token)))


def close_all(session: Session, staff_id: str) -> None:
    changed(session, delete(StaffSession).where(col(StaffSession.staff_id) == staff_id))


def forget_expired(session: Session, now: datetime) -> int:
    return changed(session, delete(StaffSession).where(col(StaffSession.expires_at) <= now))
