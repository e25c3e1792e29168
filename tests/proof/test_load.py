"""A thousand people answer at once while the web process is killed under them: the ledger balances.

Each goes the whole way of a browser with its script: the page, a save for each screen, the answers with the key of that
very press until they are acknowledged, and the result. Afterwards nothing acknowledged is missing or doubled, no draft
is left behind, and every way through is counted as completed.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from pathlib import Path
from urllib.parse import urlencode

from sqlmodel import col, select

from questionnaire.storage.db.engine import Database, open_database
from questionnaire.storage.tables import PartialResponseRow, ResponseRow, VisitRow
from tests.proof.invariants import Ledger, check
from tests.proof.running import Running, running, wait_for
from tests.proof.size import sized
from tests.smtp_server import open_post_office
from tests.web.client import ANNA, ANSWERS, PAGE, SLUG, answered

JOURNEYS, AT_ONCE, KILLS = sized(40, 10_000), 8, sized(2, 200)
SCREENS = (2, 5, 8)
PATIENCE = 600
JUDGED_SECONDS = sized(600, 4 * 3600)


class Crowd:
    """Everybody who answers, and the one who shoots at the web process meanwhile."""

    def __init__(self, house: Running) -> None:
        self.house = house
        self.ledger = Ledger()
        self.numbers: Iterator[int] = itertools.count()
        self.thrown = random.Random(2026)
        self.over = threading.Event()

    def shoot(self) -> None:
        """Spread over the whole crowd: each shot waits for its share of acknowledged answers."""
        for nth in range(KILLS):
            share = (nth + 1) * JOURNEYS // (KILLS + 1)
            while len(self.ledger.acknowledged) < share and not self.over.wait(0.02):
                continue
            time.sleep(self.thrown.uniform(0, 0.1))
            while not self.house.kill("web") and not self.over.wait(0.05):
                continue

    def walk(self, number: int) -> None:
        mine = random.Random(number)
        address = f"p{number}@company{number}.example"
        numbers = {"draft": f"{number:032x}", "visit": f"{number + 10**9:032x}"}
        self._insist(lambda: self._get(PAGE), mine)
        names = list(ANSWERS)
        for upto in SCREENS:
            typed = {name: ANSWERS[name] for name in names[:upto]}
            form = {**typed, **numbers, "step": "save", "seen": " ".join(names[: upto + 1]), "at": names[upto],
                    "publication": f"{SLUG}@4", "lang": "en"}  # fmt: skip
            # Nobody waits for a save: the next screen brings the same again.
            with contextlib.suppress(OSError, HTTPException):
                self.house.ask("POST", PAGE, urlencode(form))
        source = json.dumps({"last": {"utm_source": "load"}})
        form = {**answered(key=f"key-{number}", email=address, took="60000", source=source), **numbers}
        # Not for a rep, so that less is printed meanwhile.
        form |= {"timeline": "none", "next_step": "report_only"}
        form.pop("budget")
        where = self._insist(lambda: self._press(urlencode(form)), mine)
        self.ledger.acknowledged[f"key-{number}"] = address
        self._insist(lambda: self._get(where), mine)

    def _get(self, path: str) -> tuple[int, str]:
        status, _, body = self.house.ask("GET", path)
        assert status != 200 or b"<h1" in body, "half a page"
        return status, path

    def _press(self, body: str) -> tuple[int, str]:
        status, headers, _ = self.house.ask("POST", PAGE, body)
        return (200 if status == 303 else status), headers.get("location", headers.get("Location", ""))

    def _insist(self, act: Callable[[], tuple[int, str]], mine: random.Random) -> str:
        """Again with the same words until it is answered, as people press again."""
        give_up = time.monotonic() + PATIENCE
        while time.monotonic() < give_up:
            status, said = 0, ""
            with contextlib.suppress(OSError, HTTPException):
                status, said = act()
            if status == 200:
                return said
            assert status in (0, 502, 503), f"answered with {status}"
            self.ledger.refusals[status] += 1
            time.sleep(mine.uniform(0.02, 0.2))
        raise AssertionError("never answered")


def test_a_crowd_answers_while_the_web_process_is_killed_and_the_ledger_balances(tmp_path: Path) -> None:
    with open_post_office() as office, running(tmp_path, office.port) as house:
        crowd = Crowd(house)
        killer = threading.Thread(target=crowd.shoot)
        began = time.monotonic()
        killer.start()
        with ThreadPoolExecutor(AT_ONCE) as people:
            list(people.map(crowd.walk, range(JOURNEYS)))
        took = time.monotonic() - began
        crowd.over.set()
        killer.join()
        database = open_database(f"sqlite:///{tmp_path / 'data' / 'questionnaire.sqlite'}")
        try:
            wait_for(lambda: not _not_judged(database), JUDGED_SECONDS, house.log.read_text)
            found = check(database, crowd.ledger)
            said = _left_over(database)
        finally:
            database.close()
    print(f"\n{len(crowd.ledger.acknowledged)} journeys in {took:.0f} s, {house.killed.count('web')} × web killed, "
          f"{len(found.wrong)} wrong, {said}, asked again after {dict(crowd.ledger.refusals)}")  # fmt: skip
    assert found.wrong == ()
    assert found.responses == len(crowd.ledger.acknowledged) == JOURNEYS
    assert len(house.killed) == KILLS
    assert said == Counter({"completed": JOURNEYS})
    assert ANNA["email"] not in house.log.read_text()


def _not_judged(database: Database) -> int:
    """Responses that the worker has not got to yet."""
    with database.reading() as session:
        return len(session.exec(select(ResponseRow.id).where(col(ResponseRow.judged_at).is_(None))).all())


def _left_over(database: Database) -> Counter[str]:
    """Ways through by how they ended, and drafts nobody will come back to."""
    with database.reading() as session:
        ended = Counter("completed" if one.completed else "left" for one in session.exec(select(VisitRow)))
        drafts = len(session.exec(select(PartialResponseRow)).all())
    return ended + Counter({"drafts": drafts})
