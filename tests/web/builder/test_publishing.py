"""Previewing and publishing a draft, and the list of surveys with its ways to a new one."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from questionnaire.actions.editing import drafts
from questionnaire.actions.editing.drafts import find_draft_of
from questionnaire.actions.editing.survey_effects import compute_survey_effect
from questionnaire.actions.publishing.publish_version import publish as publish_version
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.editing.same import same
from questionnaire.library.yaml.writer import write_yaml
from questionnaire.storage.publishing import publications
from questionnaire.web.http import context
from tests.authored import authored_file
from tests.searches import search_drafts
from tests.web.builder.draft_form import fields_of, send
from tests.web.client import PEOPLE, SLUG, Clock, csrf, submit

DRAFT = f"/desk/surveys/{SLUG}/draft"
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


def publish(client: FlaskClient, note: str = "") -> TestResponse:
    """Once the draft is searched."""
    with client.application.app_context():
        search_drafts(context.toolbox())
    page = client.get(f"{DRAFT}/publish")
    revision = re.search(r'name="revision" value="(\d+)"', page.text)
    assert revision
    data = {"csrf_token": csrf(page), "revision": revision[1], "note": note}
    return client.post(f"{DRAFT}/publish", data=data)


def test_the_preview_is_the_real_page_and_can_send_nothing(client: FlaskClient, toolbox: Toolbox, clock: Clock) -> None:
    edit(toolbox, clock, f"{SCORING}/title", "How do you rate leads?")
    edit(toolbox, clock, f"{SCORING}/show_if", {"industry": "saas"})
    page = client.get(f"{DRAFT}/preview?at=scoring")
    assert "How do you rate leads?" in page.text
    assert '"at":"scoring"' in page.text
    assert '"scoring":{' not in page.text.partition('"show_if":')[2].partition("}")[0]
    policy = page.headers["Content-Security-Policy"]
    assert "connect-src 'none'" in policy
    assert "form-action 'none'" in policy
    assert "frame-ancestors 'self'" in policy
    assert "noscript" not in page.text


def test_a_draft_that_cannot_be_read_previews_its_last_good_state_and_says_so(
    client: FlaskClient, toolbox: Toolbox, clock: Clock
) -> None:
    edit(toolbox, clock, f"{SCORING}/title", "How do you rate leads?")
    assert "This is the last state that could." not in client.get(f"{DRAFT}/preview").text
    edit(toolbox, clock, f"{SCORING}/type", "no_such_type")
    page = html.unescape(client.get(f"{DRAFT}/preview").text)
    assert "This is the last state that could." in page
    assert "How do you rate leads?" in page
    edit(toolbox, clock, f"{SCORING}/type", "single_choice")
    edit(toolbox, clock, f"{SCORING}/title", "")
    assert ">…<" in client.get(f"{DRAFT}/preview?at=scoring").text


def test_a_new_draft_that_never_could_be_read_says_when_the_preview_appears(
    client: FlaskClient, toolbox: Toolbox, clock: Clock
) -> None:
    drafts.open_content(toolbox, {"schema": "survey/1", "id": "bare", "pages": []}, None, MO, clock())
    assert "No preview yet" in client.get("/desk/surveys/bare/draft/preview").text
    assert client.get("/desk/surveys/bare/draft").status_code == 200


def test_publishing_shows_what_changes_in_words_and_makes_the_next_version(
    client: FlaskClient, toolbox: Toolbox, clock: Clock
) -> None:
    submit(client)
    edit(toolbox, clock, f"{SCORING}/title", "How do you score leads today?")
    edit(toolbox, clock, f"{SCORING}/choices/manual/level", "advanced")
    edit(toolbox, clock, f"{SCORING}/show_if", {"industry": "saas"})
    page = html.unescape(client.get(f"{DRAFT}/publish").text)
    assert "3 changes since version 4" in page
    assert re.findall(r"<h3>(\w+)<", page) == ["Meaning", "Logic", "Texts"]
    assert "<del>Basic · 2</del> <ins>Advanced · 5</ins>" in page
    assert "<ins>Industry is “Software / SaaS”</ins>" in page
    assert "How do you score <del>leads?</del> <ins>leads today?</ins>" in page
    done = publish(client, "Scoring asked of software companies only")
    assert done.status_code == 303
    assert "Version 5 published" in client.get(done.headers["Location"]).text
    assert "How do you score leads today?" in client.get(f"/s/{SLUG}?version=5").text
    with toolbox.database.reading() as session:
        row = publications.find(session, "survey", SLUG)
        assert row is not None
        assert (row.version, row.note, row.published_by) == (5, "Scoring asked of software companies only", MO)
    draft = find_draft_of(toolbox, "survey", SLUG)
    assert draft is not None
    assert (draft.based_on, draft.document["version"], draft.changed_by) == (5, 5, MO)
    assert "Nothing has changed since version 5." in publish(client).text


def looked_at(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> str:
    """The page, which searches nothing itself."""
    with monkeypatch.context() as here:
        searching = "questionnaire.actions.editing.draft_check.check"
        here.setattr(searching, lambda *_: pytest.fail("a page searches nothing"))
        return html.unescape(client.get(f"{DRAFT}/publish").text)


def test_the_page_waits_for_the_search_of_this_draft_and_searches_nothing_itself(
    client: FlaskClient, toolbox: Toolbox, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(toolbox, clock, f"{SCORING}/show_if", {"all": [{"industry": "saas"}, {"industry": "other"}]})
    waiting = looked_at(client, monkeypatch)
    assert "Checking every path…" in waiting
    assert "No errors" not in waiting
    data = {"csrf_token": csrf(client.get(f"{DRAFT}/publish")), "revision": "1", "note": "Keep this"}
    early = client.post(f"{DRAFT}/publish", data=data)
    assert early.status_code == 409
    assert "Publish once that is done." in early.text
    assert "Keep this" in early.text
    assert client.post(f"{DRAFT}/proof", data=data).status_code == 303
    search_drafts(toolbox)
    searched = looked_at(client, monkeypatch)
    assert "Checking every path…" not in searched
    assert "No one can see this: its condition is never true." in searched
    raw = {**authored_file("policies/default.yaml"), "version": 6}
    assert publish_version(toolbox, "policy", raw, clock() + timedelta(seconds=1)) is None
    assert "Checking every path…" in looked_at(client, monkeypatch), "another policy is in force"
    clock.pass_(seconds=2)
    search_drafts(toolbox)
    assert "Checking every path…" not in looked_at(client, monkeypatch)


def test_the_page_says_which_past_leads_would_be_judged_otherwise(
    client: FlaskClient, toolbox: Toolbox, clock: Clock
) -> None:
    submit(client)
    draft = find_draft_of(toolbox, "survey", SLUG)
    assert draft is not None
    asked = next(one for one in draft.document["pages"][0]["questions"] if one["name"] == "employees")
    smaller = [choice | {"level": "micro"} for choice in asked["choices"]]
    edit(toolbox, clock, "pages/company/questions/employees/choices", smaller)
    assert "computing the effect…" in client.get(f"{DRAFT}/publish").text
    compute_survey_effect(toolbox, draft.id)
    page = re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", client.get(f"{DRAFT}/publish").text)))
    assert "One lead of the last 90 days that answered version 4" in page
    assert re.search(r"One lead (would have another stage|keeps its stage with other scores)", page)
    assert re.search(r"Company size \S+ · \d+ Micro · \d+", page), page


def test_with_errors_nothing_is_published_and_the_page_leads_to_the_first_one(
    client: FlaskClient, toolbox: Toolbox, clock: Clock
) -> None:
    edit(toolbox, clock, f"{SCORING}/choices/manual/level", "bsaic")
    refused = publish(client)
    assert refused.status_code == 422
    link = re.search(r'href="([^"]+)">Go to the first one', refused.text)
    assert link
    assert html.unescape(link[1]) == f"{DRAFT}?at={SCORING}/choices/manual/level#p1"
    assert f'id="p1"' in client.get(html.unescape(link[1])).text  # noqa: F541
    with toolbox.database.reading() as session:
        assert publications.newest_version(session, "survey", SLUG) == 4


def test_what_changed_meanwhile_has_to_be_looked_at_again(client: FlaskClient, toolbox: Toolbox, clock: Clock) -> None:
    edit(toolbox, clock, f"{SCORING}/title", "One")
    page = client.get(f"{DRAFT}/publish")
    edit(toolbox, clock, f"{SCORING}/title", "Two")
    late = client.post(f"{DRAFT}/publish", data={"csrf_token": csrf(page), "revision": "1"})
    assert late.status_code == 409
    assert "The draft has changed since you opened this page." in late.text


def test_the_list_shows_state_changes_and_who_made_them(client: FlaskClient, toolbox: Toolbox, clock: Clock) -> None:
    clock.pass_(hours=1)
    edit(toolbox, clock, f"{SCORING}/title", "One")
    page = client.get("/desk/surveys").text
    assert "Draft of version 5, one change" in re.sub(r"\s+", " ", page)
    assert "Mo Marketing" in page
    assert "No matching surveys" in client.get("/desk/surveys?q=nothing").text
    assert "alignment" in client.get("/desk/surveys?q=Marketing+SALES").text


def test_a_survey_begins_blank_from_a_sample_or_as_a_copy(client: FlaskClient, toolbox: Toolbox) -> None:
    token = csrf(client.get("/desk/surveys/new"))
    form = {"csrf_token": token, "way": "blank", "title": "Data check", "policy": "default", "language": "en"}
    assert client.post("/desk/surveys/new", data=form).headers["Location"] == "/desk/surveys/data-check/draft"
    assert client.post("/desk/surveys/new", data=form).headers["Location"] == "/desk/surveys/data-check-2/draft"
    empty = client.post("/desk/surveys/new", data={**form, "title": " "})
    assert (empty.status_code, "Enter a title, like" in empty.text) == (422, True)
    sample = {"csrf_token": token, "way": "sample", "sample": SLUG}
    assert "sales-marketing-alignment-diagnostic" in client.post("/desk/surveys/new", data=sample).headers["Location"]
    assert client.post("/desk/surveys/new", data={**sample, "sample": "x"}).status_code == 422
    copied = client.post(f"/desk/surveys/{SLUG}/duplicate", data={"csrf_token": token})
    assert copied.headers["Location"].startswith("/desk/surveys/sales-marketing-alignment-diagnostic-2/draft")
    assert client.post("/desk/surveys/none/duplicate", data={"csrf_token": token}).status_code == 404
    page = client.get("/desk/surveys/data-check/draft")
    assert "Nothing is written here yet." in page.text
    assert "Draft, not published yet" in page.text


def test_a_blank_survey_is_built_and_published_with_forms_alone(client: FlaskClient, toolbox: Toolbox) -> None:
    token = csrf(client.get("/desk/surveys/new"))
    form = {"csrf_token": token, "way": "blank", "title": "Data check", "policy": "default", "language": "en"}
    address = client.post("/desk/surveys/new", data=form).headers["Location"]
    page = client.get(address)
    send(client, page, question__title="How good is your data?", choices__a__text="Good", choices__b__text="Bad")
    send(client, client.get(f"{address}?at=pages/page"), page__title="Start")
    search_drafts(toolbox)
    publishing = client.get(f"{address}/publish")
    assert "The first version" in publishing.text
    revision = dict(re.findall(r'name="(revision)" value="(\d+)"', publishing.text))
    done = client.post(f"{address}/publish", data={"csrf_token": csrf(publishing), **revision})
    assert done.status_code == 303, re.sub(r"<[^>]+>", " ", done.text)
    assert "How good is your data?" in client.get("/s/data-check").text


def test_a_file_becomes_a_draft_or_its_mistakes_are_named_by_line(
    client: FlaskClient, toolbox: Toolbox, clock: Clock
) -> None:
    draft = find_draft_of(toolbox, "survey", SLUG)
    assert draft is not None
    token = csrf(client.get("/desk/surveys/new?way=yaml"))
    copied = json.loads(json.dumps(draft.document)) | {"id": "from-file"}
    upload = {"csrf_token": token, "way": "yaml", "file": (BytesIO(write_yaml(copied).encode()), "survey.yaml")}
    assert client.post("/desk/surveys/new", data=upload).headers["Location"] == "/desk/surveys/from-file/draft"
    made = find_draft_of(toolbox, "survey", "from-file")
    assert made is not None
    assert same(made.document, copied)
    pasted = {"csrf_token": token, "way": "yaml"}
    wrong = {
        "a: [": "Line 1:", "schema: policy/1\nid: x": "This is no survey", write_yaml(draft.document): "already",
        "[]": "This is no survey", "": "Line 1:",
    }  # fmt: skip
    for text, message in wrong.items():
        page = client.post("/desk/surveys/new", data={**pasted, "yaml": text})
        assert page.status_code == 422
        assert message in page.text, text
        assert html.escape(text[:20], quote=False) in page.text


def test_a_survey_in_two_languages_is_written_in_each(client: FlaskClient, toolbox: Toolbox, clock: Clock) -> None:
    edit(toolbox, clock, "languages", ["en", "fr"])
    page = client.get(f"{DRAFT}?at={SCORING}&lang=fr")
    assert 'placeholder="How do you score leads?"' in page.text
    names = [name for name, _ in fields_of(page) if name.endswith("scoring/title")]
    assert names == [f"text!@fr {SCORING}/title"]
    send(client, page, scoring__title="Comment notez-vous vos leads ?")
    draft = find_draft_of(toolbox, "survey", SLUG)
    assert draft is not None
    titles = {one["name"]: one["title"] for one in draft.document["pages"][1]["questions"]}
    assert titles["scoring"] == {"en": "How do you score leads?", "fr": "Comment notez-vous vos leads ?"}
    assert "Comment notez-vous" in client.get(f"{DRAFT}/preview?at=scoring&lang=fr").text
