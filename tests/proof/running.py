"""The real product in processes of its own, on a free port, with ways to kill each of them."""

from __future__ import annotations

import contextlib
import http.client
import os
import random
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess
from pathlib import Path
from urllib.parse import urlencode

from questionnaire.cli import main
from tests.conventions.checkout import ROOT
from tests.forks import fork
from tests.one_survey import one_survey
from tests.smtp_server import free_port
from tests.web.client import PAGE, answered

# A busy machine gets as long as it needs: a wait ends when what it waits for has happened.
START_SECONDS = 300


@dataclass(slots=True)
class Running:
    """`log` holds what all processes wrote to standard error, `out` what was written to standard output.

    `started_in` is the seconds from the first start until it was ready: how busy this machine is.
    """

    command: tuple[str, ...]
    environment: dict[str, str]
    port: int
    log: Path
    out: Path
    killed: list[str] = field(default_factory=list)
    started_in: float = 0.0
    new_python: bool = False
    process: BaseProcess = field(init=False)

    def start(self) -> None:
        """As an operator does, or a service manager after a fall."""
        target = _start_python if self.new_python else main
        self.process = fork(target, self.command, out=self.out, err=self.log, **self.environment)

    def signal(self, number: int) -> None:
        os.kill(self.process.pid or 0, number)

    def family(self) -> list[int]:
        """All processes: the parent, its children and theirs."""
        parent = self.process.pid or 0
        return [parent, *below(parent)]

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
            self.process.join()
            self.killed.append(role)
            self.start()
            return True
        found = [pid for pid in self.family() if role_of(pid) == role]
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
    """What a process of the product is for, from its title; "" for those that only look after others."""
    try:
        said = " ".join(Path(f"/proc/{pid}/cmdline").read_bytes().decode().split("\0"))
    except OSError:
        return ""
    if "documents.render_process" in said:
        return "paper"
    if said.startswith("questionnaire web worker-"):
        return "web"
    return "worker" if said.startswith("questionnaire worker") else ""


def _start_python(command: tuple[str, ...]) -> None:
    os.chdir(ROOT)
    os.execv(sys.executable, [sys.executable, "-m", "questionnaire", *command])


@contextmanager
def running(
    folder: Path,
    smtp_port: int,
    database_url: str = "",
    arguments: Sequence[str] = (),
    new_python: bool = False,
    **env: str,
) -> Iterator[Running]:
    """`questionnaire run` as an operator starts it; up when it is ready, stopped at the end.

    It comes from a process that has loaded the product, unless it is a `new_python` whose memory is measured.
    """
    port, log = free_port(), folder / "log"
    settings = {
        "QUESTIONNAIRE_SECRET_KEY": "kJ8s-not-a-secret-0123456789-abcdefghijklmnop",
        "QUESTIONNAIRE_LOG_LEVEL": "debug",
        "QUESTIONNAIRE_WEB_THREADS": "4",
        "QUESTIONNAIRE_SURVEYS_DIR": str(one_survey()),
        "SMTP_URL": f"smtp://127.0.0.1:{smtp_port}",
        **({"DATABASE_URL": database_url} if database_url else {}),
        **env,
    }
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LD_LIBRARY_PATH")}
    command = ("run", "--port", str(port), "--data", str(folder / "data"), *arguments)
    house = Running(command, {**kept, **settings}, port, log, folder / "out", new_python=new_python)
    began = time.monotonic()
    house.start()
    try:
        wait_for(house.is_ready, START_SECONDS, lambda: log.read_text())
        house.started_in = time.monotonic() - began
        yield house
    finally:
        family = house.family()
        house.process.terminate()
        house.process.join(20)
        for pid in family:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        house.process.join()


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
