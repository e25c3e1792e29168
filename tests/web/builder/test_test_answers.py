"""A survey answered as a test: result and report like a prospect's, and nothing that counts."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func
from sqlmodel import SQLModel, select

from questionnaire.actions import retention
from questionnaire.actions.publishing import closing
from questionnaire.actions.toolbox import Toolbox
from questionnaire.storage.tables import (
    AssessmentRow,
    ConsentRow,
    JobRow,
    LeadRow,
    PartialResponseRow,
    ResponseRow,
    VisitCountRow,
    VisitRow,
)
from tests.web.client import ANNA, ANSWERS, PAGE, SLUG, Clock, answered, csrf, press

TESTS = f"/desk/surveys/{SLUG}/tests"
COUNTED = (LeadRow, VisitRow, VisitCountRow, PartialResponseRow, ConsentRow)


@pytest.fixture
def client(as_role: Callable[[str], FlaskClient]) -> FlaskClient:
    return as_role("marketing")


def link_of(client: FlaskClient) -> str:
    found = re.search(rf'href="http://localhost({PAGE}\?test=[^"]+)"', client.get(TESTS).text)
    assert found
    return html.unescape(found[1])


def rows(toolbox: Toolbox, table: type[SQLModel]) -> int:
    with toolbox.database.reading() as session:
        return int(session.exec(select(func.count()).select_from(table)).one())


def test_a_test_answer_shows_its_result_and_counts_nowhere(client: FlaskClient, toolbox: Toolbox, clock: Clock) -> None:
    assert "No test answers yet" in client.get(TESTS).text
    link = link_of(client)
    visitor = client.application.test_client()
    page = visitor.get(link)
    assert "This is a test: your answers count nowhere." in page.text
    assert "public" not in page.headers["Cache-Control"]
    ids = {"draft": "a" * 32, "visit": "b" * 32}
    query = link.partition("?")[2]
    assert visitor.post(f"{PAGE}/save?{query}", data=answered(**ids)).status_code == 204
    assert visitor.post(f"{PAGE}/resume-link?{query}", data=answered(later="a@b.example", **ids)).status_code == 422
    done = visitor.post(link, data=answered(**ids))
    assert done.status_code == 303
    result = visitor.get(done.headers["Location"]).text
    assert "Test answer: it counts nowhere." in result
    assert {table.__name__: rows(toolbox, table) for table in COUNTED} == dict.fromkeys(
        (table.__name__ for table in COUNTED), 0
    )
    with toolbox.database.reading() as session:
        assert {job.name for job in session.exec(select(JobRow)).all()} == {"render_report"}
    listed = client.get(TESTS).text
    assert "One test answer" in listed
    assert "SQL-ready" in listed
    gone = client.post(TESTS, data={"csrf_token": csrf(client.get(TESTS)), "response": "all"})
    assert "One test answer deleted." in client.get(gone.headers["Location"]).text
    assert rows(toolbox, ResponseRow) == rows(toolbox, AssessmentRow) == 0
    assert visitor.get(done.headers["Location"]).status_code == 404


def test_without_javascript_a_test_stays_a_test_to_the_end(client: FlaskClient, toolbox: Toolbox) -> None:
    link = link_of(client)
    visitor = client.application.test_client()
    page = visitor.get(visitor.get(link.replace("?", "/start?")).headers["Location"])
    for _ in range(12):
        page = press(visitor, page, {**ANSWERS, **ANNA})
        if page.status_code == 303:
            break
    assert page.status_code == 303, page.text
    with toolbox.database.reading() as session:
        assert [row.test for row in session.exec(select(ResponseRow)).all()] == [True]
    assert rows(toolbox, VisitRow) == 0


def test_the_link_works_while_a_survey_is_closed_for_a_day_and_for_its_survey_alone(
    client: FlaskClient, toolbox: Toolbox, clock: Clock
) -> None:
    link = link_of(client)
    assert client.get("/desk/surveys/none/tests").status_code == 404
    closing.close(toolbox, SLUG, clock())
    assert client.get(link).status_code == 200
    assert client.post(link, data=answered()).status_code == 303
    assert client.get(f"{PAGE}?test=forged").status_code == 410
    real = client.post(link.replace("test=", "test=x"), data=answered(key="other"))
    assert real.status_code == 410
    clock.pass_(days=2)
    assert client.get(link).status_code == 410
    clock.pass_(days=30)
    retention.clean_up(toolbox)
    assert rows(toolbox, ResponseRow) == 0
