"""Before someone starts from a sample, its result page and its report for example answers can be seen."""

from __future__ import annotations

import html
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlmodel import select

from questionnaire.actions.toolbox import Toolbox
from questionnaire.storage.tables import DraftRow, JobRow
from tests.web.client import SLUG, csrf

PAGE = "/desk/surveys/new?way=sample"
SAMPLE = f"/desk/surveys/new/sample/{SLUG}"


@pytest.fixture
def client(as_role: Callable[[str], FlaskClient]) -> FlaskClient:
    return as_role("marketing")


def test_the_list_of_samples_shows_what_a_prospect_gets_of_the_chosen_one(client: FlaskClient) -> None:
    page = client.get(f"{PAGE}&sample={SLUG}")
    text = html.unescape(page.text)
    assert f'<input type="radio" name="sample" value="{SLUG}" checked>' in text
    assert f'<iframe src="{SAMPLE}/result"' in text
    assert "with: Summary, How you compare, Dimensions, Plan, Next step, How scores are calculated." in text
    assert "frame-src 'self'" in page.headers["Content-Security-Policy"]
    # Without a choice, or with one that there is not, the first sample is shown.
    assert "What a prospect gets" in client.get(f"{PAGE}&sample=nothing").text


def test_the_result_of_a_sample_is_the_real_page_and_makes_no_draft(client: FlaskClient, toolbox: Toolbox) -> None:
    page = client.get(f"{SAMPLE}/result")
    assert page.status_code == 200
    assert "out of 100" in page.text
    assert "The one thing to do first" in page.text
    assert "frame-ancestors 'self'" in page.headers["Content-Security-Policy"]
    with toolbox.database.reading() as session:
        assert session.exec(select(DraftRow)).all() == []
    assert client.get("/desk/surveys/new/sample/nothing/result").status_code == 404


def test_the_report_of_a_sample_is_printed_for_who_asked(
    client: FlaskClient, as_role: Callable[[str], FlaskClient], toolbox: Toolbox
) -> None:
    asked = client.post(f"{SAMPLE}/report", data={"csrf_token": csrf(client.get(PAGE))})
    assert asked.status_code == 303
    assert client.get(asked.headers["Location"]).status_code == 202
    assert as_role("ops").get(asked.headers["Location"]).status_code == 404
    with toolbox.database.reading() as session:
        assert len(session.exec(select(JobRow).where(JobRow.name == "print_trial")).all()) == 1
