"""Attacks on what stands behind the doors: names, where a page leads on, and files that were changed."""

from __future__ import annotations

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlencode

import pytest
from flask import Flask
from sqlalchemy import event
from sqlmodel import select

from questionnaire.actions.documents import reports
from questionnaire.actions.health import Readiness
from questionnaire.actions.toolbox import Toolbox
from questionnaire.documents.system_fonts import NO_FONTS
from questionnaire.storage.tables import DocumentRow, ResponseRow
from questionnaire.web import create_app
from tests.proof.size import sized
from tests.web.client import ANNA, PAGE, PASSWORD, PEOPLE, Clock, csrf, make_settings, sign_in, submit
from tests.web.stored import keep_document

# --- names that hide or turn what stands round them -------------------------------------------------------------

UNSEEN = "\u200b\u200d\u200e\u202e\u2066\u2069\u00ad\u2060\ufeff\ufe0f\u3164\ue000\U000e0041"


def test_what_nobody_sees_is_in_no_name_that_is_stored_or_shown(app: Flask, toolbox: Toolbox) -> None:
    names = ("first_name", "last_name", "company", "job_title")
    hidden = {name: laced(ANNA[name]) for name in names}
    where = submit(app.test_client(), **hidden, phone="")
    with toolbox.database.reading() as session:
        (row,) = session.exec(select(ResponseRow)).all()
    kept = json.dumps([row.contact, row.answers, row.source], ensure_ascii=False)
    assert not set(UNSEEN) & set(kept)
    assert row.contact["company"] == ANNA["company"]
    page = app.test_client().get(where).text
    assert not set(UNSEEN) & set(page)
    assert f"<bdi>{ANNA['company']}</bdi>" in page
    found = sign_in(app, "admin").get("/desk", query_string={"q": laced("Nordwind")}).text
    assert 'value="Nordwind"' in found


def laced(text: str) -> str:
    """The text with something unseen behind each of its letters."""
    return "".join(f"{char}{UNSEEN[place % len(UNSEEN)]}" for place, char in enumerate(text))


# --- where a page leads on ---------------------------------------------------------------------------------------


ELSEWHERE = [
    "http://[", "http://[::1", "https://evil.example", "//evil.example", "///evil.example", "/\\evil.example",
    "\\\\evil.example", "/\t/evil.example", "/\n/evil.example", "\t//evil.example", "/\r\nSet-Cookie: a=b",
    "javascript:alert(1)", "data:text/html,x", "evil.example", "desk", "/\x00", "/\u202edesk", " /desk", "",
    "/desk?a=" + "a" * 5000,
]  # fmt: skip


def test_the_right_password_leads_nowhere_but_into_the_desk(app: Flask) -> None:
    failures = []
    for address in [*ELSEWHERE, "/desk?stage=mql&q=a%20b", "/desk/leads/1"]:
        client = app.test_client()
        # In the path of the address the way a browser would send it, and in the form as anybody may.
        form = {"csrf_token": csrf(client.get("/sign-in")), "email": PEOPLE["rep"][0], "password": PASSWORD}
        typed = urlencode({**form, "next": address})
        response = client.post("/sign-in", data=typed, content_type="application/x-www-form-urlencoded")
        expected = "/desk/start" if address in ELSEWHERE else address
        if (response.status_code, response.headers.get("Location")) != (303, expected):
            failures.append(f"{address!r}: {response.status_code} {response.headers.get('Location')}")
        app.extensions["limits"].counted.storage.reset()
    assert not failures, "\n".join(failures)


def test_an_unknown_language_in_the_address_leaves_the_choice_to_the_browser_and_says_so(app: Flask) -> None:
    client = app.test_client()
    for lang, varies in (("zz", True), ("", True), ("en", False), ("EN-gb", False)):
        response = client.get(PAGE, query_string={"lang": lang}, headers={"Accept-Language": "fr"})
        assert ("Accept-Language" in response.headers["Vary"]) is varies, lang


