"""Leads handed out by several workers that are killed meanwhile: each has one owner, and turns stay fair."""

from __future__ import annotations

import os
import random
import time
from collections import Counter
from collections.abc import Iterator
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest
from sqlmodel import col, func, select

from questionnaire.actions.publishing import publish_version
from questionnaire.actions.respond.acceptance import AcceptedResponse
from questionnaire.storage.db.engine import Database
from questionnaire.storage.tables import JobRow
from tests.actions.installation import Office, open_office, typed
from tests.authored import authored_file
from tests.cast import anna
from tests.forks import fork
from tests.proof import judging_worker
from tests.proof.invariants import Ledger, check
from tests.proof.size import sized

LEADS, WORKERS, KILLS = sized(40, 10_000), sized(3, 8), sized(4, 200)
PAUSE = sized(0.01, 0.1)
"""Seconds between two looks at what is left."""
PATIENCE = sized(300, 4 * 3600)


@pytest.fixture
def office(database: Database) -> Office:
    """An office without caps: every lead finds a rep."""
    made = open_office(database)
    policy = authored_file("policies/default.yaml")
    pools = {
        name: [{key: value for key, value in member.items() if key != "max_open"} for member in members]
        for name, members in policy["routing"]["pools"].items()
    }
    policy = {**policy, "version": policy["version"] + 1, "routing": {**policy["routing"], "pools": pools}}
    assert publish_version.publish(made.toolbox, "policy", policy, made.clock.at) is None
    return made


@pytest.fixture
def errors(tmp_path: Path) -> Path:
    return tmp_path / "errors"


@pytest.fixture
def workers() -> Iterator[list[BaseProcess]]:
    """None yet; whoever is in the list at the end is ended."""
    running: list[BaseProcess] = []
    yield running
    for process in running:
        process.kill()
        process.join()


def _start(database: Database, errors: Path, number: int) -> BaseProcess:
    url = database.url.render_as_string(hide_password=False).replace("+psycopg", "")
    kept = {key: os.environ[key] for key in ("PATH", "HOME", "TMPDIR") if key in os.environ}
    return fork(judging_worker.main, url, f"worker-{number}", out=Path(os.devnull), err=errors, **kept)


def _left(office: Office) -> int:
    with office.toolbox.database.reading() as session:
        unfinished = (col(JobRow.name) == "judge", col(JobRow.state).not_in(("done", "dead")))
        return session.exec(select(func.count()).select_from(JobRow).where(*unfinished)).one()


def test_workers_that_are_killed_give_no_lead_twice_and_keep_turns_fair(
    office: Office, workers: list[BaseProcess], errors: Path
) -> None:
    ledger, chance, kills = Ledger(), random.Random(7), 0
    for number in range(LEADS):
        own = {"last_name": f"Keller {number}", "phone": f"+4930{number:07}"}
        given = typed(anna().filled, email=f"p{number}@company{number}.example", **own)
        assert isinstance(office.send(given, key=f"key-{number}"), AcceptedResponse)
        ledger.acknowledged[f"key-{number}"] = str(given["email"])
    workers += [_start(office.toolbox.database, errors, number) for number in range(WORKERS)]
    give_up = time.monotonic() + PATIENCE
    while left := _left(office):
        assert time.monotonic() < give_up, f"{left} responses wait; {errors.read_text()[-2000:]}"
        time.sleep(PAUSE)
        # The kills are spread over all leads: five that hit one job in a row would rightly end it (decision 0011).
        if LEADS - left >= (kills + 1) * LEADS / (KILLS + 1):
            victim = chance.randrange(WORKERS)
            workers[victim].kill()
            workers[victim].join()
            workers[victim], kills = _start(office.toolbox.database, errors, victim), kills + 1
    assert kills >= KILLS / 2, "workers were killed while there was work"
    assert check(office.toolbox.database, ledger).wrong == ()
    turns = Counter(event.data["rep"] for event in office.events("assigned"))
    assert sum(turns.values()) == LEADS
    assert set(turns) == {"lena", "max"}
    assert abs(turns["lena"] - turns["max"]) <= 1
