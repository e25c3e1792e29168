"""The desk: a list like a good inbox, a dossier as a page, the mailbox."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlmodel import col, select

from questionnaire.actions.toolbox import Toolbox
from questionnaire.storage.leads.ownership import change_owner
from questionnaire.storage.tables import AssignmentRow, JobRow, LeadRow, ResponseRow, StaffRow
from questionnaire.templating import words_for
from questionnaire.web.http.labels import Deadline, Labels
from tests.web.client import FRIDAY, Clock, csrf, submit
from tests.web.stored import keep_document, store_mail

Desk = Callable[[str], FlaskClient]


def _lead(client: FlaskClient) -> str:
    return str(re.findall(r'href="(/desk/leads/[0-9a-f]+)"', client.get("/desk").text)[0])


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
    [("/desk", ["j", "k", "Enter", "/", "?"]), ("lead", ["c", "l", "r", "z", "u", "?"]),
     ("/desk/mailbox", ["j", "k", "Enter", "?"]), ("/desk/mailbox/m1", ["u", "?"])],
)  # fmt: skip
def test_the_keyboard_help_lists_the_keys_that_work_on_the_page(
    client: FlaskClient, as_role: Desk, toolbox: Toolbox, address: str, keys: list[str]
) -> None:
    submit(client)
    store_mail(toolbox, "sent")
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
