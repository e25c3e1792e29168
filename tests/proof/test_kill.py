"""kill -9 of every process at any moment, the parent of all among them: what was acknowledged is there, once, with its
report and its mail.

A mail may arrive twice when its worker is killed after the mail server took it and before that is written down; both
carry the same Message-ID, by which mail programs show one. These are counted and said, and never more than a killed
worker could have in hand.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import random
import signal
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import func, select

from questionnaire.actions.delivery import digests
from questionnaire.actions.handoff import clock_jobs
from questionnaire.jobs.registry import QUEUES
from questionnaire.storage.db.engine import Database, open_database
from questionnaire.storage.db.errors import DatabaseUnavailable
from questionnaire.storage.tables import DeliveryRow, JobRow, ResponseRow
from tests.actions.installation import open_office, typed
from tests.cast import anna
from tests.databases import Databases
from tests.proof.invariants import Ledger, check
from tests.proof.running import Running, answer_until_taken, running, wait_for
from tests.proof.size import FULL, sized
from tests.smtp_server import PostOffice, open_post_office
from tests.web.client import ANNA

# Each kill waits for what comes back after it; PROOF_KILLS and PROOF_ANSWERS ask for less than the full size.
FULL_KILLS = int(os.environ.get("PROOF_KILLS", "200"))
# Small, one of each kind of process.
KILLS = {"sqlite": sized(4, FULL_KILLS), "postgresql": sized(5, FULL_KILLS)}
FULL_ANSWERS = int(os.environ.get("PROOF_ANSWERS", "10000"))
CROWDED = FULL and FULL_ANSWERS >= 10_000
ANSWERS = sized(6, FULL_ANSWERS)
VISITORS = 4 if CROWDED else 2
# What costs most is to print what was answered: small, no more of it than is there to be lost.
PAUSE = (0.0, 0.2) if CROWDED else sized((2.0, 5.0), (0.2, 1.5))
DRAIN_SECONDS = sized(1200, 6 * 3600)


@dataclass(slots=True)
class Siege:
    """A house under fire: visitors answer until all kills were made and enough was answered."""

    kind: str
    house: Running
    database: Database
    ledger: Ledger
    thrown: random.Random
    over: threading.Event
    numbers: Iterator[int]

    def visit(self, _: int) -> None:
        mine = random.Random(_)
        while not self.over.is_set() or len(self.ledger.acknowledged) < ANSWERS:
            number = next(self.numbers)
            address, result = answer_until_taken(self.house, number, mine, self._refused)
            self.ledger.acknowledged[f"key-{number}"] = address
            self.ledger.results.append(result)
            with contextlib.suppress(OSError, HTTPException):
                # What the log must not repeat: a link, and what was asked with it.
                self.house.ask("GET", f"{result}?note=canary-{number}")
                self.house.ask("GET", f"{result[:-3]}/report.pdf")
            time.sleep(mine.uniform(*PAUSE))

    def _refused(self, status: int) -> None:
        self.ledger.refusals[status] += 1

    def shoot(self) -> None:
        """A kill at a chance moment, each after something was acknowledged or done since the last one."""
        roles = ["web", "worker", "paper", "parent", *(["database"] if self.kind == "postgresql" else [])]
        killed = self.house.killed
        try:
            while len(killed) < KILLS[self.kind]:
                self._something_happens()
                time.sleep(self.thrown.uniform(0, 0.5))
                # The rarest first, so that each kind gets its share; a render process is not always there.
                order = sorted(roles, key=lambda role: (killed.count(role), self.thrown.random()))
                _ = self._kill(order[0], 4) or any(self._kill(role) for role in order[1:])
        finally:
            self.over.set()

    def _kill(self, role: str, seconds: float = 0) -> bool:
        give_up = time.monotonic() + seconds
        while not (self._crash() if role == "database" else self.house.kill(role)):
            if time.monotonic() >= give_up:
                return False
            time.sleep(0.1)
        return True

    def _something_happens(self) -> None:
        before, give_up = self._progress(), time.monotonic() + 30
        while self._progress() <= before and time.monotonic() < give_up:
            time.sleep(0.05)

    def _progress(self) -> int:
        with contextlib.suppress(DatabaseUnavailable), self.database.reading() as session:
            done = session.execute(select(func.count()).where(JobRow.state == "done")).scalar_one()
            return len(self.ledger.acknowledged) + int(done)
        return 0

    def _crash(self) -> bool:
        """One of PostgreSQL's own processes dies: the server throws everybody out and recovers from its log."""
        asked = text("SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> "
                     "pg_backend_pid() AND datname = current_database() LIMIT 1")  # fmt: skip
        try:
            with self.database.write_engine.connect() as connection:
                pid = connection.execute(asked).scalar()
        except DBAPIError:
            # It is just coming back.
            return False
        if pid is None:
            return False
        with contextlib.suppress(ProcessLookupError):
            os.kill(int(pid), signal.SIGKILL)
            self.house.killed.append("database")
        return True


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_nothing_acknowledged_is_lost_however_often_processes_are_killed(
    kind: str, databases: Databases, tmp_path: Path
) -> None:
    url = databases.new_url(kind) if kind == "postgresql" else f"sqlite:///{tmp_path / 'data' / 'questionnaire.sqlite'}"
    with open_post_office() as office, running(tmp_path, office.port, url if kind == "postgresql" else "") as house:
        database, ledger = open_database(url), Ledger()
        siege = Siege(kind, house, database, ledger, random.Random(2026), threading.Event(), itertools.count())
        killer = threading.Thread(target=siege.shoot)
        killer.start()
        try:
            with ThreadPoolExecutor(VISITORS) as visitors:
                list(visitors.map(siege.visit, range(VISITORS)))
            killer.join()
            wait_for(
                lambda: _is_quiet(database), DRAIN_SECONDS, lambda: _left(database) + house.log.read_text()[-3000:]
            )
            _report(siege, office)
        finally:
            database.close()


