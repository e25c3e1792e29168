"""The handoff on the desk: one press stores an act, forms lose nothing, and looking changes nothing."""

from __future__ import annotations

import re
from collections.abc import Callable

from flask.testing import FlaskClient
from sqlmodel import select
from werkzeug.test import TestResponse

from questionnaire.actions.respond import reassessment
from questionnaire.actions.toolbox import Toolbox
from questionnaire.storage.tables import EventRow, LeadRow
from tests.web.client import Clock, csrf, submit

Desk = Callable[[str], FlaskClient]
HEARD = {"heard problem": "Leads wait for two days.", "heard budget": "granted", "heard interest": "A demo."}


def _lead(toolbox: Toolbox) -> LeadRow:
    with toolbox.database.reading() as session:
        return session.exec(select(LeadRow)).one()


def _press(desk: FlaskClient, address: str, page: str = "/desk/today", **fields: str) -> TestResponse:
    return desk.post(address, data={"csrf_token": csrf(desk.get(page)), **fields}, follow_redirects=True)


def _kinds(toolbox: Toolbox) -> list[str]:
    with toolbox.database.reading() as session:
        events = session.exec(select(EventRow).order_by(EventRow.seq)).all()  # type: ignore[arg-type]  # a column
        return [event.kind for event in events if event.actor.startswith("staff:")]


def test_a_rep_s_day_has_the_lead_with_why_and_number_and_one_press_logs_an_attempt(
    client: FlaskClient, as_role: Desk, toolbox: Toolbox
) -> None:
    submit(client)
    desk, lead = as_role("rep"), _lead(toolbox)
    page = desk.get("/desk/today").text
    for words in ("Anna Keller", "Decision-maker", "+49 30 901820", "Log attempt", "Call by"):
        assert words in page, words
    said = _press(desk, f"/desk/leads/{lead.id}/attempt", key="press-1", **{"from": "today"}).text
    assert "Attempt 1 logged for" in said
    assert 'id="undo"' in said
    _press(desk, f"/desk/leads/{lead.id}/attempt", key="press-1", **{"from": "today"})
    assert _kinds(toolbox) == ["attempted"]
    assert (_lead(toolbox).stage, _lead(toolbox).call_by) == ("working", None)


def test_a_rejection_asks_for_reason_and_sentence_keeps_what_was_typed_and_can_be_undone(
    client: FlaskClient, as_role: Desk, toolbox: Toolbox
) -> None:
    submit(client)
    desk, lead = as_role("rep"), _lead(toolbox)
    form = f"/desk/leads/{lead.id}/reject"
    page = desk.get(form).text
    assert "nurturing for 3 months" in page
    assert "needs 3 more attempts" in page
    wrong = _press(desk, form, form, code="no_budget", detail="")
    assert wrong.status_code == 422
    assert "Add a sentence on what happened." in wrong.text
    assert re.search(r'value="no_budget" checked', wrong.text)
    said = _press(desk, form, form, code="no_budget", detail="The 2026 budget is spent.").text
    assert "Rejected:" in said
    assert (_lead(toolbox).stage, _lead(toolbox).owner) == ("nurture", None)
    undo = re.findall(r'action="(/desk/acts/[^"]+/undo)"', said)[0]
    assert "Undone:" in _press(desk, undo).text
    assert (_lead(toolbox).stage, _lead(toolbox).owner) == ("assigned", "lena")
    assert "nothing to undo" in _press(desk, undo).text


def test_from_contact_to_the_deal_with_notes_from_the_call(
    client: FlaskClient, as_role: Desk, toolbox: Toolbox
) -> None:
    submit(client)
    desk, lead = as_role("rep"), _lead(toolbox)
    here = f"/desk/leads/{lead.id}"
    assert "Accepted:" in _press(desk, f"{here}/accept", here).text
    assert "can’t be done" in _press(desk, f"{here}/accept", here).text
    assert "Reached:" in _press(desk, f"{here}/reached", here).text
    assert "Waiting for your feedback" in desk.get("/desk/today").text
    assert "Leads wait" in _press(desk, f"{here}/notes", here, problem="Leads wait for days.").text
    form = desk.get(f"{here}/confirm").text
    assert "Leads wait for days." in form
    assert "How many people work at your company?" in form
    assert _press(desk, f"{here}/confirm", here).status_code == 422
    assert "Confirmed as SQL:" in _press(desk, f"{here}/confirm", here, **HEARD).text
    assert "Opportunity recorded:" in _press(desk, f"{here}/opportunity", here, amount="40,000", timeline="Q1").text
    assert "Deal won:" in _press(desk, f"{here}/won", here, amount="41,000").text
    assert _kinds(toolbox) == ["accepted", "contacted", "confirmed", "opportunity", "won"]
    story = desk.get(here).text
    for words in ("Problem: Leads wait for two days.", "Opportunity recorded: 40,000, Q1", "Deal won: 41,000"):
        assert words in story, words


