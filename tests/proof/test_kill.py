"""kill -9 of every process at any moment: what was acknowledged is there, once, with its report and its mail.

A mail may arrive twice when its worker is killed after the mail server took it and before that is written down; both
carry the same Message-ID, by which mail programs show one. These are counted and said, and never more than a killed
worker could have in hand.
"""

from __future__ import annotations

import contextlib
import os
import random
import signal
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import select

from questionnaire.jobs.steps import LANES
from questionnaire.storage.engine import Database, open_database
from questionnaire.storage.tables import Job, Mail, Response
from questionnaire.storage.trouble import StorageBusy
from tests.actions.office import open_office, typed
from tests.cast import anna
from tests.databases import Databases
from tests.postoffice import PostOffice, open_post_office
from tests.proof.ledger import Ledger, check
from tests.proof.running import Running, answer_until_taken, running, wait_for
from tests.proof.size import sized

KILLS = {"sqlite": sized(10, 200), "postgresql": sized(5, 200)}
ANSWERS = {"sqlite": sized(16, 10_000), "postgresql": sized(10, 10_000)}
VISITORS = 4
DRAIN_SECONDS = sized(150, 4 * 3600)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_nothing_acknowledged_is_lost_however_often_processes_are_killed(
    kind: str, databases: Databases, tmp_path: Path
) -> None:
    url = databases.new_url(kind) if kind == "postgresql" else f"sqlite:///{tmp_path / 'data' / 'questionnaire.sqlite'}"
    ledger, thrown = Ledger(), random.Random(2026)
    with open_post_office() as office, running(tmp_path, office.port, url if kind == "postgresql" else "") as house:
        database = open_database(url)
        try:
            killers = [house.kill] if kind == "sqlite" else [house.kill, _crash(database, house)]
            killer = threading.Thread(target=_kill, args=(house, killers, KILLS[kind], thrown))
            killer.start()
            with ThreadPoolExecutor(VISITORS) as visitors:
                list(visitors.map(lambda number: _visit(house, ledger, number), range(ANSWERS[kind])))
            killer.join()
            wait_for(
                lambda: _is_quiet(database), DRAIN_SECONDS, lambda: _left(database) + house.log.read_text()[-3000:]
            )
            _report(kind, house, database, ledger, office)
        finally:
            database.close()


def _visit(house: Running, ledger: Ledger, number: int) -> None:
    def refused(status: int) -> None:
        ledger.refusals[status] += 1

    ledger.acknowledged[f"key-{number}"] = answer_until_taken(house, number, random.Random(number), refused)


def _kill(house: Running, killers: list[Callable[[str], bool]], wanted: int, thrown: random.Random) -> None:
    """Kills at chance moments while answers come in, and goes on after them until it has killed as often as wanted."""
    give_up = time.monotonic() + 60 + 12 * wanted
    while len(house.killed) < wanted and time.monotonic() < give_up:
        time.sleep(thrown.uniform(0.1, 0.9))
        # The rarest first, so that each kind of process gets its share; a render process is not always there.
        kill = thrown.choice(killers)
        for role in sorted(("web", "worker", "paper"), key=lambda role: (house.killed.count(role), thrown.random())):
            if kill(role):
                break


def _crash(database: Database, house: Running) -> Callable[[str], bool]:
    """SIGKILL to one of PostgreSQL's own processes: the server throws everybody out and recovers from its log."""
    asked = text("SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid() "
                 "AND datname = current_database() LIMIT 1")  # fmt: skip

    def crash(_role: str) -> bool:
        try:
            with database.write_engine.connect() as connection:
                pid = connection.execute(asked).scalar()
        except DBAPIError:
            # It is just coming back.
            return False
        if pid is None:
            return False
        with contextlib.suppress(ProcessLookupError):
            os.kill(int(pid), signal.SIGKILL)
            house.killed.append("database")
        return True

    return crash


def _is_quiet(database: Database) -> bool:
    """Every job was done and every mail went out."""
    try:
        with database.reading() as session:
            jobs = session.exec(select(Job).where(Job.state != "done")).first()
            mails = session.exec(select(Mail).where(Mail.state != "sent")).first()
            return jobs is None and mails is None and session.exec(select(Response)).first() is not None
    except StorageBusy:
        return False


def _left(database: Database) -> str:
    with database.reading() as session:
        jobs = [(job.key, job.state, job.last_error) for job in session.exec(select(Job).where(Job.state != "done"))]
        mails = [
            (mail.kind, mail.state, mail.last_error) for mail in session.exec(select(Mail).where(Mail.state != "sent"))
        ]
    return f"left: {jobs} {mails}\n"


def _report(kind: str, house: Running, database: Database, ledger: Ledger, office: PostOffice) -> None:
    found = check(database, ledger, office.letters)
    said = ", ".join(f"{house.killed.count(role)} × {role}" for role in sorted(set(house.killed)))
    print(f"\n{kind}: {len(ledger.acknowledged)} acknowledged, {len(found.wrong)} wrong, {found.twice} mails twice; "
          f"killed {said}; refused {dict(ledger.refusals)}")  # fmt: skip
    assert found.wrong == ()
    assert len(ledger.acknowledged) == ANSWERS[kind]
    assert len(house.killed) >= KILLS[kind]
    assert found.twice <= LANES["post"] * len(house.killed)


def test_the_checker_sees_a_loss_a_double_and_a_missing_mail(database: Database) -> None:
    """Before it is believed: each kind of loss, made on purpose, is found."""
    office = open_office(database)
    office.accept(typed(anna().filled), key="one")
    ledger = Ledger({"one": "anna.keller@nordwind.example"})
    assert check(database, ledger).wrong == ()
    ledger.acknowledged["two"] = "ben@nordwind.example"
    lost = check(database, ledger).wrong
    assert "two was acknowledged and is lost" in lost
    assert "two: ben@nordwind.example is 0 leads" in lost
    said = " ".join(check(database, Ledger(), []).wrong)
    assert "has 0 reports" in said
    assert "was not announced by mail" in said
    office.mails()
    assert "is delivered_to_mailbox, and arrived 0 times" in " ".join(check(database, Ledger(), []).wrong)
    with database.writing() as session:
        session.connection().execute(text("UPDATE lead SET owner = 'max'"))
    said = " ".join(check(database, Ledger()).wrong)
    assert "two owners: lena and max" in said
    assert "is not what its events say" in said
