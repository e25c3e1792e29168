"""SQL statements without the unit of work: inserts, upserts, row locks and row counts.

Rows that are only ever added bypass the ORM: one INSERT, compiled once. An accepted response writes some fifteen rows,
and the ORM would cost more than the database.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Protocol, TypeVar, cast

from sqlalchemy import Connection, CursorResult, Insert, Table, delete, func, inspect, literal, select, tuple_
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import make_transient_to_detached
from sqlalchemy.orm.util import identity_key
from sqlmodel import Session, SQLModel

Row = TypeVar("Row", bound=SQLModel)
_LOCKED_ROWS = "locked rows"
_CONNECTION = "connection"
_LAST_STEPS = "last steps"
_GENERATED = ("seq", "number")


def connection(session: Session) -> Connection:
    """Returns the session's connection, cached: a session lives as long as its one transaction (engine.py)."""
    cached: Connection | None = session.info.get(_CONNECTION)
    if cached is None or cached.closed:
        cached = session.info[_CONNECTION] = session.connection()
    return cached


class LastStep(Protocol):
    """What a transaction writes right before its commit. A rollback drops it."""

    def write(self, session: Session) -> None: ...


Step = TypeVar("Step", bound=LastStep)


def last_step(session: Session, kind: type[Step]) -> Step:
    """Returns the transaction's step of this kind, a new one at first.

    For rows that many transactions change: their locks are taken last, and held only as long as the commit takes.
    """
    transaction, steps = session.info.get(_LAST_STEPS, (None, {}))
    if transaction is None or transaction is not session.get_transaction():
        steps = {}
        # The connection begins the transaction, if nothing did yet.
        connection(session)
        session.info[_LAST_STEPS] = (session.get_transaction(), steps)
    return cast("Step", steps.setdefault(kind, kind()))


def write_last_steps(session: Session) -> None:
    transaction, steps = session.info.get(_LAST_STEPS, (None, {}))
    if transaction is not None and transaction is session.get_transaction():
        for step in steps.values():
            step.write(session)


def is_postgres(session: Session) -> bool:
    return session.get_bind().dialect.name == "postgresql"


def insert_if_absent(session: Session, row: SQLModel, unique: str) -> bool:
    """Inserts `row` unless a row has the same value in the column `unique`. Returns whether it was inserted.

    Two concurrent inserts: on PostgreSQL the second waits for the first; SQLite has one writer anyway.
    """
    return insert_or_ignore(session, row, (unique,))


def insert_or_ignore(session: Session, row: SQLModel, unique: tuple[str, ...] | None = None) -> bool:
    """INSERT … ON CONFLICT DO NOTHING, on these columns or on any constraint. Returns whether it was inserted.

    An inserted row belongs to the session.
    """
    added = insert_values(session, type(row), values_of(row), unique)
    if added:
        make_transient_to_detached(row)
        session.add(row)
        _mark_locked(session, row)
    return added


def insert_values(
    session: Session, table: type[SQLModel], values: Mapping[str, Any], unique: tuple[str, ...] | None = None
) -> bool:
    """Inserts plain values on the same terms, without an object. Returns whether they were inserted.

    An omitted column is NULL.
    """
    statement = _insert_or_ignore_statement(table, unique, is_postgres(session))
    return cast("CursorResult[Any]", connection(session).execute(statement, dict(values))).rowcount == 1


def insert(session: Session, rows: list[Any]) -> None:
    """Inserts rows of one table in one statement; they do not belong to the session afterwards."""
    if rows:
        statement = _plain_insert(cast("type[SQLModel]", type(rows[0])))
        connection(session).execute(statement, [values_of(row) for row in rows])


def upsert(session: Session, row: SQLModel, insert_only: tuple[str, ...] = ()) -> None:
    """Inserts `row`, or updates the row with its primary key, except the columns `insert_only`."""
    statement = _upsert_statement(type(row), is_postgres(session), insert_only)
    connection(session).execute(statement, values_of(row))
    cached_row = session.identity_map.get(identity_key(instance=row))
    if cached_row is not None:
        session.expire(cached_row)


