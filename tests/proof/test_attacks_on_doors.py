"""Attacks by strangers on the doors: signed links, bodies, the write lock, probes, names, and where a page leads on."""

from __future__ import annotations

import base64
import json
import time
import tracemalloc
import zlib
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.proof.size import sized
from tests.web.house import PAGE, answered, hidden_fields

MB = 1024 * 1024


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


def test_nobody_s_token_costs_more_than_a_page_on_any_route_that_takes_one(app: Flask) -> None:
    client = app.test_client()
    asks = asks_with_tokens(app)
    assert len(asks) >= 9, sorted(asks)
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
            PAGE, query_string={"k": token}, data={"step": "next", "publication": "sales-marketing-alignment@3"}
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


def test_a_link_of_megabytes_made_of_our_own_content_is_not_signed(app: Flask) -> None:
    """Who sends a form's state back with more and more in it is stopped before the state is larger than a body."""
    client = app.test_client()
    page = client.post(PAGE, data={"step": "next", "publication": "sales-marketing-alignment@3", "page": ""})
    state = hidden_fields(page)["state"]
    for turn in range(10):
        typed = {"state": state, "step": "next", "company": f"{turn}" * 5, "phone": chr(97 + turn) * 240_000}
        response = client.post(PAGE, data=typed)
        assert response.status_code < 500
        if response.status_code == 413:
            return
        state = hidden_fields(response)["state"]
        assert len(zlib.decompress(base64.urlsafe_b64decode(state[1:].split(".")[0] + "==="))) <= 2 * MB
