"""The edit page of a draft: opened, written in, undone, mended, published, with plain forms as without JavaScript."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from questionnaire.actions.editing import drafts
from questionnaire.actions.editing.drafts import find_draft_of
from questionnaire.actions.editing.history import history
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.editing.paths import find, read_path
from tests.web.builder.draft_form import fields_of, send
from tests.web.client import SLUG, Clock, csrf

DRAFT = f"/desk/surveys/{SLUG}/draft"
SCORING = "pages/practice/questions/scoring"
AT = f"{DRAFT}?at={SCORING}"


@pytest.fixture
def client(as_role: Callable[[str], FlaskClient]) -> FlaskClient:
    """Mo of marketing, with a draft of the sample survey."""
    client = as_role("marketing")
    start = client.get(DRAFT)
    assert "Start a draft" in start.text
    assert client.post(f"{DRAFT}/open", data={"csrf_token": csrf(start)}).status_code == 303
    return client


def at(toolbox: Toolbox, path: str) -> object:
    draft = find_draft_of(toolbox, "survey", SLUG)
    assert draft is not None
    return find(draft.document, read_path(path))


def test_a_form_sent_as_it_came_changes_nothing(client: FlaskClient, toolbox: Toolbox) -> None:
    for place in (SCORING, "pages/practice", "survey", "contact", "dimensions", "endings", "hidden_fields"):
        page = client.get(f"{DRAFT}?at={place}")
        assert page.status_code == 200
        assert send(client, page).status_code == 303
        draft = find_draft_of(toolbox, "survey", SLUG)
        assert draft is not None
        assert draft.revision == 0, (place, [entry.change for entry in history(toolbox, draft.id)])


def test_a_text_is_saved_and_undone_by_its_name(client: FlaskClient, toolbox: Toolbox) -> None:
    saved = send(client, client.get(AT), scoring__title="How do you rate leads?")
    assert saved.status_code == 303
    assert at(toolbox, f"{SCORING}/title") == "How do you rate leads?"
    page = client.get(saved.headers["Location"])
    assert "Undo: Question 5, Scoring, title" in page.text
    assert ">Saved<" in page.text
    token = csrf(page)
    client.post(AT, data={"csrf_token": token, "do": "undo - draft"})
    assert at(toolbox, f"{SCORING}/title") == "How do you score leads?"
    assert "Redo: Question 5, Scoring, title" in client.get(AT).text


def change(client: FlaskClient, do: str, **more: str) -> TestResponse:
    return client.post(AT, data={**dict(fields_of(client.get(AT), "order")), "do": do, **more})


def test_a_problem_stands_beside_its_answer_and_is_repaired_with_a_click(client: FlaskClient, toolbox: Toolbox) -> None:
    level = f"{SCORING}/choices/automated_reviewed/level"
    send(client, client.get(AT), automated_reviewed__level="advanct")
    page = client.get(AT)
    assert "The policy has no level “advanct” for Digital maturity." in html.unescape(page.text)
    assert "Question 5, Scoring, answer D, level" in page.text
    button = re.search(r'value="(repair [^"]+)">([^<]+)<', page.text)
    assert button
    assert button[2] == "Use Advanced · 5"
    send(client, page, do=html.unescape(button[1]))
    assert at(toolbox, level) == "advanced"
    assert "No problems found." in client.get(AT).text


def test_what_is_still_used_goes_only_when_someone_says_so(client: FlaskClient, toolbox: Toolbox) -> None:
    timeline = "pages/project/questions/timeline"
    page = client.get(f"{DRAFT}?at={timeline}")
    refused = send(client, page, do=f"remove - {timeline}")
    assert refused.status_code == 422
    assert "This is still used elsewhere." in refused.text
    again = re.search(r'value="(remove anyway [^"]+)"', refused.text)
    assert again
    form = dict(fields_of(refused, "form"))
    gone = client.post(DRAFT, data={**{n: form[n] for n in ("csrf_token", "revision", "key")}, "do": again[1]})
    assert gone.status_code == 303
    left = at(toolbox, "pages/project/questions")
    assert "timeline" not in [one["name"] for one in left]  # type: ignore[attr-defined]  # a list


def test_two_people_who_write_the_same_text_choose_between_both_versions(
    client: FlaskClient, as_role: Callable[[str], FlaskClient], toolbox: Toolbox
) -> None:
    mine, theirs = client.get(AT), as_role("admin")
    send(theirs, theirs.get(AT), scoring__title="By Ada", choices__none__text="Not at all")
    conflict = send(client, mine, scoring__title="By Mo", choices__manual__text="In a sheet")
    assert conflict.status_code == 409
    text = html.unescape(conflict.text)
    assert "Two people changed the same part" in text
    assert "By Ada" in text
    assert "By Mo" in text
    assert at(toolbox, f"{SCORING}/title") == "By Ada"
    form = dict(fields_of(conflict, "choose"))
    ours = next(name for name in form if name.endswith("scoring/title"))
    assert client.post(AT, data={**form, ours: "By Mo", "do": "save"}).status_code == 303
    found = [at(toolbox, f"{SCORING}/{place}") for place in ("title", "choices/none/text", "choices/manual/text")]
    assert found == ["By Mo", "Not at all", "In a sheet"]


def test_a_request_that_is_sent_twice_changes_nothing_the_second_time(client: FlaskClient, toolbox: Toolbox) -> None:
    page = client.get(AT)
    for _ in range(2):
        assert send(client, page, do=f"add - {SCORING}/choices").status_code == 303
    assert len(at(toolbox, f"{SCORING}/choices")) == 5  # type: ignore[arg-type]  # a list


def test_a_question_that_is_renamed_stays_on_the_page(client: FlaskClient, toolbox: Toolbox) -> None:
    saved = send(client, client.get(AT), scoring__name="lead_scoring")
    assert "lead_scoring" in saved.headers["Location"]
    assert at(toolbox, "pages/practice/questions/lead_scoring/name") == "lead_scoring"
    refused = send(client, client.get(saved.headers["Location"]), lead_scoring__name="feedback")
    assert "This name is used already." in refused.text


def test_a_change_of_type_lists_what_would_go_first(client: FlaskClient, toolbox: Toolbox) -> None:
    asked = client.get(f"{AT}&type=slider")
    assert "This goes with the change of type:" in asked.text
    assert "Question 5, Scoring, answers" in asked.text
    send(client, asked, do=f"retype - {SCORING}", type="slider")
    assert at(toolbox, f"{SCORING}/type") == "slider"
    assert "Everything that is written here is kept." in client.get(f"{AT}&type=rating").text


def test_questions_pages_and_answers_are_added_moved_and_removed(client: FlaskClient, toolbox: Toolbox) -> None:
    added = change(client, "add rating pages/practice/questions")
    assert "at=pages/practice/questions/rating" in added.headers["Location"]
    moved = client.post(
        f"{DRAFT}?at=pages/practice/questions/rating",
        data={**dict(fields_of(client.get(AT), "order")), "do": "up - pages/practice/questions/rating"},
    )
    assert moved.status_code == 303
    questions = at(toolbox, "pages/practice/questions")
    assert [one["name"] for one in questions][-2:] == ["rating", "feedback"]  # type: ignore[attr-defined]  # a list
    change(client, "remove - pages/practice/questions/rating")
    change(client, "add - pages")
    assert at(toolbox, "pages/page/name") == "page"
    send(client, client.get(AT), do=f"paste - {SCORING}/choices", pasted="One\nTwo")
    assert at(toolbox, f"{SCORING}/choices/two/text") == "Two"
    assert "Add a question" in client.get(f"{DRAFT}?at=pages/practice&add=1").text


def test_a_condition_is_put_together_from_earlier_questions(client: FlaskClient, toolbox: Toolbox) -> None:
    page = client.get(AT)
    offered = re.search(rf'name="rule add {SCORING}/show_if".*?</select>', page.text, re.S)
    assert offered
    assert 'value="definitions"' in offered[0]
    assert 'value="feedback"' not in offered[0]
    send(client, page, **{f"rule add {SCORING}/show_if": "industry"})
    assert at(toolbox, f"{SCORING}/show_if") == {"industry": {"known": True}}
    send(client, client.get(AT), **{f"rule 0.op {SCORING}/show_if": "in"})
    page = client.get(AT)
    assert "Choose what “Industry” is compared with." in html.unescape(page.text)
    send(client, page, **{f"rule 0.value {SCORING}/show_if": "saas"})
    assert at(toolbox, f"{SCORING}/show_if") == {"industry": "saas"}
    send(client, client.get(AT), do=f"rule 0 {SCORING}/show_if")
    assert "show_if" not in at(toolbox, SCORING)  # type: ignore[operator]  # a mapping


def test_answers_are_shared_chosen_and_made_ones_own_again(client: FlaskClient, toolbox: Toolbox) -> None:
    feedback = "pages/practice/questions/feedback"
    send(client, client.get(AT), do=f"share_choices - {SCORING}")
    assert "From the shared answers “scoring”." in client.get(AT).text
    assert "Edit the shared answers" in client.get(AT).text
    other = client.get(f"{DRAFT}?at={feedback}")
    send(client, other, do=f"use_choices - {feedback}", choice_set="scoring")
    assert at(toolbox, f"{feedback}/choices") == "scoring"
    send(client, client.get(f"{DRAFT}?at={feedback}"), do=f"own_choices - {feedback}")
    assert len(at(toolbox, f"{feedback}/choices")) == 4  # type: ignore[arg-type]  # a list


def test_a_question_is_added_after_the_chosen_one(client: FlaskClient, toolbox: Toolbox) -> None:
    picker = client.get(f"{AT}&add=1")
    assert "It comes after “Scoring”." in html.unescape(picker.text)
    assert f'value="add rating {SCORING}"' in picker.text
    change(client, f"add rating {SCORING}")
    names = [one["name"] for one in at(toolbox, "pages/practice/questions")]  # type: ignore[attr-defined]  # a list
    assert names == ["definitions", "scoring", "rating", "response_time", "feedback"]


def test_a_question_is_copied_from_another_survey(client: FlaskClient, toolbox: Toolbox, clock: Clock) -> None:
    question = {"name": "scoring", "type": "text", "title": "Why?", "show_if": {"a": 1}}
    other = {"schema": "survey/1", "id": "other", "title": "Other", "pages": [{"name": "p", "questions": [question]}]}
    drafts.open_content(toolbox, other, None, "mo@nordlicht.example", clock())
    picker = client.get(f"{AT}&add=1")
    assert f"/draft/copy?at={SCORING}" in picker.text
    page = client.get(f"{DRAFT}/copy?at={SCORING}&from=other")
    assert "Its condition isn’t copied" in page.text
    data = {"csrf_token": csrf(page), "at": SCORING, "from": "other", "question": "scoring", "key": "copy"}
    done = client.post(f"{DRAFT}/copy", data=data)
    assert done.headers["Location"].endswith("questions/scoring_2")
    assert at(toolbox, "pages/practice/questions/scoring_2") == {"name": "scoring_2", "type": "text", "title": "Why?"}
    names = [one["name"] for one in at(toolbox, "pages/practice/questions")]  # type: ignore[attr-defined]  # a list
    assert names[2] == "scoring_2"
    missing = client.post(
        f"{DRAFT}/copy", data={**data, "question": "gone", "key": "other", "at": "pages/practice/questions"}
    )
    assert "/copy?at=" in missing.headers["Location"]
    for place in ("", "title", "pages/gone/questions", SCORING + "/title"):
        assert client.get(f"{DRAFT}/copy?at={place}").status_code == 404


def test_looking_at_one_answer_shows_what_has_no_column(client: FlaskClient, toolbox: Toolbox) -> None:
    page = client.get(f"{AT}&row=manual")
    send(client, page, manual__advice__text="Write it down", manual__unknown="true")
    assert at(toolbox, f"{SCORING}/choices/manual/advice") == {"text": "Write it down"}
    assert "Written" in client.get(AT).text


def test_without_a_survey_or_a_draft_there_is_nothing_to_see(as_role: Callable[[str], FlaskClient]) -> None:
    client = as_role("ops")
    for path in ("", "/preview", "/publish", "/published"):
        assert client.get(f"/desk/surveys/nothing-such/draft{path}").status_code == 404
    token = csrf(client.get("/desk/surveys"))
    for path in ("", "/open", "/publish"):
        assert client.post(f"/desk/surveys/none/draft{path}", data={"csrf_token": token}).status_code == 404


ODD: dict[str, object] = {
    "pages": [{"name": "p", "questions": [
              "odd", {"name": "q", "type": "single_choice", "choices": ["odd", {"value": 1}]},
              {"type": "matrix", "rows": "odd", "choices": {"set": "gone"}, "show_if": "odd"},
              {"name": "n", "type": 7, "title": {"xx": 3}, "choices": {"a": 1}}]}, "odd", {"questions": "odd"}],
    "languages": ["en", 5], "dimensions": ["odd", {"name": "d", "dimensions": "odd"}], "contact": "odd",
    "report": {"dimensions": ["odd"], "overall": "odd", "blocks": {"b": "odd"}}, "endings": {"a": 1},
    "choice_sets": {"s": ["odd"], "t": "odd"}, "display": "odd", "hidden_fields": [3], "calculated": [{"name": None}],
}  # fmt: skip


def _open_odd(toolbox: Toolbox, clock: Clock, key: str) -> str:
    document = {"schema": "survey/1", "id": f"odd-{key.replace('_', '-')}", "policy": "default", key: ODD[key]}
    drafts.open_content(toolbox, document, None, "mo@nordlicht.example", clock())
    return f"/desk/surveys/{document['id']}/draft"


def test_a_draft_with_anything_in_it_can_be_looked_at(client: FlaskClient, toolbox: Toolbox, clock: Clock) -> None:
    for key in ODD:
        address = _open_odd(toolbox, clock, key)
        questions = ("q", "#0", "#2", "n") if key == "pages" else ()
        for place in (key, "survey", *(f"pages/p/questions/{one}" for one in questions)):
            shown = client.get(f"{address}?at={place}&row=1&type=slider", follow_redirects=True)
            assert shown.status_code == 200, (key, place)
    assert client.get(f"{_open_odd(toolbox, clock, 'pages')}/publish").status_code == 200


def test_a_button_for_a_place_that_is_not_what_it_was_is_refused(
    client: FlaskClient, toolbox: Toolbox, clock: Clock
) -> None:
    address = _open_odd(toolbox, clock, "pages")
    data = {"csrf_token": csrf(client.get(address)), "type": "text", "pasted": "A", "X-Builder": "1"}
    verbs = ("add", "remove", "up", "down", "move", "duplicate", "retype", "paste", "own_choices", "rule", "repair")
    places = ("pages/p/questions/#0", "title", "a/b/c")
    answers = {(verb, path): client.post(address, data={**data, "do": f"{verb} - {path}"}).status_code
               for verb in verbs for path in places}  # fmt: skip
    assert {one: status for one, status in answers.items() if status not in (303, 409, 422)} == {}


def test_signs_that_cannot_be_stored_are_refused_and_others_cleaned(client: FlaskClient, toolbox: Toolbox) -> None:
    send(client, client.get(AT), scoring__title="How\x00 many\x07?")
    assert at(toolbox, f"{SCORING}/title") == "How many?"
    refused = send(client, client.get(AT), scoring__title="x" * 30_000)
    assert refused.status_code == 422
    assert "This text is too long." in refused.text


def test_a_problem_names_what_is_missing_and_the_language_in_words(client: FlaskClient, toolbox: Toolbox) -> None:
    edits: list[dict[str, object]] = [
        {"edit": "set", "path": "languages", "value": ["en", "fr"]},
        {"edit": "set", "path": f"{SCORING}/title", "value": {"en": "How do you score leads?"}},
        {"edit": "set", "path": "title", "value": {"en": "Alignment", "fr": "Alignement"}},
    ]
    draft = find_draft_of(toolbox, "survey", SLUG)
    assert draft is not None
    assert drafts.edit(toolbox, draft.id, draft.revision, edits, "mo@nordlicht.example", toolbox.now()).problems == ()
    assert "Nothing is written here in French." in html.unescape(client.get(AT).text)
    change(client, "add picture_choice pages/practice/questions")
    page = html.unescape(client.get(f"{DRAFT}?at=pages/practice/questions/picture_choice").text)
    assert "“Text alternative” is missing." in page
    assert "“Picture” is missing." in page