def test_marketing_ops_approves_with_a_word_on_each_open_box(
    client: FlaskClient, as_role: Desk, toolbox: Toolbox
) -> None:
    submit(client, phone="")
    lead, ops = _lead(toolbox), as_role("ops")
    assert lead.stage == "review"
    here = f"/desk/review/{lead.id}"
    assert "Anna Keller" in ops.get("/desk/review").text
    page = ops.get(here).text
    assert "Phone or LinkedIn available" in page
    assert "Lena Vogt" in page
    refused = _press(ops, f"{here}/approve", here)
    assert (refused.status_code, _lead(toolbox).stage) == (422, "review")
    assert "Add a word on each open box: DAT-2." in refused.text
    _press(ops, f"{here}/approve", here, **{"waiver DAT-2": "Number from her signature."})
    assert (_lead(toolbox).stage, _lead(toolbox).owner) == ("assigned", "lena")
    assert "Waived: Number from her signature." in as_role("rep").get(f"/desk/leads/{lead.id}").text
    assert ops.get(here).status_code == 404


def test_declining_says_until_when_and_the_lead_wakes_up_then(
    client: FlaskClient, as_role: Desk, toolbox: Toolbox, clock: Clock
) -> None:
    submit(client, phone="")
    lead, ops = _lead(toolbox), as_role("ops")
    here = f"/desk/review/{lead.id}"
    declined = {"then": "nurture", "detail": "Her colleague decides."}
    assert "Choose the day" in _press(ops, f"{here}/decline", here, **declined).text
    _press(ops, f"{here}/decline", here, **declined, until="2026-10-12")
    assert (_lead(toolbox).stage, _lead(toolbox).until) == ("nurture", "2026-10-12")
    # Marketing sees who sleeps, and until when.
    assert "Comes back on Mon 12 Oct 2026" in as_role("marketing").get("/desk?stage=nurture").text
    clock.pass_(days=10)
    reassessment.wake_up(toolbox, lead.id)
    assert _lead(toolbox).stage == "review"


def test_a_manager_sees_what_is_late_and_gives_it_to_someone_else(
    client: FlaskClient, as_role: Desk, toolbox: Toolbox, clock: Clock
) -> None:
    submit(client)
    lead = _lead(toolbox)
    clock.pass_(days=1)
    manager = as_role("manager")
    today = clock.at.date().isoformat()
    _press(manager, "/desk/absences", "/desk/absences", rep="lena", starts_on=today, ends_on=today, substitute="ines")
    page = manager.get("/desk/team").text
    assert "Overdue since" in page
    assert "Ines Morel stands in" in page
    assert "About to go to someone else." in page
    mine = as_role("rep").get("/desk/today").text
    assert "You’re away until" in mine
    assert "Ines Morel</bdi> stands in." in mine
    assert "Anna Keller" in page
    said = _press(manager, f"/desk/leads/{lead.id}/reassign", "/desk/team", rep="max", **{"from": "team"}).text
    assert "Reassigned:" in said
    assert _lead(toolbox).owner == "max"
    assert as_role("rep").get(f"/desk/leads/{lead.id}").status_code == 404


def test_whoever_presses_after_somebody_else_got_the_lead_is_told_so(
    client: FlaskClient, as_role: Desk, toolbox: Toolbox
) -> None:
    submit(client)
    lead, rep, manager = _lead(toolbox), as_role("rep"), as_role("manager")
    _press(manager, f"/desk/leads/{lead.id}/reassign", "/desk/team", rep="max")
    said = _press(rep, f"/desk/leads/{lead.id}/attempt")
    assert "now has another owner" in said.text
    assert "Anna" not in said.text
    assert "attempted" not in _kinds(toolbox)


def test_what_is_no_act_has_no_page(client: FlaskClient, as_role: Desk, toolbox: Toolbox) -> None:
    submit(client)
    desk, lead = as_role("rep"), _lead(toolbox)
    token = csrf(desk.get("/desk/today"))
    for act in ("explode", "accept", "approve"):
        assert desk.get(f"/desk/leads/{lead.id}/{act}").status_code == 404, act
    assert desk.post(f"/desk/leads/{lead.id}/explode", data={"csrf_token": token}).status_code == 404
    assert desk.post("/desk/acts/none/undo", data={"csrf_token": token}).status_code == 404
    assert as_role("admin").get("/desk/today").status_code == 404
    assert as_role("admin").get("/desk/start").headers["Location"] == "/desk"
    assert desk.get("/desk/start").headers["Location"] == "/desk/today"
    assert as_role("manager").get("/desk/start").headers["Location"] == "/desk/team"
