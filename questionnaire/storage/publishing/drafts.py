"""Drafts of surveys, policies and cases, and the history of their edits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from questionnaire.storage.db.statements import delete_some, insert_or_ignore, lock_row
from questionnaire.storage.tables import DraftEditRow, DraftRow


@dataclass(frozen=True, slots=True)
class DraftRevision:
    """A new revision of a draft: its content, and the change that makes it with the one that takes it back."""

    content: Mapping[str, Any]
    change: Sequence[Mapping[str, Any]]
    inverse: Sequence[Mapping[str, Any]]
    author: str
    at: datetime
    undoes: int | None = None
    key: str | None = None


def open_draft(session: Session, row: DraftRow) -> DraftRow:
    """Stores a draft, unless there is one of the same kind and name: then that one is returned unchanged."""
    if insert_or_ignore(session, row, ("kind", "name")):
        return row
    return session.exec(select(DraftRow).where(col(DraftRow.kind) == row.kind, col(DraftRow.name) == row.name)).one()


def find(session: Session, draft_id: str) -> DraftRow | None:
    return session.get(DraftRow, draft_id)


def of_name(session: Session, kind: str, name: str) -> DraftRow | None:
    """The draft that was opened under a name."""
    return session.exec(select(DraftRow).where(col(DraftRow.kind) == kind, col(DraftRow.name) == name)).first()


def lock(session: Session, draft_id: str) -> DraftRow | None:
    """The draft, which no one else changes until the transaction ends."""
    return lock_row(session, DraftRow, draft_id)


def append(session: Session, row: DraftRow, new: DraftRevision) -> None:
    """Makes the next revision of a locked draft."""
    row.revision, row.content = row.revision + 1, dict(new.content)
    row.changed_at, row.changed_by = new.at, new.author
    change, inverse = [dict(one) for one in new.change], [dict(one) for one in new.inverse]
    session.add(
        DraftEditRow(
            draft_id=row.id, revision=row.revision, author=new.author, at=new.at, change=change, inverse=inverse,
            undoes=new.undoes, key=new.key,
        )
    )  # fmt: skip
    session.flush()


def edits_after(session: Session, draft_id: str, revision: int) -> tuple[DraftEditRow, ...]:
    """The edits since a revision, oldest first."""
    rows = select(DraftEditRow).where(col(DraftEditRow.draft_id) == draft_id, col(DraftEditRow.revision) > revision)
    return tuple(session.exec(rows.order_by(col(DraftEditRow.revision))).all())


def history(session: Session, draft_id: str, before: int | None, limit: int) -> tuple[DraftEditRow, ...]:
    """The edits before a revision, newest first."""
    rows = select(DraftEditRow).where(col(DraftEditRow.draft_id) == draft_id)
    if before is not None:
        rows = rows.where(col(DraftEditRow.revision) < before)
    return tuple(session.exec(rows.order_by(col(DraftEditRow.revision).desc()).limit(limit)).all())


def forget_edits(session: Session, kept: int, limit: int) -> int:
    """Deletes the oldest edits of long histories: a draft keeps its newest `kept` ones. Returns how many went."""
    newest = select(DraftRow.id, DraftRow.revision).where(col(DraftRow.revision) > kept)
    for draft_id, revision in session.exec(newest).all():
        old = (col(DraftEditRow.draft_id) == draft_id, col(DraftEditRow.revision) <= revision - kept)
        gone = delete_some(session, DraftEditRow, *old, limit=limit)
        if gone:
            return gone
    return 0


def has_key(session: Session, draft_id: str, key: str) -> bool:
    """Whether the request of this key was applied before."""
    rows = select(DraftEditRow.revision).where(col(DraftEditRow.draft_id) == draft_id, col(DraftEditRow.key) == key)
    return session.exec(rows).first() is not None


def every(session: Session, kind: str) -> tuple[DraftRow, ...]:
    """All drafts of a kind, newest change first."""
    rows = select(DraftRow).where(col(DraftRow.kind) == kind)
    return tuple(session.exec(rows.order_by(col(DraftRow.changed_at).desc(), col(DraftRow.name))).all())
