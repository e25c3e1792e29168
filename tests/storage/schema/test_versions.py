from __future__ import annotations

import subprocess
import sys
import threading
from datetime import UTC, datetime

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, Table, inspect, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, SQLModel, select

from questionnaire.storage.db.engine import Database, open_database
from questionnaire.storage.db.errors import SchemaOutdated
from questionnaire.storage.delivery import heartbeats
from questionnaire.storage.people import settings_store
from questionnaire.storage.responses import responses
from questionnaire.storage.schema.migrations import HEAD
from questionnaire.storage.schema.versions import check_level, level, migrate
from questionnaire.storage.tables import DeliveryRow, JobRow, ResponseRow
from tests.databases import KINDS, Databases
from tests.rows import FRIDAY, add_lead, published, response

# The index of the search box: tables of FTS5 on SQLite, a column and its index on PostgreSQL. Models have neither.
SEARCH = {"lead_search", "lead_search_config", "lead_search_data", "lead_search_idx"}


def _is_ours(name: str | None, kind: str) -> bool:
    return name in SQLModel.metadata.tables if kind == "table" else name not in ("parts", "ix_lead_text_parts")


def test_migrations_create_exactly_the_tables_of_the_models(database: Database) -> None:
    with database.write_engine.connect() as connection:
        options = {"include_name": lambda name, kind, parents: _is_ours(name, kind), "compare_type": True}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, SQLModel.metadata) == []
        # Alembic does not compare these on every database.
        for name, table in SQLModel.metadata.tables.items():
            there = {check["name"] for check in inspect(connection).get_check_constraints(name)}
            wanted = {c.name for c in table.constraints if type(c).__name__ == "CheckConstraint"}
            assert wanted <= there


def test_head_is_the_last_migration_of_the_folder() -> None:
    config = Config()
    config.set_main_option("script_location", "questionnaire/storage/schema/migrations")
    config.set_main_option("path_separator", "os")
    assert ScriptDirectory.from_config(config).get_current_head() == HEAD


@pytest.mark.parametrize("kind", KINDS)
def test_four_concurrent_migrations_run_each_step_once(databases: Databases, kind: str) -> None:
    url, wrong = databases.new_url(kind, migrated=False), list[Exception]()

    def run() -> None:
        opened = open_database(url)
        try:
            migrate(opened)
        except Exception as error:  # noqa: BLE001
            wrong.append(error)
        finally:
            opened.close()

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    opened = open_database(url)
    check_level(opened)
    opened.close()


@pytest.mark.parametrize("kind", KINDS)
def test_empty_older_and_newer_databases_give_different_errors(databases: Databases, kind: str) -> None:
    with databases.open(kind, migrated=False) as empty:
        assert level(empty) is None
        with pytest.raises(SchemaOutdated, match="empty"):
            check_level(empty)
    with databases.open(kind) as database:
        for number, says in (("0000", "this program needs"), ("9999", "newer program")):
            with database.writing() as session:
                session.connection().execute(text("UPDATE alembic_version SET version_num = :n"), {"n": number})
            with pytest.raises(SchemaOutdated, match=says):
                check_level(database)
        with pytest.raises(SchemaOutdated, match="newer program"):
            migrate(database)


def _published_long_ago(session: Session) -> None:
    """The survey and the policy of a response, as rows of a schema before versions had a note."""
    for table, name, version in (("survey_version", "alignment", 3), ("policy_version", "default", 4)):
        session.connection().execute(
            text(
                f"INSERT INTO {table} (id, version, content, sha256, published_at) "
                f"VALUES ('{name}', {version}, '{{\"id\": \"{name}\"}}', 'hash', '2026-10-02 08:00:00.000000')"
            )
        )


@pytest.mark.parametrize("kind", KINDS)
def test_responses_of_an_older_schema_stay_and_show_no_comparison(databases: Databases, kind: str) -> None:
    with databases.open(kind, migrated=False) as database:
        _at_level(database, "0002")
        with database.writing() as session:
            _published_long_ago(session)
            row = response().model_dump(exclude={"shown_benchmark", "benchmark_entry", "judged_at", "ending", "test"})
            table = Table("response", MetaData(), autoload_with=session.connection())
            columns = {name: ResponseRow.__table__.c[name].type for name in row}  # type: ignore[attr-defined]  # of some types only
            for name, column_type in columns.items():
                table.c[name].type = column_type
            session.connection().execute(table.insert(), row)
        migrate(database)
        with database.reading() as session:
            kept = session.get(ResponseRow, "r1")
            assert kept is not None
            assert (kept.body_hash, kept.shown_benchmark, kept.benchmark_entry) == ("hash-r1", None, None)
            assert kept.judged_at == kept.at


