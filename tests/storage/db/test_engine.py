from __future__ import annotations

import sqlite3
import threading
import time
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError, IntegrityError

from questionnaire.storage.db.engine import Database, open_database
from questionnaire.storage.db.errors import LOCKED, DatabaseUnavailable
from questionnaire.storage.db.network_fs import kind_of
from questionnaire.storage.db.writer_lock import FairLock
from questionnaire.storage.leads import leads
from questionnaire.storage.people import settings_store
from questionnaire.storage.tables import LeadRow, SettingRow
from tests.databases import Databases
from tests.rows import FRIDAY, add_lead, lead


def test_commits_are_stored_and_rollbacks_are_not(database: Database) -> None:
    with database.writing() as session:
        add_lead(session, "anna")
    with pytest.raises(ZeroDivisionError), database.writing() as session:  # noqa: PT012
        add_lead(session, "tom")
        _ = 1 / 0
    with database.reading() as session:
        assert leads.by_address(session, "anna@nordwind.example") is not None
        assert leads.by_address(session, "tom@nordwind.example") is None


def test_a_reading_session_cannot_write(database: Database) -> None:
    with pytest.raises(DatabaseError), database.reading() as session:  # noqa: PT012
        session.add(lead("anna"))
        session.flush()


def test_a_reader_sees_one_snapshot_during_a_write(database: Database) -> None:
    with database.reading() as reader:
        before = len(reader.connection().execute(text("SELECT id FROM lead")).all())
        with database.writing() as session:
            add_lead(session, "anna")
        assert len(reader.connection().execute(text("SELECT id FROM lead")).all()) == before


def test_times_are_returned_aware_and_in_utc(database: Database) -> None:
    berlin = datetime(2026, 10, 5, 9, 30, tzinfo=ZoneInfo("Europe/Berlin"))
    with database.writing() as session:
        add_lead(session, "anna", newest_at=berlin)
    with database.reading() as session:
        row = leads.by_address(session, "anna@nordwind.example")
        assert row is not None
        assert row.newest_at == berlin
        assert row.newest_at.tzinfo is UTC
        assert row.newest_at.hour == 7


def test_a_naive_datetime_is_refused(database: Database) -> None:
    with pytest.raises(Exception, match="without a zone"), database.writing() as session:  # noqa: PT012
        session.add(lead("anna", newest_at=datetime(2026, 10, 5, 9, 30)))  # noqa: DTZ001
        session.flush()


@pytest.mark.parametrize(
    ("column", "word"), [("stage", "hot"), ("canonical_email", None)], ids=["a stage nobody knows", "no address"]
)
def test_check_constraints_are_in_the_database(database: Database, column: str, word: str | None) -> None:
    with pytest.raises(IntegrityError), database.writing() as session:  # noqa: PT012
        session.add(lead("anna", **{column: word}))
        session.flush()


def test_a_foreign_key_must_exist(database: Database) -> None:
    from tests.rows import response

    with pytest.raises(IntegrityError), database.writing() as session:  # noqa: PT012
        session.add(response("r1", lead_id="nobody"))
        session.flush()


def test_sqlite_commits_are_durable(databases: Databases) -> None:
    with databases.open("sqlite") as database, database.writing() as session:
        asked = {
            name: session.connection().exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
        assert asked == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_a_locked_file_raises_with_retry_after(databases: Databases, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("questionnaire.storage.db.engine.PATIENCE_SECONDS", 0.2)
    monkeypatch.setattr("questionnaire.storage.db.engine.BUSY_MILLISECONDS", 50)
    with databases.open("sqlite") as database:
        assert database.file is not None
        other = sqlite3.connect(database.file, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseUnavailable) as caught, database.writing() as session:
            add_lead(session)
        assert caught.value.reason == "locked"
        assert caught.value.retry_after > 0
        with database.reading() as session:
            assert leads.by_address(session, "anna@nordwind.example") is None
        other.execute("ROLLBACK")
        other.close()
        with database.writing() as session:
            add_lead(session)


def test_a_full_disk_raises_and_nothing_is_half_written(databases: Databases) -> None:
    with databases.open("sqlite") as database:
        with database.write_engine.connect() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar() or 0
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 2}")
        with pytest.raises(DatabaseUnavailable) as caught, database.writing() as session:
            settings_store.keep(session, "much", {"text": "x" * 100_000}, FRIDAY)
        assert caught.value.reason == "full"
        with database.reading() as session:
            assert settings_store.find(session, "much") is None


def test_writers_run_in_order_of_arrival() -> None:
    lock, order = FairLock(patience=60), list[int]()

    def write(number: int) -> None:
        with lock.turn():
            order.append(number)

    with lock.turn():
        threads = []
        for number in range(8):
            threads.append(threading.Thread(target=write, args=(number,)))
            threads[-1].start()
            while len(lock._waiting) <= number:
                time.sleep(0.001)
    for thread in threads:
        thread.join()
    assert order == list(range(8))


def test_a_writer_times_out_and_the_next_writer_still_runs() -> None:
    lock = FairLock(patience=0.05)
    with lock.turn():
        with pytest.raises(DatabaseUnavailable) as caught, lock.turn():
            pass
        assert caught.value.reason == LOCKED
    with lock.turn():
        pass


def test_a_hundred_read_modify_writes_by_eight_threads_all_count(database: Database) -> None:
    from questionnaire.storage.db.statements import lock_row

    with database.writing() as session:
        settings_store.keep(session, "count", {"n": 0}, FRIDAY)

    def add() -> None:
        for _ in range(13):
            with database.writing() as session:
                row = lock_row(session, SettingRow, "count")
                assert row is not None
                row.value = {"n": row.value["n"] + 1}

    threads = [threading.Thread(target=add) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.reading() as session:
        assert settings_store.find(session, "count") == {"n": 104}


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "mysql://localhost/x"])
def test_unsupported_database_urls_are_refused_with_a_message(url: str) -> None:
    with pytest.raises(ValueError, match=r"SQLite must be a file|not supported"):
        open_database(url)


def test_the_file_system_under_a_path_is_the_nearest_mount() -> None:
    mounts = (
        "22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw\n"
        "23 22 0:40 / /srv/share\\040one rw shared:2 - nfs4 server:/x rw\n"
        "24 23 0:41 / /srv/share\\040one/local rw - xfs /dev/vdb rw\n"
    )
    assert kind_of(Path("/srv/share one/data/db.sqlite3"), mounts) == "nfs4"
    assert kind_of(Path("/srv/share one/local/db.sqlite3"), mounts) == "xfs"
    assert kind_of(Path("/var/lib/db.sqlite3"), mounts) == "ext4"


def test_a_file_on_a_network_share_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("questionnaire.storage.db.network_fs.kind_of", lambda path, mounts: "cifs")
    with pytest.raises(Exception, match="network file system"):
        open_database(f"sqlite:///{tmp_path / 'db.sqlite3'}")


def test_ten_concurrent_responses_with_one_address_become_one_lead(database: Database) -> None:
    found: list[tuple[LeadRow, bool]] = []
    start = threading.Barrier(10)

    def write(number: int) -> None:
        start.wait()
        with database.writing() as session:
            found.append(leads.find_or_add(session, lead("anna", id=f"lead-{number}")))

    threads = [threading.Thread(target=write, args=(number,)) for number in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({row.id for row, _ in found}) == 1
    assert sum(fresh for _, fresh in found) == 1
