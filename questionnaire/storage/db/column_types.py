"""Column types for times, JSON and closed sets of words, on SQLite and PostgreSQL."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, DateTime, Dialect, Integer, Text
from sqlalchemy.types import TypeDecorator, TypeEngine
from sqlmodel import SQLModel

# Constraint names are the same on every database, so that migrations can refer to them.
SQLModel.metadata.naming_convention = {
    "pk": "pk_%(table_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
}


class UTCDateTime(TypeDecorator[datetime]):
    """A point in time: takes an aware datetime in any zone, returns it in UTC.

    Raises ValueError for a naive datetime.
    """

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(DateTime(timezone=dialect.name != "sqlite"))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a zone cannot be stored")
        moment = value.astimezone(UTC)
        # SQLite stores text without a zone; by convention it is UTC.
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


# Not JSONB, because it loses the order of keys, which has a meaning in authored files.
Json = JSON()
JsonOrNothing = JSON(none_as_null=True)

# SQLite generates ids only for INTEGER PRIMARY KEY.
Counter = BigInteger().with_variant(Integer(), "sqlite")

# Sorted by its bytes on every database, whatever the collation of the database is.
BinaryText = Text().with_variant(Text(collation="C"), "postgresql")


def check_in(column: str, words: Sequence[str], table: str, empty: bool = False) -> CheckConstraint:
    """Returns a constraint that allows only these words (and NULL, when `empty`)."""
    values = ", ".join(f"'{word}'" for word in words)
    condition = f"{column} IN ({values})"
    return CheckConstraint(f"{column} IS NULL OR {condition}" if empty else condition, name=f"ck_{table}_{column}")
