"""Chance as a visitor: seeded nonsense over every route, by everybody; never a failure of ours, no look inside."""

from __future__ import annotations

import base64
import random
import zlib
from typing import Any
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import select

from questionnaire.actions.delivery import staff_links, suppressions
from questionnaire.actions.toolbox import Toolbox
from questionnaire.notify.notification import Recipient
from questionnaire.storage.tables import StaffRow
from tests.proof.size import sized
from tests.web.client import ANNA, ANSWERS, SLUG, answered, form_tokens, sign_in, submit

REQUESTS = sized(150, 10_000)
PIECES = [
    *(
        "",
        "a",
        "0",
        "-1",
        "99999999999999999999",
        "\x00",
        "\ud7ff",
        "\uffff",
        "é" * 30,
        "\u202e",
        "%",
        "%00",
        "%ff",
        "..",
    ),
    *("../", "//", "\\", "'", '"', "<b>", "{{7*7}}", "\r\n", ";", "&", "=", "null", "true", "NaN", "1e999", "[]", "{}"),
    *("@", "x" * 3000, SLUG, f"{SLUG}@4", f"{SLUG}@999999999999", "en", "fr", "next", "back", "teaser", "contact"),
    *("all", "lena", "1_9", "٣", "save", "later", "lang:fr", "d" * 32, '{"last":{"gclid":[1]}}', "eyJhIjoxfQ.x.y"),
    *("http://localhost/s/x", "json", "xml"),
    # What attackers sent: a text that inflates to megabytes, hosts that cannot be read, signs nobody sees.
    *("." + base64.urlsafe_b64encode(zlib.compress(b"[" * 2_000_000)).decode() + ".x", "[" * 2000, "http://[", "///x"),
    *("a@b.example\x01", "=?utf-8?q?a?=@b.example", "a\u200b+b@b.example", "\u202etxt.exe", "\U000e0041", "w。w"),
]
METHODS = ["GET", "GET", "POST", "POST", "POST", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "QUERY"]
HEADERS = (
    "Accept Accept-Language Accept-Encoding Content-Type Cookie If-None-Match Range Origin X-Forwarded-For "
    "If-Modified-Since Authorization Referer"
).split()
OWN = (
    "key lang publication state page shown step homepage email password person next csrf_token consent.tracking "
    "budget.other linkedin draft visit seen at source took sure later -lead -days"
).split()
FIELDS = [*ANSWERS, *ANNA, *OWN]
QUERIES = (
    "lang embed utm_source referrer page q sort stage owner label next trigger_event k resume version theme url format "
    "maxwidth maxheight lq_first"
).split()


def _nonsense(thrown: random.Random) -> str:
    return "".join(thrown.choice(PIECES) for _ in range(thrown.choice((1, 1, 1, 2, 3))))


def _address(app: Flask, thrown: random.Random, known: dict[str, list[str]]) -> str:
    rule = thrown.choice(list(app.url_map.iter_rules()))
    address = rule.rule
    for name in sorted(rule.arguments):
        value = thrown.choice(known[name]) if thrown.random() < 0.6 else _nonsense(thrown)
        for mark in (f"<{name}>", f"<path:{name}>"):
            address = address.replace(mark, quote(value, safe="" if thrown.random() < 0.5 else "/%"))
    asked = {thrown.choice(QUERIES): _nonsense(thrown) for _ in range(thrown.choice((0, 0, 1, 3)))}
    return address + ("?" + "&".join(f"{name}={quote(value)}" for name, value in asked.items()) if asked else "")


def _body(thrown: random.Random) -> dict[str, Any]:
    if thrown.random() < 0.2:
        return {"data": bytes(thrown.randrange(256) for _ in range(thrown.randrange(400)))}
    fields = answered(key=f"key-{thrown.randrange(20)}") if thrown.random() < 0.5 else {}
    return {"data": {**fields, **{thrown.choice(FIELDS): _nonsense(thrown) for _ in range(thrown.randrange(6))}}}


def _for_a_header(text: str) -> str:
    return text.replace("\r", "").replace("\n", "")[:500].encode("latin-1", "replace").decode("latin-1")


def _one(client: FlaskClient, app: Flask, thrown: random.Random, known: dict[str, list[str]]) -> str:
    method, address = thrown.choice(METHODS), _address(app, thrown, known)
    headers = {thrown.choice(HEADERS): _for_a_header(_nonsense(thrown)) for _ in range(thrown.choice((0, 0, 1, 2)))}
    given = _body(thrown) if method in ("POST", "PUT", "PATCH") else {}
    with client.open(address, method=method, headers=headers, **given) as seen:
        body = seen.get_data() if seen.mimetype in ("text/html", "application/json") else b""
        # oEmbed's own word for a format that is not spoken.
        other_format = seen.status_code == 501 and address.startswith("/oembed")
        assert seen.status_code < 500 or other_format, (seen.status_code, method, address, headers, given)
        assert b"Traceback" not in body
    return f"{seen.status_code}"


def _of_mails(toolbox: Toolbox) -> list[str]:
    now = toolbox.now()
    with toolbox.database.reading() as session:
        rep = session.exec(select(StaffRow).where(StaffRow.role == "rep")).one()
    links = (
        staff_links.lead_link(toolbox, rep, "1", now, now),
        suppressions.unsubscribe_address(toolbox, Recipient("anna@nordwind.example"), now),
    )
    return [link.rpartition("/")[2] for link in links]


@pytest.mark.parametrize("seed", [1, 2])
def test_nonsense_is_never_a_failure(app: Flask, seed: int) -> None:
    thrown = random.Random(seed)
    stranger = app.test_client()
    token = submit(stranger).removeprefix("/r/")
    known = {
        "slug": [SLUG],
        "sample": [SLUG],
        # Of a result, of the pages of a form (nothing sent yet, and something sent), and of links in mails.
        "token": [token, *form_tokens(stranger), *_of_mails(app.extensions["toolbox"])],
        "absence_id": ["1"],
        "page": ["start", "company", "contact"],
        "lead_id": ["1"],
        "mail_id": ["1"],
        "endpoint_id": ["w1"],
        "staff_id": ["1"],
        "act": ["reject", "approve", "nobody"],
        "decision": ["approve", "decline"],
        "event_id": ["e1"],
        "report": ["1"],
        "kind": ["csv", "xlsx", "svg", "png"],
        "step": ["company", "email", "people"],
        "tag": ["fr"],
        "filename": ["css/tokens.css"],
    }
    known |= {"name": ["0" * 32 + "-1x1.webp", "default"]}
    people = [stranger, sign_in(app, "admin"), sign_in(app, "rep")]
    seen = [_one(thrown.choice(people), app, thrown, known) for _ in range(REQUESTS)]
    assert {"200", "404"} <= set(seen), sorted(set(seen))
