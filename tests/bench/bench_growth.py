"""What each request costs in a small and in a big installation, as a ratio: it may not grow with what is stored.

    python -m tests.bench.bench_growth [--leads 100000] [--postgres]
    python -m tests.bench.bench_growth --small sqlite:////tmp/a.sqlite --big sqlite:////tmp/b.sqlite   # of grow.py

Both databases hold the same mixture of leads with their history (grow.py). A request goes to one and to the other in
turn, so that a busy machine slows down both; the figures are medians. CPU is that of the web process, time includes the
database. Budget: 1.3 times.
"""

from __future__ import annotations

import argparse
import itertools
import re
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from flask.testing import FlaskClient
from sqlmodel import col, select

from questionnaire.actions.respond import judgement
from questionnaire.actions.toolbox import Toolbox
from questionnaire.storage.tables import LeadRow, ResponseRow, StaffRow
from questionnaire.web import create_app
from tests.bench.grow import NOW, demo, grow
from tests.databases import Databases
from tests.web.client import ANSWERS, PAGE, SLUG

BUDGET = 1.3
ROUNDS = 25


@dataclass(slots=True)
class Installation:
    """The web app on one database, with people who are signed in."""

    toolbox: Toolbox
    clients: dict[str, FlaskClient] = field(default_factory=dict)
    numbers: itertools.count[int] = field(default_factory=itertools.count)
    last: str = ""
    known: LeadRow = field(init=False)

    def __post_init__(self) -> None:
        app = create_app(self.toolbox)
        app.config["SESSION_COOKIE_SECURE"] = False
        self.clients["prospect"] = app.test_client()
        with self.toolbox.database.reading() as session:
            newest = select(LeadRow).where(col(LeadRow.owner).is_not(None), col(LeadRow.created_at) < NOW)
            self.known = session.exec(newest.order_by(col(LeadRow.newest_at).desc()).limit(1)).one()
            owner = self.known.owner
            people = session.exec(select(StaffRow)).all()
        for role in ("rep", "manager", "admin"):
            person = next(one for one in people if one.role == role and (role != "rep" or one.rep == owner))
            client = app.test_client()
            page = client.get("/sign-in").text
            token = re.search(r'name="csrf_token" value="([^"]+)"', page)
            assert token
            answer = client.post("/sign-in", data={"csrf_token": token[1], "person": person.id})
            assert answer.status_code == 303, answer.text
            self.clients[role] = client

    def get(self, role: str, path: str) -> str:
        answer = self.clients[role].get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        return answer.text

    def submit(self) -> None:
        """A respondent submits and sees the result."""
        number = f"{next(self.numbers)}-{time.monotonic_ns()}"
        person = {"first_name": "Anna", "last_name": "Keller", "company": f"Firm {number}", "job_title": "VP Sales",
                  "country": "DE", "phone": "+49 30 5550100", "email": f"anna@firm-{number}.example"}  # fmt: skip
        form = {**ANSWERS, **person, "key": f"growth-{number}", "lang": "en", "publication": f"{SLUG}@4"}
        answer = self.clients["prospect"].post(PAGE, data=form)
        assert answer.status_code == 303, answer.text
        self.get("prospect", urlsplit(answer.headers["Location"]).path)
        self.last = form["key"]

    def judge(self) -> None:
        """The worker judges the last response and hands its lead over."""
        with self.toolbox.database.reading() as session:
            response = session.exec(select(ResponseRow.id).where(ResponseRow.key == self.last)).one()
        judgement.judge_response(self.toolbox, response)

    def next_page(self, role: str, path: str) -> None:
        found = re.search(r'rel="next" href="([^"]+)"', self.get(role, path))
        assert found, path
        self.get(role, found[1].replace("&amp;", "&"))

    def lead(self, role: str) -> None:
        found = re.search(r'href="(/desk/leads/[^"]+)"', self.get(role, "/desk?sort=newest"))
        assert found
        self.get(role, found[1])

    def search(self, role: str, text: str) -> None:
        page = self.get(role, f"/desk?{urlencode({'q': text})}")
        assert "/desk/leads/" in page, text


