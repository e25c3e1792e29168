"""What the migration to states of surveys makes of an older database."""

from __future__ import annotations

import pytest
from alembic import command
from alembic.config import Config

from questionnaire.storage.db.engine import Database
from questionnaire.storage.people import settings_store
from questionnaire.storage.publishing import survey_statuses
from questionnaire.storage.responses import visit_counts
from questionnaire.storage.schema.versions import migrate
from tests.databases import KINDS, Databases
from tests.rows import FRIDAY


def _at_level(database: Database, wanted: str) -> None:
    with database.write_engine.connect() as connection, connection.begin():
        config = Config()
        config.set_main_option("script_location", "questionnaire/storage/schema/migrations")
        config.set_main_option("path_separator", "os")
        config.attributes["connection"] = connection
        command.upgrade(config, wanted)


@pytest.mark.parametrize("kind", KINDS)
def test_closed_surveys_stay_closed_and_visits_are_counted_by_the_migration(databases: Databases, kind: str) -> None:
    with databases.open(kind, migrated=False) as database:
        _at_level(database, "0018")
        with database.writing() as session:
            run = session.connection().exec_driver_sql
            run("INSERT INTO setting (name, value, at) VALUES ('closed survey old', '{}', '2026-10-02 15:30:00')")
            for id, answered, completed in (("1", "[]", "false"), ("2", '["a"]', "false"), ("3", '["a"]', "true")):
                run(
                    "INSERT INTO visit (id, survey_id, survey_version, language, day, embedded, seen, answered, at, "
                    f"completed, ending) VALUES ('{id}', 'old', 1, 'en', '2026-10-02', false, '[]', '{answered}', '', "
                    f"{completed}, '')"
                )
        migrate(database)
        with database.reading() as session:
            assert survey_statuses.availability(session, "old").state == "closed"
            assert settings_store.find(session, "closed survey old") is None
            assert visit_counts.since(session, FRIDAY.date()) == {"old": (2, 1)}
            assert visit_counts.differences(session, FRIDAY.date()) == {}
