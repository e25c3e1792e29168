"""Staff accounts and their sessions. A session is looked up by the SHA-256 of its token."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, update
from sqlmodel import Session, col, select

from questionnaire.core.base.roles import Role
from questionnaire.storage.db.statements import changed, delete_some, execute_core, insert_if_absent
from questionnaire.storage.db.token_hash import token_hash
from questionnaire.storage.tables import StaffRow, StaffSessionRow


@dataclass(frozen=True, slots=True)
class SignedInStaff:
    """A valid session and its account."""

    staff: StaffRow
    session: StaffSessionRow


def add(session: Session, staff: StaffRow) -> bool:
    """Adds an account; its address is stored in lower case. False when the address exists."""
    staff.email = staff.email.strip().lower()
    return insert_if_absent(session, staff, "email")


def get(session: Session, staff_id: str) -> StaffRow | None:
    return session.get(StaffRow, staff_id)


def by_email(session: Session, email: str) -> StaffRow | None:
    return session.exec(select(StaffRow).where(col(StaffRow.email) == email.strip().lower())).first()


def by_rep(session: Session, rep: str) -> StaffRow | None:
    """Returns the account of this rep id of the policies."""
    return session.exec(select(StaffRow).where(col(StaffRow.rep) == rep)).first()


def with_role(session: Session, *roles: str) -> tuple[StaffRow, ...]:
    """Returns active accounts with one of these roles, by address."""
    rows = (
        select(StaffRow)
        .where(col(StaffRow.active).is_(True), col(StaffRow.role).in_(roles))
        .order_by(col(StaffRow.email))
    )
    return tuple(session.exec(rows).all())


def who_signs(session: Session, side: str) -> tuple[StaffRow, ...]:
    """Returns active accounts that sign policies for this side, by address."""
    rows = select(StaffRow).where(col(StaffRow.active).is_(True), col(StaffRow.signs) == side)
    return tuple(session.exec(rows.order_by(col(StaffRow.email))).all())


def set_signs(session: Session, staff_id: str, side: str) -> None:
    """Sets the side for which an account signs policies; "" for none."""
    row = session.get(StaffRow, staff_id)
    if row is None:
        raise LookupError(f"there is nobody with the id {staff_id}")
    row.signs = side
    session.flush()


def all_staff(session: Session) -> tuple[StaffRow, ...]:
    return tuple(session.exec(select(StaffRow).order_by(col(StaffRow.email))).all())


def last_seen(session: Session) -> dict[str, datetime]:
    """Returns id -> last activity, as far as the sessions are still stored."""
    rows = session.exec(
        select(col(StaffSessionRow.staff_id), func.max(StaffSessionRow.seen_at)).group_by(col(StaffSessionRow.staff_id))
    )
    return dict(rows.all())


def other_admins(session: Session, staff_id: str) -> int:
    """Returns the number of other active admins who can sign in.

    Their rows are locked, so that the number cannot change before the transaction ends.
    """
    others = select(StaffRow).where(
        col(StaffRow.role) == str(Role.ADMIN), col(StaffRow.active).is_(True), col(StaffRow.password_hash) != ""
    )
    return sum(row.id != staff_id for row in session.exec(others.order_by(col(StaffRow.id)).with_for_update()).all())


def lock_reps(session: Session) -> tuple[StaffRow, ...]:
    """Returns the accounts that are reps of policies, by id, locked until the transaction ends."""
    rows = select(StaffRow).where(col(StaffRow.rep).is_not(None)).order_by(col(StaffRow.id)).with_for_update()
    return tuple(session.exec(rows).all())


_INACTIVE_REPS = select(col(StaffRow.rep)).where(col(StaffRow.active).is_(False), col(StaffRow.rep).is_not(None))


def inactive_reps(session: Session) -> frozenset[str]:
    """Returns rep ids of deactivated accounts."""
    return frozenset(str(rep) for (rep,) in execute_core(session, _INACTIVE_REPS).all())


def set_password(session: Session, staff_id: str, password_hash: str) -> None:
    """Sets the password hash, and ends all sessions of this account."""
    row = session.get(StaffRow, staff_id)
    if row is None:
        raise LookupError(f"there is nobody with the id {staff_id}")
    row.password_hash = password_hash
    close_all(session, staff_id)


def replace_password(session: Session, staff_id: str, old_hash: str, password_hash: str) -> bool:
    """Sets the password hash if it is still `old_hash`, and ends all sessions of this account. False if it is not."""
    known = (col(StaffRow.id) == staff_id, col(StaffRow.password_hash) == old_hash, col(StaffRow.active).is_(True))
    if not changed(session, update(StaffRow).where(*known).values(password_hash=password_hash)):
        return False
    close_all(session, staff_id)
    return True


def anybody_can_sign_in(session: Session) -> bool:
    """Whether an active account has a password."""
    one = select(StaffRow.id).where(col(StaffRow.active).is_(True), col(StaffRow.password_hash) != "").limit(1)
    return session.exec(one).first() is not None


def sessions_of(session: Session, staff_id: str, now: datetime) -> tuple[StaffSessionRow, ...]:
    """Returns the sessions that have not expired, the last used first."""
    valid = (col(StaffSessionRow.staff_id) == staff_id, col(StaffSessionRow.expires_at) > now)
    rows = select(StaffSessionRow).where(*valid)
    return tuple(session.exec(rows.order_by(col(StaffSessionRow.seen_at).desc())).all())


def set_active(session: Session, staff_id: str, active: bool) -> None:
    """Deactivates or reactivates an account. Deactivation ends all its sessions."""
    row = session.get(StaffRow, staff_id)
    if row is None:
        raise LookupError(f"there is nobody with the id {staff_id}")
    row.active = active
    if not active:
        close_all(session, staff_id)
    session.flush()


def open_session(
    session: Session, token: str, staff_id: str, now: datetime, expires_at: datetime, proof: str = "password"
) -> None:
    """Creates a session with a new random token of 128 bits or more; `proof` is one of SESSION_PROOFS."""
    hashed = token_hash(token)
    session.add(
        StaffSessionRow(
            token_hash=hashed, staff_id=staff_id, created_at=now, seen_at=now, expires_at=expires_at, proof=proof
        )
    )
    session.flush()


def signed_in(session: Session, token: str, now: datetime) -> SignedInStaff | None:
    """Returns the session with this token. None when it is unknown or expired, or the account is inactive."""
    row = session.get(StaffSessionRow, token_hash(token))
    if row is None or row.expires_at <= now:
        return None
    account = session.get(StaffRow, row.staff_id)
    return SignedInStaff(account, row) if account is not None and account.active else None


def close_session(session: Session, token: str) -> None:
    changed(session, delete(StaffSessionRow).where(col(StaffSessionRow.token_hash) == token_hash(token)))


def close_all(session: Session, staff_id: str) -> None:
    changed(session, delete(StaffSessionRow).where(col(StaffSessionRow.staff_id) == staff_id))


def forget_expired(session: Session, now: datetime, limit: int | None = None) -> int:
    return delete_some(session, StaffSessionRow, col(StaffSessionRow.expires_at) <= now, limit=limit)