def execute_core(session: Session, statement: Any, values: Mapping[str, Any] | None = None) -> Any:
    """Runs a statement without the ORM; it does not see changes that the session has not flushed.

    Build statements once, at module level: building one costs more than running it.
    """
    return connection(session).execute(statement, dict(values or {}))


def values_of(row: SQLModel) -> dict[str, Any]:
    """Returns the row's column values, without those that the database generates."""
    values = {name: getattr(row, name) for name in _columns(type(row))}
    return {name: value for name, value in values.items() if not (name in _GENERATED and value is None)}


@lru_cache(maxsize=64)
def _columns(table: type[SQLModel]) -> tuple[str, ...]:
    return tuple(attribute.key for attribute in inspect(table).column_attrs)


def _table(table: type[SQLModel]) -> Table:
    return cast(Table, table.__table__)  # type: ignore[attr-defined]


def _dialect_insert(table: type[SQLModel], postgres: bool) -> Any:
    if postgres:
        # Imported here, because the dialect costs a web process on SQLite 50 ms for nothing.
        from sqlalchemy.dialects.postgresql import insert as postgres_insert

        return postgres_insert(_table(table))
    return sqlite_insert(_table(table))


@lru_cache(maxsize=64)
def _plain_insert(table: type[SQLModel]) -> Insert:
    return _table(table).insert().inline()


@lru_cache(maxsize=64)
def _insert_or_ignore_statement(table: type[SQLModel], unique: tuple[str, ...] | None, postgres: bool) -> Any:
    statement = _dialect_insert(table, postgres).on_conflict_do_nothing(index_elements=unique)
    # Without this option the row count of an INSERT is lost on PostgreSQL.
    return statement.execution_options(preserve_rowcount=True)


@lru_cache(maxsize=64)
def _upsert_statement(table: type[SQLModel], postgres: bool, insert_only: tuple[str, ...] = ()) -> Any:
    statement = _dialect_insert(table, postgres)
    keys = [column.name for column in _table(table).primary_key]
    rest = {name: statement.excluded[name] for name in _columns(table) if name not in (*keys, *insert_only)}
    return statement.on_conflict_do_update(index_elements=keys, set_=rest)


def lock_row(session: Session, table: type[Row], key: str) -> Row | None:
    """Returns the current row with this primary key, locked until the transaction ends.

    A second call in the same transaction returns the row without a new SELECT.
    """
    if (table, key) in session.info.get(_LOCKED_ROWS, ()):
        return session.get(table, key)
    session.flush()
    row = session.get(table, key, with_for_update=is_postgres(session), populate_existing=True)
    if row is not None:
        _mark_locked(session, row)
    return row


def _mark_locked(session: Session, row: SQLModel) -> None:
    """Records that this transaction has the row's lock.

    A session lives as long as its one transaction (engine.py), so that the record is true until its end.
    """
    identity = inspect(row).identity
    if identity is not None and len(identity) == 1:
        session.info.setdefault(_LOCKED_ROWS, set()).add((type(row), identity[0]))


def changed(session: Session, statement: Any) -> int:
    """Runs an UPDATE or DELETE and returns the number of rows."""
    return cast("CursorResult[Any]", session.execute(statement)).rowcount


def delete_some(session: Session, table: type[SQLModel], *conditions: Any, limit: int | None = None) -> int:
    """Deletes the rows that meet the conditions, at most `limit` of them, and returns their number."""
    rows = _table(table)
    keys = list(rows.primary_key)
    # Not more at once than others can wait for; both databases know DELETE without a limit only.
    some = select(*keys).where(*conditions).limit(limit)
    return changed(session, delete(rows).where(tuple_(*keys).in_(some)))


def count_up_to(session: Session, table: type[SQLModel], *conditions: Any, most: int) -> int:
    """Returns the number of rows that meet the conditions; `most` + 1 when there are more than that."""
    some = select(literal(1)).select_from(_table(table)).where(*conditions).limit(most + 1).subquery()
    return int(connection(session).execute(select(func.count()).select_from(some)).scalar_one())
