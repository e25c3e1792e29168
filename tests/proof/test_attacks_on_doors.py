"""Attacks by strangers on the doors: signed links, bodies, the write lock, probes, names, and where a page leads on."""

from __future__ import annotations

import base64
import contextlib
import json
import os
import socket
import sqlite3
import time
import tracemalloc
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlencode

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from questionnaire.storage.db.engine import Database, open_database
from questionnaire.storage.db.errors import DatabaseUnavailable
from questionnaire.storage.people import settings_store
from tests.databases import KINDS
from tests.proof.running import Running, running, wait_for
from tests.proof.size import sized
from tests.smtp_server import free_port
from tests.web.client import FRIDAY, PAGE, answered, follow, hidden_fields

MB = 1024 * 1024
# A token is refused before any database is asked: small, one kind is enough.
WHATEVER_THE_DATABASE = pytest.mark.parametrize("database", sized(("sqlite",), KINDS), indirect=True)


# --- tokens: nothing is inflated or parsed at length before the signature is right ------------------------------


def packed(content: bytes) -> str:
    return "." + base64.urlsafe_b64encode(zlib.compress(content, 9)).rstrip(b"=").decode()


def plain(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def hostile_tokens() -> Iterator[tuple[str, str]]:
    """What it is, and the token: none has a signature of ours."""
    size = sized(8, 40) * MB
    yield "zeros", packed(b"[" + b"0," * (size // 2) + b"0]") + ".c2lnbmF0dXJl"
    yield "zeros in a form state", packed(b"[" + b"0," * (size // 2) + b"0]") + ".aaaaaa.c2lnbmF0dXJl"
    yield "empty lists", packed(b"[" + b"[]," * (size // 3) + b"[]]") + ".c2lnbmF0dXJl"
    yield "one string", packed(b'"' + b"a" * size + b'"') + ".c2lnbmF0dXJl"
    yield "an invitation", packed(b'[["x",{"email":"' + b"a" * size + b'"}],9999999999]') + ".c2lnbmF0dXJl"
    yield "deep lists", packed(b"[" * 60_000) + ".c2lnbmF0dXJl"
    yield "deep lists that close", packed(b"[" * 900 + b"]" * 900) + ".c2lnbmF0dXJl"
    deep = b'[["sales-marketing-alignment",{"company":' + b"[" * 700 + b"]" * 700 + b"}],9999999999]"
    yield "a deep invitation", packed(deep) + ".c2lnbmF0dXJl"
    yield "deep objects", packed(b'{"a":' * 60_000) + ".c2lnbmF0dXJl"
    yield "a long number", packed(b"[" + b"9" * 60_000 + b",1]") + ".c2lnbmF0dXJl"
    yield "a surrogate", plain(b'[["sales-marketing-alignment",{"company":"\\ud800"}],9999999999]') + ".c2lnbmF0dXJl"
    yield "not a number", plain(b'[["sales-marketing-alignment",{"company":NaN}],Infinity]') + ".c2lnbmF0dXJl"
    yield "plain and long", plain(json.dumps(["a" * 150_000, 9999999999]).encode()) + ".c2lnbmF0dXJl"
    yield "dots", "." * 100_000
    yield "no bytes of base64", ".\x7f\x7f.é.c2lnbmF0dXJl"


@WHATEVER_THE_DATABASE
def test_nobody_s_token_costs_more_than_a_page_on_any_route_that_takes_one(app: Flask) -> None:
    client = app.test_client()
    asks = asks_with_tokens(app)
    assert len(asks) >= 9, sorted(asks)
    for ask in asks.values():
        # Whatever is loaded with the first request of its kind is no cost of a token.
        ask(client, "x.y")
    usual = min(cost(lambda: client.get(f"{PAGE}?k=x.y"))[1] for _ in range(3))
    failures = []
    for what, token in hostile_tokens():
        for name, ask in asks.items():
            status, seconds, peak = tried(client, ask, token)
            # A long address is parsed and a long form read before anybody looks at it; a bomb was a hundred times that.
            if status >= 500 or peak > 6 * MB or seconds > 40 * usual + 0.2:
                failures.append(f"{what} by {name}: {status}, {seconds:.2f} s of {usual:.3f}, {peak / MB:.1f} MB")
    assert not failures, "\n".join(failures)


Ask = Callable[[FlaskClient, str], TestResponse]


def asks_with_tokens(app: Flask) -> dict[str, Ask]:
    """Every way in which a stranger can hand over a token: each route of the app that names one, and the parameters."""
    asks: dict[str, Ask] = {
        "GET ?k": lambda client, token: client.get(PAGE, query_string={"k": token}),
        "GET ?resume": lambda client, token: client.get(PAGE, query_string={"resume": token}),
        "GET both": lambda client, token: client.get(PAGE, query_string={"resume": token, "k": token}),
        "POST ?k": lambda client, token: client.post(PAGE, query_string={"k": token}, data=answered()),
        "POST ?k next": lambda client, token: client.post(
            PAGE, query_string={"k": token}, data={"step": "next", "publication": "sales-marketing-alignment@4"}
        ),
        "POST ?k save": lambda client, token: client.post(
            PAGE, query_string={"k": token}, data={"step": "save", "draft": "d" * 32, "visit": "e" * 32}
        ),
        "POST state": lambda client, token: client.post(PAGE, data={"state": token, "step": "next"}),
    }
    for rule in app.url_map.iter_rules():
        if rule.arguments == {"token"}:
            for method in sorted((rule.methods or set()) & {"GET", "POST"}):
                asks[f"{method} {rule.rule}"] = _opening(method, rule.rule)
    return asks


def _opening(method: str, rule: str) -> Ask:
    return lambda client, token: client.open(rule.replace("<token>", token.replace("/", "_")), method=method)


def tried(client: FlaskClient, ask: Ask, token: str) -> tuple[int, float, int]:
    """Status, seconds of this thread and peak of memory in bytes."""
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        response = ask(client, token)
        peak = tracemalloc.get_traced_memory()[1] - before
    finally:
        tracemalloc.stop()
    _, seconds = cost(lambda: ask(client, token))
    return response.status_code, seconds, peak


def cost(ask: Callable[[], object]) -> tuple[object, float]:
    began = time.thread_time()
    answer = ask()
    return answer, time.thread_time() - began


@WHATEVER_THE_DATABASE
def test_a_link_of_megabytes_made_of_our_own_content_is_not_signed(app: Flask) -> None:
    """Who sends a form's state back with more and more in it is stopped before the state is larger than a body."""
    client = app.test_client()
    page = client.post(PAGE, data={"step": "next", "publication": "sales-marketing-alignment@4", "page": ""})
    state = hidden_fields(follow(client, page))["state"]
    for turn in range(10):
        typed = {"state": state, "step": "next", "company": f"{turn}" * 5, "phone": chr(97 + turn) * 240_000}
        response = follow(client, client.post(PAGE, data=typed))
        assert response.status_code < 500
        if response.status_code == 413:
            return
        state = hidden_fields(response)["state"]
        assert len(zlib.decompress(base64.urlsafe_b64decode(state[1:].split(".")[0] + "==="))) <= 2 * MB


# --- bodies that never end ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def patient_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """One installation that waits for bodies longer than any of these tests."""
    folder = tmp_path_factory.mktemp("patient")
    with running(folder, free_port(), QUESTIONNAIRE_BODY_SECONDS="600", QUESTIONNAIRE_WEB_THREADS="3") as made:
        yield made


def test_thirty_bodies_that_drip_keep_nobody_waiting(patient_house: Running) -> None:
    house = patient_house
    with dripping(house.port, 30) as drips:
        for _ in range(3):
            for drip in drips:
                drip.sendall(b"a")
            # Each asks for longer than a page ever takes: with a thread per body nobody would answer at all.
            assert house.ask("GET", PAGE)[0] == 200
            assert house.ask("POST", PAGE, urlencode(answered(key=os.urandom(8).hex())))[0] == 303
        assert all(is_open(drip) for drip in drips), "somebody was sent away before the deadline"


def test_a_body_that_is_late_and_a_head_that_never_ends_are_refused(tmp_path: Path) -> None:
    with running(tmp_path, free_port(), QUESTIONNAIRE_BODY_SECONDS="1") as house, dripping(house.port, 5) as drips:
        for drip in drips:
            answer = heard(drip)
            assert answer.startswith(b"HTTP/1.1 408 "), answer[:200]
            assert b"took too long to reach us" in answer
        head = socket.create_connection(("127.0.0.1", house.port), 60)
        with head:
            head.sendall(b"GET / HTTP/1.1\r\nHost: 127")
            assert b" 200 " not in heard(head)


def test_a_body_that_is_cut_off_is_no_answer(patient_house: Running) -> None:
    body = urlencode(answered(key="cut-off")).encode()
    head = f"POST {PAGE} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {len(body) + 10}\r\n".encode()
    kind = b"Content-Type: application/x-www-form-urlencoded\r\n\r\n"
    with socket.create_connection(("127.0.0.1", patient_house.port), 60) as line:
        line.sendall(head + kind + body)
        line.shutdown(socket.SHUT_WR)
        assert heard(line).split(b" ")[1:2] in ([b"400"], [])
    # Nothing was stored under the key: other answers may still be.
    assert patient_house.ask("POST", PAGE, urlencode(answered(key="cut-off", company="Another")))[0] == 303


@contextmanager
def dripping(port: int, number: int) -> Iterator[list[socket.socket]]:
    """So many connections that have sent one letter of a thousand."""
    head = f"POST {PAGE} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n".encode()
    kind = b"Content-Type: application/x-www-form-urlencoded\r\n\r\na"
    with ExitStack() as open_ones:
        drips = [open_ones.enter_context(socket.create_connection(("127.0.0.1", port), 60)) for _ in range(number)]
        for drip in drips:
            drip.sendall(head + kind)
        yield drips


def is_open(line: socket.socket) -> bool:
    line.setblocking(False)
    try:
        line.recv(1)
    except BlockingIOError:
        return True
    return False


def heard(line: socket.socket) -> bytes:
    """All that comes until the other side hangs up."""
    said = b""
    with contextlib.suppress(ConnectionError):
        while part := line.recv(65536):
            said += part
    return said


# --- a lock that somebody holds ---------------------------------------------------------------------------------


def test_a_lock_that_somebody_holds_leaves_the_pages_to_those_who_read(patient_house: Running) -> None:
    house = patient_house
    stranger = sqlite3.connect(next((house.log.parent / "data").glob("*.sqlite")), isolation_level=None)
    with contextlib.closing(stranger), ThreadPoolExecutor(12) as crowd:
        stranger.execute("BEGIN IMMEDIATE")
        writers = [crowd.submit(_written, house, number) for number in range(12)]
        # Those who cannot be taken in are told so, while a few wait for the lock.
        wait_for(lambda: sum(one.done() for one in writers) >= 8, 60)
        waiting = [one for one in writers if not one.done()]
        assert house.ask("GET", PAGE)[0] == 200
        assert house.ask("GET", "/health/live")[0] == 200
        assert waiting
        assert not all(one.done() for one in waiting), "the pages came only after the writers had given up"
        stranger.execute("ROLLBACK")
        statuses = Counter(one.result()[0] for one in writers)
        assert set(statuses) <= {303, 503}, statuses
        assert statuses[303] >= 1, statuses
        assert all(headers.get("retry-after") for status, headers, _ in map(Future.result, writers) if status == 503)


def _written(house: Running, number: int) -> tuple[int, dict[str, str], bytes]:
    return house.ask("POST", PAGE, urlencode(answered(key=f"locked-{number}")), seconds=60)


def test_writers_that_wait_for_a_lock_are_fewer_than_the_threads(database: Database) -> None:
    """On both databases: two wait for a row that a third connection holds, the next is refused at once."""
    limited = open_database(database.url.render_as_string(hide_password=False), writers=2)
    with contextlib.closing(limited), ThreadPoolExecutor(3) as crowd, database.writing() as holder:
        settings_store.keep(holder, "doors", {"held": 1}, FRIDAY)
        writers = [crowd.submit(_note, limited) for _ in range(3)]
        done, waiting = wait(writers, return_when=FIRST_COMPLETED)
        assert len(waiting) == 2, "the one that does not fit is refused while the others still wait"
        with pytest.raises(DatabaseUnavailable):
            done.pop().result()
        with limited.reading() as session:
            assert settings_store.find(session, "doors") is None
        holder.rollback()
        for one in waiting:
            one.result()


def _note(database: Database) -> None:
    with database.writing() as session:
        settings_store.keep(session, "doors", {"held": 2}, FRIDAY)
