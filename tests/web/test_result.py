"""The result page and the report."""

from __future__ import annotations

from flask.testing import FlaskClient
from sqlmodel import select

from questionnaire.actions.links import sign
from questionnaire.actions.toolbox import Toolbox
from questionnaire.storage.tables import Response
from tests.web.house import Clock, keep_document, submit


def test_the_result_is_there_at_once_with_one_figure_and_one_thing_to_do(client: FlaskClient) -> None:
    page = client.get(submit(client)).text
    assert "<strong>33</strong>" in page
    assert "Emerging" in page
    assert page.count('class="bar-line"') == 4
    assert "The one thing to do first" in page
    assert "The report is being prepared" in page


def test_the_result_shows_nothing_of_how_sales_judges_it(client: FlaskClient) -> None:
    page = client.get(submit(client)).text
    for word in ("FIT", "INTENT", "TIMING", "A1", "verdict", "SQL-ready", "stage"):
        assert word not in page.replace("SQL and have", "")


def test_until_the_report_is_ready_its_address_says_so_and_when_to_come_again(client: FlaskClient) -> None:
    response = client.get(f"{submit(client)}/report.pdf")
    assert response.status_code == 202
    assert response.headers["Retry-After"] == "4"
    assert "being prepared" in response.text


def _print(toolbox: Toolbox) -> None:
    with toolbox.database.reading() as session:
        row = session.exec(select(Response)).one()
    keep_document(toolbox, row.id, "report", b"%PDF-1.7 the report")


def test_a_report_that_is_ready_opens_as_pdf(client: FlaskClient, toolbox: Toolbox) -> None:
    address = submit(client)
    _print(toolbox)
    response = client.get(f"{address}/report.pdf")
    assert response.data == b"%PDF-1.7 the report"
    assert response.content_type == "application/pdf"
    assert response.headers["Content-Disposition"] == 'inline; filename="report.pdf"'
    assert response.headers["Cache-Control"] == "private, no-store"
    assert "Open the report" in client.get(address).text


def test_a_changed_link_opens_nothing_and_says_so(client: FlaskClient) -> None:
    address = submit(client)
    for broken in (address[:-2], address + "x", "/r/nothing", "/r/" + "A" * 3000):
        response = client.get(broken)
        assert response.status_code in (404, 414)
    assert "does not open a result" in client.get(address[:-2]).text
    assert client.get(address[:-2] + "/report.pdf").status_code == 404


def test_a_link_ends_after_half_a_year(client: FlaskClient, clock: Clock) -> None:
    address = submit(client)
    clock.pass_(days=179)
    assert client.get(address).status_code == 200
    clock.pass_(days=2)
    assert client.get(address).status_code == 404


def test_a_repeat_is_confirmed_by_a_press_on_the_page_of_the_mail_and_not_by_opening_it(
    client: FlaskClient, toolbox: Toolbox, clock: Clock
) -> None:
    submit(client, key="first")
    clock.pass_(days=1)
    submit(client, key="second", company="Nordwind AG")
    with toolbox.database.reading() as session:
        repeat = session.exec(select(Response).where(Response.key == "second")).one()
    mailed = f"/r/{sign(toolbox.settings.secret_keys, 'mailed', repeat.id, repeat.at)}"
    assert "Yes, this was me" in client.get(mailed).text
    assert _confirmed(toolbox, repeat.id) is False
    assert client.post(mailed).status_code == 303
    assert _confirmed(toolbox, repeat.id) is True
    assert "Yes, this was me" not in client.get(mailed).text


def test_the_link_of_the_browser_confirms_nothing(client: FlaskClient, toolbox: Toolbox) -> None:
    address = submit(client)
    assert client.post(address).status_code == 404


def _confirmed(toolbox: Toolbox, response_id: str) -> bool:
    with toolbox.database.reading() as session:
        row = session.get(Response, response_id)
        return row is not None and row.confirmed_at is not None
