"""The PDFs that were made, by what they were made from."""

from __future__ import annotations

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from questionnaire.storage.rows import insert_unless_there, quick
from questionnaire.storage.tables import Document


def find(session: Session, response_id: str, kind: str, language: str, template_version: str) -> Document | None:
    return session.get(Document, (response_id, kind, language, template_version))


def newest(
    session: Session, response_id: str, kind: str, language: str | None = None, ending: str = ""
) -> Document | None:
    """The last one made of this kind, in any template version with this ending; in any language when none is named."""
    mine = select(Document).where(col(Document.response_id) == response_id, col(Document.kind) == kind)
    if language is not None:
        mine = mine.where(col(Document.language) == language)
    if ending:
        mine = mine.where(col(Document.template_version).endswith(ending, autoescape=True))
    return session.exec(mine.order_by(col(Document.created_at).desc()).limit(1)).first()


def is_there(session: Session, response_id: str, kind: str, ending: str = "") -> bool:
    """Whether one was made, in any template version with this ending, without reading it."""
    found = quick(session, _THERE, {"response": response_id, "kind": kind}).scalars().all()
    return any(version.endswith(ending) for version in found)


_THERE = select(col(Document.template_version)).where(
    col(Document.response_id) == bindparam("response"), col(Document.kind) == bindparam("kind")
)


def keep(session: Session, document: Document) -> bool:
    """Writes it unless it is there: two workers that made the same file keep one. False when it was there."""
    return insert_unless_there(session, document)
