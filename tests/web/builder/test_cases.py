"""Cases of a draft: saved from tried answers, shown beside what is found, mended, dropped, read and written."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from questionnaire.actions.editing import cases, drafts, export, history, publish_draft
from questionnaire.actions.toolbox import Toolbox
from questionnaire.library.yaml.reader import read_bytes
from tests.authored import SURVEYS
from tests.searches import search_drafts
from tests.web.client import ANNA, ANSWERS, SLUG, Clock, csrf

DRAFT = f"/desk/surveys/{SLUG}/draft"
MO = "mo@nordlicht.example"
WHOLE = json.dumps([[name, text] for name, text in {**ANSWERS, **ANNA}.items()])
SCORING = "pages/practice/questions/scoring"


@pytest.fixture
def client(as_role: Callable[[str], FlaskClient], toolbox: Toolbox, clock: Clock) -> FlaskClient:
    drafts.open_from_version(toolbox, "survey", SLUG, MO, clock())
    return as_role("marketing")


def post(client: FlaskClient, where: str = "cases", **form: str) -> TestResponse:
    return client.post(f"{DRAFT}/{where}", data={"csrf_token": csrf(client.get(DRAFT)), **form})


def change(toolbox: Toolbox, clock: Clock, edit: Mapping[str, Any]) -> None:
    draft = drafts.find_draft_of(toolbox, "survey", SLUG)
    assert draft is not None
    assert drafts.edit(toolbox, draft.id, draft.revision, [edit], MO, clock()).problems == ()


def stored(toolbox: Toolbox) -> list[Any]:
    return list(cases.raw_cases(cases.find_cases(toolbox, SLUG)))


def page(client: FlaskClient) -> str:
    return html.unescape(client.get(f"{DRAFT}/cases").text)


def test_an_answered_preview_is_saved_as_a_case_that_passes(client: FlaskClient, toolbox: Toolbox) -> None:
    assert "No cases yet." in page(client)
    for _time in range(2):
        assert post(client, "cases/new", typed=WHOLE).status_code == 303
    first, second = stored(toolbox)
    assert (first["name"], second["name"]) == ("SQL-ready A1", "SQL-ready A1 (2)")
    assert first["expect"]["stage"] == "sql_ready"
    assert first["expect"]["route"] == {"rule": "dach", "rep": "lena"}
    assert first["answers"]["employees"] == "50_199"
    assert "All 2 cases pass." in page(client)
    assert post(client, "cases/new").status_code == 422


def test_a_failing_case_blocks_publishing_until_it_is_mended_or_dropped(
    client: FlaskClient, toolbox: Toolbox, clock: Clock
) -> None:
    post(client, "cases/new", typed=WHOLE)
    post(client, "cases/new", typed=WHOLE)
    change(toolbox, clock, {"edit": "set", "path": f"{SCORING}/choices/manual/level", "value": "advanced"})
    search_drafts(toolbox)
    text = page(client)
    assert "2 of 2 cases fail." in text
    assert re.search(r"FIT</th>.*value=\"62\".*aria-invalid.*65 ", text)
    refused = client.get(f"{DRAFT}/publish").text
    assert "2 cases fail" in refused
    revision = re.search(r'name="revision" value="(\d+)"', refused)
    assert revision
    asked = post(client, "publish", revision=revision[1])
    assert asked.status_code == 422
    assert "Mend or drop them first." in asked.text
    assert post(client, case="SQL-ready A1", do="take").status_code == 303
    assert "One of 2 cases fails." in page(client)
    assert stored(toolbox)[0]["expect"]["fit"]["score"] == 65
    assert post(client, case="SQL-ready A1 (2)", do="drop").status_code == 303
    plan = publish_draft.plan(toolbox, SLUG, clock())
    assert plan is not None
    assert plan.failing == ()
    assert post(client, "publish", revision=revision[1]).status_code == 303


def test_a_name_and_expectations_are_edited(client: FlaskClient, toolbox: Toolbox) -> None:
    post(client, "cases/new", typed=WHOLE)
    saved = post(client, case="SQL-ready A1", do="keep", name="Anna asks", **{"expect label": "B2", "expect stage": ""})
    assert saved.status_code == 303
    [case] = stored(toolbox)
    assert (case["name"], case["expect"]["label"]) == ("Anna asks", "B2")
    assert "stage" not in case["expect"]
    wrong = post(client, case="Anna asks", do="keep", name="Anna asks", **{"expect timing.level": "boiling"})
    assert wrong.status_code == 422
    assert 'role="alert"' in wrong.text
    for name in ("", "Other"):
        post(client, "cases/new", typed=WHOLE)
        assert post(client, case="Anna asks", do="keep", name=name or " ").status_code == (303 if name else 422)
    assert post(client, case="gone", do="keep").status_code == 422
    assert post(client, case="gone", do="drop").status_code == 422


def test_cases_follow_a_rename_and_its_undo(client: FlaskClient, toolbox: Toolbox, clock: Clock) -> None:
    change(toolbox, clock, {"edit": "rename", "path": "pages/company/questions/industry", "value": "branch"})
    post(client, "cases/new", typed=WHOLE.replace("industry", "branch"))
    change(toolbox, clock, {"edit": "rename", "path": f"{SCORING}/choices/manual", "value": "by_hand"})
    change(toolbox, clock, {"edit": "rename", "path": SCORING, "value": "rating"})
    [case] = stored(toolbox)
    assert (case["answers"]["rating"], case["answers"]["branch"]) == ("by_hand", "saas")
    assert "The case passes." in page(client)
    change(toolbox, clock, {"edit": "rename", "path": "pages/practice", "value": "work"})
    draft = drafts.find_draft_of(toolbox, "survey", SLUG)
    assert draft is not None
    for _time in range(2):
        history.undo(toolbox, draft.id, MO, clock())
    assert "scoring" in stored(toolbox)[0]["answers"]


def test_a_case_of_a_removed_question_says_what_is_wrong(client: FlaskClient, toolbox: Toolbox, clock: Clock) -> None:
    post(client, "cases/new", typed=WHOLE)
    change(toolbox, clock, {"edit": "remove", "path": SCORING, "anyway": True})
    assert "is no question of this survey" in page(client)
    assert "One of 1 cases fails." in page(client)


def test_the_cases_of_a_file_are_read_and_written_equal(client: FlaskClient, toolbox: Toolbox, clock: Clock) -> None:
    text = (SURVEYS / SLUG / "cases.yaml").read_text("utf-8")
    assert post(client, do="read", yaml=text).status_code == 303
    source, _ = read_bytes(text.encode(), "cases.yaml")
    assert source is not None
    file, problems = export.export(toolbox, SLUG, draft=True)
    assert problems == ()
    assert file is not None
    again, _ = read_bytes(file.cases.encode(), "cases.yaml")
    assert again is not None
    assert json.dumps(again.raw["cases"], default=str) == json.dumps(source.raw["cases"], default=str)
    count = len(stored(toolbox))
    assert f"All {count} cases pass." in page(client)
    assert post(client, do="read", yaml=text).status_code == 303
    assert len(stored(toolbox)) == count
    for wrong in ("cases: [", "schema: cases/1", text.replace(f"survey: {SLUG}", "survey: other")):
        assert post(client, do="read", yaml=wrong).status_code == 422


def test_a_case_leads_to_the_panel(client: FlaskClient) -> None:
    post(client, "cases/new", typed=WHOLE)
    form = re.search(r'action="[^"]+/draft/trial">.*?name="typed" value="([^"]*)".*?name="beside" value="([^"]*)"',
                     client.get(f"{DRAFT}/cases").text, re.S)  # fmt: skip
    assert form
    told = post(client, "trial", typed=html.unescape(form[1]), beside=html.unescape(form[2]))
    assert "SQL-ready" in told.text
