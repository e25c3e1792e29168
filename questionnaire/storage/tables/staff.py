"""Tables of staff accounts, their sessions and sign-in codes, and the stored settings of the installation."""

from datetime import datetime
from typing import Any

from sqlalchemy import Text
from sqlmodel import Field

from questionnaire.core.base.roles import Role
from questionnaire.storage.db.column_types import Json, UTCDateTime, check_in
from questionnaire.storage.tables.model import TableModel


class StaffRow(TableModel, table=True):
    """A staff account.

    `rep` is the person's id in policies. `signs`: the side (`marketing`, `sales`) for which they sign policies, "" for
    none. `password_hash` is argon2id, empty until a password is set.
    """

    __tablename__ = "staff"
    __table_args__ = (check_in("role", tuple(Role), "staff"),)

    id: str = Field(primary_key=True, sa_type=Text)
    email: str = Field(unique=True, sa_type=Text)
    name: str = Field(default="", sa_type=Text)
    password_hash: str = Field(default="", sa_type=Text)
    role: str = Field(sa_type=Text)
    rep: str | None = Field(default=None, unique=True, sa_type=Text)
    language: str = Field(default="en", sa_type=Text)
    timezone: str = Field(default="UTC", sa_type=Text)
    active: bool = Field(default=True)
    signs: str = Field(default="", sa_type=Text)
    created_at: datetime = Field(sa_type=UTCDateTime)


SESSION_PROOFS = ("password", "code")


class StaffSessionRow(TableModel, table=True):
    """A session. `token_hash` is the SHA-256 of the cookie's token; the token itself is not stored.

    `proof` is what it began with: the password, or a code that was mailed.
    """

    __tablename__ = "staff_session"
    __table_args__ = (check_in("proof", SESSION_PROOFS, "staff_session"),)

    token_hash: str = Field(primary_key=True, sa_type=Text)
    staff_id: str = Field(foreign_key="staff.id", index=True, sa_type=Text)
    created_at: datetime = Field(sa_type=UTCDateTime)
    seen_at: datetime = Field(sa_type=UTCDateTime)
    expires_at: datetime = Field(index=True, sa_type=UTCDateTime)
    proof: str = Field(default="password", sa_type=Text)


class SignInCodeRow(TableModel, table=True):
    """A code that was mailed to the owner of a link. `id` is random and known only to the browser that asked for it.

    `link_hash` is the hash of the link, `code_hash` that of the code under the secret key.
    """

    __tablename__ = "sign_in_code"

    id: str = Field(primary_key=True, sa_type=Text)
    staff_id: str = Field(foreign_key="staff.id", sa_type=Text)
    link_hash: str = Field(sa_type=Text)
    code_hash: str = Field(sa_type=Text)
    tries: int = Field(default=0)
    created_at: datetime = Field(sa_type=UTCDateTime)
    expires_at: datetime = Field(index=True, sa_type=UTCDateTime)


class SettingRow(TableModel, table=True):
    """A stored setting of the installation; `value` is JSON."""

    __tablename__ = "setting"

    name: str = Field(primary_key=True, sa_type=Text)
    value: dict[str, Any] = Field(default_factory=dict, sa_type=Json, nullable=False)
    at: datetime = Field(sa_type=UTCDateTime)