def _is_quiet(database: Database) -> bool:
    """Every job was done and every mail went out, but for digests, which wait for more to gather, and SLA clocks."""
    try:
        with database.reading() as session:
            wait = (JobRow.name != digests.JOB, JobRow.name != clock_jobs.JOB)
            jobs = session.exec(select(JobRow).where(JobRow.state != "done", *wait)).first()
            mails = session.exec(select(DeliveryRow).where(DeliveryRow.state != "sent")).first()
            return jobs is None and mails is None and session.exec(select(ResponseRow)).first() is not None
    except DatabaseUnavailable:
        return False


def _left(database: Database) -> str:
    with database.reading() as session:
        jobs = [
            (job.key, job.state, job.last_error) for job in session.exec(select(JobRow).where(JobRow.state != "done"))
        ]
        mails = [
            (mail.kind, mail.state, mail.last_error)
            for mail in session.exec(select(DeliveryRow).where(DeliveryRow.state != "sent"))
        ]
    return f"left: {jobs} {mails}\n"


def _report(siege: Siege, office: PostOffice) -> None:
    found, killed, ledger = check(siege.database, siege.ledger, office.letters), siege.house.killed, siege.ledger
    said = ", ".join(f"{killed.count(role)} × {role}" for role in sorted(set(killed)))
    print(f"\n{siege.kind}: {len(ledger.acknowledged)} acknowledged, {len(found.wrong)} wrong, {found.twice} mails "
          f"twice; killed {said}; sent again after {dict(ledger.refusals)}")  # fmt: skip
    assert found.wrong == ()
    assert len(ledger.acknowledged) >= ANSWERS
    assert len(killed) >= KILLS[siege.kind]
    assert found.twice <= QUEUES["mail"] * len(killed)
    _log_tells_nothing(siege.house.log.read_text(), ledger)


def _log_tells_nothing(log: str, ledger: Ledger) -> None:
    """Event names and ids: no answer, no name, no address, no key, no link."""
    typed_in = [value for name, value in ANNA.items() if name != "country"]
    secret = ["canary", "@company", "@nordlicht", "key-", "lt_3m", "over_24h", *typed_in]
    assert "worker_started" in log
    assert [word for word in (*secret, *(link.rpartition("/")[2] for link in ledger.results)) if word in log] == []


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