def search(role: str, *columns: str) -> Callable[[Installation], object]:
    return lambda one: one.search(role, " ".join(getattr(one.known, column) for column in columns))


def desk(role: str, path: str) -> Callable[[Installation], object]:
    return lambda installation: installation.get(role, path)


ACTIONS: dict[str, Callable[[Installation], object]] = {
    "submit and result page": Installation.submit,
    "judge and hand over (a job)": Installation.judge,
    "a rep's desk": desk("rep", "/desk"),
    "a manager's desk, second page": lambda one: one.next_page("manager", "/desk"),
    "a rep's search for a name": search("rep", "name", "company"),
    "a manager's desk": desk("manager", "/desk"),
    "a manager's desk, newest": desk("manager", "/desk?sort=newest"),
    "a manager's desk, by label": desk("manager", "/desk?sort=label"),
    "a manager's desk, by company": desk("manager", "/desk?sort=company"),
    "a manager's desk, one stage": desk("manager", "/desk?stage=nurture"),
    "a manager's desk, stage, label": desk("manager", "/desk?stage=assigned&label=A1&sort=newest"),
    "a manager's search for a name": search("manager", "name", "company"),
    "a manager's search for an email": search("manager", "email"),
    "a manager's search for all": lambda one: one.search("manager", "example"),
    "a manager's search for a letter": desk("manager", "/desk?q=a"),
    "a lead's page": lambda one: one.lead("manager"),
    "outbox": desk("admin", "/desk/mailbox"),
    "failed jobs": desk("admin", "/desk/jobs"),
}


def timed(action: Callable[[Installation], object], installation: Installation) -> tuple[float, float]:
    """CPU and wall milliseconds."""
    cpu, wall = time.process_time(), time.perf_counter()
    action(installation)
    return (time.process_time() - cpu) * 1000, (time.perf_counter() - wall) * 1000


def measure(small: Installation, big: Installation, rounds: int, wanted: str) -> bool:
    print(f"{'':<34}{'CPU small':>10}{'big':>8}{'ratio':>7}{'time small':>12}{'big':>8}{'ratio':>7}")
    holds = True
    for name, action in ACTIONS.items():
        if wanted not in name:
            continue
        for installation in (small, big, small, big):
            if action is Installation.judge:
                installation.submit()
            action(installation)
        took: dict[bool, list[tuple[float, float]]] = {False: [], True: []}
        for _ in range(rounds):
            for is_big, installation in ((False, small), (True, big)):
                if action is Installation.judge:
                    installation.submit()
                took[is_big].append(timed(action, installation))
        cpu = [statistics.median(one[0] for one in took[is_big]) for is_big in (False, True)]
        wall = [statistics.median(one[1] for one in took[is_big]) for is_big in (False, True)]
        ratios = cpu[1] / cpu[0], wall[1] / wall[0]
        note = "" if max(ratios) <= BUDGET else "  over the budget"
        holds = holds and not note
        print(f"{name:<34}{cpu[0]:>7.1f} ms{cpu[1]:>8.1f}{ratios[0]:>6.2f}x{wall[0]:>9.1f} ms{wall[1]:>8.1f}"
              f"{ratios[1]:>6.2f}x{note}", flush=True)  # fmt: skip
    return holds


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--leads", type=int, default=100_000)
    options.add_argument("--postgres", action="store_true")
    options.add_argument("--rounds", type=int, default=ROUNDS)
    options.add_argument("--only", default="", help="actions whose name contains this")
    options.add_argument("--small", default="", help="address of a database of grow.py")
    options.add_argument("--big", default="")
    wanted = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        made, kind = Databases(Path(folder)), "postgresql" if wanted.postgres else "sqlite"
        small, big = demo(wanted.small or made.new_url(kind)), demo(wanted.big or made.new_url(kind))
        if not wanted.big:
            grow(big, wanted.leads)
        holds = measure(Installation(small), Installation(big), wanted.rounds, wanted.only)
        made.close()
    print(f"budget {BUDGET} times: {'holds' if holds else 'does not hold'}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
