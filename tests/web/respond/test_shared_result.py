"""The result as someone may pass it on: the score and the advice, nothing that identifies the person."""

from __future__ import annotations

import html
import re

from flask.testing import FlaskClient
from sqlmodel import select

from questionnaire.actions.toolbox import Toolbox
from questionnaire.storage.publishing import survey_statuses
from questionnaire.storage.tables import ResponseRow
from tests.web.client import SLUG, Clock, judge_everything, publish, submit
from tests.web.stored import mailed_link, store_report

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
    store_report(toolbox)
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
        survey_statuses.set_state(session, SLUG, "closed", "", clock.at)
    assert "Take the diagnostic" not in client.get(shared).text


# --- others, and the paper -------------------------------------------------------------------------------------