def test_who_sends_no_referrer_over_https_is_told_what_to_do(toolbox: Toolbox) -> None:
    https = replace(toolbox, settings=make_settings(PUBLIC_URL="https://localhost"))
    client = create_app(https).test_client()
    page = client.get("/sign-in", base_url="https://localhost")
    form = {"csrf_token": csrf(page), "email": PEOPLE["rep"][0], "password": PASSWORD}
    response = client.post("/sign-in", data=form, base_url="https://localhost")
    assert response.status_code == 400
    assert "check where this form came from" in response.text
    here = {"Referer": "https://localhost/sign-in"}
    assert client.post("/sign-in", data=form, base_url="https://localhost", headers=here).status_code == 303


# --- a file that was changed where it lies ------------------------------------------------------------------------


def test_a_damaged_file_is_shown_to_nobody_and_printed_again_by_a_button(app: Flask, toolbox: Toolbox) -> None:
    client = app.test_client()
    where = submit(client)
    with toolbox.database.reading() as session:
        (row,) = session.exec(select(ResponseRow)).all()
    keep_document(toolbox, row.id, "report", b"%PDF sound")
    report = f"{where}/report.pdf"
    assert client.get(report).data == b"%PDF sound"
    with toolbox.database.writing() as session:
        session.exec(select(DocumentRow)).one().content = b"%PDF changed"
    shown = client.get(report)
    assert shown.status_code == 202
    assert "damaged" in shown.text
    assert "Refresh" not in shown.headers, "nothing is on its way: looking again would wait for ever"
    asked = statements(app, "INSERT")
    assert client.post(report).status_code == 303
    assert any("INTO job" in one for one in asked)
    press = replace(toolbox, renderer=OnePage())
    reports.print_report(press, row.id)
    assert client.get(report).data == b"%PDF anew"
    assert client.post("/r/nobody/report.pdf").status_code == 404


class OnePage:
    """A press that prints the same page always."""

    pdf, plain = b"%PDF anew", False
    fonts = NO_FONTS

    def print(self, *_: object, **__: object) -> OnePage:
        return self


# --- the probe of strangers ------------------------------------------------------------------------------------


def test_a_thousand_looks_at_whether_it_is_ready_write_once(app: Flask, clock: Clock) -> None:
    client, written = app.test_client(), statements(app, "INSERT")
    for _ in range(sized(100, 1000)):
        assert client.get("/health/ready").status_code == 200
    assert len(written) == 1
    clock.pass_(seconds=5)
    assert client.get("/health/ready").status_code == 200
    assert len(written) == 2


def test_one_looks_whether_it_is_ready_and_the_others_are_told_what_was_known(
    app: Flask, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert app.test_client().get("/health/ready").status_code == 200
    clock.pass_(seconds=5)
    begun, go_on, probes = threading.Event(), threading.Event(), list[int]()

    def slow(toolbox: Toolbox, now: datetime) -> Readiness:
        probes.append(1)
        begun.set()
        go_on.wait(60)
        return Readiness(ready=False, problems=("write",))

    monkeypatch.setattr("questionnaire.web.http.health.readiness", slow)
    with ThreadPoolExecutor(1) as other:
        first = other.submit(lambda: app.test_client().get("/health/ready").status_code)
        assert begun.wait(60)
        assert {app.test_client().get("/health/ready").status_code for _ in range(20)} == {200}
        go_on.set()
        assert first.result() == 503
    assert app.test_client().get("/health/ready").status_code == 503
    assert len(probes) == 1


def statements(app: Flask, kind: str) -> list[str]:
    """Grows by each statement of this kind from here on."""
    seen: list[str] = []

    def note(*arguments: object) -> None:
        if str(arguments[2]).lstrip().upper().startswith(kind):
            seen.append(str(arguments[2]))

    event.listen(app.extensions["toolbox"].database.write_engine, "before_cursor_execute", note)
    return seen
