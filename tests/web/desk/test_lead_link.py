"""From a mail to the lead: a page that names nobody, a code to the rep's own address, then the acts."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import col, select
from werkzeug.test import TestResponse

from questionnaire.actions.delivery import caps, staff_links
from questionnaire.actions.handoff import notifications
from questionnaire.actions.people import code_sign_in
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.identity.networks import network_of
from questionnaire.storage.people import staff
from questionnaire.storage.tables import DeliveryRow, LeadRow, ResponseRow, SignInCodeRow, StaffRow, StaffSessionRow
from tests.web.client import ANNA, Clock, csrf, submit

Desk = Callable[[str], FlaskClient]
PERSONAL = (
    *(ANNA[name] for name in ("email", "first_name", "last_name", "company", "job_title", "phone")),
    *("Lena", "Nordwind", "nordlicht.example", "901820", "Decision-maker"),
)


def _lead(toolbox: Toolbox) -> LeadRow:
    with toolbox.database.reading() as session:
        return session.exec(select(LeadRow)).one()


def _person(toolbox: Toolbox, email: str = "lena@nordlicht.example") -> StaffRow:
    with toolbox.database.reading() as session:
        row = staff.by_email(session, email)
        assert row is not None
        return row


def _link(toolbox: Toolbox, *, lead_id: str = "", email: str = "lena@nordlicht.example") -> str:
    """The path of a link in a mail about the lead, or about a list without one."""
    reader, now = _person(toolbox, email), toolbox.now()
    due = now + timedelta(hours=1)
    made = (
        staff_links.lead_link(toolbox, reader, lead_id, due, now)
        if lead_id
        else staff_links.list_link(toolbox, reader, "/desk?sort=newest", now)
    )
    return made.removeprefix("http://localhost")


@pytest.fixture
def link(client: FlaskClient, toolbox: Toolbox) -> str:
    """As it stands in the mail to the rep who got the lead."""
    submit(client)
    with toolbox.database.reading() as session:
        response_id = session.exec(select(ResponseRow)).one().id
    notifications.notify(toolbox, "lead_assigned", response_id)
    (mail,) = _mails(toolbox, "lead_assigned")
    found = re.findall(r"http://localhost(/l/\S+)", mail.payload["text"])
    assert found
    assert "/desk/leads/" not in str(mail.payload)
    return str(found[0])


def _mails(toolbox: Toolbox, kind: str = code_sign_in.KIND) -> list[DeliveryRow]:
    with toolbox.database.reading() as session:
        rows = select(DeliveryRow).where(DeliveryRow.kind == kind).order_by(col(DeliveryRow.created_at).desc())
        return list(session.exec(rows).all())


def _press(browser: FlaskClient, link: str, path: str = "", **fields: str) -> TestResponse:
    return browser.post(link + path, data={"csrf_token": csrf(browser.get(link)), **fields})


def _personal(page: str, link: str) -> list[str]:
    """What a page says of people, apart from the random signs of tokens."""
    plain = re.sub(r'value="[^"]+"', "", page.replace(link, ""))
    return [word for word in PERSONAL if word in plain]


def _ask(browser: FlaskClient, toolbox: Toolbox, link: str) -> str:
    """Presses for a code, and reads it in the newest mail."""
    before = {mail.id for mail in _mails(toolbox)}
    assert _press(browser, link, "/code").status_code == 303
    (mail,) = [mail for mail in _mails(toolbox) if mail.id not in before]
    assert not re.search(r"\d", mail.payload["subject"]), "the outbox shows subjects"
    return str(re.findall(r"^\d{6}$", mail.payload["text"], re.MULTILINE)[0])


def test_the_page_names_nobody_and_a_code_from_the_mail_opens_the_lead_at_its_acts(
    app: Flask, as_role: Desk, toolbox: Toolbox, link: str
) -> None:
    phone = app.test_client()
    page = phone.get(link)
    assert "A lead is waiting for you" in page.text
    assert "Call by" in page.text
    assert "Sign in with password" in page.text
    assert _personal(page.text, link) == []
    assert (page.headers["Referrer-Policy"], page.headers["Cache-Control"]) == ("no-referrer", "private, no-store")
    code = _ask(phone, toolbox, link)
    (mail,) = _mails(toolbox)
    assert mail.recipient == "lena@nordlicht.example"
    assert code not in as_role("ops").get(f"/desk/mailbox/{mail.id}").text + as_role("ops").get("/desk/mailbox").text
    asked = phone.get(link).text
    assert 'autocomplete="one-time-code"' in asked
    assert _personal(asked, link) == []
    wrong = _press(phone, link, code=f"{(int(code) + 1) % 10**6:06}")
    assert wrong.status_code == 422
    assert "Enter the 6 digits" in wrong.text
    opened = _press(phone, link, code=f" {code[:3]} {code[3:]} ")
    assert (opened.status_code, opened.headers["Location"]) == (303, link)
    (cookie,) = [one for one in opened.headers.getlist("Set-Cookie") if "Max-Age=43200" in one]
    assert "HttpOnly" in cookie
    target = phone.get(link).headers["Location"]
    assert target == f"/desk/leads/{_lead(toolbox).id}#acts"
    lead = phone.get(target.partition("#")[0]).text
    assert "Anna Keller" in lead
    assert 'id="acts"' in lead
    accept = {"csrf_token": csrf(phone.get("/desk/today")), "key": "k1"}
    assert phone.post(f"/desk/leads/{_lead(toolbox).id}/accept", data=accept).status_code == 303
    assert _press(app.test_client(), link, code=code).status_code == 422, "a code signs in once"


def test_a_session_by_code_changes_neither_password_nor_account(
    app: Flask, toolbox: Toolbox, clock: Clock, link: str
) -> None:
    phone = app.test_client()
    _press(phone, link, code=_ask(phone, toolbox, link))
    for path in ("/desk/account", "/desk/policies"):
        answer = phone.get(path)
        assert (answer.status_code, answer.headers["Location"]) == (303, f"/sign-in?next={path}&code=1")
        assert path not in phone.get("/desk/today").text
    token = csrf(phone.get("/desk/today"))
    before = _person(toolbox).password_hash
    change = {"csrf_token": token, "old": "x", "password": "five other words nobody strings"}
    assert phone.post("/desk/account/password", data=change).headers["Location"] == "/sign-in?code=1"
    assert _person(toolbox).password_hash == before
    assert "sign in with your password" in phone.get("/sign-in?code=1").text
    clock.pass_(hours=12)
    assert phone.get("/desk/today").headers["Location"].startswith("/sign-in")


def test_a_code_belongs_to_the_browser_that_asked_and_has_five_tries(app: Flask, toolbox: Toolbox, link: str) -> None:
    rep, stranger = app.test_client(), app.test_client()
    code = _ask(rep, toolbox, link)
    other = _ask(stranger, toolbox, link)
    for _ in range(7):
        assert _press(stranger, link, code=code if code != other else "").status_code == 422
    assert _press(stranger, link, code=other).status_code == 422, "five tries are over"
    assert _press(rep, link, code=code).status_code == 303, "the other one's tries were not the rep's"
    with toolbox.database.reading() as session:
        stored = session.exec(select(SignInCodeRow)).one()
    assert (stored.tries, code in repr(stored), other in repr(stored)) == (5, False, False)


def test_a_code_is_over_after_ten_minutes_and_a_link_after_fourteen_days(
    app: Flask, toolbox: Toolbox, clock: Clock, link: str
) -> None:
    phone = app.test_client()
    code = _ask(phone, toolbox, link)
    clock.pass_(minutes=10)
    assert "one-time-code" not in phone.get(link).text
    assert _press(phone, link, code=code).status_code == 422
    token = csrf(phone.get(link))
    clock.pass_(days=14)
    page = phone.get(link)
    assert (page.status_code, "This link no longer works" in page.text) == (410, True)
    assert f"/sign-in?next=/desk/leads/{_lead(toolbox).id}" in page.text
    for path in ("", "/code"):
        assert phone.post(link + path, data={"csrf_token": token, "code": code}).headers["Location"] == link
    assert len(_mails(toolbox)) == 1


def test_a_forged_link_opens_nothing(app: Flask, toolbox: Toolbox, link: str) -> None:
    phone = app.test_client()
    token = csrf(phone.get(link))
    payload, _, signature = link.removeprefix("/l/").rpartition(".")
    other, _, _ = _link(toolbox, email="ada@nordlicht.example").removeprefix("/l/").rpartition(".")
    for forged in (f"/l/{payload}.{signature[::-1]}", f"/l/{other}.{signature}", "/l/x"):
        page = phone.get(forged)
        assert (page.status_code, "This link no longer works" in page.text) == (404, True)
        assert phone.post(f"{forged}/code", data={"csrf_token": token}).headers["Location"] == forged
    assert _mails(toolbox) == []
    assert phone.post(f"{link}/code").status_code == 400, "without the form's token"


def test_codes_are_limited_per_link_account_and_network(app: Flask, toolbox: Toolbox, clock: Clock, link: str) -> None:
    def ask(address: str, network: str) -> int:
        browser = app.test_client()
        browser.environ_base["REMOTE_ADDR"] = network
        return _press(browser, address, "/code").status_code

    assert [ask(link, f"203.0.113.{number}") for number in range(6)] == [303] * 5 + [429]
    others = [_link(toolbox), _link(toolbox, lead_id="other")]
    assert [ask(others[number % 2], f"203.0.113.{9 + number}") for number in range(6)] == [303] * 5 + [429]
    assert len(_mails(toolbox)) == code_sign_in.ACCOUNT.most
    crowd = network_of("198.51.100.7")
    with toolbox.database.writing() as session:
        for _ in range(code_sign_in.NETWORK.most):
            caps.take(toolbox, session, [(code_sign_in.NETWORK, crowd.near)], clock())
    assert ask(_link(toolbox, email="ada@nordlicht.example"), "198.51.100.7") == 429
    assert ask(_link(toolbox, email="ada@nordlicht.example"), "198.51.100.8") == 303
    page = _press(app.test_client(), link, "/code")
    assert "Too many codes" in page.text
    assert "Sign in with password" in page.text
    clock.pass_(hours=25)
    assert ask(link, "203.0.113.1") == 303


def test_a_deactivated_person_sees_the_same_page_and_gets_no_code(app: Flask, toolbox: Toolbox, link: str) -> None:
    phone = app.test_client()
    code = _ask(phone, toolbox, link)
    before = phone.get(link).text
    with toolbox.database.writing() as session:
        staff.set_active(session, _person(toolbox).id, False)
    assert _press(phone, link, code=code).status_code == 422
    assert _press(phone, link, "/code").status_code == 303
    assert re.sub(r'value="[^"]+"', "", phone.get(link).text) == re.sub(r'value="[^"]+"', "", before)
    assert len(_mails(toolbox)) == 1
    with toolbox.database.reading() as session:
        assert session.exec(select(StaffSessionRow).where(StaffSessionRow.proof == "code")).all() == []


def test_that_a_lead_went_to_somebody_else_is_said_after_the_proof_and_not_before(
    app: Flask, as_role: Desk, toolbox: Toolbox, link: str
) -> None:
    phone = app.test_client()
    before = re.sub(r'value="[^"]+"', "", phone.get(link).text)
    with toolbox.database.writing() as session:
        session.add(StaffRow(id="max", email="max@nordlicht.example", name="Max Brandt", role="rep", rep="max",
                             created_at=toolbox.now()))  # fmt: skip
    manager, lead_id = as_role("manager"), _lead(toolbox).id
    page = f"/desk/leads/{lead_id}"
    fields = {"csrf_token": csrf(manager.get(page)), "key": "k1", "rep": "max"}
    assert manager.post(f"{page}/reassign", data=fields).status_code == 303
    assert _lead(toolbox).owner == "max"
    assert re.sub(r'value="[^"]+"', "", phone.get(link).text) == before
    _press(phone, link, code=_ask(phone, toolbox, link))
    moved = phone.get(link)
    assert (moved.status_code, "Max Brandt</bdi> is the owner now." in moved.text) == (200, True)
    assert _personal(moved.text, link) == []


def test_who_is_signed_in_goes_straight_to_what_they_may_see(
    app: Flask, as_role: Desk, toolbox: Toolbox, link: str
) -> None:
    for role in ("rep", "manager"):
        assert as_role(role).get(link).headers["Location"] == f"/desk/leads/{_lead(toolbox).id}#acts"
    assert as_role("ops").get(_link(toolbox)).headers["Location"] == "/desk?sort=newest"
    hidden = _link(toolbox, lead_id="0" * 32, email="ada@nordlicht.example")
    assert "A lead is waiting" in as_role("rep").get(hidden).text, "as for anybody whose link it is not"
    assert "with you any more" in as_role("admin").get(hidden).text
    assert "Your leads are waiting" in app.test_client().get(_link(toolbox)).text