@pytest.mark.parametrize("kind", KINDS)
def test_a_referenced_table_loses_a_column_and_keeps_its_rows(databases: Databases, kind: str) -> None:
    with databases.open(kind, migrated=False) as database:
        _at_level(database, "0008")
        with database.writing() as session:
            _published_long_ago(session)
            run = session.connection().exec_driver_sql
            run(
                "INSERT INTO response (id, survey_id, survey_version, policy_id, policy_version, at, language, "
                "answers, hidden, claims, contact, source, key, body_hash, token_hash, demo) "
                "VALUES ('r1', 'alignment', 3, 'default', 4, '2026-10-02 15:30:00', 'en', "
                "'{}', '{}', '{}', '{}', '{}', 'k1', 'h1', 'old', false)"
            )
            run(
                "INSERT INTO consent (id, response_id, name, basis, text, language, survey_version, given, method, at) "
                "VALUES ('c1', 'r1', 'marketing', 'consent', '', 'en', 3, true, 'ticked', '2026-10-02 15:30:00')"
            )
        migrate(database)
        with database.reading() as session:
            assert session.get_one(ResponseRow, "r1").key == "k1"
            assert [row.id for row in responses.consents_of(session, "r1")] == ["c1"]
            columns = inspect(session.connection()).get_columns("response")
            assert "token_hash" not in {column["name"] for column in columns}
        # What refers to a response still holds it.
        with pytest.raises(DBAPIError), database.writing() as session:
            session.connection().execute(text("DELETE FROM response"))


@pytest.mark.parametrize("act", ["UPDATE event SET actor = 'me'", "DELETE FROM event"])
def test_events_cannot_be_updated_or_deleted(database: Database, act: str) -> None:
    from questionnaire.storage.leads import events

    with database.writing() as session:
        add_lead(session)
        events.append(session, "e1", "lead-anna", "submitted", FRIDAY)
    with pytest.raises(DBAPIError, match="never changed"), database.writing() as session:
        session.connection().execute(text(act))
    with database.reading() as session:
        assert [event.actor for event in events.of_lead(session, "lead-anna")] == ["system"]


@pytest.mark.parametrize("table", ["survey_version", "policy_version"])
def test_published_versions_cannot_be_updated_or_deleted(database: Database, table: str) -> None:
    with database.writing() as session:
        published(session)
    for act in (f"UPDATE {table} SET sha256 = 'x'", f"DELETE FROM {table}"):
        with pytest.raises(DBAPIError, match="never changed"), database.writing() as session:
            session.connection().execute(text(act))


