"""The PDFs that were made, by what they were made from."""

from __future__ import annotations

import hashlib

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from questionnaire.storage.db.statements import execute_core, insert_unless_there
from questionnaire.storage.tables import DocumentRow


def find(session: Session, response_id: str, kind: str, language: str, template_version: str) -> DocumentRow | None:
    return session.get(DocumentRow, (response_id, kind, language, template_version))


def newest(
    session: Session, response_id: str, kind: str, language: str | None = None, ending: str = ""
) -> DocumentRow | None:
    """The last one made of this kind, in any template version with this ending; in any language when none is named."""
    mine = select(DocumentRow).where(col(DocumentRow.response_id) == response_id, col(DocumentRow.kind) == kind)
    if language is not None:
        mine = mine.where(col(DocumentRow.language) == language)
    if ending:
        mine = mine.where(col(DocumentRow.template_version).endswith(ending, autoescape=True))
    return session.exec(mine.order_by(col(DocumentRow.created_at).desc()).limit(1)).first()


def is_there(session: Session, response_id: str, kind: str, ending: str = "") -> bool:
    """Whether one was made, in any template version with this ending, without reading it."""
    found = execute_core(session, _THERE, {"response": response_id, "kind": kind}).scalars().all()
    return any(version.endswith(ending) for version in found)


_THERE = select(col(DocumentRow.template_version)).where(
    col(DocumentRow.response_id) == bindparam("response"), col(DocumentRow.kind) == bindparam("kind")
)


class DamagedFile(Exception):
    """What lies in the database is not what was printed. Asking for the document anew prints it again."""


def content_of(document: DocumentRow | None) -> bytes | None:
    """The file; None when there is none. DamagedFile when it is not what was printed."""
    if document is not None and not is_sound(document):
        raise DamagedFile(document.kind)
    return document.content if document is not None else None


def is_sound(document: DocumentRow) -> bool:
    """Whether the file is still what was printed."""
    return hashlib.sha256(document.content).hexdigest() == document.sha256


def keep(session: Session, document: DocumentRow) -> bool:
    """Writes it unless it is there: two workers that made the same file keep one. False when it was there.

    A file that was damaged where it lies is replaced.
    """
    if insert_unless_there(session, document):
        return True
    kept = find(session, document.response_id, document.kind, document.language, document.template_version)
    if kept is None or is_sound(kept):
        return False
    kept.content, kept.sha256, kept.plain = document.content, document.sha256, document.plain
    kept.created_at = document.created_at
    session.flush()
    return True
