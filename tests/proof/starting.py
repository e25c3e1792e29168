"""Starts of the real product, looks at its processes, and what is done with them in attacks."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import socket
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random

from sqlmodel import select

from questionnaire.actions.handoff import clock_jobs
from questionnaire.cli import main
from questionnaire.storage.db.engine import open_database
from questionnaire.storage.tables import DeliveryRow, JobRow
from tests.forks import fork
from tests.one_survey import one_survey
from tests.proof.running import Running, answer_until_taken, below, role_of, wait_for
from tests.smtp_server import free_port

KEY = "kJ8s-not-a-secret-0123456789-abcdefghijklmnop"
# What takes this long does not end by itself; the promises themselves are measured and printed.
LONG = 300.0


@dataclass(slots=True)
class Attempt:
    """A start of the product that is not expected to last."""

    status: int
    out: str
    err: str

    def says_one_sentence(self, *words: str) -> None:
        lines = self.err.strip().splitlines()
        assert self.status == 1, self
        assert len(lines) == 1, self.err
        assert all(word in lines[0] for word in words), lines[0]


def environment(**env: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LD_LIBRARY_PATH", "TMPDIR")}
    return {**kept, "QUESTIONNAIRE_SECRET_KEY": KEY, "QUESTIONNAIRE_SURVEYS_DIR": str(one_survey()), **env}


def attempt(
    folder: Path, *words: str, limits: Callable[[], None] | None = None, seconds: float = LONG, **env: str
) -> Attempt:
    """`questionnaire run` on this data folder; fails when it is still running after some time.

    `limits` is a function of a module, called in the process before anything else.
    """
    return command(
        "run", "--port", str(free_port()), "--data", str(folder), *words, limits=limits, seconds=seconds, **env
    )


def command(*typed: str, limits: Callable[[], None] | None = None, seconds: float = LONG, **env: str) -> Attempt:
    """What the shell's `questionnaire …` does in a process of its own."""
    with tempfile.TemporaryDirectory() as written:
        out, err = Path(written, "out"), Path(written, "err")
        process = fork(_run, typed, limits, out=out, err=err, **environment(**env))
        process.join(seconds)
        status = process.exitcode
        for pid in (*below(process.pid or 0), process.pid or 0) if status is None else ():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        process.join()
        assert status is not None, f"it runs, and should not:\n{err.read_text()}"
        return Attempt(status, out.read_text(), err.read_text())


def _run(typed: tuple[str, ...], limits: Callable[[], None] | None) -> int:
    if limits is not None:
        limits()
    return main(typed)


def alive(pid: int) -> bool:
    """Whether a process is there and no zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in ("Z", "X")
    except OSError:
        return False


def gone(pids: list[int]) -> bool:
    return not any(map(alive, pids))


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def of_role(house: Running, role: str) -> list[int]:
    return [pid for pid in house.family()[1:] if role_of(pid) == role]


def listener(house: Running) -> int:
    """The web server's own parent: the child of `run` that has the web processes."""
    (web,) = {parent_of(pid) for pid in of_role(house, "web")}
    return web


def parent_of(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


@contextmanager
def swept(house: Running) -> Iterator[list[int]]:
    """The processes of the product; those that survive the test are ended at its end."""
    pids = house.family()[1:]
    try:
        yield pids
    finally:
        for pid in pids:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


def print_something(house: Running, number: int = 0) -> None:
    """An answer whose documents are printed; returns when a render process is there and at work."""
    answer_until_taken(house, number, Random(5), lambda status: None)
    wait_for(lambda: any(map(ignores_stops, of_role(house, "paper"))), LONG, house.log.read_text)


def ignores_stops(pid: int) -> bool:
    with contextlib.suppress(OSError):
        found = re.search(r"SigIgn:\s*(\w+)", Path(f"/proc/{pid}/status").read_text())
        return found is not None and bool(int(found[1], 16) >> (signal.SIGTERM - 1) & 1)
    return False


def is_done(folder: Path) -> bool:
    with contextlib.closing(open_database(f"sqlite:///{folder}/data/questionnaire.sqlite")) as database, \
            database.reading() as session:  # fmt: skip
        return session.exec(select(DeliveryRow)).first() is not None and (
            session.exec(select(JobRow).where(JobRow.state != "done", JobRow.name != clock_jobs.JOB)).first() is None
        )