def test_a_current_schema_does_not_load_alembic(databases: Databases) -> None:
    url = databases.new_url("sqlite")
    script = (
        "import sys\n"
        "from questionnaire.storage.db.engine import open_database\n"
        "from questionnaire.storage.schema.versions import check_level, migrate\n"
        f"database = open_database({url!r})\n"
        "migrate(database); check_level(database); database.close()\n"
        "print(sorted({'alembic', 'psycopg'} & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def _at_level(database: Database, wanted: str) -> None:
    with database.write_engine.connect() as connection, connection.begin():
        config = Config()
        config.set_main_option("script_location", "questionnaire/storage/schema/migrations")
        config.set_main_option("path_separator", "os")
        config.attributes["connection"] = connection
        command.upgrade(config, wanted)


OLD_JOB = (
    "INSERT INTO job (key, name, args, state, attempt, turn, not_before, created_at, last_error) "
    "VALUES ('{key}', 'render_report', '{{\"response\": \"r\"}}', '{state}', 2, 3, '2026-10-02 07:30:00', "
    "'2026-10-02 07:30:00', '')"
)
OLD_MAIL = (
    'INSERT INTO mail (id, kind, "to", reply_to, subject, text, html, headers, message_id, state, attempts, turn, '
    "destination, claimed_by, last_error, created_at) VALUES ('m', 'report_ready', 'a@b.example', '', '', '', '', "
    "'{}', '<m>', 'sending', 0, 0, '', 'send_mail:m:0#3', '', '2026-10-02 07:30:00')"
)


@pytest.mark.parametrize("kind", KINDS)
def test_jobs_of_the_former_runner_are_migrated_and_its_tables_dropped(databases: Databases, kind: str) -> None:
    schema = None if kind == "sqlite" else "dbos"
    place = "" if kind == "sqlite" else "dbos."
    with databases.open(kind, migrated=False) as database:
        _at_level(database, "0005")
        with database.writing() as session:
            run = session.connection().exec_driver_sql
            for key, state in (("held", "handed"), ("soon", "waiting"), ("over", "done"), ("lost", "dead")):
                run(OLD_JOB.format(key=key, state=state))
            run(OLD_MAIL)
            run("INSERT INTO worker (name, beat, beat_at) VALUES ('worker-1', 7, '2026-10-02 07:30:00')")
            run("INSERT INTO setting (name, value, at) VALUES ('runner', '{}', '2026-10-02 07:30:00')")
            if schema:
                run(f"CREATE SCHEMA {schema}")
            run(f"CREATE TABLE {place}workflow_status (workflow_uuid TEXT PRIMARY KEY)")
            for name in ("operation_outputs", "workflow_events", "streams"):
                run(
                    f"CREATE TABLE {place}{name} (workflow_uuid TEXT NOT NULL "
                    f"REFERENCES {place}workflow_status (workflow_uuid) ON DELETE CASCADE)"
                )
                run(f"INSERT INTO {place}workflow_status VALUES ('{name}')")
                run(f"INSERT INTO {place}{name} VALUES ('{name}')")
            run(f"CREATE TABLE {place}queues (name TEXT)")
        migrate(database)
        with database.reading() as session:
            jobs = {job.key: job for job in session.exec(select(JobRow))}
            assert {key: job.state for key, job in jobs.items()} == {
                "held": "waiting", "soon": "waiting", "over": "done", "lost": "dead", "deliver:m": "waiting"
            }  # fmt: skip
            held = jobs["held"]
            assert (held.attempt, held.turn, held.claims, held.claimed_by) == (2, 3, 0, None)
            assert (held.args, held.not_before) == ({"response": "r"}, datetime(2026, 10, 2, 7, 30, tzinfo=UTC))
            # The mail it was sending is sent by its job of today.
            assert session.get_one(DeliveryRow, "m").job_key == "deliver:m"
            assert (heartbeats.beats(session), settings_store.find(session, "runner")) == ({}, None)
            there = inspect(session.connection())
            assert set(there.get_table_names()) - SEARCH == {*SQLModel.metadata.tables, "alembic_version"}
            assert schema is None or schema not in there.get_schema_names()


def test_a_foreign_schema_of_the_same_name_is_not_dropped(databases: Databases) -> None:
    with databases.open("postgresql", migrated=False) as database:
        _at_level(database, "0005")
        with database.writing() as session:
            session.connection().exec_driver_sql("CREATE SCHEMA dbos")
        migrate(database)
        with database.reading() as session:
            assert "dbos" in inspect(session.connection()).get_schema_names()


@pytest.mark.parametrize("kind", KINDS)
def test_a_yes_to_two_texts_of_one_name_counts_for_neither(databases: Databases, kind: str) -> None:
    with databases.open(kind, migrated=False) as database:
        _at_level(database, "0012")
        with database.writing() as session:
            _published_long_ago(session)
            run = session.connection().exec_driver_sql
            for number in ("1", "2"):
                run(
                    "INSERT INTO response (id, survey_id, survey_version, policy_id, policy_version, at, language, "
                    "answers, hidden, claims, contact, source, key, body_hash, demo) "
                    f"VALUES ('r{number}', 'alignment', 3, 'default', 4, '2026-10-02 15:30:00', 'en', "
                    f"'{{}}', '{{}}', '{{}}', '{{}}', '{{}}', 'k{number}', 'h', false)"
                )
            for key, response, name in (
                ("a", "r1", "news"),
                ("b", "r1", "news"),
                ("c", "r1", "calls"),
                ("d", "r2", "news"),
            ):
                run(
                    "INSERT INTO consent (id, response_id, name, basis, text, language, survey_version, granted, "
                    f"method, at) VALUES ('{key}', '{response}', '{name}', 'consent', 'Text {key}', 'en', 3, true, "
                    "'ticked', '2026-10-02 15:30:00')"
                )
        migrate(database)
        with database.reading() as session:
            first = responses.consents_of(session, "r1")
            assert [(row.name, row.text, row.granted, row.method) for row in first] == [
                ("calls", "Text c", True, "ticked"),
                ("news", "Text a", False, "unclear"),
                ("news-2", "Text b", False, "unclear"),
            ]
            assert [row.granted for row in responses.consents_of(session, "r2")] == [True]
        with pytest.raises(DBAPIError), database.writing() as session:
            session.connection().exec_driver_sql("UPDATE consent SET name = 'news' WHERE id = 'b'")
