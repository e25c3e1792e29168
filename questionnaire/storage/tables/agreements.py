"""Tables of what heads propose and sign, of the effect of a draft on past leads, and of the printed agreement."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, LargeBinary, Text, UniqueConstraint
from sqlmodel import Field

from questionnaire.storage.db.column_types import Json, UTCDateTime, check_in
from questionnaire.storage.tables.model import TableModel

SIDES = ("marketing", "sales")
"""Whose heads sign a policy."""


class PolicyProposalRow(TableModel, table=True):
    """From when the draft of a policy is to be in force (None: as soon as both have signed), and a note about it."""

    __tablename__ = "policy_proposal"

    draft_id: str = Field(primary_key=True, sa_type=Text, foreign_key="authored_draft.id")
    effective_on: date | None = Field(default=None, sa_type=Date)
    note: str = Field(default="", sa_type=Text)
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
    """A printed agreement by what was printed: the hash of its view, and its language."""

    __tablename__ = "agreement_file"

    sha256: str = Field(primary_key=True, sa_type=Text)
    language: str = Field(primary_key=True, sa_type=Text)
    content: bytes = Field(sa_type=LargeBinary)
    created_at: datetime = Field(sa_type=UTCDateTime)
