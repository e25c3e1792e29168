"""A whole respondent journey over HTTP: GET the survey, POST the answers, GET the result page. And how fast it starts.

.venv/bin/python -m tests.bench.bench_journey [--journeys 400]

The product runs as it does in production (`questionnaire run`, SQLite, durable commits). CPU is that of the web
processes alone, as the system counted it. Beside it, in the same run, stand the least a Python web server can do
(three requests to an app that stores nothing) and the same survey built the usual way (reference_app.py). Compare the
ratios; times drift with the machine.
"""

from __future__ import annotations

import argparse
import http.client
import os
import re
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

SURVEY = "sales-marketing-alignment"
ANSWERS = {
    "employees": "50_199", "industry": "saas", "buying_role": "decision_maker", "definitions": "separate",
    "scoring": "manual", "response_time": "over_24h", "feedback": "nothing", "timeline": "lt_3m",
    "budget": "allocated", "next_step": "demo", "first_name": "Anna", "last_name": "Keller",
    "company": "Nordwind Software", "job_title": "VP Sales", "country": "DE", "phone": "+49 30 5550100",
}  # fmt: skip
TICKS = os.sysconf("SC_CLK_TCK")
LEAST = """
def app(environ, start):
    length = int(environ.get("CONTENT_LENGTH") or 0)
    environ["wsgi.input"].read(length)
    start("200 OK", [("Content-Type", "text/plain")])
    return [b"well"]
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(
    command: list[str], port: int, path: str, env: dict[str, str] | None = None, ready: tuple[int, ...] = (200,)
) -> Iterator[tuple[int, float]]:
    """Starts a server; its process id and the seconds until it was ready."""
    began = time.perf_counter()
    process = subprocess.Popen(command, env={**os.environ, **(env or {})}, stdout=subprocess.DEVNULL)
    try:
        while True:
            try:
                if get(port, path)[0] in ready:
                    break
            except OSError:
                pass
            if time.perf_counter() - began > 60 or process.poll() is not None:
                raise SystemExit("the server did not start")
            time.sleep(0.01)
        yield process.pid, time.perf_counter() - began
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


@contextmanager
def serving(**more: str) -> Iterator[tuple[int, int, float]]:
    """The product as an operator runs it, on a new database: its port, its process and the seconds it took to start.

    It was started once before, so that neither the making of the tables nor the publishing of the samples is in them.
    """
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        key = "a-key-for-measuring-only-of-enough-bytes"
        env = {
            "QUESTIONNAIRE_SECRET_KEY": key,
            "QUESTIONNAIRE_DATA_DIR": folder,
            "QUESTIONNAIRE_LOG_LEVEL": "error",
            **more,
        }
        command = [sys.executable, "-m", "questionnaire", "run", "--port", str(port)]
        with running(command, port, "/health/ready", env):
            pass
        with running(command, port, "/health/ready", env) as (pid, started):
            yield port, pid, started


def get(port: int, path: str) -> tuple[int, bytes, str]:
    return ask(port, "GET", path)


def ask(port: int, method: str, path: str, body: str = "") -> tuple[int, bytes, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {"Accept-Encoding": "gzip"}
    if body:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    content, where = answer.read(), answer.getheader("Location") or ""
    connection.close()
    return answer.status, content, where


def family(pid: int) -> list[int]:
    """A process and all below it."""
    below = [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return [pid, *(one for child in below for one in family(child))]


def web_of(pid: int) -> list[int]:
    """The processes that answer requests."""
    return [one for one in family(pid) if "granian" in Path(f"/proc/{one}/cmdline").read_bytes().decode()]


def cpu_of(pids: list[int]) -> float:
    total = 0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        total += int(fields[11]) + int(fields[12])
    return total / TICKS


def rss_of(pids: list[int]) -> float:
    """Megabytes of the largest of these processes."""
    sizes = [re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text()) for pid in pids]
    return max(int(size[1]) for size in sizes if size) / 1024


def journey(port: int, number: str) -> list[float]:
    """Seconds of each of the three requests."""
    took, where = list[float](), ""
    for step in range(3):
        began = time.perf_counter()
        if step == 0:
            status, _, _ = get(port, f"/s/{SURVEY}")
        elif step == 1:
            person = {"email": f"p{number}@c{number}.example", "key": f"bench-{number}", "publication": f"{SURVEY}@4"}
            status, _, where = ask(port, "POST", f"/s/{SURVEY}", urlencode({**ANSWERS, **person}))
        else:
            status, _, _ = get(port, where)
        took.append(time.perf_counter() - began)
        if status not in (200, 303):
            raise SystemExit(f"request {step + 1} of a journey was answered with {status}")
    return took


def load(port: int, journeys: int, at_once: int, mark: str) -> list[list[float]]:
    """So many journeys, so many at once; the times of each."""
    numbers, took, lock = iter(range(journeys)), list[list[float]](), threading.Lock()

    def work() -> None:
        while True:
            with lock:
                number = next(numbers, None)
            if number is None:
                return
            one = journey(port, f"{mark}{number}")
            with lock:
                took.append(one)

    threads = [threading.Thread(target=work) for _ in range(at_once)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return took


def at_share(times: list[float], share: float) -> float:
    return sorted(times)[min(len(times) - 1, int(len(times) * share))] * 1000


def least(journeys: int) -> float:
    """CPU seconds for three requests to an app that does nothing."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "least.py").write_text(LEAST)
        port = free_port()
        command = [sys.executable, "-m", "granian", "--interface", "wsgi", "least:app", "--port", str(port),
                   "--working-dir", folder, "--no-ws", "--http", "1", "--log-level", "error"]  # fmt: skip
        with running(command, port, "/") as (pid, _):
            for _ in range(30):
                get(port, "/")
            before = cpu_of(family(pid))
            for _ in range(journeys):
                get(port, "/"), ask(port, "POST", "/", urlencode(ANSWERS)), get(port, "/")
            return (cpu_of(family(pid)) - before) / journeys


