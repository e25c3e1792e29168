"""Tables of what heads propose and sign, of the effect of a draft on past leads, and of the printed agreement."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, Index, LargeBinary, Text, UniqueConstraint, text
from sqlmodel import Field

from questionnaire.storage.db.column_types import Json, UTCDateTime, check_in
from questionnaire.storage.tables.model import TableModel

EXPIRES = text("expires_at IS NOT NULL")
OF_VERSION = text("policy IS NOT NULL")
SIDES = ("marketing", "sales")
"""Whose heads sign a policy."""


class PolicyProposalRow(TableModel, table=True):
    """From when the draft of a policy is to be in force (None: as soon as both have signed), and a note about it.

    `revision` and `sha256` name the content that was proposed for signing; None before version 0030.
    """

    __tablename__ = "policy_proposal"

    draft_id: str = Field(primary_key=True, sa_type=Text, foreign_key="authored_draft.id")
    effective_on: date | None = Field(default=None, sa_type=Date)
    note: str = Field(default="", sa_type=Text)
    revision: int | None = None
    sha256: str | None = Field(default=None, sa_type=Text)
    at: datetime = Field(sa_type=UTCDateTime)
    by: str = Field(sa_type=Text)


class PolicySignatureRow(TableModel, table=True):
    """A signature of exact content: `sha256` is that of the version and the day from which it is in force.

    Append-only. It counts while the draft is at `revision` and still has this hash. `name` is the signer's name then.
    """

    __tablename__ = "policy_signature"
    __table_args__ = (
        UniqueConstraint("draft_id", "revision", "sha256", "side"),
        check_in("side", SIDES, "policy_signature"),
    )

    id: str = Field(primary_key=True, sa_type=Text)
    draft_id: str = Field(sa_type=Text, foreign_key="authored_draft.id")
    revision: int
    sha256: str = Field(sa_type=Text)
    side: str = Field(sa_type=Text)
    staff_id: str = Field(sa_type=Text, foreign_key="staff.id")
    name: str = Field(sa_type=Text)
    at: datetime = Field(sa_type=UTCDateTime)


class PolicyEffectRow(TableModel, table=True):
    """The newest effect of a draft on past leads; `content` is JSON."""

    __tablename__ = "policy_effect"

    draft_id: str = Field(primary_key=True, sa_type=Text, foreign_key="authored_draft.id")
    revision: int
    at: datetime = Field(sa_type=UTCDateTime)
    content: dict[str, Any] = Field(default_factory=dict, sa_type=Json, nullable=False)


class AgreementFileRow(TableModel, table=True):
    """A printed agreement by what was printed: the hash of its view, and its language.

    `policy` and `version` are set for a version that was in force: that file is kept. `expires_at`: when the print of a
    draft is deleted, None for never.
    """

    __tablename__ = "agreement_file"
    __table_args__ = (
        Index("ix_agreement_file_expires_at", "expires_at", sqlite_where=EXPIRES, postgresql_where=EXPIRES),
        Index("ix_agreement_file_version", "policy", "version", "language", unique=True,
              sqlite_where=OF_VERSION, postgresql_where=OF_VERSION),
    )  # fmt: skip

    sha256: str = Field(primary_key=True, sa_type=Text)
    language: str = Field(primary_key=True, sa_type=Text)
    content: bytes = Field(sa_type=LargeBinary)
    created_at: datetime = Field(sa_type=UTCDateTime)
    policy: str | None = Field(default=None, sa_type=Text)
    version: int | None = None
    expires_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
