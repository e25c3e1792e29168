"""A small installation for tests of pages: real components, a fixed clock, a client that inspects pages."""

from __future__ import annotations

import html
import itertools
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from typing import Any

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import select
from werkzeug.test import TestResponse

from questionnaire.actions.people import staff
from questionnaire.actions.publishing import publish_version
from questionnaire.actions.respond import judgement
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.brand.theme import DEFAULT_THEME
from questionnaire.library.domains import known_domains
from questionnaire.settings import Settings, read_settings
from questionnaire.storage.db.engine import Database
from questionnaire.storage.delivery.job_queue import JobTable
from questionnaire.storage.tables import JobRow
from tests.authored import authored, authored_file

FRIDAY = datetime(2026, 10, 2, 8, 0, tzinfo=UTC)
PASSWORD = "four words nobody strings"
SLUG = "sales-marketing-alignment"
PAGE = f"/s/{SLUG}"
PEOPLE = {
    "rep": ("lena@nordlicht.example", "Lena Vogt", "lena"),
    "manager": ("ines@nordlicht.example", "Ines Morel", "ines"),
    "ops": ("olga@nordlicht.example", "Olga Ops", None),
    "marketing": ("mo@nordlicht.example", "Mo Marketing", None),
    "admin": ("ada@nordlicht.example", "Ada Admin", None),
}
ANSWERS = {
    "employees": "50_199",
    "industry": "saas",
    "buying_role": "decision_maker",
    "definitions": "separate",
    "scoring": "manual",
    "response_time": "over_24h",
    "feedback": "informal",
    "timeline": "lt_3m",
    "budget": "allocated",
    "next_step": "demo",
}
ANNA = {
    "email": "anna.keller@nordwind.example",
    "first_name": "Anna",
    "last_name": "Keller",
    "company": "Nordwind Software",
    "job_title": "VP Sales",
    "country": "DE",
    "phone": "+49 30 901820",
}


@dataclass
class Clock:
    at: datetime = FRIDAY

    def __call__(self) -> datetime:
        return self.at

    def pass_(self, **span: int) -> None:
        self.at += timedelta(**span)


@dataclass
class Draw:
    """Unique ids and tokens, also different from those in a copied database."""

    numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(int.from_bytes(os.urandom(4))))

    def id(self) -> str:
        return f"{next(self.numbers):032x}"

    def token(self) -> str:
        return f"token-{next(self.numbers):026d}"


_OF_THE_PRODUCT = staff._hasher
"""Taken on import: two folders of tests use the fixture, and the second would take what the first put in its place."""


