"""The result page and the report."""

from __future__ import annotations

import html
import re

from flask.testing import FlaskClient

from questionnaire.actions.publishing import publish_version
from questionnaire.actions.toolbox import Toolbox
from questionnaire.settings import bundle_dir
from questionnaire.storage.tables import ResponseRow
from tests.authored import authored
from tests.web.client import ANNA, Clock, submit
from tests.web.stored import mailed_link, store_report


def test_the_result_is_there_at_once_with_one_figure_and_one_thing_to_do(client: FlaskClient) -> None:
    page = client.get(submit(client)).text
    assert "<strong>33</strong>" in page
    assert "Emerging" in page
    assert page.count('class="bar-line"') == 4
    assert "The one thing to do first" in page
    assert "Preparing your report" in page


def test_the_result_shows_nothing_of_how_sales_judges_it(client: FlaskClient) -> None:
    # Links are signed by chance letters, which may spell anything.
    page = re.sub(r"/(r|shared)/[\w.-]+", "", client.get(submit(client)).text)
    for word in ("FIT", "INTENT", "TIMING", "A1", "verdict", "SQL-ready", "stage"):
        assert word not in page.replace("SQL and have", "")


def test_until_the_report_is_ready_its_address_says_so_and_when_to_come_again(client: FlaskClient) -> None:
    response = client.get(f"{submit(client)}/report.pdf")
    assert response.status_code == 202
    assert response.headers["Retry-After"] == "4"
    assert "Preparing your document" in response.text


def test_a_report_that_is_ready_opens_as_pdf(client: FlaskClient, toolbox: Toolbox) -> None:
    address = submit(client)
    store_report(toolbox)
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
    assert "This link doesn’t work" in client.get(address[:-2]).text
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
    repeat, mailed = mailed_link(toolbox, "second")
    assert "Yes, these are my answers" in client.get(mailed).text
    assert _confirmed(toolbox, repeat.id) is False
    assert client.post(mailed).status_code == 303
    assert _confirmed(toolbox, repeat.id) is True
    assert "Yes, these are my answers" not in client.get(mailed).text


def test_a_first_answer_is_confirmed_in_the_same_way(client: FlaskClient, toolbox: Toolbox) -> None:
    submit(client, key="first")
    row, mailed = mailed_link(toolbox, "first")
    assert "Yes, these are my answers" in client.get(mailed).text
    assert client.post(mailed).status_code == 303
    assert _confirmed(toolbox, row.id) is True


def test_the_link_of_the_browser_confirms_nothing(client: FlaskClient, toolbox: Toolbox) -> None:
    address = submit(client)
    assert client.post(address).status_code == 404


def _confirmed(toolbox: Toolbox, response_id: str) -> bool:
    with toolbox.database.reading() as session:
        row = session.get(ResponseRow, response_id)
        return row is not None and row.confirmed_at is not None


# --- in a frame ------------------------------------------------------------------------------------------------


def test_in_a_frame_only_the_sites_of_the_survey_show_it_and_what_leads_away_opens_beside(
    client: FlaskClient, toolbox: Toolbox
) -> None:
    address = submit(client)
    store_report(toolbox)
    alone, framed = client.get(address), client.get(f"{address}?embed")
    assert "frame-ancestors 'none'" in alone.headers["Content-Security-Policy"]
    assert "frame-ancestors https://www.nordlicht.example" in framed.headers["Content-Security-Policy"]
    assert framed.headers["X-Robots-Tag"] == "noindex, nofollow"
    away = re.findall(r"<a [^>]*>", framed.text)
    assert len(away) == 3
    assert all('target="_blank" rel="noopener"' in link for link in away), away
    assert "target=" not in alone.text
    # Which block of the report it is would tell the page around how the answers were judged.
    assert 'data-cta="next_step"' in framed.text
    assert "book_demo" not in framed.text
    assert 'class="result embedded"' in framed.text


def test_a_page_without_a_frame_is_shown_in_none_even_by_a_wrong_link(client: FlaskClient) -> None:
    refused = client.get("/r/nothing?embed")
    assert "frame-ancestors 'none'" in refused.headers["Content-Security-Policy"]


# --- passed on -------------------------------------------------------------------------------------------------


def test_others_stand_beside_with_their_number_once_there_are_enough(client: FlaskClient, toolbox: Toolbox) -> None:
    pages = [client.get(submit(client, key=f"k{n}", email=f"p{n}@firm{n}.example")).text for n in range(31)]
    assert "How you compare" not in pages[29]
    assert "Compared with 30 people who also answered “<bdi>Software / SaaS</bdi>”." in pages[30]
    assert pages[30].count("average 33") == 5


def link_to(words: str, page: str) -> str:
    found = re.search(f'href="([^"]+)"[^>]*>{words}<', page)
    assert found, words
    return html.unescape(found[1])


def test_the_waiting_page_looks_again_for_two_minutes_and_then_says_so(client: FlaskClient) -> None:
    address = f"{submit(client)}/report.pdf"
    looks, page = 0, client.get(address)
    while "Refresh" in page.headers and looks < 99:
        looks, page = looks + 1, client.get(page.headers["Refresh"].removeprefix("4;url="))
    assert looks == 30
    assert client.get(link_to("Stop refreshing", client.get(address).text)).headers.get("Refresh") is None
    late = client.get(f"{address}?looked=30")
    assert "It isn’t ready yet" in late.text
    assert "Check again" in late.text
    for strange in ("x", "-1", "٣", "1" * 90):
        assert client.get(address, query_string={"looked": strange}).status_code == 202


def test_the_result_of_a_survey_from_right_to_left_runs_that_way_too(
    client: FlaskClient, toolbox: Toolbox, clock: Clock
) -> None:
    surveys = bundle_dir("surveys")
    for kind, file in (("policy", "features/policy.yaml"), ("survey", "features/right-to-left.yaml")):
        content = authored((surveys / file).read_text("utf-8"))
        assert publish_version.publish(toolbox, kind, content, clock()) is None  # type: ignore[arg-type]
    typed = {
        "email": ANNA["email"],
        "country": "DE",
        "role": "decides",
        "plan": "soon",
        "meetings": "weekly",
        "agreement": "4",
    }
    for language, direction in (("ar", '<html lang="ar" dir="rtl">'), ("en", '<html lang="en">')):
        form = {**typed, "lang": language, "publication": "feature-right-to-left@1", "key": f"a-browser-in-{language}"}
        response = client.post("/s/feature-right-to-left", data=form)
        assert response.status_code == 303, response.text
        page = client.get(response.headers["Location"]).text
        assert direction in page
        assert ("كيف تعمل فرقكم معًا؟" in page) is (language == "ar")