def usual(journeys: int) -> float:
    """CPU seconds for the same survey in reference_app.py: a page and a durable commit a question."""
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--factory", "tests.bench.reference_app:app",
                   "--port", str(port), "--no-ws", "--http", "1", "--log-level", "error"]  # fmt: skip
        with running(command, port, "/", {"STANDIN_DIR": folder}, ready=(302,)) as (pid, _):
            for _ in range(5):
                walk(port)
            before = cpu_of(family(pid))
            for _ in range(journeys):
                walk(port)
            return (cpu_of(family(pid)) - before) / journeys


def walk(port: int) -> None:
    where = get(port, "/")[2]
    while b"completed" not in (page := get(port, where)[1]):
        names = dict.fromkeys(re.findall(r'name="([a-z_]+)"', page.decode()))
        person = {**ANSWERS, "email": "a@b.example"}
        status, _, where = ask(port, "POST", where, urlencode({name: person[name] for name in names}))
        if status != 302:
            raise SystemExit(f"the stand-in answered {status}")


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--journeys", type=int, default=300)
    journeys = parser.parse_args().journeys
    nothing, usually = least(journeys), usual(max(20, journeys // 5))
    with serving() as (port, pid, started):
        load(port, 30, 1, "warm")
        web = web_of(pid)
        before = cpu_of(web)
        alone = load(port, journeys, 1, "one")
        spent = (cpu_of(web) - before) / journeys
        eight, many = load(port, journeys, 8, "eight"), load(port, journeys, 32, "many")
        page = len(get(port, f"/s/{SURVEY}")[1])
        memory = rss_of(web)
    print(f"started until /health/ready answers 200   {started:6.2f} s      budget 1.5")
    print(f"full page, compressed                     {page:6d} bytes  budget 14336")
    print(f"CPU of the web per journey                {spent * 1000:6.2f} ms     budget 6")
    print(f"  the least three requests can cost       {nothing * 1000:6.2f} ms     ratio {spent / nothing:.1f}")
    print(f"  the usual way, a page and commit each   {usually * 1000:6.2f} ms     ratio {spent / usually:.2f}")
    print(f"largest web process                       {memory:6.0f} MB     budget 140")
    for name, took, budget in (("1", alone, None), ("8", eight, 60), ("32", many, 200)):
        posts = [one[1] for one in took]
        said = f"  budget {budget}" if budget else ""
        print(f"submit, {name:>2} at once: median {statistics.median(posts) * 1000:6.1f} ms, "
              f"p99 {at_share(posts, 0.99):6.1f} ms{said}")  # fmt: skip
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
