"""Mail scanners and link previews: opening every kind of link, as everybody, with GET and HEAD, writes nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlmodel import select

from questionnaire.actions.assessing import personal_links
from questionnaire.actions.assessing.links import sign
from questionnaire.actions.delivery import staff_links, suppressions
from questionnaire.actions.respond import acceptance, resume
from questionnaire.actions.respond.resume import PartialResponse
from questionnaire.actions.toolbox import Toolbox
from questionnaire.notify.notification import Recipient
from questionnaire.storage.tables import LeadRow, PartialResponseRow, ResponseRow, StaffRow
from tests.proof.size import sized
from tests.rows import delivery
from tests.web.client import ANNA, PAGE, SLUG, form_tokens, sign_in, submit

PASSES = sized(2, 1000)
pytestmark = pytest.mark.usefixtures("quiet")


@pytest.fixture
def quiet(toolbox: Toolbox) -> None:
    with toolbox.database.writing() as session:
        session.add(delivery("m1"))


def _addresses(app: Flask, toolbox: Toolbox, result: str, forms: tuple[str, ...]) -> list[str]:
    """Every route that answers a GET, readiness included; with the browser's link, the mailed and the shared one, and
    with the addresses of forms without JavaScript."""
    with toolbox.database.reading() as session:
        lead, row = session.exec(select(LeadRow)).one(), session.exec(select(ResponseRow)).one()
    found = []
    keys = toolbox.settings.secret_keys
    mailed, shared = (sign(keys, purpose, row.id, row.at) for purpose in ("mailed", "shared"))
    for token in (result.removeprefix("/r/"), mailed, shared, *forms, *_of_mails(toolbox, lead)):
        known: dict[str, Any] = {"slug": SLUG, "token": token, "lead_id": lead.id, "mail_id": "m1", "tag": "fr",
                                 "staff_id": "nobody", "report": "r1", "kind": "csv", "step": "email",
                                 "act": "reject", "decision": "approve", "event_id": "e1",
                                 "filename": "css/tokens.css", "name": "0" * 32 + "-1x1.webp",
                                 "page": "contact", "endpoint_id": "w1", "sample": SLUG}  # fmt: skip
        with app.test_request_context():
            found += [
                app.url_for(rule.endpoint, **{name: values[name] for name in rule.arguments})
                for rule in app.url_map.iter_rules()
                for values in (known if rule.endpoint == "images.show" else {**known, "name": "default"},)
                if "GET" in (rule.methods or ())
            ]
    return sorted({*found, *_personal(toolbox)})


def _of_mails(toolbox: Toolbox, lead: LeadRow) -> list[str]:
    """What stands in a mail to a rep about a lead and about a list, and in a mail that nobody asked for."""
    now = toolbox.now()
    with toolbox.database.reading() as session:
        rep = session.exec(select(StaffRow).where(StaffRow.role == "rep")).one()
    links = [
        staff_links.lead_link(toolbox, rep, lead.id, now + timedelta(hours=1), now),
        staff_links.list_link(toolbox, rep, "/desk", now),
        suppressions.unsubscribe_address(toolbox, Recipient(ANNA["email"]), now),
    ]
    return [link.rpartition("/")[2] for link in links]


def _personal(toolbox: Toolbox) -> list[str]:
    """A signed link, and one that goes on where somebody stopped."""
    now = toolbox.now()
    invitation, problems = personal_links.invite(toolbox, SLUG, {"email": "anna@nordwind.example"}, now)
    assert problems == ()
    publication = acceptance.get_publication(toolbox, SLUG)
    assert publication is not None
    resume.save(toolbox, PartialResponse(publication.survey, "en", "d" * 32, typed={"employees": ["50_199"]}), now)
    with toolbox.database.reading() as session:
        links = [invitation, resume.resume_link(toolbox, session.get_one(PartialResponseRow, "d" * 32))]
    return [link.removeprefix("http://localhost") for link in links]


def test_looking_changes_nothing(app: Flask, toolbox: Toolbox, picture: Callable[[], str]) -> None:
    stranger = app.test_client()
    fresh, sent = form_tokens(stranger)
    pages = _addresses(app, toolbox, submit(stranger), (fresh, sent))
    assert "/health/ready" in pages
    for token, typed in ((fresh, False), (sent, True)):
        form = f"{PAGE}/form/{token}/contact"
        assert form in pages
        seen = stranger.get(form)
        assert (seen.status_code, ANNA["email"] in seen.text) == (200, typed)
    people = [stranger, *(sign_in(app, role) for role in ("admin", "rep", "marketing"))]
    before = picture()
    for number in range(PASSES):
        who = people[number % len(people)]
        for page in pages:
            for method in ("GET", "HEAD"):
                with who.open(page, method=method) as response:
                    assert response.status_code < 500, page
    for who in people:
        for page in pages:
            with who.get(page) as response:
                assert response.status_code < 500, page
    assert picture() == before


def test_the_picture_sees_a_single_changed_word(toolbox: Toolbox, picture: Callable[[], str]) -> None:
    before = picture()
    with toolbox.database.writing() as session:
        session.add(delivery("m2"))
    assert picture() != before
