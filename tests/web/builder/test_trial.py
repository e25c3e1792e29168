"""Trying a draft: what answers come to, and answers that lead to a result, with plain forms as without JavaScript."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlmodel import select
from werkzeug.test import TestResponse

from questionnaire.actions import retention
from questionnaire.actions.editing import drafts
from questionnaire.actions.toolbox import Toolbox
from questionnaire.documents.renderer import RenderedPdf
from questionnaire.jobs.registry import JOB_TYPES
from questionnaire.storage.tables import JobRow, ResponseRow
from tests.web.builder.draft_form import fields_of
from tests.web.client import ANNA, ANSWERS, SLUG, Clock, csrf

DRAFT = f"/desk/surveys/{SLUG}/draft"
WHOLE = json.dumps([[name, text] for name, text in {**ANSWERS, **ANNA}.items()])
LONE = json.dumps([["employees", "50_199"], ["email", "anna@"], ["gone", "x"], ["industry"], 7])


@pytest.fixture
def client(as_role: Callable[[str], FlaskClient], toolbox: Toolbox, clock: Clock) -> FlaskClient:
    """Mo of marketing, with a draft of the sample survey."""
    drafts.open_from_version(toolbox, "survey", SLUG, "mo@nordlicht.example", clock())
    return as_role("marketing")


def post(client: FlaskClient, where: str = "trial", **form: str) -> TestResponse:
    return client.post(f"{DRAFT}/{where}", data={"csrf_token": csrf(client.get(DRAFT)), **form})


def panel(page: TestResponse) -> str:
    found = re.search(r'<section class="why".*?</section>', page.text, re.S)
    assert found, page.text
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", found[0]))


def change(toolbox: Toolbox, clock: Clock, *edits: Mapping[str, Any]) -> None:
    draft = drafts.find_draft_of(toolbox, "survey", SLUG)
    assert draft is not None
    assert drafts.edit(toolbox, draft.id, draft.revision, edits, "mo@nordlicht.example", clock()).problems == ()


def test_answers_are_judged_as_the_product_judges_a_lead_and_nothing_is_stored(
    client: FlaskClient, toolbox: Toolbox
) -> None:
    told = panel(post(client, typed=WHOLE))
    assert "SQL-ready A1" in told
    assert re.search(r"FIT 6\d /70 grade A", told)
    assert re.search(r"15 Company size: \S+ “\s*50–199\s*”\s+answer 1", told)
    assert "11 of 11 met" in told
    assert "DACH pool, Lena Vogt" in told
    assert "Book demo" in told
    with toolbox.database.reading() as session:
        assert session.exec(select(ResponseRow)).all() == []


def test_half_an_answer_counts_for_nothing_and_no_answer_says_what_to_do(client: FlaskClient) -> None:
    assert "Answer the preview" in panel(post(client))
    assert "Answer the preview" in panel(post(client, typed="{"))
    told = panel(post(client, typed=LONE))
    assert "Lead C3 · total 15 · more answers needed" in told
    assert "Answer the preview" in panel(post(client, typed=LONE, clear="1"))


def test_a_button_answers_the_preview_on_the_way_to_a_stage(client: FlaskClient) -> None:
    page = post(client, way="stage sql_ready")
    assert "SQL-ready" in panel(page)
    assert "this is a short way to “SQL-ready”" in page.text
    typed = dict(fields_of(page, "trial"))["typed"]
    preview = post(client, "preview", typed=typed, at="scoring")
    assert re.search(r'value="allocated"[^>]*checked', preview.text)
    assert 'value="somebody@business.example"' in preview.text


def test_it_says_when_no_answers_lead_there(client: FlaskClient, toolbox: Toolbox, clock: Clock) -> None:
    told = post(client, way="stage lead", typed=LONE)
    assert "There is no way to “Lead”: no answers lead there." in told.text
    assert "total 15" in panel(told)
    assert (
        "takes an email domain on this list of the policy, which is empty: partners"
        in post(client, way="stage diverted").text
    )
    assert "trial-note" not in post(client, way="stage nonsense").text
    wrong = {"edit": "set", "path": "pages/practice/questions/scoring/criterion", "value": "gone"}
    change(toolbox, clock, wrong)
    assert "once the errors of the draft are mended" in post(client, way="stage sql_ready").text


def test_an_ending_is_reached_and_shown(client: FlaskClient, toolbox: Toolbox, clock: Clock) -> None:
    ending = {"name": "small", "when": {"employees": "1_9"}, "title": "Not for you"}
    change(toolbox, clock, {"edit": "set", "path": "endings", "value": [ending]})
    assert "Ending Not for you" in panel(post(client, way="ending small"))


def test_a_draft_that_cannot_be_read_is_judged_as_it_last_could(
    client: FlaskClient, toolbox: Toolbox, clock: Clock
) -> None:
    change(toolbox, clock, {"edit": "set", "path": "pages/practice/questions/scoring/type", "value": "no such type"})
    told = panel(post(client, typed=WHOLE))
    assert "This is the last state that could." in told
    assert "SQL-ready A1" in told


def test_what_is_known_besides_the_answers_is_named(client: FlaskClient) -> None:
    beside = {"signals": [{"name": "pricing_page_visit", "at": "2026-10-01T08:00:00+00:00"}] * 2,
              "history": {"duplicate": True, "customer": True, "account_owner": "lena", "stage": "mql",
                          "not_now_on": "2026-09-01"},
              "campaign": {"source": "fair"}, "contact": {"sector": "priority"}, "x": 1}  # fmt: skip
    told = panel(post(client, typed=WHOLE, beside=json.dumps(beside)))
    assert "viewed the pricing page × 2" in told
    for part in ("a duplicate in the CRM", "already a customer", "account owner Lena Vogt", "utm_source = fair",
                 "“not now” on 1 September 2026", "stage before: MQL", "Sector = priority"):  # fmt: skip
        assert part in told, told
    assert "can’t be judged" in panel(post(client, typed=WHOLE, beside='{"signals": 7}'))


def test_the_edit_page_offers_the_panel_and_the_ways(client: FlaskClient) -> None:
    page = client.get(DRAFT).text
    assert "Answer the preview: what the answers are worth appears here." in page
    assert 'value="stage sql_ready"' in page


def test_the_result_page_of_the_answers_is_what_a_prospect_sees_and_leads_nowhere(client: FlaskClient) -> None:
    page = post(client, "trial/result", typed=WHOLE)
    assert page.status_code == 200
    assert "Where" in page.text
    assert "frame-ancestors 'self'" in page.headers["Content-Security-Policy"]
    assert "/r/" not in page.text
    assert "/shared/" not in page.text
    assert post(client, "trial/result").status_code == 422


def test_an_ending_has_a_page_and_no_report(client: FlaskClient, toolbox: Toolbox, clock: Clock) -> None:
    ending = {"name": "small", "when": {"employees": "1_9"}, "title": "Not for you", "text": "Try **this**."}
    change(toolbox, clock, {"edit": "set", "path": "endings", "value": [ending]})
    small = json.dumps([["employees", "1_9"]])
    assert "<strong>this</strong>" in post(client, "trial/result", typed=small).text
    assert post(client, "trial/report", typed=small).status_code == 422


def test_the_report_is_printed_by_the_worker_for_who_asked(
    client: FlaskClient, toolbox: Toolbox, as_role: Callable[[str], FlaskClient]
) -> None:
    asked = post(client, "trial/report", typed=WHOLE)
    assert asked.status_code == 303
    where = asked.headers["Location"]
    assert client.get(where).status_code == 202
    printed: list[Any] = []

    class Printer:
        fonts: Mapping[str, Any] = {}

        def print(self, *given: Any, phrases: Any) -> Any:
            printed.append((given, phrases))
            return RenderedPdf(b"%PDF-1.7 of the trial", False, ())

    with toolbox.database.reading() as session:
        [job] = session.exec(select(JobRow).where(JobRow.name == "print_trial")).all()
    for _time in range(2):
        JOB_TYPES["print_trial"].do(replace(toolbox, renderer=Printer()), job.args, "turn")
    JOB_TYPES["print_trial"].do(toolbox, {"report": "gone"}, "turn")
    [((kind, view, language, *_rest), _phrases)] = printed
    assert (kind, language, view["company"]) == ("report", "en", "Nordwind Software")
    assert client.get(where).data == b"%PDF-1.7 of the trial"
    assert as_role("ops").get(where).status_code == 404


def test_only_a_few_reports_of_a_person_wait_at_a_time_and_none_is_kept_for_long(
    client: FlaskClient, toolbox: Toolbox, clock: Clock
) -> None:
    answers = [post(client, "trial/report", typed=WHOLE).status_code for _ in range(5)]
    assert answers == [303, 303, 303, 303, 429]
    clock.pass_(days=1, seconds=1)
    retention.clean_up(toolbox)
    assert post(client, "trial/report", typed=WHOLE).status_code == 303
