"""The result page and the report."""

from __future__ import annotations

import html
import re

from flask.testing import FlaskClient
from sqlmodel import select

from questionnaire.actions.assessing.links import sign
from questionnaire.actions.toolbox import Toolbox
from questionnaire.storage.publishing import publications
from questionnaire.storage.tables import ResponseRow
from tests.web.client import SLUG, Clock, judge_everything, keep_document, publish, submit


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


def _print(toolbox: Toolbox) -> None:
    with toolbox.database.reading() as session:
        row = session.exec(select(ResponseRow)).one()
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


def mailed_link(toolbox: Toolbox, key: str) -> tuple[ResponseRow, str]:
    """The response under this key, and the address that is mailed to its writer."""
    with toolbox.database.reading() as session:
        row = session.exec(select(ResponseRow).where(ResponseRow.key == key)).one()
    return row, f"/r/{sign(toolbox.settings.secret_keys, 'mailed', row.id, row.at)}"


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
    _print(toolbox)
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
    assert 'class="result framed"' in framed.text


def test_a_page_without_a_frame_is_shown_in_none_even_by_a_wrong_link(client: FlaskClient) -> None:
    refused = client.get("/r/nothing?embed")
    assert "frame-ancestors 'none'" in refused.headers["Content-Security-Policy"]


# --- passed on -------------------------------------------------------------------------------------------------

CANARY = {
    "first_name": "Zephyrine", "last_name": "Quillfeather", "company": "Canarybird Works", "job_title": "Chief Canary",
    "email": "zephyrine@canarybird.example", "phone": "+49 30 901877", "country": "DE",
}  # fmt: skip
TRACES = ("zephyrine", "quillfeather", "canarybird", "chief canary", "canary", "901877", "no-such-industry-words")
PERSONAL = """
schema: survey/1
id: personal
version: 1
policy: default
languages: [en]
title: A look at handoffs
dimensions: [{name: handoff, title: Handoff}, {name: speed, title: Speed}]
pages:
  - name: one
    questions:
      - {name: words, type: text, title: Say it, required: true}
      - {name: handoff, type: scale, from: 0, to: 3, dimension: handoff, title: How?}
      - {name: speed, type: scale, from: 0, to: 3, dimension: speed, title: How fast?}
contact:
  fields: [{name: email, type: email, required: true}, {name: first_name, type: text}, {name: company, type: text}]
  consents: []
report:
  sections: [cover, summary, comparison, dimensions, next_step]
  overall:
    - {from: 0, name: Early, text: "{{first_name}}, {{company}} waits. Begin with one list. You said {{words}}."}
  dimensions:
    handoff: [{from: 0, text: "{{company}} hands over late."}]
    speed: [{from: 0, text: "{{first_name}}, look here. Measure the first call."}]
  next_step: [{block: offer}]
  blocks:
    offer: {text: "A slot is kept for {{company}}.", url: "https://www.nordlicht.example/offer", label: Book it}
"""


def shared_address(page: str) -> str:
    found = re.search(r'href="(/shared/[^"]+)"', page)
    assert found, "the page offers nothing to share"
    return found[1]


def test_what_is_passed_on_says_nothing_of_whose_it_is_and_leads_nowhere_near_it(
    client: FlaskClient, toolbox: Toolbox
) -> None:
    own = client.get(submit(client, **CANARY))
    _print(toolbox)
    response = client.get(shared_address(own.text))
    page = html.unescape(response.text).lower()
    assert all(trace not in page for trace in TRACES)
    assert all(trace in html.unescape(own.text).lower() for trace in ("canarybird works", "zephyrine@"))
    for there in ("<strong>33</strong>", "Emerging", "Take the diagnostic", "The one thing to do first"):
        assert there in response.text
    for gone in (
        "/r/",
        "report.pdf",
        "<form",
        "<button",
        "data-cta",
        "nordlicht.example",
        "software / saas",
        "<script",
    ):
        assert gone not in page, gone
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert response.headers["Cache-Control"] == "private, no-store"
    assert "frame-ancestors 'none'" in response.headers["Content-Security-Policy"]


def test_sentences_that_name_somebody_are_left_out_of_what_is_passed_on(client: FlaskClient, toolbox: Toolbox) -> None:
    publish(toolbox, PERSONAL)
    given = {"words": "no-such-industry-words", "handoff": "0", "speed": "1", "email": CANARY["email"],
             "first_name": CANARY["first_name"], "company": CANARY["company"], "key": "k",
             "publication": "personal@1"}  # fmt: skip
    own = client.get(client.post("/s/personal", data=given).headers["Location"]).text
    assert "<bdi>Zephyrine</bdi>, <bdi>Canarybird Works</bdi> waits. Begin with one list." in own
    assert "You said <bdi>no-such-industry-words</bdi>." in own
    shared = client.get(shared_address(own)).text
    assert all(trace not in shared.lower() for trace in TRACES)
    assert "{{" not in shared
    assert "<p>Begin with one list.</p>" in shared
    # The weakest dimension has nothing left to say: the next one speaks.
    assert "<p>Measure the first call.</p>" in shared
    assert "hands over late" not in shared


def test_without_a_score_there_is_nothing_to_pass_on(client: FlaskClient, toolbox: Toolbox) -> None:
    plain = PERSONAL.replace("dimension: handoff, ", "").replace("dimension: speed, ", "")
    publish(toolbox, plain)
    given = {"words": "Hello", "email": CANARY["email"], "key": "k", "publication": "personal@1"}
    page = client.get(client.post("/s/personal", data=given).headers["Location"]).text
    assert "Thank you. We’ve received your answers." in page
    assert "/shared/" not in page


def test_a_shared_link_opens_no_other_page_and_no_other_link_opens_the_shared_one(
    client: FlaskClient, clock: Clock
) -> None:
    address = submit(client)
    token = shared_address(client.get(address).text).removeprefix("/shared/")
    for page in (f"/r/{token}", f"/r/{token}/report.pdf", f"/shared/{address.removeprefix('/r/')}", "/shared/nothing"):
        assert client.get(page).status_code == 404, page
    assert client.post(f"/r/{token}").status_code == 404
    clock.pass_(days=179)
    assert client.get(f"/shared/{token}").status_code == 200
    clock.pass_(days=2)
    assert client.get(f"/shared/{token}").status_code == 404


def test_a_repeat_is_passed_on_without_a_word_of_earlier_answers_and_a_closed_survey_invites_nobody(
    client: FlaskClient, toolbox: Toolbox, clock: Clock
) -> None:
    submit(client, key="first")
    client.post(mailed_link(toolbox, "first")[1])
    judge_everything(toolbox)
    clock.pass_(days=4)
    address = submit(client, key="second", definitions="shared")
    with toolbox.database.writing() as session:
        row = session.exec(select(ResponseRow).where(ResponseRow.key == "second")).one()
        row.confirmed_at = clock.at
    own = client.get(address).text
    assert "points since 2 October 2026" in own
    shared = shared_address(own)
    assert "since" not in client.get(shared).text
    with toolbox.database.writing() as session:
        publications.close(session, SLUG, clock.at)
    assert "Take the diagnostic" not in client.get(shared).text


# --- others, and the paper -------------------------------------------------------------------------------------


def test_others_stand_beside_with_their_number_once_there_are_enough(client: FlaskClient, toolbox: Toolbox) -> None:
    pages = [client.get(submit(client, key=f"k{n}", email=f"p{n}@firm{n}.example")).text for n in range(31)]
    assert "How you compare" not in pages[29]
    assert "Compared with 30 people who also answered “Software / SaaS”." in pages[30]
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
