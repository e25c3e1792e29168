"""Wrong and hostile input: a kind answer in the person's language, nothing typed lost, never a failure of ours."""

from __future__ import annotations

import errno
import html
import json
import re
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event
from sqlmodel import func, select

from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.delivery.mail_server import SmtpServer
from questionnaire.documents import RendererUnavailable
from questionnaire.documents.system_fonts import NO_FONTS
from questionnaire.jobs.execute import perform
from questionnaire.jobs.registry import JOB_TYPES
from questionnaire.storage.db import engine as engines
from questionnaire.storage.db import writer_lock
from questionnaire.storage.db.errors import DatabaseUnavailable
from questionnaire.storage.delivery import job_queue
from questionnaire.storage.publishing import survey_statuses
from questionnaire.storage.tables import DeliveryRow, FormStateRow, JobRow, ResponseRow
from tests.proof.size import sized
from tests.smtp_server import free_port
from tests.web.client import ANNA, ANSWERS, PAGE, SLUG, answered, follow, submit

FRENCH = {"Accept-Language": "fr"}


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def stored(toolbox: Toolbox) -> int:
    with toolbox.database.reading() as session:
        return int(session.execute(select(func.count()).select_from(ResponseRow)).scalar_one())


def typed_so_far(toolbox: Toolbox) -> list[str]:
    """The states of all forms without JavaScript, as JSON."""
    with toolbox.database.reading() as session:
        return sorted(json.dumps(row.content) for row in session.exec(select(FormStateRow)))


def kind(response: object, *statuses: int) -> str:
    """The text of an answer with one of these statuses, which shows nothing of the inside."""
    status, text = response.status_code, response.text  # type: ignore[attr-defined]  # of some types only
    assert status in statuses, (status, text[:500])
    for inward in ("Traceback", "sqlalchemy", "sqlite3", "psycopg", "werkzeug", 'File "'):
        assert inward not in text
    return html.unescape(text)


HOSTILE = {
    "NUL": "a\x00b",
    "an encoded surrogate": "%ED%A0%80",
    "a broken percent": "%zz%",
    "a bidi override": "\u202egnp.exe",
    "piled marks": "A" + "\u0335" * 50,
    "four-byte letters": "𝕬" * 400,
    "SQL": "'; DROP TABLE lead; --",
    "a template": "{{ config }}{% for x in y %}",
    "markup": "<script>alert(1)</script>",
    "line ends": "a\r\nBcc: everybody@evil.example",
    "a long line": "x" * 90_000,
    "a number": "9" * 400,
    "nothing": "",
}


def test_a_hostile_value_in_any_field_is_taken_in_cleaned_or_refused_in_words(
    client: FlaskClient, toolbox: Toolbox
) -> None:
    turn = sized(int(toolbox.database.is_sqlite), 0)
    for about, value in HOSTILE.items():
        names = [*answered(), "linkedin", "state", "page", "step", "shown", "homepage", "consent.tracking", value[:50]]
        # Small, the two databases take the fields in turn.
        for number, name in list(enumerate(names))[turn :: sized(2, 1)]:
            body = {**answered(key=f"{about}-{number}"), name: value}
            if "%" in value:
                raw = "&".join(f"{quote(k)}={v if k == name else quote(v)}" for k, v in body.items())
                response = client.post(PAGE, data=raw, content_type="application/x-www-form-urlencoded")
            else:
                response = client.post(PAGE, data=body)
            kind(response, 200, 303, 400, 409, 413, 422)
            # The same from a page without JavaScript, whose answers are stored on the way.
            kind(follow(client, client.post(PAGE, data={**body, "key": ""})), 200, 303, 400, 409, 413, 422)
        for place in (
            f"/s/{quote(value)}",
            f"/r/{quote(value)}",
            f"{PAGE}?lang={quote(value)}",
            f"{PAGE}?utm_source={quote(value)}",
            f"/sign-in?next={quote(value)}",
            f"/static/{quote(value)}",
        ):
            with client.get(place) as seen:
                kind(seen, 200, 308, 400, 404, 414)


