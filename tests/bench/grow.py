"""Grows the database of an installation with leads and their history to any size, by copying the leads that are there.

    python -m tests.bench.grow sqlite:////tmp/big.sqlite 1000000        # a demo of 200 leads, if it is empty

Each copy has its own ids, name, company, address and time, and the stage, owner, answers, assessments and events of the
lead it is a copy of, so that a database of any size has the same mixture, and its projections agree with its events.
Jobs and emails are copied for the last tenth only: the rest has been cleaned up. Never for an installation in use.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import Connection, Table, func, text
from sqlmodel import SQLModel, col, select

from questionnaire.actions.publishing import publish_version
from questionnaire.actions.toolbox import Toolbox
from questionnaire.demo import seed
from questionnaire.settings import bundle_dir
from questionnaire.storage.db.engine import Database
from questionnaire.storage.leads import facet_counts, search_index
from questionnaire.storage.schema.versions import migrate
from questionnaire.storage.tables import LeadRow
from tests.toolboxes import toolbox_for

STEP = 20_000
NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)
YEARS = 3
# 61 and 397 are coprime: neighbours in time have nothing in common.
FIRST = [a + b for a in "an be ka lu mi no so ti".split() for b in "na la ra to ve ris nd".split()]
LAST = [
    a + b + c
    for a in "kel mor vog sch ric dub fer lin".split()
    for b in "aeiou"
    for c in "ler mann ssi ck ton rd nelli berg son x".split()
]
COMPANY = [
    f"{a} {b}"
    for a in "Alpine Baltic Cobalt Delta Ember Fjord Granite Harbor Indigo Juniper".split()
    for b in "Analytics Bikes Cloud Drives Energy Foods Grid Health Instruments Logistics".split()
]
LEAD_TABLES = ("lead", "response", "assessment", "consent", "event", "assignment", "delivery", "job")
RECENT = ("delivery", "job")


def grow(toolbox: Toolbox, leads: int) -> int:
    """Copies leads until there are `leads`; returns how many there were."""
    database = toolbox.database
    # The journal can be switched off by the only connection there is.
    database.close()
    with database.write_engine.connect() as connection:
        there = int(connection.execute(select(func.count()).select_from(LeadRow)).scalar_one())
        copies = -(-(leads - there) // there) if there else 0
        if copies > 0:
            _prepare(connection, database)
            indexes = _without_indexes(connection, database)
            for first in range(1, copies + 1, max(1, STEP // there)):
                last = min(copies, first + max(1, STEP // there) - 1)
                for table in LEAD_TABLES:
                    _copy(connection, database, table, (first, last), copies)
                _print(f"{min(last * there + there, leads):>9} leads")
            for statement in indexes:
                connection.exec_driver_sql(statement)
            connection.exec_driver_sql("COMMIT" if database.is_sqlite else "SELECT 1")
            connection.commit()
    database.close()
    _print("counts and search")
    _rebuild_lists(database)
    with database.write_engine.connect() as connection:
        # As a database in use has them: autovacuum on PostgreSQL, nothing on SQLite.
        if not database.is_sqlite:
            connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql("VACUUM ANALYZE")
    return there


def _prepare(connection: Connection, database: Database) -> None:
    run = connection.exec_driver_sql
    if database.is_sqlite:
        run("COMMIT")
        # Nothing here needs to survive a crash: a log of changes would be several times the database.
        for setting in (
            *("synchronous = OFF", "journal_mode = OFF", "cache_size = -2000000", "foreign_keys = OFF"),
            "temp_store = MEMORY",
        ):
            run(f"PRAGMA {setting}")
        run("BEGIN")
    else:
        run("SET session_replication_role = replica")
        run("SET synchronous_commit = off")
        run("SET maintenance_work_mem = '512MB'")
    for name, words in (("first", FIRST), ("last", LAST), ("company", COMPANY)):
        run(f"CREATE TEMPORARY TABLE word_{name} (i INTEGER PRIMARY KEY, word TEXT)")
        connection.execute(
            text(f"INSERT INTO word_{name} VALUES (:i, :word)"),
            [{"i": i, "word": word} for i, word in enumerate(words)],
        )
    for table in LEAD_TABLES:
        run(f"CREATE TEMPORARY TABLE seed_{table} AS SELECT * FROM {table}")
    run("CREATE TEMPORARY TABLE lead_number AS SELECT id, row_number() OVER (ORDER BY id) AS k FROM lead")


def _without_indexes(connection: Connection, database: Database) -> list[str]:
    """Drops the indexes of the tables that grow, and returns the statements that create them again."""
    listing = (
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name = '{}'"
        if database.is_sqlite
        else "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = '{}' AND indexname LIKE 'ix%%'"
    )
    statements = []
    for table in LEAD_TABLES:
        for name, statement in connection.exec_driver_sql(listing.format(table)).all():
            statements.append(statement)
            connection.exec_driver_sql(f"DROP INDEX {name}")
    return statements


def _copy(connection: Connection, database: Database, name: str, numbers: tuple[int, int], copies: int) -> None:
    table: Table = SQLModel.metadata.tables[name]
    first, last = numbers
    if name in RECENT and last <= copies * 0.9:
        return
    words = _Words(database.is_sqlite, copies)
    columns = [column.name for column in table.columns if column.name != "seq"]
    values = [words.column(name, column) for column in columns]
    joins = ""
    if name == "lead":
        joins = (
            f" JOIN lead_number ON lead_number.id = seed.id"
            f" JOIN word_first ON word_first.i = (n * 61 + k) % {len(FIRST)}"
            f" JOIN word_last ON word_last.i = (n * 397 + k * 7) % {len(LAST)}"
            f" JOIN word_company ON word_company.i = (n * 31 + k * 3) % {len(COMPANY)}"
        )
    order = " ORDER BY n, seed.seq" if name == "event" else ""
    statement = (
        f"INSERT INTO {name} ({', '.join(columns)}) SELECT {', '.join(values)} "
        f"FROM ({words.series(first, last)}) AS numbers CROSS JOIN seed_{name} AS seed{joins}{order}"
    )
    # To the driver of PostgreSQL a single % is a placeholder.
    connection.exec_driver_sql(statement if database.is_sqlite else statement.replace("%", "%%"))


class _Words:
    """SQL of one database for the values of a copy; `n` is the number of the copy."""

    def __init__(self, sqlite: bool, copies: int) -> None:
        self.sqlite = sqlite
        self.minutes = f"(n * {YEARS * 525_600} / {copies})"
        # In order, so that no index is written all over the place; a real id is found as fast as one of these.
        self.prefix = "printf('%08x', n)" if sqlite else "lpad(to_hex(n), 8, '0')"

    def series(self, first: int, last: int) -> str:
        if self.sqlite:
            numbers = f"WITH RECURSIVE c(n) AS (SELECT {first} UNION ALL SELECT n + 1 FROM c WHERE n < {last})"
            return f"{numbers} SELECT n FROM c"
        return f"SELECT generate_series({first}::bigint, {last}) AS n"

    def earlier(self, column: str) -> str:
        if self.sqlite:
            return f"strftime('%Y-%m-%d %H:%M:%S.000000', {column}, '-' || {self.minutes} || ' minutes')"
        return f"date_trunc('second', {column} - {self.minutes} * interval '1 minute')"

    def microseconds(self, moment: str) -> str:
        if self.sqlite:
            return f"CAST(strftime('%s', {moment}) AS INTEGER) * 1000000"
        return f"(extract(epoch FROM {moment}) * 1000000)::bigint"

    def column(self, table: str, name: str) -> str:
        special = self.of_lead() if table == "lead" else {}
        if name in special:
            return special[name]
        if name in ("id", "lead_id", "response_id", "message_id", "job_key") or (name == "key"):
            return f"{self.prefix} || seed.{name}"
        if name in ("at", "created_at", "newest_at", "judged_at", "confirmed_at", "finished_at"):
            return self.earlier(f"seed.{name}")
        return "true" if name == "never" else f'seed."{name}"'

    def of_lead(self) -> Mapping[str, str]:
        email = f"word_first.word || '.' || word_last.word || {self.prefix} || k || '@' || {self.domain()}"
        exact = "1000000 * (CAST(strftime('%s', seed.call_by) AS INTEGER)) + CAST(substr(seed.call_by, 21) AS INTEGER)"
        due = exact if self.sqlite else self.microseconds("seed.call_by")
        newest = self.microseconds(self.earlier("seed.newest_at"))
        return {
            "email": email,
            "canonical_email": email,
            "account_domain": self.domain(),
            "name": "word_first.word || ' ' || word_last.word",
            "company": "word_company.word || ' ' || (n % 500)",
            "company_sort": "lower(word_company.word) || ' ' || (n % 500)",
            "urgency": f"CASE WHEN seed.call_by IS NULL THEN 8000000000000000 - {newest} ELSE {due} END",
        }

    def domain(self) -> str:
        return "replace(lower(word_company.word), ' ', '-') || (n % 500) || '.example'"


def demo(url: str, leads: int = 200) -> Toolbox:
    """A toolbox for the database, which gets a demo of some leads when it is empty."""
    toolbox = toolbox_for(url, QUESTIONNAIRE_PUBLIC_URL="http://localhost")
    toolbox = replace(toolbox, now=lambda: NOW, settings=replace(toolbox.settings, demo=True))
    migrate(toolbox.database)
    publish_version.publish_folder(toolbox, bundle_dir("surveys"), NOW)
    seed(toolbox, NOW, leads)
    return toolbox


def _rebuild_lists(database: Database) -> None:
    after, done = "", 0
    while True:
        with database.writing() as session:
            batch = select(LeadRow).where(col(LeadRow.id) > after).order_by(col(LeadRow.id)).limit(5000)
            rows = session.exec(batch).all()
            search_index.write(session, [(row.id, search_index.terms_of(row)) for row in rows])
            if not rows:
                facet_counts.rebuild(session)
                return
        after, done = rows[-1].id, done + len(rows)
        _print(f"{done:>9} leads searchable")


def _print(words: str) -> None:
    if sys.stderr.isatty():
        print(words, end="\r", file=sys.stderr, flush=True)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("url")
    options.add_argument("leads", type=int)
    wanted = options.parse_args()
    began = time.monotonic()
    there = grow(demo(wanted.url), wanted.leads)
    print(f"from {there} to {wanted.leads} leads in {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
