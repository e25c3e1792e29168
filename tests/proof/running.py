"""The real product in processes of its own, on a free port, with ways to kill each of them."""

from __future__ import annotations

import contextlib
import http.client
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from tests.conventions.checkout import ROOT
from tests.smtp_server import free_port
from tests.web.client import PAGE, answered

# A busy machine gets as long as it needs: a wait ends when what it waits for has happened.
START_SECONDS = 300


@dataclass(slots=True)
class Running:
    """`log` holds what all processes wrote to standard error, `out` what was written to standard output.

    `started_in` is the seconds from the first start until it was ready: how busy this machine is.
    """

    command: list[str]
    environment: dict[str, str]
    port: int
    log: Path
    out: Path
    killed: list[str] = field(default_factory=list)
    started_in: float = 0.0
    process: subprocess.Popen[bytes] = field(init=False)

    def start(self) -> None:
        """As an operator does, or a service manager after a fall."""
        with self.log.open("ab") as log, self.out.open("ab") as out:
            self.process = subprocess.Popen(self.command, cwd=ROOT, env=self.environment, stdout=out, stderr=log)

    def ask(self, method: str, path: str, body: str = "", seconds: float = 15) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body; OSError or HTTPException when nobody answers."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=seconds)
        try:
            line.request(method, path, body, {"Content-Type": "application/x-www-form-urlencoded"} if body else {})
            answer = line.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read()
        finally:
            line.close()

    def is_ready(self) -> bool:
        with contextlib.suppress(OSError, http.client.HTTPException):
            return self.ask("GET", "/health/ready", seconds=5)[0] == 200
        return False

    def kill(self, role: str) -> bool:
        """SIGKILL to a process of this role, if one is there: web (a worker of it), worker, paper; or to the parent of
        them all, which is then started again as a service manager does."""
        if role == "parent":
            self.process.kill()
            self.process.wait()
            self.killed.append(role)
            self.start()
            return True
        found = [pid for pid in below(self.process.pid) if role_of(pid) == role]
        for pid in found[:1]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
                self.killed.append(role)
                return True
        return False


def below(pid: int) -> list[int]:
    """The children of a process, and theirs, deepest last."""
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            for child in map(int, task.read_text().split()):
                found += [child, *below(child)]
    return found


def role_of(pid: int) -> str:
    """What a process of the product is for, from its command line; "" for those that only look after others."""
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().decode().split("\0")
    except OSError:
        return ""
    said = " ".join(words)
    if "documents.render_process" in said:
        return "paper"
    if "granian" in said:
        return "" if below(pid) else "web"
    if "spawn_main" in said or "forkserver" in said:
        return "web"
    return "worker" if "questionnaire worker" in said.replace(str(ROOT), "") else ""


@contextmanager
def running(
    folder: Path, smtp_port: int, database_url: str = "", arguments: Sequence[str] = (), **env: str
) -> Iterator[Running]:
    """`questionnaire run` as an operator starts it; up when it is ready, stopped at the end."""
    port, log = free_port(), folder / "log"
    settings = {
        "QUESTIONNAIRE_SECRET_KEY": "kJ8s-not-a-secret-0123456789-abcdefghijklmnop",
        "QUESTIONNAIRE_LOG_LEVEL": "debug",
        "QUESTIONNAIRE_WEB_THREADS": "4",
        "SMTP_URL": f"smtp://127.0.0.1:{smtp_port}",
        **({"DATABASE_URL": database_url} if database_url else {}),
        **env,
    }
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LD_LIBRARY_PATH")}
    command = [sys.executable, "-m", "questionnaire", "run", "--port", str(port), "--data", str(folder / "data")]
    command += arguments
    house = Running(command, {**kept, **settings}, port, log, folder / "out")
    began = time.monotonic()
    house.start()
    try:
        wait_for(house.is_ready, START_SECONDS, lambda: log.read_text())
        house.started_in = time.monotonic() - began
        yield house
    finally:
        process = house.process
        family = [process.pid, *below(process.pid)]
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(20)
        for pid in family:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        process.wait()


def wait_for(condition: Callable[[], bool], seconds: float, say: Callable[[], object] = lambda: "") -> None:
    give_up = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < give_up, say()
        time.sleep(0.1)


def answer_until_taken(
    house: Running, number: int, thrown: random.Random, refused: Callable[[int], None]
) -> tuple[str, str]:
    """One visitor: sends the same form with the same key until it is acknowledged; the address it was sent under,
    and where the result is."""
    address = f"p{number}@company{number}.example"
    if thrown.random() < 0.1 and number:
        # Somebody who was here before.
        address = f"P{number - 1}+again@company{number - 1}.example"
    more = {"country": thrown.choice(["DE", "FR", "US"])}
    if thrown.random() < 0.6:
        # Most are not for a rep, so that less is printed.
        more |= {"timeline": "none", "budget": "", "next_step": "report_only"}
    body = urlencode(answered(key=f"key-{number}", email=address, **more))
    give_up = time.monotonic() + 600
    while time.monotonic() < give_up:
        try:
            status, headers, _ = house.ask("POST", PAGE, body)
        except (OSError, http.client.HTTPException):
            status, headers = 0, {}
        location = headers.get("location", headers.get("Location", ""))
        if status == 303 and "/r/" in location:
            return address, location
        assert status in (0, 502, 503), f"{status} for key-{number}"
        refused(status)
        time.sleep(thrown.uniform(0.05, 0.3))
    raise AssertionError(f"key-{number} was never taken")
