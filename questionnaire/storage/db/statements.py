"""Adding rows quickly, adding one that may be there already, and the row locks of databases that have them.

What is only ever added goes past the unit of work: one INSERT, compiled once. An accepted answer writes some fifteen
rows, and the object mapper would cost it more than the database does.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, TypeVar, cast

from sqlalchemy import Connection, CursorResult, Insert, Table, inspect
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import make_transient_to_detached
from sqlalchemy.orm.util import identity_key
from sqlmodel import Session, SQLModel

Row = TypeVar("Row", bound=SQLModel)
_MINE = "locked rows"
_CONNECTION = "connection"


def connection(session: Session) -> Connection:
    """The session's own. A session lives as long as its one transaction (engine.py), so that it is asked for once."""
    known: Connection | None = session.info.get(_CONNECTION)
    if known is None or known.closed:
        known = session.info[_CONNECTION] = session.connection()
    return known


def is_postgres(session: Session) -> bool:
    return session.get_bind().dialect.name == "postgresql"


def insert_if_absent(session: Session, row: SQLModel, unique: str) -> bool:
    """Adds `row` unless one with the same value in the column `unique` is there; says whether it was added.

    Two at once: on PostgreSQL the second waits for the first to end; on SQLite there is one writer anyway.
    """
    return insert_unless_there(session, row, (unique,))


def insert_unless_there(session: Session, row: SQLModel, unique: tuple[str, ...] | None = None) -> bool:
    """INSERT … ON CONFLICT DO NOTHING, on these columns or on any constraint; the added row belongs to the session."""
    added = insert_values(session, type(row), values_of(row), unique)
    if added:
        make_transient_to_detached(row)
        session.add(row)
        _own(session, row)
    return added


def insert_values(
    session: Session, table: type[SQLModel], values: Mapping[str, Any], unique: tuple[str, ...] | None = None
) -> bool:
    """The same from plain values, without an object; says whether it was added. A column that is left out is NULL."""
    statement = _quiet_insert(table, unique, is_postgres(session))
    return cast("CursorResult[Any]", connection(session).execute(statement, dict(values))).rowcount == 1


def insert(session: Session, rows: list[Any]) -> None:
    """Adds rows of one table in one statement; they do not belong to the session afterwards."""
    if rows:
        statement = _plain_insert(cast("type[SQLModel]", type(rows[0])))
        connection(session).execute(statement, [values_of(row) for row in rows])


def upsert(session: Session, row: SQLModel, stays: tuple[str, ...] = ()) -> None:
    """Writes `row` whether one with its primary key is there or not; of one that is, the columns `stays` stay."""
    statement = _replacing_insert(type(row), is_postgres(session), stays)
    connection(session).execute(statement, values_of(row))
    known = session.identity_map.get(identity_key(instance=row))
    if known is not None:
        session.expire(known)


def execute_core(session: Session, statement: Any, values: Mapping[str, Any] | None = None) -> Any:
    """Runs a statement past the object mapper. Statements are made once, at module level: making one costs more than
    running it. What the session has not written yet is not seen.
    """
    return connection(session).execute(statement, dict(values or {}))


def values_of(row: SQLModel) -> dict[str, Any]:
    """The row's columns; one that the database fills itself is left out."""
    found = {name: getattr(row, name) for name in _columns(type(row))}
    return {name: value for name, value in found.items() if not (name == "seq" and value is None)}


@lru_cache(maxsize=64)
def _columns(table: type[SQLModel]) -> tuple[str, ...]:
    return tuple(attribute.key for attribute in inspect(table).column_attrs)


def _table(table: type[SQLModel]) -> Table:
    return cast(Table, table.__table__)  # type: ignore[attr-defined]


def _dialect_insert(table: type[SQLModel], postgres: bool) -> Any:
    if postgres:
        # Here, because the dialect costs the web process of a small installation 50 ms for nothing.
        from sqlalchemy.dialects.postgresql import insert as postgres_insert

        return postgres_insert(_table(table))
    return sqlite_insert(_table(table))


@lru_cache(maxsize=64)
def _plain_insert(table: type[SQLModel]) -> Insert:
    return _table(table).insert().inline()


@lru_cache(maxsize=64)
def _quiet_insert(table: type[SQLModel], unique: tuple[str, ...] | None, postgres: bool) -> Any:
    quiet = _dialect_insert(table, postgres).on_conflict_do_nothing(index_elements=unique)
    # Without this the count of an INSERT is not kept on PostgreSQL.
    return quiet.execution_options(preserve_rowcount=True)


@lru_cache(maxsize=64)
def _replacing_insert(table: type[SQLModel], postgres: bool, stays: tuple[str, ...] = ()) -> Any:
    statement = _dialect_insert(table, postgres)
    keys = [column.name for column in _table(table).primary_key]
    rest = {name: statement.excluded[name] for name in _columns(table) if name not in (*keys, *stays)}
    return statement.on_conflict_do_update(index_elements=keys, set_=rest)


def lock_row(session: Session, table: type[Row], key: str) -> Row | None:
    """The row with this primary key, as it is now; nobody else changes it before our transaction ends.

    Asked again in the same transaction, it is ours already and is not read again.
    """
    if (table, key) in session.info.get(_MINE, ()):
        return session.get(table, key)
    session.flush()
    row = session.get(table, key, with_for_update=is_postgres(session), populate_existing=True)
    if row is not None:
        _own(session, row)
    return row


def _own(session: Session, row: SQLModel) -> None:
    """A session lives as long as its one transaction (engine.py), so that what is ours stays ours."""
    identity = inspect(row).identity
    if identity is not None and len(identity) == 1:
        session.info.setdefault(_MINE, set()).add((type(row), identity[0]))


def changed(session: Session, statement: Any) -> int:
    """Runs an UPDATE or DELETE and says how many rows it met."""
    return cast("CursorResult[Any]", session.execute(statement)).rowcount
