"""What a worker costs at rest, how soon a job starts, and what one costs: SQLite, or PostgreSQL with --postgres.

    python -m tests.bench.bench_jobs [--seconds 60] [--postgres] [--installation]

A worker in a process of its own does jobs that only note the moment at which they begin. Budgets: 0.5 % of a core for
all processes of an idle installation (--installation: `questionnaire run` with its web and its parent), 100 ms from the
commit of a job to its start at rest, 100 MB of memory.
"""

from __future__ import annotations

import argparse
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlmodel import func, select

from questionnaire.actions.toolbox import Toolbox
from questionnaire.jobs import worker
from questionnaire.jobs.registry import JobType
from questionnaire.storage.db.engine import Database, open_database
from questionnaire.storage.delivery.job_queue import JobTable
from questionnaire.storage.tables import JobRow
from tests.databases import Databases
from tests.proof.running import role_of, running
from tests.toolboxes import toolbox_for

TICKS = os.sysconf("SC_CLK_TCK")
ROOM = JobTable(lambda: datetime.now(UTC))  # noqa: TID251 (the worker looks at the real clock)


def work(url: str, ledger: str) -> None:
    """The worker: notes in the ledger, on the machine's monotonic clock, when each job began."""
    stop, ready = threading.Event(), threading.Event()

    def note(words: str) -> None:
        with Path(ledger).open("a") as file:
            file.write(f"{words} {time.monotonic()}\n")

    def empty(toolbox: Toolbox, args: Mapping[str, Any], by: str) -> None:
        note(str(args["n"]))

    def announce() -> None:
        ready.wait()
        note("ready")

    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    threading.Thread(target=announce, daemon=True).start()
    worker.run(toolbox_for(url), stop, name="bench", steps={"empty": JobType(empty, "mail")}, ready=ready)


def cpu_seconds(pid: int) -> float:
    """Processor time of a process so far, all its threads together."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def memory_mb(pid: int) -> float:
    line = next(line for line in Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def began(ledger: Path) -> dict[str, float]:
    return {name: float(at) for name, at in (line.split() for line in ledger.read_text().splitlines())}


def wait_for(ledger: Path, name: str) -> float:
    while name not in (found := began(ledger)):
        time.sleep(0.002)
    return found[name]


def enqueue(database: Database, *names: str) -> float:
    """The moment of the commit, monotonic seconds."""
    with database.writing() as session:
        for name in names:
            ROOM.enqueue(session, "empty", name, {"n": name})
    return time.monotonic()


def measure(url: str, folder: Path, seconds: float) -> None:
    database, ledger = open_database(url), folder / "ledger"
    ledger.touch()
    started = time.monotonic()
    process = subprocess.Popen([sys.executable, __file__, "--work", url, str(ledger)])
    try:
        print(f"start to ready                {wait_for(ledger, 'ready') - started:8.2f} s")
        wait_for(ledger, "first") if enqueue(database, "first") else None
        time.sleep(2)
        before = cpu_seconds(process.pid)
        time.sleep(seconds)
        used = cpu_seconds(process.pid) - before
        print(
            f"idle worker, {seconds:.0f} s             {used / seconds:8.2%} of a core, {memory_mb(process.pid):.0f} MB"
        )
        waits = []
        for number in range(50):
            committed = enqueue(database, f"single{number}")
            waits.append(max(0.0, wait_for(ledger, f"single{number}") - committed) * 1000)
            time.sleep(0.1 + number % 10 / 50)
        cuts = statistics.quantiles(waits, n=20)
        print(f"commit to start of 50 jobs    {statistics.median(waits):8.1f} ms median, {cuts[18]:.1f} ms p95")
        before, at = cpu_seconds(process.pid), time.monotonic()
        enqueue(database, *(f"many{number}" for number in range(300)))
        _until_done(database)
        wall = time.monotonic() - at
        used = (cpu_seconds(process.pid) - before) / 300 * 1000
        print(f"300 empty jobs                {used:8.1f} ms CPU each, {300 / wall:.0f} a second")
    finally:
        process.terminate()
        process.wait(60)
        database.close()


def _until_done(database: Database) -> None:
    while True:
        with database.reading() as session:
            left = session.execute(select(func.count()).where(JobRow.state != "done")).scalar_one()
        if not left:
            return
        time.sleep(0.05)


def measure_installation(folder: Path, url: str, seconds: float) -> None:
    """What each process of `questionnaire run` uses while nobody asks for anything."""
    with running(folder, 9, url, new_python=True) as house:
        time.sleep(15)
        pids = house.family()
        before = {pid: cpu_seconds(pid) for pid in pids}
        time.sleep(seconds)
        total = 0.0
        for pid in pids:
            used = (cpu_seconds(pid) - before[pid]) / seconds
            total += used
            role = "parent" if pid == house.process.pid else role_of(pid) or "web's parent"
            print(f"  {role:<14}{used:8.2%}  {memory_mb(pid):6.0f} MB")
        print(f"  all{total:18.2%} of a core")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--seconds", type=float, default=60)
    options.add_argument("--postgres", action="store_true")
    options.add_argument("--installation", action="store_true")
    options.add_argument("--work", nargs=2, help=argparse.SUPPRESS)
    wanted = options.parse_args()
    if wanted.work:
        work(*wanted.work)
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made, kind = Databases(folder), "postgresql" if wanted.postgres else "sqlite"
        print(kind)
        if wanted.installation:
            url = made.new_url(kind, migrated=False) if wanted.postgres else ""
            measure_installation(folder, url, wanted.seconds)
        else:
            measure(made.new_url(kind), folder, wanted.seconds)
        made.close()


if __name__ == "__main__":
    main()
