"""Admins invite people; people choose a password by a link that works once; nobody else gets in."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

from flask.testing import FlaskClient
from sqlmodel import col, select
from werkzeug.test import TestResponse

from questionnaire.actions.people import account_links, first_setup, staff
from questionnaire.actions.toolbox import Toolbox
from questionnaire.jobs.registry import JOB_TYPES
from questionnaire.storage.people import staff as people
from questionnaire.storage.tables import DeliveryRow, JobRow, LeadRow
from tests.web.client import PEOPLE, Clock, csrf, submit

Desk = Callable[[str], FlaskClient]
PASSWORD = "seven green bridges sleeping"
EVA = {"email": "Eva@nordlicht.example ", "name": "Eva Brandt", "role": "rep", "rep": "eva", "language": "fr",
       "timezone": "Europe/Paris"}  # fmt: skip
ADDRESS = "eva@nordlicht.example"


def _post(client: FlaskClient, path: str, page: str = "", **form: str) -> TestResponse:
    return client.post(path, data={"csrf_token": csrf(client.get(page or path)), **form})


def _id(toolbox: Toolbox, email: str = ADDRESS) -> str:
    with toolbox.database.reading() as session:
        row = people.by_email(session, email)
        assert row is not None
        return row.id


def _mailed(toolbox: Toolbox) -> list[DeliveryRow]:
    """What the jobs of links wrote, done here."""
    with toolbox.database.reading() as session:
        jobs = [job for job in session.exec(select(JobRow)).all() if job.name == "mail_password_link"]
    for job in jobs:
        JOB_TYPES[job.name].do(toolbox, job.args, f"{job.key}#1")
    with toolbox.database.reading() as session:
        return list(session.exec(select(DeliveryRow).order_by(col(DeliveryRow.created_at))).all())


def _link_in(row: DeliveryRow) -> str:
    found = re.search(r"http://localhost(/account/\S+)", row.payload["text"])
    assert found
    return found[1]


def test_somebody_invited_chooses_a_password_and_signs_in(client: FlaskClient, as_role: Desk, toolbox: Toolbox) -> None:
    admin = as_role("admin")
    response = _post(admin, "/desk/people/new", **EVA)
    assert response.status_code == 303
    page = admin.get(response.headers["Location"]).text
    assert "Eva Brandt" in page
    (mail,) = _mailed(toolbox)
    assert (mail.kind, mail.recipient) == ("invitation", ADDRESS)
    path = _link_in(mail)
    # Without a mail server the admin passes it on.
    assert path in page
    assert ADDRESS in client.get(path).text
    weak = _post(client, path, password="eva brandt 1")
    assert weak.status_code == 422
    assert "Utilisez" in weak.text or "Use 10 to 200" in weak.text
    assert _post(client, path, password=PASSWORD).status_code == 303
    # Once.
    assert client.get(path).status_code == 410
    assert client.post(path, data={"csrf_token": csrf(client.get("/sign-in")), "password": PASSWORD}).status_code == 410
    entered = {"email": ADDRESS, "password": PASSWORD}
    assert _post(client, "/sign-in", **entered).status_code == 303
    assert '<html lang="fr">' in client.get("/desk").text


def test_a_rep_with_open_leads_is_deactivated_by_saying_who_gets_them(as_role: Desk, toolbox: Toolbox) -> None:
    client = as_role("admin")
    submit(client)
    with toolbox.database.reading() as session:
        owner = session.exec(select(LeadRow.owner).where(col(LeadRow.owner).is_not(None))).first()
        row = people.by_rep(session, str(owner))
    assert row is not None
    page = f"/desk/people/{row.id}"
    assert "Who gets the open lead?" in client.get(page).text
    refused = _post(client, f"{page}/active", page, active="no")
    assert (refused.status_code, "Choose who gets this person’s open leads." in refused.text) == (422, True)
    assert _post(client, f"{page}/active", page, active="no", leads_to="rules").status_code == 303
    assert "Deactivated" in client.get(page).text


def test_an_invitation_is_over_after_seven_days_and_dead_for_a_deactivated_account(
    client: FlaskClient, as_role: Desk, toolbox: Toolbox, clock: Clock
) -> None:
    admin = as_role("admin")
    _post(admin, "/desk/people/new", **EVA)
    path = _link_in(_mailed(toolbox)[0])
    person = f"/desk/people/{_id(toolbox)}"
    _post(admin, f"{person}/active", person, active="no")
    assert client.get(path).status_code == 410
    _post(admin, f"{person}/active", person, active="yes")
    assert client.get(path).status_code == 200
    clock.at += timedelta(days=7, seconds=1)
    assert client.get(path).status_code == 410
    assert client.get(path[:-3] + "AAA").status_code == 410


def test_what_is_wrong_with_an_invitation_is_said_at_its_field_and_nothing_is_lost(
    as_role: Desk, toolbox: Toolbox
) -> None:
    admin, known = as_role("admin"), PEOPLE["rep"][0]
    wrong = {
        "email": ("nobody", "This isn’t an email address."),
        "role": ("boss", "Choose a role."),
        "timezone": ("Mars/Olympus", "Choose a time zone from the list."),
        "language": ("xx", "Choose a language."),
        "rep": ("x" * 65, "Enter at most 64 characters."),
    }
    response = _post(admin, "/desk/people/new", **{**EVA, **{name: value for name, (value, _) in wrong.items()}})
    assert response.status_code == 422
    missing = [sentence for _, sentence in wrong.values() if sentence not in response.text]
    assert missing == []
    assert 'value="Eva Brandt"' in response.text
    assert "This address has an account already." in _post(admin, "/desk/people/new", **{**EVA, "email": known}).text
    with toolbox.database.reading() as session:
        taken = next(row.rep for row in people.all_staff(session) if row.rep)
    assert "Somebody else has this rep id." in _post(admin, "/desk/people/new", **{**EVA, "rep": str(taken)}).text
    assert _mailed(toolbox) == []


def test_an_account_is_changed_and_the_last_admin_stays_one(as_role: Desk, toolbox: Toolbox) -> None:
    admin = as_role("admin")
    _post(admin, "/desk/people/new", **EVA)
    person = f"/desk/people/{_id(toolbox)}"
    assert _post(admin, person, **{**EVA, "role": "manager", "name": "Eva B."}).status_code == 303
    page = admin.get(person).text
    assert "Eva B." in page
    assert '<option value="manager" selected>' in page
    own = f"/desk/people/{_id(toolbox, PEOPLE['admin'][0])}"
    refused = _post(admin, own, **{**EVA, "rep": "", "role": "marketing"})
    assert refused.status_code == 422
    assert "This is the last admin who can sign in. Add another one first." in refused.text
    assert _post(admin, f"{own}/active", own, active="no").status_code == 422
    for path in (f"{person}x", "/desk/people/nobody"):
        assert admin.get(path).status_code == 404
        assert _post(admin, path, "/desk/people/new", **EVA).status_code == 404
        for more in ("link", "active"):
            assert _post(admin, f"{path}/{more}", "/desk/people/new").status_code == 404


def test_sessions_are_listed_and_ended_one_by_one_or_all(as_role: Desk, toolbox: Toolbox) -> None:
    admin, rep, elsewhere = as_role("admin"), as_role("rep"), as_role("rep")
    person = f"/desk/people/{_id(toolbox, PEOPLE['rep'][0])}"
    page = admin.get(person).text
    (first, _) = re.findall(r'name="session" value="([0-9a-f]{16})"', page)
    assert "Sign out everywhere" in page
    _post(admin, f"{person}/sessions", person, session=first)
    assert sorted(one.get("/desk").status_code for one in (rep, elsewhere)) == [200, 303]
    _post(admin, f"{person}/sessions", person)
    assert [one.get("/desk").status_code for one in (rep, elsewhere)] == [303, 303]
    assert "Nowhere at the moment." in admin.get(person).text


def test_a_forgotten_password_is_answered_alike_with_and_without_an_account(
    client: FlaskClient, toolbox: Toolbox
) -> None:
    known = PEOPLE["rep"][0]
    pages = [_post(client, "/forgotten-password", email=address) for address in (known, "nobody@nordlicht.example")]
    assert [one.status_code for one in pages] == [200, 200]
    assert pages[0].text.replace(known, "…") == pages[1].text.replace("nobody@nordlicht.example", "…")
    (mail,) = _mailed(toolbox)
    assert (mail.kind, mail.recipient) == ("password_link", known)
    assert _post(client, _link_in(mail), password=PASSWORD).status_code == 303
    assert _post(client, "/sign-in", email=known, password=PASSWORD).status_code == 303
    assert "Enter the email address" in _post(client, "/forgotten-password", email="x").text
    assert _post(client, "/forgotten-password", email="@@").status_code == 200


def test_links_that_are_asked_for_again_and_again_stop(client: FlaskClient, toolbox: Toolbox) -> None:
    known = PEOPLE["rep"][0]
    statuses = [_post(client, "/forgotten-password", email=known).status_code for _ in range(4)]
    assert statuses == [200, 200, 200, 429]
    assert len(_mailed(toolbox)) == 3


def test_an_admin_has_a_link_mailed_and_its_text_is_for_its_reader_alone(as_role: Desk, toolbox: Toolbox) -> None:
    admin, ops = as_role("admin"), as_role("ops")
    person = f"/desk/people/{_id(toolbox, PEOPLE['rep'][0])}"
    assert "/account/" in admin.get(_post(admin, f"{person}/link", person).headers["Location"]).text
    (mail,) = _mailed(toolbox)
    for reader in (admin, ops):
        page = reader.get(f"/desk/mailbox/{mail.id}").text
        assert "only its recipient can read it" in page
        assert "/account/" not in page


def test_a_mail_about_an_account_that_was_deactivated_meanwhile_is_not_sent(as_role: Desk, toolbox: Toolbox) -> None:
    admin = as_role("admin")
    _post(admin, "/desk/people/new", **EVA)
    person = f"/desk/people/{_id(toolbox)}"
    _post(admin, f"{person}/link", person)
    _post(admin, f"{person}/active", person, active="no")
    assert [mail.kind for mail in _mailed(toolbox)] == ["invitation"]
    assert _post(admin, f"{person}/link", person).status_code == 404


def test_the_first_admin_is_made_by_a_link_that_dies_with_the_first_account(
    client: FlaskClient, toolbox: Toolbox, clock: Clock
) -> None:
    assert account_links.first_admin_link(toolbox, clock()) is None
    with toolbox.database.writing() as session:
        for row in people.all_staff(session):
            people.set_active(session, row.id, active=False)
    link = account_links.first_admin_link(toolbox, clock())
    assert link is not None
    path = link.removeprefix("http://localhost")
    ada = {"name": "Ada Lind", "email": "ada@n.example"}
    refused = _post(client, path, **ada, password="short")
    assert refused.status_code == 422
    assert 'value="Ada Lind"' in refused.text
    clock.at += timedelta(hours=23)
    made = _post(client, path, **ada, password=PASSWORD)
    # After signing in, the set-up begins.
    assert made.headers["Location"] == "/sign-in?chosen=1&next=/desk/settings"
    assert client.get(path).status_code == 410
    assert first_setup.progress(toolbox).open
    late = client.post(path, data={"csrf_token": csrf(client.get("/sign-in")), **ada, "password": PASSWORD})
    assert late.status_code == 410
    assert _post(client, "/sign-in", email="ada@n.example", password=PASSWORD).status_code == 303
    # Somebody else was quicker.
    problems = staff.add(toolbox, "b@n.example", "", "admin", PASSWORD, None, "en", clock(), only_first=True)
    assert [problem.code for problem in problems] == ["staff_not_first"]


def test_a_link_of_another_kind_opens_no_account(client: FlaskClient, toolbox: Toolbox, clock: Clock) -> None:
    with toolbox.database.writing() as session:
        for row in people.all_staff(session):
            people.set_active(session, row.id, active=False)
    first = account_links.first_admin_link(toolbox, clock())
    assert first is not None
    assert client.get(first.removeprefix("http://localhost").replace("first-admin", "account")).status_code == 410
    clock.at += timedelta(days=1, seconds=1)
    assert client.get(first.removeprefix("http://localhost")).status_code == 410
