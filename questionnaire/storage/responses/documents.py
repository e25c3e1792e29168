"""Generated PDF files, by their response, kind, language and template version."""

from __future__ import annotations

import hashlib

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from questionnaire.storage.db.statements import execute_core, insert_or_ignore
from questionnaire.storage.tables import DocumentRow


def find(session: Session, response_id: str, kind: str, language: str, template_version: str) -> DocumentRow | None:
    return session.get(DocumentRow, (response_id, kind, language, template_version))


def newest(
    session: Session, response_id: str, kind: str, language: str | None = None, ending: str = ""
) -> DocumentRow | None:
    """Returns the newest document of this kind, in this language or in any.

    `ending` limits it to template versions with this suffix.
    """
    query = select(DocumentRow).where(col(DocumentRow.response_id) == response_id, col(DocumentRow.kind) == kind)
    if language is not None:
        query = query.where(col(DocumentRow.language) == language)
    if ending:
        query = query.where(col(DocumentRow.template_version).endswith(ending, autoescape=True))
    return session.exec(query.order_by(col(DocumentRow.created_at).desc()).limit(1)).first()


def exists(session: Session, response_id: str, kind: str, ending: str = "") -> bool:
    """Whether a document exists, in a template version with this suffix, without loading it."""
    versions = execute_core(session, _VERSIONS, {"response": response_id, "kind": kind}).scalars().all()
    return any(version.endswith(ending) for version in versions)


_VERSIONS = select(col(DocumentRow.template_version)).where(
    col(DocumentRow.response_id) == bindparam("response"), col(DocumentRow.kind) == bindparam("kind")
)


class DamagedFile(Exception):
    """The stored file is not the one that was rendered. Requesting the document again renders it again."""


def content_of(document: DocumentRow | None) -> bytes | None:
    """Returns the file; None when there is no document. Raises DamagedFile when its hash does not match."""
    if document is not None and not is_sound(document):
        raise DamagedFile(document.kind)
    return document.content if document is not None else None


def is_sound(document: DocumentRow) -> bool:
    """Whether the stored file still matches its hash."""
    return hashlib.sha256(document.content).hexdigest() == document.sha256


def keep(session: Session, document: DocumentRow) -> bool:
    """Stores the document unless it exists; of two workers with the same file, one stores it. False when it existed.

    A damaged file is replaced.
    """
    if insert_or_ignore(session, document):
        return True
    stored = find(session, document.response_id, document.kind, document.language, document.template_version)
    if stored is None or is_sound(stored):
        return False
    stored.content, stored.sha256, stored.plain = document.content, document.sha256, document.plain
    stored.created_at = document.created_at
    session.flush()
    return True
