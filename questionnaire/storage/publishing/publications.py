"""Published versions of surveys and policies. A version, once published, never changes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import bindparam, func
from sqlmodel import Session, col, select

from questionnaire.storage.db.statements import execute_core, is_postgres
from questionnaire.storage.tables import PolicyVersionRow, PublicationRow, SurveyVersionRow

Kind = Literal["survey", "policy"]

_TABLES: dict[str, type[PublicationRow]] = {"survey": SurveyVersionRow, "policy": PolicyVersionRow}
_NEWEST = {
    kind: select(func.max(col(table.version))).where(col(table.id) == bindparam("name"))
    for kind, table in _TABLES.items()
}


# Not frozen: a context manager sets the traceback of an exception that passes through it.
@dataclass(eq=False)
class Differs(Exception):
    """This version was published before with other content; the author has to give it a new number."""

    kind: str
    id: str
    version: int
    newest: int

    def __str__(self) -> str:
        return (
            f"{self.kind} {self.id} version {self.version} was published with other content; "
            f"write version: {self.newest + 1}"
        )


def fingerprint(content: Mapping[str, Any]) -> str:
    """SHA-256 of the content as JSON. The order of keys counts, for authors mean it."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class PublicationNote:
    """Who publishes, and what they note for the history. Both are empty for files."""

    author: str = ""
    text: str = ""


def publish(
    session: Session, kind: Kind, name: str, version: int, content: Mapping[str, Any], now: datetime,
    note: PublicationNote = PublicationNote(),
) -> bool:  # fmt: skip
    """`name` is the id in the file. True when it is new, False when the very same is there already.

    Differs, and nothing written, when the number was published with other content.
    """
    table = _TABLES[kind]
    if is_postgres(session):
        # Two that publish the same at once: the second waits here and then finds it.
        session.connection().execute(select(func.pg_advisory_xact_lock(func.hashtext(f"{kind} {name}"))))
    sha256 = fingerprint(content)
    there = session.get(table, (name, version))
    if there is not None:
        if there.sha256 == sha256:
            return False
        newest = session.exec(select(func.max(col(table.version))).where(col(table.id) == name)).one()
        raise Differs(kind, name, version, newest or version)
    session.add(
        table(
            id=name, version=version, content=dict(content), sha256=sha256, published_at=now,
            published_by=note.author, note=note.text,
        )
    )  # fmt: skip
    session.flush()
    return True


def find(session: Session, kind: Kind, name: str, version: int | None = None) -> PublicationRow | None:
    """One version, or the newest when none is named."""
    table = _TABLES[kind]
    if version is not None:
        return session.get(table, (name, version))
    newest = select(table).where(col(table.id) == name).order_by(col(table.version).desc()).limit(1)
    return session.exec(newest).first()


def newest_version(session: Session, kind: Kind, name: str) -> int | None:
    """The newest version's number, without reading what it holds; None when nothing was published under the name."""
    found = execute_core(session, _NEWEST[kind], {"name": name}).scalar()
    return None if found is None else int(found)


def newest_of_all(session: Session, kind: Kind) -> tuple[PublicationRow, ...]:
    """The newest version of each survey or policy, by id."""
    table = _TABLES[kind]
    newest = select(col(table.id), func.max(col(table.version)).label("version")).group_by(col(table.id)).subquery()
    both = (col(table.id) == newest.c.id) & (col(table.version) == newest.c.version)
    return tuple(session.exec(select(table).join(newest, both).order_by(col(table.id))).all())


@dataclass(frozen=True, slots=True)
class VersionNote:
    """A published version without its content. `published_by` is empty for one that came from a file."""

    version: int
    published_at: datetime
    published_by: str
    note: str


def versions(session: Session, kind: Kind, name: str, before: int | None, limit: int) -> tuple[VersionNote, ...]:
    """The versions before a number, newest first, without what they hold."""
    table = _TABLES[kind]
    columns = (col(table.version), col(table.published_at), col(table.published_by), col(table.note))
    rows = select(*columns).where(col(table.id) == name)
    if before is not None:
        rows = rows.where(col(table.version) < before)
    found = session.exec(rows.order_by(col(table.version).desc()).limit(limit)).all()
    return tuple(VersionNote(*row) for row in found)


def version_numbers(session: Session, kind: Kind, name: str) -> tuple[int, ...]:
    """All numbers, newest first."""
    table = _TABLES[kind]
    rows = select(col(table.version)).where(col(table.id) == name).order_by(col(table.version).desc())
    return tuple(session.exec(rows).all())


def versions_of(session: Session, kind: Kind, name: str, limit: int) -> tuple[PublicationRow, ...]:
    """The versions of a survey or policy, newest first."""
    table = _TABLES[kind]
    rows = select(table).where(col(table.id) == name).order_by(col(table.version).desc()).limit(limit)
    return tuple(session.exec(rows).all())
