"""How a moment, a document of JSON and a closed set of words lie in a column, on SQLite and on PostgreSQL alike."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, DateTime, Dialect, Integer
from sqlalchemy.types import TypeDecorator, TypeEngine
from sqlmodel import SQLModel

# Names that are the same on every database, so that a migration can point at them.
SQLModel.metadata.naming_convention = {
    "pk": "pk_%(table_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
}


class UTCDateTime(TypeDecorator[datetime]):
    """A moment: aware on the way in, in any zone; aware and UTC on the way out. A naive one is a bug (ValueError)."""

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
        # SQLite keeps text without a zone; what lies there is UTC by this rule.
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


# Not JSONB: that one forgets the order of keys, and authored files mean theirs.
Json = JSON()
JsonOrNothing = JSON(none_as_null=True)

# SQLite numbers its rows by itself only for INTEGER PRIMARY KEY.
Counter = BigInteger().with_variant(Integer(), "sqlite")


def check_in(column: str, words: Sequence[str], table: str, empty: bool = False) -> CheckConstraint:
    """A constraint that admits these words alone (and NULL, when `empty`)."""
    said = ", ".join(f"'{word}'" for word in words)
    rule = f"{column} IN ({said})"
    return CheckConstraint(f"{column} IS NULL OR {rule}" if empty else rule, name=f"ck_{table}_{column}")
