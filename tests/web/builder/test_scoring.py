"""The scoring page: what every answer means as one table, edited cell by cell, and what the policy makes of it."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from questionnaire.actions.editing import drafts
from questionnaire.actions.editing.drafts import find_draft_of
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.editing.paths import find, read_path
from tests.web.builder.draft_form import fields_of
from tests.web.client import SLUG, Clock, csrf

DRAFT = f"/desk/surveys/{SLUG}/draft"
PAGE = f"{DRAFT}/scoring"
SIZE = "pages/company/questions/employees"
SCORING = "pages/practice/questions/scoring"


@pytest.fixture
def client(as_role: Callable[[str], FlaskClient]) -> FlaskClient:
    client = as_role("marketing")
    assert client.post(f"{DRAFT}/open", data={"csrf_token": csrf(client.get(DRAFT))}).status_code == 303
    return client


def at(toolbox: Toolbox, path: str) -> object:
    draft = find_draft_of(toolbox, "survey", SLUG)
    assert draft is not None
    return find(draft.document, read_path(path))


def post(client: FlaskClient, page: TestResponse, values: dict[str, str], *, script: bool = True) -> TestResponse:
    """What the page's script sends after a cell was changed, or a form without script."""
    form = dict(fields_of(page))
    state = {name: form[name] for name in ("csrf_token", "revision", "key", "lang")}
    state["key"] = f"{next(iter(values))[-40:]} {next(iter(values.values()))}"
    headers = {"X-Builder": "1"} if script else {}
    return client.post(page.request.full_path.rstrip("?"), data={**state, "do": "save", **values}, headers=headers)


def cells(page: TestResponse, question: str) -> list[str]:
    """What a screen reader says of the cells of a question."""
    body = re.search(rf'<tbody id="[^"]*" data-part data-path="[^"]*/{question}">(.*?)</tbody>', page.text, re.S)
    assert body, question
    return [html.unescape(label) for label in re.findall(r'<td[^>]*aria-label="([^"]*)"', body[1])]


def test_every_answer_stands_with_its_level_and_the_points_of_the_policy(client: FlaskClient) -> None:
    page = client.get(PAGE)
    assert page.status_code == 200
    assert cells(page, "employees")[:4] == [
        "Criterion of Employees: Company size, 0–15", "Dimension of Employees: None",
        "Level, answer A of Employees: Micro, 0", "Signal, answer A of Employees: None",
    ]  # fmt: skip
    assert "Maturity, answer C of Scoring: 2" in cells(page, "scoring")
    assert "Flags, answer F of Industry: competitor" in cells(page, "industry")
    assert "Signal, answer A of Next step: Asked for a demo, 50" in cells(page, "next_step")
    for text in ("contact step", "Survey completed", "US, CA, GB, DE, AT, CH", "at most 70", "grade A from 42"):
        assert text in page.text, text


def test_a_cell_is_an_edit_and_only_what_is_different_comes_back(client: FlaskClient, toolbox: Toolbox) -> None:
    saved = post(client, client.get(PAGE), {f"word {SIZE}/choices/1_9/level": "small"})
    assert saved.status_code == 200
    assert at(toolbox, f"{SIZE}/choices/1_9/level") == "small"
    assert "data-only" in saved.text
    assert re.findall(r'data-path="pages/[^"]*"', saved.text) == [f'data-path="{SIZE}"']
    assert cells(saved, "employees")[0] == "Criterion of Employees: Company size, 3–15"
    assert "Undo: Question 1, Employees, answer A, level" in saved.text


def test_a_pasted_column_is_one_step_and_what_no_level_fits_is_said_beside_it(
    client: FlaskClient, toolbox: Toolbox
) -> None:
    levels = {"1_9": "core", "10_49": "stretch", "50_199": "bogus"}
    names = {f"word {SIZE}/choices/{value}/level": level for value, level in levels.items()}
    saved = post(client, client.get(PAGE), names)
    assert "The policy has no level “bogus” for Company size." in html.unescape(saved.text)
    assert "Level, answer C of Employees: bogus, not in the policy" in cells(saved, "employees")
    client.post(PAGE, data={"csrf_token": csrf(saved), "do": "undo - draft"})
    found = [at(toolbox, f"{SIZE}/choices/{value}/level") for value in levels]
    assert found == ["micro", "small", "core"]


def test_a_criterion_that_is_chosen_gives_the_answers_a_level_to_choose(client: FlaskClient) -> None:
    page = post(client, client.get(PAGE), {"word pages/practice/questions/feedback/criterion": "timeline"})
    found = cells(page, "feedback")
    assert "Criterion of Feedback: Timeline" in [label.removesuffix(", 0–60") for label in found]
    assert "Level, answer A of Feedback: None" in found
    assert 'data-options="levels timeline"' in page.text


