"""Printed agreements, by the hash of what was printed. Never changed."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from questionnaire.storage.db.statements import insert_or_ignore
from questionnaire.storage.tables import AgreementFileRow


def find(session: Session, sha256: str, language: str) -> bytes | None:
    row = session.get(AgreementFileRow, (sha256, language))
    return None if row is None else row.content


def keep(session: Session, sha256: str, language: str, content: bytes, now: datetime) -> None:
    row = AgreementFileRow(sha256=sha256, language=language, content=content, created_at=now)
    insert_or_ignore(session, row, ("sha256", "language"))
