"""Versions of a survey: compared, restored, taken back, planned; and a survey that is paused, closed or moved."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlmodel import select

from questionnaire.actions.delivery import outbox_view
from questionnaire.actions.editing import drafts, plans
from questionnaire.actions.editing.drafts import find_draft_of
from questionnaire.actions.publishing import publish_version
from questionnaire.actions.toolbox import Toolbox
from questionnaire.storage.publishing import publications
from questionnaire.storage.tables import JobRow
from questionnaire.web.http import context
from tests.authored import authored, authored_file
from tests.searches import search_drafts
from tests.web.client import PAGE, PEOPLE, SLUG, Clock, answered, csrf

DRAFT, VERSIONS = f"/desk/surveys/{SLUG}/draft", f"/desk/surveys/{SLUG}/versions"
SCORING = "pages/practice/questions/scoring"
MO = PEOPLE["marketing"][0]


@pytest.fixture
def client(as_role: Callable[[str], FlaskClient], toolbox: Toolbox, clock: Clock) -> FlaskClient:
    drafts.open_from_version(toolbox, "survey", SLUG, MO, clock())
    return as_role("marketing")


def edit(toolbox: Toolbox, clock: Clock, path: str, value: object) -> None:
    draft = find_draft_of(toolbox, "survey", SLUG)
    assert draft is not None
    change = [{"edit": "set", "path": path, "value": value}]
    assert drafts.edit(toolbox, draft.id, draft.revision, change, MO, clock()).problems == ()


def post(client: FlaskClient, page: str, address: str, **data: str) -> str:
    """Presses a button of a page, and returns the text of the page it leads to."""
    done = client.post(address, data={"csrf_token": csrf(client.get(page)), **data})
    assert done.status_code == 303, done.text
    return words_of(client.get(done.headers["Location"]).text)


def words_of(text: str) -> str:
    return re.sub(r"\s+", " ", html.unescape(text))


def publish(client: FlaskClient, **data: str) -> int:
    """Once the draft is searched."""
    with client.application.app_context():
        search_drafts(context.toolbox())
    page = client.get(f"{DRAFT}/publish")
    found = re.search(r'name="revision" value="(\d+)"', page.text)
    assert found
    sent = {"csrf_token": csrf(page), "revision": found[1], **data}
    return client.post(f"{DRAFT}/publish", data=sent).status_code


def version(toolbox: Toolbox) -> int | None:
    with toolbox.database.reading() as session:
        return publications.newest_version(session, "survey", SLUG)


def carry_out(toolbox: Toolbox) -> None:
    """Runs the job of every plan whose moment has come, as the worker does, twice."""
    with toolbox.database.reading() as session:
        jobs = session.exec(select(JobRow).where(JobRow.name == plans.JOB)).all()
    for job in [one for one in jobs if one.not_before <= toolbox.now()] * 2:
        plans.carry_out(toolbox, str(job.args["plan"]))


def test_versions_are_listed_compared_and_restored_without_losing_what_the_draft_had(
    client: FlaskClient, toolbox: Toolbox, clock: Clock
) -> None:
    edit(toolbox, clock, f"{SCORING}/title", "How do you score leads today?")
    assert publish(client, note="Clearer question") == 303
    clock.pass_(hours=1)
    edit(toolbox, clock, f"{SCORING}/title", "How is scoring done?")
    page = words_of(client.get(VERSIONS).text)
    assert "2 versions" in page
    assert "Clearer question" in page
    assert "Mo Marketing" in page
    assert "from a file" in page
    changes = words_of(client.get(f"{VERSIONS}/compare?old=5&new=4").text)
    assert "Version 4 and Version 5 compared" in changes
    assert "How do you score <del>leads?</del> <ins>leads today?</ins>" in changes
    assert "Version 5 and Draft compared" in words_of(client.get(f"{VERSIONS}/compare?old=0&new=5").text)
    assert client.get(f"{VERSIONS}/compare?old=3&new=5").status_code == 404
    before = find_draft_of(toolbox, "survey", SLUG)
    assert before is not None
    assert "outdated" in post(client, VERSIONS, f"{VERSIONS}/restore", version="4", revision="0")
    done = post(client, VERSIONS, f"{VERSIONS}/restore", version="4", revision=str(before.revision))
    assert "The draft now has the content of version 4." in done
    restored = find_draft_of(toolbox, "survey", SLUG)
    assert restored is not None
    assert "How do you score leads?" in str(restored.document)
    assert (restored.document["version"], restored.based_on) == (5, 5)
    assert post(client, DRAFT, DRAFT, do="undo - draft")
    after = find_draft_of(toolbox, "survey", SLUG)
    assert after is not None
    assert after.document == before.document


def test_a_version_can_be_taken_back_for_ten_minutes(client: FlaskClient, toolbox: Toolbox, clock: Clock) -> None:
    edit(toolbox, clock, f"{SCORING}/title", "Oops")
    publish(client)
    assert "Take back version 5" in client.get(f"{DRAFT}/published").text
    done = post(client, VERSIONS, f"{VERSIONS}/undo", version="5")
    assert "Version 6 published: it equals the version before the one you took back." in done
    assert "Oops" not in client.get(PAGE).text
    assert "Oops" in str(find_draft_of(toolbox, "survey", SLUG))
    clock.pass_(minutes=11)
    assert "Take back" not in client.get(VERSIONS).text
    assert "outdated" in post(client, VERSIONS, f"{VERSIONS}/undo", version="6")
    assert version(toolbox) == 6


def test_a_version_goes_live_at_its_date_once_and_says_when_it_was_late(
    client: FlaskClient, toolbox: Toolbox, clock: Clock
) -> None:
    edit(toolbox, clock, f"{SCORING}/title", "From Monday")
    when = {"when": "date", "day": "2026-10-05", "time": "09:00", "zone": "UTC"}
    for wrong, text in (({"day": ""}, 422), ({"day": "2026-10-01"}, 422), ({"day": "2028-01-01"}, 422)):
        assert publish(client, **(when | wrong)) == text
    assert publish(client, **when) == 303
    page = words_of(client.get(VERSIONS).text)
    assert "Version 5 goes live on Monday 5 October 2026, 09:00 (UTC)." in page
    assert "New version on Mon 5 Oct 09:00" in words_of(client.get("/desk/surveys").text)
    assert publish(client) == 409
    edit(toolbox, clock, f"{SCORING}/title", "Not read when it was planned")
    carry_out(toolbox)
    assert version(toolbox) == 4
    clock.pass_(days=3, hours=3)
    carry_out(toolbox)
    assert version(toolbox) == 5
    assert "From Monday" in client.get(PAGE).text
    assert "Version 5 went live late" in words_of(client.get(VERSIONS).text)
    draft = find_draft_of(toolbox, "survey", SLUG)
    assert draft is not None
    assert (draft.based_on, draft.document["version"]) == (5, 5)
    assert "Not read when it was planned" in str(draft.document)


def test_a_planned_version_is_cancelled_or_refused_with_its_reason(
    client: FlaskClient, toolbox: Toolbox, clock: Clock
) -> None:
    when = {"when": "date", "day": "2026-10-02", "time": "12:00", "zone": "UTC"}
    edit(toolbox, clock, f"{SCORING}/title", "At noon")
    assert publish(client, **when) == 303
    plan = plans.newest_plan(toolbox, SLUG)
    assert plan is not None
    assert "Nothing goes live" in post(client, VERSIONS, f"{VERSIONS}/cancel", plan=plan.id)
    assert "outdated" in post(client, VERSIONS, f"{VERSIONS}/cancel", plan=plan.id)
    clock.pass_(minutes=1)
    assert publish(client, **when) == 303
    # Meanwhile the policy loses a level that the survey uses.
    policy = authored_file("policies/default.yaml")
    levels = policy["fit"]["criteria"]["digital_maturity"]["levels"]
    levels.pop("basic")
    assert publish_version.publish(toolbox, "policy", policy | {"version": policy["version"] + 1}, clock()) is None
    clock.pass_(hours=5)
    carry_out(toolbox)
    assert version(toolbox) == 4
    page = words_of(client.get(VERSIONS).text)
    assert "Version 5 was not published on Friday 2 October 2026, 12:00 (UTC)." in page
    assert "The policy has no level" in page
    assert [mail.subject for mail in outbox_view.mails(toolbox).mails] == [
        "[Not published] Version 5 of Sales–marketing alignment diagnostic"
    ]
    assert "Not published on Fri 2 Oct 12:00: see Versions" in words_of(client.get("/desk/surveys").text)


def test_a_paused_survey_lets_those_who_are_answering_finish_for_an_hour(
    client: FlaskClient, toolbox: Toolbox, clock: Clock
) -> None:
    done = post(client, "/desk/surveys", f"/desk/surveys/{SLUG}/state", state="paused", **{"from": "list"})
    assert "is paused." in done
    assert 'value="open">Undo' in done
    clock.pass_(seconds=3)
    visitor = client.application.test_client()
    page = visitor.get(PAGE)
    assert (page.status_code, "This diagnostic is paused" in page.text) == (403, True)
    assert visitor.post(PAGE, data=answered()).status_code == 303
    clock.pass_(hours=1)
    late = visitor.post(PAGE, data=answered(key="another"))
    assert (late.status_code, "What you typed is still there." in late.text) == (403, True)
    again = visitor.post(PAGE, data=answered(key="another"), headers={"Accept": "application/json"})
    assert again.json is not None
    assert again.json["title"] == "This diagnostic is paused"
    assert "is live again." in post(client, VERSIONS, f"/desk/surveys/{SLUG}/state", state="open")
    clock.pass_(seconds=3)
    assert visitor.post(PAGE, data=answered(key="another")).status_code == 303


def test_a_survey_is_closed_archived_and_taken_out_again(client: FlaskClient, toolbox: Toolbox, clock: Clock) -> None:
    change = f"/desk/surveys/{SLUG}/state"
    assert "outdated" in post(client, VERSIONS, change, state="archived")
    assert "is closed." in post(client, VERSIONS, change, state="closed")
    late = client.post(PAGE, data=answered())
    assert (late.status_code, "It closed while you were answering" in late.text) == (410, True)
    assert "is in the archive." in post(client, "/desk/surveys", change, state="archived", **{"from": "list"})
    assert SLUG not in client.get("/desk/surveys?show=live").text
    assert f"/s/{SLUG}" in client.get("/desk/surveys?show=archive").text
    assert "is closed." in post(client, VERSIONS, change, state="closed")
    assert client.post(change, data={"csrf_token": csrf(client.get(VERSIONS)), "state": "gone"}).status_code == 400
    fresh = client.get(PAGE, headers={"Accept-Language": "de"})
    assert (fresh.status_code, "Diese" in fresh.text or "diagnostic is closed" in fresh.text) == (410, True)


def test_a_survey_kept_in_a_file_is_not_edited_by_accident_and_can_be_moved(
    client: FlaskClient, toolbox: Toolbox, clock: Clock
) -> None:
    home = f"/desk/surveys/{SLUG}/home"
    edit(toolbox, clock, f"{SCORING}/title", "Mine")
    assert "is now kept in a file" in post(client, VERSIONS, home, home="folder")
    page = words_of(client.get(DRAFT).text)
    assert "This survey is kept in a file in the surveys folder." in page
    assert "Its draft here is kept" in page
    assert "Restore" not in client.get(VERSIONS).text
    assert "kept in a file" in client.get("/desk/surveys").text
    assert "Draft of version 5" in post(client, DRAFT, f"{DRAFT}/open")
    assert publish(client, when="date", day="2026-10-05", time="09:00", zone="UTC") == 303
    assert "Cancel that first" in post(client, VERSIONS, home, home="folder")
    token = csrf(client.get(VERSIONS))
    for address in (home, f"/desk/surveys/{SLUG}/state"):
        assert client.post(address, data={"csrf_token": token}).status_code == 400
    assert client.post("/desk/surveys/none/home", data={"csrf_token": token, "home": "folder"}).status_code == 404
    assert client.get("/desk/surveys/none/versions").status_code == 404


def test_a_survey_is_downloaded_as_the_file_that_the_command_writes(
    client: FlaskClient, toolbox: Toolbox, clock: Clock
) -> None:
    edit(toolbox, clock, f"{SCORING}/title", "How do you rate leads?")
    draft, in_force = (client.get(f"/desk/surveys/{SLUG}/survey.yaml{args}") for args in ("?draft=1", ""))
    assert draft.headers["Content-Disposition"] == f'attachment; filename="{SLUG}.yaml"'
    assert "How do you rate leads?" in draft.text
    assert "How do you rate leads?" not in in_force.text
    assert authored(draft.text)["policy"] == authored_file(f"{SLUG}/survey.yaml")["policy"]
    assert client.get("/desk/surveys/nothing-such/survey.yaml").status_code == 404
    shown = client.get(VERSIONS).text
    assert "Download the draft" in shown
    assert "Download version" in shown
