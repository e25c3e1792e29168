"""Durable accept transactions per second, and how long the slowest wait: SQLite, or PostgreSQL with --postgres.

    .venv/bin/python -m tests.bench.bench_storage [--seconds 4] [--postgres]

One transaction writes what an accepted answer is: the response, its consents, its own assessment and one job. Every
commit is on the disk before the next begins. Budget: p99 60 ms at 8 at once, 200 ms at 32.
"""

from __future__ import annotations

import argparse
import itertools
import statistics
import tempfile
import threading
import time
from pathlib import Path

from questionnaire.storage.db.engine import Database
from questionnaire.storage.delivery.job_queue import JobTable
from questionnaire.storage.leads.projection import Becomes
from questionnaire.storage.responses import assessments, responses
from questionnaire.storage.tables import AssessmentRow, ConsentRow
from tests.databases import Databases
from tests.rows import FRIDAY, published, response

ROOM = JobTable(lambda: FRIDAY)
ANSWERS = {f"question{number}": "choice" for number in range(10)}
READY: Becomes = {"stage": "sql_ready", "label": "A1", "fit": 62, "intent": 85, "timing": 60, "total": 147}
JUDGED = {"label": "A1", "contributions": [{"criterion": "size", "points": 15, "source": "answer"}] * 15}


def accept(database: Database, n: int) -> None:
    """Everything one submission writes, in one transaction."""
    with database.writing() as session:
        kept = responses.keep(session, response(f"r{n}", None, answers=ANSWERS, key=f"key-{n}", body_hash="h"))
        assert isinstance(kept, responses.StoredResponse)
        responses.add_consents(session, [consent(n, name) for name in ("privacy", "news")])
        assessments.add(session, judged(n))
        ROOM.enqueue(session, "judge", f"judge:{n}", {"response": f"r{n}"})


def consent(n: int, name: str) -> ConsentRow:
    return ConsentRow(
        id=f"{name}{n}",
        response_id=f"r{n}",
        name=name,
        basis="consent",
        text="Yes.",
        language="en",
        survey_version=3,
        granted=True,
        method="ticked",
        at=FRIDAY,
    )


def judged(n: int) -> AssessmentRow:
    return AssessmentRow(
        id=f"j{n}",
        response_id=f"r{n}",
        policy_id="default",
        policy_version=4,
        at=FRIDAY,
        content=JUDGED,
    )


def measure(database: Database, threads: int, seconds: float, numbers: itertools.count[int]) -> str:
    """One line of figures for so many at once."""
    took: list[float] = []
    ends = time.perf_counter() + seconds

    def submit() -> None:
        while (began := time.perf_counter()) < ends:
            accept(database, next(numbers))
            took.append(time.perf_counter() - began)

    running = [threading.Thread(target=submit) for _ in range(threads)]
    began, cpu = time.perf_counter(), time.process_time()
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    wall, cpu = time.perf_counter() - began, time.process_time() - cpu
    cuts = statistics.quantiles(took, n=100)
    return (
        f"{threads:>3} at once: {len(took) / wall:7.0f} a second   {cpu / len(took) * 1000:5.2f} ms CPU each   "
        f"p50 {cuts[49] * 1000:6.1f} ms   p99 {cuts[98] * 1000:6.1f} ms   max {max(took) * 1000:6.1f} ms"
    )


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=float, default=4.0)
    options.add_argument("--postgres", action="store_true")
    wanted = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        made, numbers = Databases(Path(folder)), itertools.count()
        kind = "postgresql" if wanted.postgres else "sqlite"
        with made.open(kind) as database:
            with database.writing() as session:
                published(session)
            for _ in range(100):
                accept(database, next(numbers))
            print(f"{kind}: one accepted answer, about 17 rows, durable")
            for threads in (1, 8, 32):
                print(measure(database, threads, wanted.seconds, numbers), flush=True)
        made.close()


if __name__ == "__main__":
    main()