@pytest.fixture(scope="session", autouse=True)
def product_hasher() -> Iterator[PasswordHasher]:
    """The hasher of the product. Password hashing is slow on purpose, so tests use one with minimal cost."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(staff, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        yield _OF_THE_PRODUCT


def make_settings(**more: str) -> Settings:
    env = {
        "QUESTIONNAIRE_SECRET_KEY": "kJ8s-not-a-secret-0123456789-abcdefghijklmnop",
        "QUESTIONNAIRE_PUBLIC_URL": "http://localhost",
        **{f"QUESTIONNAIRE_{name}": value for name, value in more.items()},
    }
    settings, problems = read_settings(env)
    assert settings is not None, problems
    return settings


def make_toolbox(database: Database, clock: Clock, **more: str) -> Toolbox:
    """A toolbox for a database that `fill` has filled."""
    draw = Draw()
    return Toolbox(
        settings=make_settings(**more),
        database=database,
        queue=JobTable(clock),
        domains=known_domains(),
        theme=DEFAULT_THEME,
        now=clock,
        new_id=draw.id,
        new_token=draw.token,
    )


def fill(toolbox: Toolbox, clock: Clock) -> None:
    """Publishes the sample survey and adds staff users. Tests of pages do this once per process."""
    for kind, file in (("policy", "policies/default.yaml"), ("survey", f"{SLUG}/survey.yaml")):
        assert publish_version.publish(toolbox, kind, authored_file(file), clock()) is None  # type: ignore[arg-type]  # a literal
    for role, (email, name, rep) in PEOPLE.items():
        assert staff.add(toolbox, email, name, role, PASSWORD, rep, "en", clock()) == ()


def publish(toolbox: Toolbox, text: str) -> None:
    assert publish_version.publish(toolbox, "survey", authored(text), toolbox.now()) is None


def sign_in(app: Flask, role: str) -> FlaskClient:
    client = app.test_client()
    email = PEOPLE[role][0]
    form = {"csrf_token": csrf(client.get("/sign-in")), "email": email, "password": PASSWORD}
    assert client.post("/sign-in", data=form).status_code == 303
    return client


def csrf(response: TestResponse) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', response.text)
    assert found, "the page has no form token"
    return found[1]


def answered(key: str = "key-of-one-browser", **more: str) -> dict[str, str]:
    """The form that a browser with JavaScript submits at the end."""
    return {**ANSWERS, **ANNA, "key": key, "lang": "en", "publication": f"{SLUG}@4", **more}


def submit(client: FlaskClient, **more: str) -> str:
    """Submits the survey, runs its judgement as the worker would, and returns the path of the result."""
    response = client.post(PAGE, data=answered(**more))
    assert response.status_code == 303, response.text
    judge_everything(client.application.extensions["toolbox"])
    return response.headers["Location"]


def judge_everything(toolbox: Toolbox) -> None:
    """Judges all responses, as the worker does after each submission and each confirmation."""
    with toolbox.database.reading() as session:
        jobs = session.exec(select(JobRow).where(JobRow.name == judgement.JOB)).all()
    for job in jobs:
        judgement.judge_response(toolbox, str(job.args["response"]))


def hidden_fields(response: TestResponse) -> dict[str, str]:
    """The hidden fields of the form on a page."""
    found = re.findall(r'<input type="hidden" name="([a-z]+)" value="([^"]*)"', response.text)
    return {name: html.unescape(value) for name, value in found}


def press(
    client: FlaskClient, page: TestResponse, given: Mapping[str, str] | None = None, to: str = ""
) -> TestResponse:
    """Presses a button as a browser without scripts does: `to` is a part of its address, "" for the first button."""
    buttons = re.findall(r"<button [^>]+>", page.text)
    button = next((one for one in buttons if f"/{to}" in one), "") if to else buttons[0]
    assert button, f"no button leads to {to}"
    form = re.search(r'<form id="form"[^>]*>', page.text)
    assert form
    found = re.search(r'formaction="([^"]*)"', button) or re.search(r' action="([^"]*)"', form[0])
    address = html.unescape(found[1]) if found else page.request.full_path
    named = re.search(r'name="(\w+)" value="(\w+)"', button)
    sent = {**hidden_fields(page), **(given or {}), **({named[1]: named[2]} if named else {})}
    return follow(client, client.post(address, data=sent))


def follow(client: FlaskClient, response: TestResponse) -> TestResponse:
    """Opens the page of the form that a POST leads to; a redirect to the result is left to the test."""
    if response.status_code == 303 and "/form/" in response.headers["Location"]:
        return client.get(response.headers["Location"])
    return response


def form_tokens(client: FlaskClient) -> tuple[str, str]:
    """Tokens in the addresses of two forms without JavaScript: nothing was sent yet, and something was sent."""
    began = client.get(f"{PAGE}/start").headers["Location"]
    went_on = client.post(PAGE, data={**ANSWERS, **ANNA, "page": "company"}).headers["Location"]
    fresh, sent = (address.split("/form/")[1].split("/")[0] for address in (began, went_on))
    return fresh, sent


# --- the client that looks -------------------------------------------------------------------------------------


class _Look(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.h1 = 0
        self.title = ""
        self.lang = ""
        self.inputs: list[tuple[str, dict[str, str | None]]] = []
        self.labelled: set[str] = set()
        self.forms: list[set[str]] = []
        self._open: list[str] = []
        self._label = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self._open.append(tag)
        if tag == "h1":
            self.h1 += 1
        elif tag == "html":
            self.lang = given.get("lang") or ""
        elif tag == "label":
            self._label += 1
            self.labelled.add(given.get("for") or "")
        elif tag == "form":
            self.forms.append({"post"} if given.get("method") == "post" else set())
        elif tag in ("input", "select", "textarea"):
            if self.forms and given.get("name"):
                self.forms[-1].add(str(given["name"]))
            if given.get("type") not in ("hidden", "submit") and not self._label:
                self.inputs.append((tag, given))

    def handle_endtag(self, tag: str) -> None:
        if tag == "label":
            self._label -= 1

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] == "title":
            self.title += data


class Inspecting(FlaskClient):
    """Inspects every page it fetches: title, one h1, a label per field, CSRF tokens, the Content-Security-Policy."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        response = super().open(*args, **kwargs)
        policy = response.headers["Content-Security-Policy"]
        assert "unsafe" not in policy
        assert "default-src 'none'" in policy
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        readable = response.mimetype == "text/html" and "Content-Encoding" not in response.headers
        if readable and response.data and response.status_code not in (301, 302, 303, 308):
            is_preview = response.request.path.endswith("/draft/preview")
            staff_page = response.request.path.startswith(("/desk", "/sign-")) and not is_preview
            look(response.text, staff_page=staff_page)
        return response


def look(page: str, *, staff_page: bool) -> None:
    seen = _Look()
    seen.feed(page)
    assert seen.title.strip(), "the page has no title"
    assert seen.h1 == 1, f"the page has {seen.h1} h1"
    assert seen.lang in ("en", "fr", "de", "ar"), "the page names no language"
    bare = [
        given.get("name")
        for _, given in seen.inputs
        if given.get("id") not in seen.labelled and not given.get("aria-label")
    ]
    assert not [name for name in bare if name], f"these fields have no label: {bare}"
    assert "style=" not in page
    if staff_page:
        open_forms = [form for form in seen.forms if "post" in form and "csrf_token" not in form]
        assert not open_forms, f"a form carries no token: {open_forms}"
