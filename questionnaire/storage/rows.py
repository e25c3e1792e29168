"""Adding a row that may be there already, and the row locks of databases that have them."""

from __future__ import annotations

from typing import Any, TypeVar, cast

from sqlalchemy import CursorResult, Table, inspect, literal
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlmodel import Session, SQLModel, select

Row = TypeVar("Row", bound=SQLModel)


def is_postgres(session: Session) -> bool:
    return session.get_bind().dialect.name == "postgresql"


def add_new(session: Session, row: SQLModel, unique: str) -> bool:
    """Adds `row` unless one with the same value in the column `unique` is there; says whether it was added.

    Two at once: on PostgreSQL the second waits for the first to end; on SQLite there is one writer anyway.
    """
    table = type(row)
    if not is_postgres(session):
        column = getattr(table, unique)
        if session.execute(select(column).where(column == getattr(row, unique))).first() is not None:
            return False
        session.add(row)
        session.flush()
        return True
    return insert_unless_there(session, row, [unique])


def insert_unless_there(session: Session, row: SQLModel, unique: list[str] | None = None) -> bool:
    """PostgreSQL's own way: INSERT … ON CONFLICT DO NOTHING, on these columns or on any constraint."""
    table = type(row)
    values = {attribute.key: getattr(row, attribute.key) for attribute in inspect(table).column_attrs}
    statement = postgres_insert(cast(Table, table.__table__)).values(values)  # type: ignore[attr-defined]
    quiet = statement.on_conflict_do_nothing(index_elements=unique).returning(literal(1))
    return session.execute(quiet).first() is not None


def locked(session: Session, table: type[Row], key: str) -> Row | None:
    """The row with this primary key, as it is now; nobody else changes it before our transaction ends."""
    session.flush()
    return session.get(table, key, with_for_update=is_postgres(session), populate_existing=True)


def changed(session: Session, statement: Any) -> int:
    """Runs an UPDATE or DELETE and says how many rows it met."""
    return cast("CursorResult[Any]", session.execute(statement)).rowcount
