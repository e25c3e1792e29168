"""Schema version of the database: reads it, compares it with the one this program needs, migrates.

Reading the version does not import Alembic.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, inspect, text

from questionnaire.storage.db.engine import Database
from questionnaire.storage.db.errors import SchemaOutdated, database_errors
from questionnaire.storage.schema.migrations import HEAD

# An arbitrary constant: the advisory lock under which one process migrates.
_MIGRATION_LOCK = 724_011_905


def level(database: Database) -> str | None:
    """Returns the schema version of the database; None when it is empty."""
    with database_errors(), database.read_engine.connect() as connection:
        return _level(connection)


def _level(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    version = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if version is None else str(version)


def check_level(database: Database) -> None:
    """Raises SchemaOutdated when the database does not have this program's schema version."""
    version = level(database)
    if version == HEAD:
        return
    if version is None:
        raise SchemaOutdated("the database is empty; run `questionnaire migrate` first")
    if version < HEAD:
        raise SchemaOutdated(
            f"the database is at level {version}, this program needs {HEAD}; run `questionnaire migrate`"
        )
    raise SchemaOutdated(f"the database is at level {version}, made by a newer program; this one knows up to {HEAD}")


def migrate(database: Database) -> None:
    """Migrates an empty or older database to this program's schema version; fast when it has it already.

    Concurrent migrations wait for each other. Raises SchemaOutdated when the database is newer than the program.
    """
    if level(database) != HEAD:
        run = _migrate_sqlite if database.is_sqlite else _migrate_postgres
        with database_errors(), database.write_engine.connect() as connection:
            run(connection)
        check_level(database)


def _migrate_postgres(connection: Connection) -> None:
    with connection.begin():
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _MIGRATION_LOCK})
        _run_missing_steps(connection)


def _migrate_sqlite(connection: Connection) -> None:
    """Migrates with foreign keys switched off.

    SQLite changes a table by creating it again. It refuses this for a table that others refer to while foreign keys are
    enforced, and enforcement can be switched off only outside a transaction (https://sqlite.org/lang_altertable.html,
    7).
    """
    driver: Any = connection.connection.driver_connection
    driver.execute("PRAGMA foreign_keys = OFF")
    try:
        with connection.begin():
            if _run_missing_steps(connection):
                dangling = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchmany(3)
                assert not dangling, f"a migration left rows that refer to nothing: {dangling}"
    finally:
        driver.execute("PRAGMA foreign_keys = ON")


def _run_missing_steps(connection: Connection) -> bool:
    """Runs the missing steps, and returns whether there were any: another process may have run them already."""
    version = _level(connection)
    missing = version is None or version < HEAD
    if missing:
        _run_steps(connection)
    return missing


def _run_steps(connection: Connection) -> None:
    # The import takes half a second, and is needed once per release.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
