"""The desk: a list like a good inbox, a dossier as a page, the mailbox."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlmodel import col, select

from questionnaire.actions.delivery import delivery as mailing
from questionnaire.actions.toolbox import Toolbox
from questionnaire.storage.delivery import job_queue, outbox
from questionnaire.storage.leads.ownership import change_owner
from questionnaire.storage.tables import AssignmentRow, DeliveryRow, JobRow, LeadRow, ResponseRow, StaffRow
from questionnaire.templating import words_for
from questionnaire.web.http.labels import Deadline, Labels
from tests.notify.samples import notifications
from tests.notify.toy import Toy, register
from tests.rows import delivery
from tests.web.client import FRIDAY, Clock, csrf, submit
from tests.web.stored import keep_document

Desk = Callable[[str], FlaskClient]


def _lead(client: FlaskClient) -> str:
    found = re.search(r'href="(/desk/leads/[0-9a-f]+)"', client.get("/desk").text)
    assert found
    return found[1]


def test_an_empty_desk_says_what_will_stand_there(as_role: Desk) -> None:
    assert "No leads yet" in as_role("manager").get("/desk").text


def test_a_lead_stands_there_with_why_and_by_when(client: FlaskClient, as_role: Desk) -> None:
    submit(client)
    page = as_role("rep").get("/desk").text
    for words in ("Anna Keller", "Nordwind Software", "A1", "Assigned", "Lena Vogt"):
        assert words in page
    assert re.search(r"Due in \d+ (min|h)", page)


def test_what_is_late_says_so_in_words(client: FlaskClient, as_role: Desk, clock: Clock) -> None:
    submit(client)
    clock.pass_(days=1)
    assert re.search(r'class="due late">.+?\d+ h overdue', as_role("rep").get("/desk").text)


@pytest.mark.parametrize(
    ("seconds", "text", "tone"),
    [
        (31, "Due in 1 min", "soon"),
        (30, "Due now", "soon"),
        (-29, "Due now", "soon"),
        (-31, "1 min overdue", "late"),
        (40 * 60, "Due in 40 min", "soon"),
        (-2 * 3600, "2 h overdue", "late"),
    ],
)
def test_a_deadline_is_relative_and_due_now_within_half_a_minute(seconds: int, text: str, tone: str) -> None:
    assert Labels(words_for("en")).due(FRIDAY + timedelta(seconds=seconds), FRIDAY) == Deadline(text, tone)


def test_a_lead_in_a_queue_shows_the_queue_and_no_owner(client: FlaskClient, as_role: Desk, toolbox: Toolbox) -> None:
    submit(client)
    with toolbox.database.writing() as session:
        lead = session.exec(select(LeadRow)).one()
        queued = AssignmentRow(lead_id=lead.id, queue="inbound", at=FRIDAY)
        assert change_owner(session, lead.id, lead.version, queued, "queued", "assigned", FRIDAY)
    desk = as_role("manager")
    listed = desk.get("/desk").text
    assert re.search(r"<span>Queue: <bdi>inbound</bdi></span>", listed)
    assert "Lena Vogt" not in listed
    assert "Queue: <bdi>inbound</bdi>" in desk.get(_lead(desk)).text


def test_a_viewer_in_another_zone_reads_the_deadline_in_both(
    client: FlaskClient, as_role: Desk, toolbox: Toolbox
) -> None:
    submit(client)
    with toolbox.database.writing() as session:
        session.exec(select(StaffRow).where(col(StaffRow.rep) == "lena")).one().timezone = "Europe/Berlin"
        session.exec(select(StaffRow).where(col(StaffRow.role) == "admin")).one().timezone = "America/New_York"
    desk = as_role("admin")
    page = desk.get(_lead(desk)).text
    assert "New York time · <bdi>Lena Vogt</bdi>" in page
    assert re.search(r'<p class="note">Friday \d\d:\d\d · Berlin time</p>', page)
    rep = as_role("rep")
    assert "· Berlin time</p>" not in rep.get(_lead(rep)).text


def test_the_dossier_on_the_lead_page_shows_the_stage_and_deadline_of_the_header(
    client: FlaskClient, as_role: Desk, toolbox: Toolbox
) -> None:
    submit(client)
    with toolbox.database.writing() as session:
        lead = session.exec(select(LeadRow)).one()
        lead.stage, lead.call_by = "working", None
    desk = as_role("rep")
    page = desk.get(_lead(desk)).text
    assert '<p class="note">Working</p>' in page
    assert "No deadline" in page


@pytest.mark.parametrize(
    ("address", "keys"),
    [("/desk", ["j", "k", "Enter", "/", "?"]), ("lead", ["u", "?"]), ("/desk/mailbox", ["j", "k", "Enter", "?"]),
     ("/desk/mailbox/m1", ["u", "?"])],
)  # fmt: skip
def test_the_keyboard_help_lists_the_keys_that_work_on_the_page(
    client: FlaskClient, as_role: Desk, toolbox: Toolbox, address: str, keys: list[str]
) -> None:
    submit(client)
    _mail(toolbox, "sent")
    desk = as_role("admin")
    page = desk.get(_lead(desk) if address == "lead" else address).text
    assert re.findall(r"<kbd>(.+?)</kbd>", page) == keys


def test_search_filters_and_sorts_find_and_lose_a_lead(client: FlaskClient, as_role: Desk) -> None:
    submit(client)
    desk = as_role("manager")
    for query in (
        "q=nordwind",
        "q=KELLER",
        "stage=assigned",
        "owner=lena",
        "label=A1",
        "sort=company",
        "after=99",
        "q=keller&sort=label",
        "q=nordw&stage=assigned&owner=lena&label=A1",
        "before=x&sort=company",
    ):
        assert "Anna Keller" in desk.get(f"/desk?{query}").text, query
    for query in ("q=harbor", "stage=lost", "owner=max", "label=C3", "stage=nobody", "owner='--"):
        page = desk.get(f"/desk?{query}").text
        assert "No matching leads" in page, query
        assert "Clear filters" in page


def test_senseless_questions_to_the_list_are_answered_sensibly(as_role: Desk) -> None:
    desk = as_role("manager")
    for query in (
        "after=0",
        "before=-1",
        "after=x&before=y",
        "after=99999999999999999999",
        "after=²",
        "sort=drop",
        "q=" + "x" * 500,
    ):
        assert desk.get(f"/desk?{query}").status_code == 200, query


def test_a_dossier_is_a_page_with_every_section_and_its_history(client: FlaskClient, as_role: Desk) -> None:
    submit(client)
    desk = as_role("rep")
    page = desk.get(_lead(desk)).text
    for words in ("Opening line", "Checklist", "Score breakdown", "BANT", "MEDDIC", "All answers", "Activity"):
        assert words in page
    assert re.search(r"Completed (?!sales-)[^<]+ \(version \d+\)", page)


def test_a_dossier_is_printed_on_request_and_opens_when_it_is_ready(
    client: FlaskClient, as_role: Desk, toolbox: Toolbox
) -> None:
    submit(client)
    desk = as_role("rep")
    address = _lead(desk)
    token = csrf(desk.get(address))
    asked = desk.post(f"{address}/dossier", data={"csrf_token": token})
    assert asked.headers["Location"] == f"{address}/dossier.pdf"
    assert desk.get(f"{address}/dossier.pdf").status_code == 202
    with toolbox.database.reading() as session:
        assert [job.key for job in session.exec(select(JobRow)).all() if job.name == "render_dossier"]
        response = session.exec(select(ResponseRow)).one().id
    keep_document(toolbox, response, "dossier", b"%PDF-1.7 the dossier")
    assert desk.get(f"{address}/dossier.pdf").data == b"%PDF-1.7 the dossier"


def _mail(toolbox: Toolbox, state: str) -> str:
    """A mail that was sent, or given up after ten attempts."""
    text = "Hello Anna,\n\nit is here: https://diagnostic.example/r/abc.\n<script>alert(1)</script>"
    written = {"subject": "Your report <is> ready", "text": text, "html": "<p>Hello</p>", "headers": {}, "reply_to": ""}
    row = delivery(payload=written, created_at=toolbox.now(), last_error="550 no such mailbox")
    with toolbox.database.writing() as session:
        outbox.add(session, row)
        toolbox.queue.enqueue(session, "deliver", row.job_key, {"delivery": row.id})
        if state == "sent":
            outbox.finish(session, row.id, row.destination, "sent", toolbox.now())
        else:
            job_queue.stop(session, row.job_key, "DeliveryFailed: 550 no such mailbox", toolbox.now())
    return "/desk/mailbox/m1"


def test_a_mail_is_shown_as_text_with_links_and_nothing_else(as_role: Desk, toolbox: Toolbox) -> None:
    address = _mail(toolbox, "sent")
    ops = as_role("ops")
    assert "Your report &lt;is&gt; ready" in ops.get("/desk/mailbox").text
    page = ops.get(address).text
    assert '<a href="https://diagnostic.example/r/abc">' in page
    assert "&lt;script&gt;" in page


def test_a_mail_that_gave_up_can_be_sent_again_by_who_looks_after_the_post(as_role: Desk, toolbox: Toolbox) -> None:
    address = _mail(toolbox, "dead")
    ops = as_role("ops")
    page = ops.get(address)
    assert "550 no such mailbox" in page.text
    assert ops.post(f"{address}/replay", data={"csrf_token": csrf(page)}).status_code == 303
    with toolbox.database.reading() as session:
        assert session.get_one(JobRow, "deliver:m1").state == "waiting"
        assert session.get_one(DeliveryRow, "m1").state == "queued"
    assert as_role("rep").get(address).status_code == 403


def test_our_own_limit_is_named_in_the_language_of_the_reader(as_role: Desk, toolbox: Toolbox) -> None:
    address = _mail(toolbox, "dead")
    with toolbox.database.writing() as session:
        mail = session.get(DeliveryRow, "m1")
        assert mail
        mail.last_error = "the cap of 10 mails in 24 h for one mailbox is reached"
        session.exec(select(StaffRow).where(col(StaffRow.role) == "ops")).one().language = "fr"
    page = as_role("ops").get(address).text
    assert "limite de 10 e-mails en 24\u00a0h pour ce destinataire atteinte" in page


def test_the_outbox_page_shows_messages_of_any_channel(
    as_role: Desk, toolbox: Toolbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    register(monkeypatch, Toy(tmp_path))
    messages = mailing.render(toolbox, notifications("en")[0])
    with toolbox.database.writing() as session:
        (delivery_id,) = mailing.post(toolbox, session, messages, "r1")
        job_queue.stop(session, f"deliver:{delivery_id}", "DeliveryFailed: no such room", toolbox.now())
    ops = as_role("ops")
    assert "Toy: report_ready" in ops.get("/desk/mailbox").text
    page = ops.get(f"/desk/mailbox/{delivery_id}")
    assert '<a href="https://q/r/t">' in page.text
    assert "#anna" in page.text
    assert ops.post(f"/desk/mailbox/{delivery_id}/replay", data={"csrf_token": csrf(page)}).status_code == 303


def test_an_empty_mailbox_says_what_will_be_in_it(as_role: Desk) -> None:
    assert "No emails yet" in as_role("ops").get("/desk/mailbox").text