def test_ten_thousand_answers_and_bodies_beyond_the_limit_are_refused(client: FlaskClient, toolbox: Toolbox) -> None:
    many = {f"q{number}": "1" for number in range(10_000)}
    for sent, status in ((many, 200), ({**many, "key": "a-browser"}, 422)):
        assert "fields we don’t use" in kind(follow(client, client.post(PAGE, data=sent)), status)
    assert "shorten the longest text" in kind(client.post(PAGE, data={"company": "x" * 300_000}), 413)
    parts = {f"q{number}": "1" for number in range(700)}
    assert kind(client.post(PAGE, data=parts, content_type="multipart/form-data"), 413)
    kind(client.post(PAGE, data={"k" * 50_000: "1", **answered()}), 422)
    assert "fields we don’t use" in kind(follow(client, client.post(PAGE, data={"k" * 50_000: "1", **ANSWERS})), 200)
    assert stored(toolbox) == 0
    assert not [state for state in typed_so_far(toolbox) if "q5000" in state or "k" * 100 in state]


KINDS_OF_BODY = ["application/json", "text/xml", "multipart/form-data", "multipart/form-data; boundary=", "",
                 "a/b; charset=utf-99", "application/x-www-form-urlencoded; charset=utf-16"]  # fmt: skip
BODIES = [b"", b'{"employees": "1_9"}', b"\x00\xff\xfe", b"--x\r\n\r\n", b"a=%&%=b&=&&;=%00"]


def test_another_kind_of_body_is_answered_in_words(client: FlaskClient, toolbox: Toolbox) -> None:
    for kind_of_body in KINDS_OF_BODY:
        for body in BODIES:
            for accept in ("text/html", "application/json"):
                response = client.post(PAGE, data=body, content_type=kind_of_body, headers={"Accept": accept})
                assert kind(follow(client, response), 200, 400, 413, 415, 422)
                # A program gets its answer directly.
                assert accept == "text/html" or response.status_code != 303
    assert stored(toolbox) == 0


def hidden_fields(page: str) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="([a-z]+)" value="([^"]*)"', page)
    return {name: html.unescape(value) for name, value in found}


def test_a_forged_score_is_refused_and_what_was_typed_stays(client: FlaskClient, toolbox: Toolbox) -> None:
    page = ""
    for forged in ("fit", "intent", "score", "label", "stage", "owner", "maturity", "confirmed_at", "employees.level"):
        response = client.post(PAGE, data=answered(**{forged: "100"}))
        assert forged in kind(response, 422)
        page = response.text
    assert stored(toolbox) == 0
    assert client.post(PAGE, data={**hidden_fields(page), **ANNA}).status_code == 303
    assert stored(toolbox) == 1


def test_a_survey_that_is_unknown_or_closed_is_said_in_the_language_of_the_browser(
    client: FlaskClient, toolbox: Toolbox
) -> None:
    assert '<html lang="fr">' in kind(client.get("/s/nothing", headers=FRENCH), 404)
    assert '<html lang="fr">' in kind(client.post("/s/nothing", data=answered(), headers=FRENCH), 404)
    with toolbox.database.writing() as session:
        survey_statuses.set_state(session, SLUG, "closed", "", toolbox.now())
    assert "This diagnostic is closed" in kind(client.post(PAGE, data=answered()), 410)
    assert stored(toolbox) == 0


# --- the house in trouble --------------------------------------------------------------------------------------


