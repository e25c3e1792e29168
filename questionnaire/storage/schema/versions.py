"""The level of the database's tables: what it is, what this program needs, and how to get there.

Looking at the level does not import Alembic.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, inspect, text

from questionnaire.storage.db.engine import Database
from questionnaire.storage.db.errors import SchemaOutdated, database_errors
from questionnaire.storage.schema.migrations import HEAD

# Any number will do, as long as it stays: it names the lock under which one process migrates.
_MIGRATING = 724_011_905


def level(database: Database) -> str | None:
    """The level the database has; None when it is empty."""
    with database_errors(), database.read_engine.connect() as connection:
        return _level(connection)


def _level(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if found is None else str(found)


def check_level(database: Database) -> None:
    """SchemaOutdated when the database is not at the level this program was written for."""
    found = level(database)
    if found == HEAD:
        return
    if found is None:
        raise SchemaOutdated("the database is empty; run `questionnaire migrate` first")
    if found < HEAD:
        raise SchemaOutdated(
            f"the database is at level {found}, this program needs {HEAD}; run `questionnaire migrate`"
        )
    raise SchemaOutdated(f"the database is at level {found}, made by a newer program; this one knows up to {HEAD}")


def migrate(database: Database) -> None:
    """Brings an empty or older database to this program's level; does nothing, quickly, when it is there already.

    Others that migrate at the same time wait. SchemaOutdated when the database is newer than the program.
    """
    if level(database) != HEAD:
        run = _migrate_sqlite if database.is_sqlite else _migrate_postgres
        with database_errors(), database.write_engine.connect() as connection:
            run(connection)
        check_level(database)


def _migrate_postgres(connection: Connection) -> None:
    with connection.begin():
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _MIGRATING})
        _run_missing_steps(connection)


def _migrate_sqlite(connection: Connection) -> None:
    """SQLite changes a table by making it anew, which it refuses for one that others refer to while it enforces foreign
    keys; and that can be switched off only outside a transaction (https://sqlite.org/lang_altertable.html, 7).
    """
    driver: Any = connection.connection.driver_connection
    driver.execute("PRAGMA foreign_keys = OFF")
    try:
        with connection.begin():
            if _run_missing_steps(connection):
                broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchmany(3)
                assert not broken, f"a migration left rows that refer to nothing: {broken}"
    finally:
        driver.execute("PRAGMA foreign_keys = ON")


def _run_missing_steps(connection: Connection) -> bool:
    """Whether any were missing: another process may have been quicker."""
    found = _level(connection)
    missing = found is None or found < HEAD
    if missing:
        _run_steps(connection)
    return missing


def _run_steps(connection: Connection) -> None:
    # Half a second of import, needed once per release.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