def test_without_script_a_question_opens_as_fields(client: FlaskClient, toolbox: Toolbox) -> None:
    page = client.get(f"{PAGE}?open={SIZE}")
    assert page.text.count(f'name="word {SIZE}/choices/') == 12
    sent = dict(fields_of(page))
    name = f"word {SIZE}/choices/50_199/level"
    assert sent[name] == "core"
    saved = client.post(page.request.full_path, data={**sent, name: "large", "do": "save"})
    assert saved.status_code == 303
    assert at(toolbox, f"{SIZE}/choices/50_199/level") == "large"


def test_two_people_in_one_cell_choose_and_in_two_cells_both_stay(
    client: FlaskClient, as_role: Callable[[str], FlaskClient], toolbox: Toolbox
) -> None:
    mine, ada = client.get(PAGE), as_role("admin")
    post(ada, ada.get(PAGE), {f"word {SIZE}/choices/1_9/level": "large"})
    both = post(client, mine, {f"word {SIZE}/choices/10_49/level": "core"})
    assert (both.status_code, cells(both, "employees")[2]) == (200, "Level, answer A of Employees: Large, 3")
    again = post(client, mine, {f"word {SIZE}/choices/1_9/level": "core"})
    assert again.status_code == 409
    assert "Two people changed the same part" in again.text
    assert at(toolbox, f"{SIZE}/choices/1_9/level") == "large"


def test_the_totals_are_proved_when_asked_and_say_what_the_policy_still_misses(client: FlaskClient) -> None:
    totals = client.get(f"{PAGE}/reach").text
    for text in ("0–70", "15–65", "0–80", "Least to greatest over every path"):
        assert text in totals, text
    page = post(client, client.get(PAGE), {f"word {SIZE}/criterion": ""})
    assert "Criterion: Company size" in page.text
    post(client, page, {f"word {SCORING}/choices/manual/level": ""})
    page = client.get(PAGE)
    assert "Digital maturity: no answer has the level Basic" in page.text
    page = post(client, page, {f"word {SCORING}/criterion": "digital_maturit"})
    assert "The policy has no criterion" in html.unescape(page.text)
    assert "At most these points. Mend the errors" in client.get(f"{PAGE}/reach").text


def test_weights_stand_with_their_share(client: FlaskClient, toolbox: Toolbox) -> None:
    page = client.get(PAGE)
    assert re.findall(r'<span class="figure">([^<]*)</span>', page.text) == ["30%", "20%", "30%", "20%"]
    post(client, page, {"whole_number dimensions/speed/weight": "5"})
    assert at(toolbox, "dimensions/speed/weight") == 5


SETS = {
    "schema": "survey/1", "id": "with-sets", "policy": "default", "title": "Sets",
    "dimensions": [{"name": "d", "title": "D", "dimensions": [{"name": "e", "title": "E"}]}],
    "choice_sets": {"often": [{"value": "never", "text": "Never"}, {"value": "daily", "text": "Daily", "maturity": 1}]},
    "pages": [{"name": "p", "questions": [
        {"name": "one", "type": "single_choice", "title": "One", "choices": "often", "dimension": "e"},
        {"name": "two", "type": "matrix", "title": "Two", "choices": "often",
         "rows": [{"name": "x", "text": "X", "dimension": "e"}]},
        {"name": "own", "type": "single_choice", "title": "Own", "choices": {"set": "often"}, "criterion": "gone"},
        {"name": "n", "type": "number", "title": "N", "criterion": "size"}]}],
    "calculated": [{"name": "sum", "formula": "n", "criterion": "size"}],
}  # fmt: skip


def test_shared_answers_change_in_every_question_that_uses_them(
    client: FlaskClient, toolbox: Toolbox, clock: Clock
) -> None:
    draft = drafts.open_content(toolbox, SETS, None, "mo@nordlicht.example", clock()).draft
    assert draft is not None
    address = "/desk/surveys/with-sets/draft/scoring"
    saved = post(client, client.get(address), {"number choice_sets/often/never/maturity": "2"})
    assert "Maturity, answer A of One: 2" in cells(saved, "one")
    assert "Maturity, answer A of Two: 2" in cells(saved, "two")
    post(client, saved, {"word pages/p/questions/own/choices/with/never/level": "core"})
    newest = find_draft_of(toolbox, "survey", "with-sets")
    assert newest is not None
    own = newest.document["pages"][0]["questions"][2]["choices"]
    assert own == {"set": "often", "with": {"never": {"level": "core"}}}
    assert "1–9" in client.get(address).text


def test_a_survey_without_a_draft_or_a_policy_shows_where_to_go_on(
    as_role: Callable[[str], FlaskClient], toolbox: Toolbox, clock: Clock
) -> None:
    client = as_role("ops")
    assert "Start a draft in the builder" in client.get(PAGE).text
    bare = {"schema": "survey/1", "id": "bare", "policy": "none", "title": "Bare", "pages": "odd"}
    drafts.open_content(toolbox, bare, None, "mo@nordlicht.example", clock())
    page = client.get("/desk/surveys/bare/draft/scoring").text
    assert "Choose a published policy" in page
    assert "No dimensions yet" in page