@pytest.fixture
def impatient(toolbox: Toolbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same code with less patience, so that a test need not wait ten seconds."""
    monkeypatch.setattr(engines, "PATIENCE_SECONDS", 0.2)
    if toolbox.database.writer_lock is not None:
        monkeypatch.setattr(toolbox.database.writer_lock, "_patience", 0.2)
    if not toolbox.database.is_sqlite:

        @event.listens_for(toolbox.database.write_engine, "begin")
        def hurry(connection: object) -> None:
            connection.exec_driver_sql("SET LOCAL lock_timeout = '200ms'")  # type: ignore[attr-defined]  # of some types only


@pytest.fixture
def locked(toolbox: Toolbox, impatient: None) -> Iterator[Callable[[], None]]:
    """Somebody else holds the database until the returned function is called."""
    with toolbox.database.write_engine.connect() as other:
        if toolbox.database.is_sqlite:
            # The connection has begun as every writer does, and holds the one lock there is.
            other.exec_driver_sql("SELECT 1")
        else:
            other.exec_driver_sql("LOCK TABLE response, lead IN EXCLUSIVE MODE")
        yield other.rollback


def test_a_locked_database_is_not_now_and_the_same_press_works_later(
    client: FlaskClient, toolbox: Toolbox, locked: Callable[[], None]
) -> None:
    response = client.post(PAGE, data=answered(), headers=FRENCH)
    page = kind(response, 503)
    assert int(response.headers["Retry-After"]) > 0
    assert "Nordwind Software" in page
    said = client.post(PAGE, data=answered(), headers={"Accept": "application/json"})
    assert json.loads(said.text)["title"]
    assert kind(client.get(PAGE), 200)
    if toolbox.database.is_sqlite:
        assert client.get("/health/ready").status_code == 503
    locked()
    assert client.post(PAGE, data={**hidden_fields(response.text), **ANNA}).status_code == 303
    assert stored(toolbox) == 1


@pytest.fixture
def full_disk(toolbox: Toolbox) -> Iterator[None]:
    """The driver says that the disk is full whenever an answer is to be written."""

    def refuse(*arguments: object) -> None:
        statement = str(arguments[2])
        if statement.lstrip().upper().startswith("INSERT"):
            if toolbox.database.is_sqlite:
                raise sqlite3.OperationalError("database or disk is full")
            import psycopg

            raise psycopg.errors.DiskFull(f"could not extend file: {errno.ENOSPC}")

    event.listen(toolbox.database.write_engine, "before_cursor_execute", refuse)
    yield
    event.remove(toolbox.database.write_engine, "before_cursor_execute", refuse)


@pytest.mark.usefixtures("full_disk")
def test_a_full_disk_is_not_now_and_says_when_to_come_again(client: FlaskClient, toolbox: Toolbox) -> None:
    response = client.post(PAGE, data=answered())
    assert "Nordwind Software" in kind(response, 503)
    assert int(response.headers["Retry-After"]) >= 60
    assert client.get("/health/ready").status_code == 503
    assert client.get("/health/live").status_code == 200
    assert stored(toolbox) == 0


def test_without_pango_answers_are_taken_and_the_page_says_that_the_file_follows(
    client: FlaskClient, toolbox: Toolbox
) -> None:
    class NoPress:
        fonts = NO_FONTS

        def print(self, *_: object, **__: object) -> object:
            raise RendererUnavailable("cannot load library 'libpango-1.0-0'")

    address = submit(client)
    working = replace(toolbox, renderer=NoPress())  # type: ignore[arg-type]
    with toolbox.database.writing() as session:
        (job,) = job_queue.due_jobs(session, ("render_report",), toolbox.now(), 5)
        job_queue.claim(session, job)
    perform(working, JOB_TYPES, job.key, job.turn)
    with toolbox.database.reading() as session:
        waiting = session.get_one(JobRow, job.key)
    assert (waiting.state, waiting.attempt) == ("waiting", 0)
    assert waiting.not_before > toolbox.now()
    assert "libpango" in waiting.last_error
    assert "Nordwind Software" in kind(client.get(address), 200)
    paper = client.get(f"{address}/report.pdf")
    assert "Traceback" not in kind(paper, 202)
    assert paper.headers["Retry-After"]
    assert "libpango" not in paper.text


def test_without_a_mail_server_answers_are_taken_and_the_mail_waits(app: Flask, toolbox: Toolbox) -> None:
    address = submit(app.test_client())
    posting = replace(toolbox, settings=replace(toolbox.settings, smtp=SmtpServer("127.0.0.1", free_port(), "none")))
    for name in ("tell", "deliver"):
        with toolbox.database.writing() as session:
            jobs = job_queue.due_jobs(session, (name,), toolbox.now(), 9)
            for job in jobs:
                job_queue.claim(session, job)
        for job in jobs:
            perform(posting, JOB_TYPES, job.key, job.turn)
    with toolbox.database.reading() as session:
        mails = session.exec(select(DeliveryRow)).all()
        waiting = [session.get_one(JobRow, row.job_key) for row in mails]
    assert {row.state for row in mails} == {"queued"}
    assert {(job.state, job.attempt) for job in waiting} == {("waiting", 1)}
    assert all(job.not_before > toolbox.now() for job in waiting)
    assert "Nordwind Software" in kind(app.test_client().get(address), 200)


def test_without_patience_the_lane_gives_up_in_words() -> None:
    narrow = writer_lock.FairLock(0.01)
    with narrow.turn(), pytest.raises(DatabaseUnavailable), narrow.turn():
        pass
