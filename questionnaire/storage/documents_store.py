"""The PDFs that were made, by what they were made from."""

from __future__ import annotations

from sqlmodel import Session, col, select

from questionnaire.storage.rows import insert_unless_there, is_postgres
from questionnaire.storage.tables import Document


def find(session: Session, response_id: str, kind: str, language: str, template_version: str) -> Document | None:
    return session.get(Document, (response_id, kind, language, template_version))


def newest(session: Session, response_id: str, kind: str, language: str | None = None) -> Document | None:
    """The last one made of this kind, in any template version; in any language when none is named."""
    mine = select(Document).where(col(Document.response_id) == response_id, col(Document.kind) == kind)
    if language is not None:
        mine = mine.where(col(Document.language) == language)
    return session.exec(mine.order_by(col(Document.created_at).desc()).limit(1)).first()


def keep(session: Session, document: Document) -> bool:
    """Writes it unless it is there: two workers that made the same file keep one. False when it was there."""
    key = (document.response_id, document.kind, document.language, document.template_version)
    if not is_postgres(session):
        if session.get(Document, key) is not None:
            return False
        session.add(document)
        session.flush()
        return True
    return insert_unless_there(session, document)
