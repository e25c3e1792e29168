"""The report page: every authored part of result page and report is edited beside the result of tried answers."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from questionnaire.actions.editing import drafts
from questionnaire.actions.editing.drafts import find_draft_of
from questionnaire.actions.editing.history import history
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.editing.paths import find, has, read_path
from tests.web.builder.draft_form import fields_of, send
from tests.web.client import SLUG, Clock, csrf

DRAFT = f"/desk/surveys/{SLUG}/draft"
PAGE = f"{DRAFT}/report"
PARTS = ("", "report/overall", "report/benchmark", "report/dimensions/definitions", "report/plan", "report/next_step",
         "report/content_blocks", "endings")  # fmt: skip


@pytest.fixture
def client(as_role: Callable[[str], FlaskClient]) -> FlaskClient:
    client = as_role("marketing")
    assert client.post(f"{DRAFT}/open", data={"csrf_token": csrf(client.get(DRAFT))}).status_code == 303
    return client


def at(toolbox: Toolbox, path: str) -> object:
    draft = find_draft_of(toolbox, "survey", SLUG)
    assert draft is not None
    place = read_path(path)
    return find(draft.document, place) if has(draft.document, place) else None


def do(client: FlaskClient, part: str, command: str, **typed: str) -> None:
    sent = send(client, client.get(f"{PAGE}?at={part}"), command, **typed)
    assert sent.status_code == 303, sent.text


def test_each_part_is_shown_and_sent_as_it_came_changes_nothing(client: FlaskClient, toolbox: Toolbox) -> None:
    for part in PARTS:
        page = client.get(f"{PAGE}?at={part}")
        assert page.status_code == 200, part
        assert send(client, page).status_code == 303, part
        draft = find_draft_of(toolbox, "survey", SLUG)
        assert draft is not None
        assert draft.revision == 0, (part, [entry.change for entry in history(toolbox, draft.id)])


def test_texts_conditions_and_lists_of_the_report_are_edited(client: FlaskClient, toolbox: Toolbox) -> None:
    do(client, "report/dimensions/definitions", "save", **{"definitions__#1__text": "Add numbers to your definition."})
    assert at(toolbox, "report/dimensions/definitions/#1/text") == "Add numbers to your definition."
    do(client, "report/dimensions/definitions", "add - report/dimensions/definitions")
    assert at(toolbox, "report/dimensions/definitions/#1") == {"from": 17, "text": ""}
    do(client, "report/dimensions/definitions", "save", separate__advice__text="Compare five leads.")
    assert at(toolbox, "pages/practice/questions/definitions/choices/separate/advice") == {
        "text": "Compare five leads."
    }
    do(client, "", "section down:cover report/sections")
    assert at(toolbox, "report/sections")[:2] == ["summary", "cover"]  # type: ignore[index]
    do(client, "report/benchmark", "switch off report/benchmark")
    assert at(toolbox, "report/benchmark") is None
    do(client, "report/benchmark", "switch on report/benchmark")
    do(client, "report/benchmark", "save", group_by="industry")
    assert at(toolbox, "report/benchmark") == {"group_by": "industry"}
    do(client, "report/plan", "add - report/plan")
    do(client, "report/plan", "save", **{"plan__#0__items__#0__text": "Count the records.", "plan__#0__days": "14"})
    assert at(toolbox, "report/plan") == [{"days": 14, "items": [{"text": "Count the records."}]}]


def test_a_block_is_shown_to_whom_a_condition_fits(client: FlaskClient, toolbox: Toolbox) -> None:
    do(client, "report/content_blocks", "add - report/content_blocks")
    do(client, "report/content_blocks", "save", content_blocks__item__text="For those who asked for a demo.")
    block = "report/content_blocks/item"
    page = client.get(f"{PAGE}?at=report/content_blocks")
    offered = re.findall(r'<option value="([^"]+)">', page.text.split(f'name="rule add {block}/when"')[1])
    assert {"definitions", "stage", "score.speed"} <= set(offered), offered
    assert "fit_grade" not in offered[: offered.index("flag")]
    sent = {**dict(fields_of(page)), f"rule add {block}/when": "signal"}
    assert client.post(page.request.full_path, data={**sent, "do": "save"}).status_code == 303
    page = client.get(f"{PAGE}?at=report/content_blocks")
    assert "Choose a value to compare with." in page.text
    sent = {**dict(fields_of(page)), f"rule 0.value {block}/when": "demo_request"}
    assert client.post(page.request.full_path, data={**sent, "do": "save"}).status_code == 303
    assert at(toolbox, f"{block}/when") == {"signal": "demo_request"}
    do(client, "report/content_blocks", "save", content_blocks__item__on="pdf")
    assert at(toolbox, f"{block}/on") == ["pdf"]


def test_an_offer_has_a_name_of_its_own_and_stays_while_a_rule_shows_it(client: FlaskClient, toolbox: Toolbox) -> None:
    page = client.get(f"{PAGE}?at=report/next_step")
    sent = {**dict(fields_of(page)), "new report/blocks": "Read our guide.", "do": "name - report/blocks"}
    assert client.post(page.request.full_path, data=sent).status_code == 303
    assert at(toolbox, "report/blocks/read_our_guide") == {"text": "Read our guide."}
    refused = send(client, client.get(f"{PAGE}?at=report/next_step"), "remove - report/blocks/book_demo")
    assert refused.status_code == 422
    assert "This is still used elsewhere." in refused.text


def test_the_page_shows_the_result_of_a_case_or_of_example_answers(client: FlaskClient) -> None:
    page = client.get(PAGE)
    assert 'value="-" selected' in page.text
    typed = dict(fields_of(page, "trial"))
    assert '"definitions"' in html.unescape(typed["typed"])
    result = client.post(f"{DRAFT}/trial/result", data=typed)
    assert "Write one sentence for MQL and one for SQL" in result.text
    data = {"csrf_token": csrf(page), "do": "read", "yaml": "name: Anna\nanswers: {definitions: shared}\n"}
    client.post(f"{DRAFT}/cases", data=data)
    shown = client.get(PAGE)
    assert '<option value="Anna" selected>' in shown.text, shown.text[-3000:]
    assert dict(fields_of(shown, "trial"))["typed"] != typed["typed"]


def test_a_report_with_anything_in_it_can_be_looked_at(
    client: FlaskClient, toolbox: Toolbox, clock: Clock
) -> None:  # fmt: skip
    odd = {"overall": [3, {"from": "x", "text": 1}], "dimensions": {"d": "odd", "e": [{"from": 400}]}, "plan": [{}, 7],
           "next_step": ["odd", {"when": 3}], "blocks": {"b": 3}, "content_blocks": [{"on": "odd", "when": {"a": {}}}],
           "benchmark": 4, "sections": [1, "nothing"], "figures": "odd", "charts": [1]}  # fmt: skip
    document = {"schema": "survey/1", "id": "odd-report", "policy": "default", "report": odd, "endings": "odd"}
    drafts.open_content(toolbox, document, None, "mo@nordlicht.example", clock())
    for part in (*PARTS, "report/dimensions/d", "report/dimensions/e"):
        shown = client.get(f"/desk/surveys/odd-report/draft/report?at={part}")
        assert shown.status_code == 200, part


def test_the_editor_leads_to_the_report_at_the_same_place(client: FlaskClient) -> None:
    moved = client.get(f"{DRAFT}?at=report/overall/%230/text")
    assert moved.headers["Location"].startswith(f"{PAGE}?at=report/overall/")
    page = client.get(moved.headers["Location"])
    assert (
        '<a href="/desk/surveys/sales-marketing-alignment/draft/report?at=report/overall" aria-current="true">'
        in page.text
    )
