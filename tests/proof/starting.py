"""Starts of the real product, looks at its processes, and what is done with them in attacks."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random

from sqlmodel import select

from questionnaire.storage.db.engine import open_database
from questionnaire.storage.tables import DeliveryRow, JobRow
from tests.conventions.checkout import ROOT
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
    return {**kept, "QUESTIONNAIRE_SECRET_KEY": KEY, **env}


def attempt(
    folder: Path, *words: str, limits: Callable[[], None] | None = None, seconds: float = LONG, **env: str
) -> Attempt:
    """`questionnaire run` on this data folder; TimeoutExpired when it is still running after some time."""
    port = str(free_port())
    command = [sys.executable, "-m", "questionnaire", "run", "--port", port, "--data", str(folder), *words]
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment(**env), stdout=out, stderr=err, preexec_fn=limits, start_new_session=True
        )
        try:
            status = process.wait(seconds)
        finally:
            for pid in (*below(process.pid), process.pid):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            process.wait()
        out.seek(0)
        err.seek(0)
        return Attempt(status, out.read().decode(), err.read().decode())


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
    return [pid for pid in below(house.process.pid) if role_of(pid) == role]


def listener(house: Running) -> int:
    """The web server's own parent: the child of `run` that has the web processes."""
    (web,) = {parent_of(pid) for pid in of_role(house, "web")}
    return web


def parent_of(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


@contextmanager
def swept(house: Running) -> Iterator[list[int]]:
    """The processes of the product; those that survive the test are ended at its end."""
    pids = below(house.process.pid)
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
            session.exec(select(JobRow).where(JobRow.state != "done")).first() is None
        )
