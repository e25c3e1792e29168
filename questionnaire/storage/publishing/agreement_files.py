"""Printed agreements: of a version, which are kept, and of drafts, by the hash of what was printed, for a while."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, select

from questionnaire.storage.db.statements import delete_some, insert_or_ignore
from questionnaire.storage.tables import AgreementFileRow


def find(session: Session, sha256: str, language: str) -> bytes | None:
    row = session.get(AgreementFileRow, (sha256, language))
    return None if row is None else row.content


def of_version(session: Session, policy: str, version: int, language: str) -> bytes | None:
    """The print of a version, as it was made first."""
    rows = select(AgreementFileRow.content).where(
        col(AgreementFileRow.policy) == policy,
        col(AgreementFileRow.version) == version,
        col(AgreementFileRow.language) == language,
    )
    return session.exec(rows).first()


def keep(session: Session, row: AgreementFileRow) -> None:
    """Stores a print. Made twice, the first is kept."""
    insert_or_ignore(session, row)


def forget_expired(session: Session, now: datetime, limit: int) -> int:
    """Deletes the prints of drafts whose time is over. Returns how many went."""
    return delete_some(session, AgreementFileRow, col(AgreementFileRow.expires_at) <= now, limit=limit)
