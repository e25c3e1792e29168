"""Waking of workers: at the commit of a job, on both databases, and after failures."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

import pytest
from sqlalchemy import text

from questionnaire.storage.db import job_signals
from questionnaire.storage.db.engine import Database
from questionnaire.storage.delivery.job_listener import AlreadyRunning, Listener, PostgresListener, listening
from questionnaire.storage.delivery.job_queue import JobTable
from tests.databases import Databases
from tests.rows import FRIDAY

ROOM = JobTable(lambda: FRIDAY)
# A wait that nothing ends is told from one that is woken by a wide margin.
LONG = 120.0


def woken(listener: Listener, seconds: float = LONG) -> bool:
    began = time.monotonic()
    listener.wait(seconds)
    return time.monotonic() - began < seconds


def test_the_commit_of_a_job_wakes_every_worker(database: Database) -> None:
    with listening(database, "worker-1") as one, listening(database, "mail/2 é") as other:
        with database.writing() as session:
            ROOM.enqueue(session, "tell", "k", {})
        assert woken(one)
        assert woken(other)
        assert not woken(one, 0.05)


def test_a_rollback_or_a_commit_without_a_job_wakes_no_worker(database: Database) -> None:
    with listening(database, "worker-1") as listener:
        with pytest.raises(ZeroDivisionError), database.writing() as session:  # noqa: PT012
            ROOM.enqueue(session, "tell", "k", {})
            _ = 1 / 0
        with database.writing() as session:
            session.connection().execute(text("DELETE FROM worker"))
        assert not woken(listener, 0.2)


def test_any_thread_can_wake_the_worker_even_after_it_closed(database: Database) -> None:
    with listening(database, "worker-1") as listener:
        threading.Timer(0.05, listener.wake).start()
        assert woken(listener)
        for _ in range(100_000):
            listener.wake()
        assert woken(listener)
    listener.wake()


@pytest.fixture(autouse=True)
def _short_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("questionnaire.storage.delivery.job_listener.LEAVING_SECONDS", 0.2)


def test_a_name_is_locked_by_one_process_until_it_ends(database: Database) -> None:
    with listening(database, "worker-1"), pytest.raises(AlreadyRunning), listening(database, "worker-1"):
        raise AssertionError("two of one name")
    with listening(database, "worker-1"):
        pass


def test_pipes_of_dead_workers_and_other_files_do_not_block_a_commit(databases: Databases) -> None:
    with databases.open("sqlite") as database:
        assert database.file is not None
        folder = job_signals.pipe_folder(database.file)
        folder.mkdir()
        os.mkfifo(folder / "dead.pipe")
        (folder / "file.pipe").write_text("no pipe at all")
        (folder / "folder.pipe").mkdir()
        with listening(database, "worker-1") as listener, database.writing() as session:
            ROOM.enqueue(session, "tell", "k", {})
        assert not (folder / "worker-1.pipe").exists()
        assert (folder / "file.pipe").read_text() == "no pipe at all"
        del listener


def test_a_listener_works_with_a_long_path(tmp_path: Path, databases: Databases) -> None:
    from questionnaire.storage.db.engine import open_database
    from questionnaire.storage.schema.versions import migrate

    folder = tmp_path.joinpath(*["a folder whose name is rather long"] * 5)
    database = open_database(f"sqlite:///{folder / 'q.sqlite'}")
    migrate(database)
    with listening(database, "worker-1") as listener:
        with database.writing() as session:
            ROOM.enqueue(session, "tell", "k", {})
        assert woken(listener)
    database.close()


def _cut_everybody_off(database: Database) -> None:
    with database.write_engine.connect() as connection:
        connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE pid <> pg_backend_pid() AND datname = current_database()"
            )
        )


def test_a_disconnected_listener_reconnects_with_its_name(databases: Databases) -> None:
    with databases.open("postgresql") as database, listening(database, "worker-1") as listener:
        _cut_everybody_off(database)
        assert woken(listener)
        for _ in range(3):
            # Notices it, connects anew, and is back at once to look at what was missed meanwhile.
            listener.wait(0.5)
        with database.writing() as session:
            ROOM.enqueue(session, "tell", "k", {})
        assert woken(listener)
        with pytest.raises(AlreadyRunning), listening(database, "worker-1"):
            raise AssertionError("two of one name")


def _wait_three_times(listener: Listener) -> None:
    """Waits for the server's last notification, the end of the connection, and the new connection."""
    for _ in range(3):
        listener.wait(LONG)


def test_a_disconnected_listener_whose_name_was_taken_raises(databases: Databases) -> None:
    with databases.open("postgresql") as database, listening(database, "worker-1") as listener:
        assert isinstance(listener, PostgresListener)
        _cut_everybody_off(database)
        assert woken(listener)
        with listening(database, "worker-1"), pytest.raises(AlreadyRunning):
            _wait_three_times(listener)
