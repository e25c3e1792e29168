"""What the buttons of the editor do to a document."""

from __future__ import annotations

from typing import Any

import pytest

from questionnaire.core.base.partial_reading import read_parts
from questionnaire.core.editing.apply import apply_all
from questionnaire.core.editing.commands import Command, command_edits
from questionnaire.core.editing.keys import keys_at
from questionnaire.core.editing.new_items import name_of, new_question, new_survey, question_from
from questionnaire.core.editing.paths import EditError, find, read_path, write_path
from questionnaire.core.survey import survey as surveys
from questionnaire.core.survey.questions import TYPES
from tests.core.editing.small_draft import survey

START = "pages/start/questions"


def do(verb: str, path: str, argument: str = "", start: Any = None, language: str = "") -> Any:
    document = start or survey()
    return apply_all(document, command_edits(document, Command(verb, read_path(path), argument, language))).document


def names(document: Any, path: str, key: str = "name") -> list[str]:
    return [str(one[key]) for one in find(document, read_path(path))]


def test_a_new_question_of_every_type_lacks_nothing_but_its_words() -> None:
    wrong = []
    for type_ in TYPES:
        document = do("add", START, type_)
        new = find(document, read_path(START))[-1]
        assert new["type"] == type_
        found = {problem.code for problem in read_parts(document, surveys.read).problems}
        if not found <= {"text_empty", "missing_key"}:
            wrong.append((type_, found))
    assert not wrong
    assert do("add", START, "no_such_type")["pages"][0]["questions"][-1]["type"] == "single_choice"
    assert new_question(survey(), "text", ("en", "fr"))["title"] == {"en": ""}


def test_pages_answers_and_rows_of_every_list_are_added() -> None:
    page = do("add", "pages")["pages"][-1]
    assert (page["name"], page["questions"][0]["type"]) == ("page", "single_choice")
    assert names(do("add", f"{START}/scoring/choices"), f"{START}/scoring/choices", "value") == ["none", "some", "a"]
    assert do("add", "dimensions")["dimensions"][-1] == {"name": "item", "title": ""}
    assert do("add", "hidden_fields")["hidden_fields"][-1] == {"name": "item"}
    assert do("add", "endings")["endings"][-1] == {"name": "item", "when": {}, "title": ""}
    bare = {"schema": "survey/1", "id": "x", "pages": []}
    assert do("add", "contact/consents", start=bare)["contact"] == {
        "consents": [{"name": "item", "basis": "request", "text": ""}]
    }
    assert do("add", "report/dimensions/process", start=bare)["report"] == {
        "dimensions": {"process": [{"from": 0, "text": ""}]}
    }
    assert do("add", "report/plan", start=bare)["report"]["plan"] == [{"days": 30, "items": [{"text": ""}]}]
    assert keys_at(survey(), read_path("nothing/there")) == ()
    common = [key.key for key in keys_at(survey(), read_path("pages/start/questions/gone"))]
    assert common[:2] == ["name", "title"]


def test_things_are_removed_and_a_page_goes_with_its_last_question() -> None:
    assert names(do("remove", "pages/end/questions/last"), "pages/end/questions") == ["habits"]
    lonely = survey()
    lonely["pages"].append({"name": "more", "questions": [{"name": "only", "type": "text", "title": "Only"}]})
    assert names(do("remove", "pages/more/questions/only", start=lonely), "pages") == ["start", "end"]
    assert names(do("remove", "dimensions/data"), "dimensions") == ["process"]
    with pytest.raises(EditError, match="still used"):
        do("remove", f"{START}/team_size")
    assert names(do("remove", f"{START}/team_size", "anyway"), START) == ["scoring", "calls"]


def test_things_move_up_and_down_and_questions_on_to_the_next_page() -> None:
    assert names(do("up", f"{START}/scoring"), START) == ["scoring", "team_size", "calls"]
    assert names(do("down", f"{START}/team_size"), START) == ["scoring", "team_size", "calls"]
    assert names(do("down", f"{START}/scoring"), START) == ["team_size", "calls", "scoring"]
    after = do("down", f"{START}/calls")
    assert names(after, "pages/end/questions") == ["calls", "habits", "last"]
    back = do("up", "pages/end/questions/calls", start=after)
    assert names(back, START) == ["team_size", "scoring", "calls"]
    assert names(do("up", f"{START}/team_size"), START) == ["team_size", "scoring", "calls"]
    assert names(do("down", "pages/end/questions/last"), "pages/end/questions") == ["habits", "last"]
    assert names(do("down", "pages/end"), "pages") == ["start", "end"]
    numbered = survey()
    numbered["pages"][0]["questions"][1]["choices"] = [{"text": "A"}, {"text": "B"}, {"text": "C"}]
    moved = do("down", f"{START}/scoring/choices/#0", start=numbered)
    assert names(moved, f"{START}/scoring/choices", "text") == ["B", "A", "C"]
    with pytest.raises(EditError):
        do("up", f"{START}/gone")


def test_a_question_is_dragged_to_a_place_of_any_page() -> None:
    assert names(do("move", f"{START}/calls", " 0"), START) == ["calls", "team_size", "scoring"]
    moved = do("move", f"{START}/calls", "pages/end/questions 1")
    assert names(moved, "pages/end/questions") == ["habits", "calls", "last"]
    assert names(do("move", f"{START}/calls", "pages/end/questions x"), "pages/end/questions")[-1] == "calls"
    lonely = survey()
    lonely["pages"].append({"name": "more", "questions": [{"name": "only", "type": "text", "title": "Only"}]})
    assert do("move", "pages/more/questions/only", f"{START} 0", lonely) == lonely
    numbered = survey()
    numbered["pages"][0]["questions"][1]["choices"] = [{"text": "A"}, {"text": "B"}, {"text": "C"}]
    dragged = do("move", f"{START}/scoring/choices/#2", " 0", numbered)
    assert names(dragged, f"{START}/scoring/choices", "text") == ["C", "A", "B"]


def test_a_copy_stands_behind_its_original_under_a_name_of_its_own() -> None:
    assert names(do("duplicate", f"{START}/scoring"), START) == ["team_size", "scoring", "scoring_2", "calls"]
    assert names(do("duplicate", f"{START}/calls"), START)[-1] == "calls_2"
    copied = do("duplicate", f"{START}/scoring/choices/none")
    assert names(copied, f"{START}/scoring/choices", "value") == ["none", "none_2", "some"]


def test_a_pasted_list_becomes_answers_and_blank_ones_make_room() -> None:
    blank = do("add", START, "single_choice")
    path = write_path((*read_path(START), "single_choice", "choices"))
    pasted = do("paste", path, "- Never\n2) Now and then\n\nNever\nc. Über alles\n", blank)
    assert find(pasted, read_path(path)) == [
        {"value": "never", "text": "Never"}, {"value": "now_and_then", "text": "Now and then"},
        {"value": "uber_alles", "text": "Über alles"},
    ]  # fmt: skip
    kept = do("paste", f"{START}/scoring/choices", "None\nMore")
    assert names(kept, f"{START}/scoring/choices", "value") == ["none", "some", "more"]
    assert do("paste", path, "\n", blank) == blank
    both = survey() | {"languages": ["en", "fr"]}
    both["pages"][0]["questions"][1]["choices"] = [{"value": "a", "text": {"en": ""}}, "odd"]
    french = do("paste", f"{START}/scoring/choices", "Oui", both, "fr")
    assert find(french, read_path(f"{START}/scoring/choices")) == ["odd", {"value": "oui", "text": {"fr": "Oui"}}]


def test_answers_of_a_shared_set_become_those_of_the_question() -> None:
    own = do("own_choices", f"{START}/calls")
    assert names(own, f"{START}/calls/choices", "value") == ["never", "daily"]
    unknown = survey()
    unknown["pages"][0]["questions"][2]["choices"] = "gone"
    assert do("own_choices", f"{START}/calls", start=unknown) == unknown


def test_a_type_changes_and_an_unknown_command_is_refused() -> None:
    assert do("retype", f"{START}/scoring", "dropdown")["pages"][0]["questions"][1]["type"] == "dropdown"
    for verb, path in (("dance", START), ("add", ""), ("own_choices", "title"), ("duplicate", "title")):
        with pytest.raises(EditError):
            do(verb, path)


def test_names_are_made_of_the_first_words() -> None:
    assert name_of("Über uns & mehr", (), "x") == "uber_uns_mehr"
    assert name_of("10 to 49", ("answer_10_to_49",), "answer") == "answer_10_to_49_2"
    assert name_of("日本", (), "answer") == "answer"
    assert new_survey("check", "Check", "default", "fr")["languages"] == ["fr"]
    several = new_survey("check", "Check", "default", "fr", ["en"])
    assert (several["languages"], several["title"]) == (["fr", "en"], {"fr": "Check"})
    assert several["pages"][0]["questions"][0]["title"] == {"fr": ""}


def test_a_question_is_added_after_the_chosen_one() -> None:
    assert names(do("add", f"{START}/team_size", "rating"), START) == ["team_size", "rating", "scoring", "calls"]
    last = do("add", f"{START}/calls", "no_such_type")
    assert last["pages"][0]["questions"][-1]["type"] == "single_choice"


def test_answers_become_shared_and_another_question_uses_them() -> None:
    shared = do("share_choices", f"{START}/scoring")
    assert shared["choice_sets"]["scoring"][0] == {"value": "none", "text": "None", "maturity": 0}
    assert find(shared, read_path(f"{START}/scoring/choices")) == "scoring"
    used = do("use_choices", f"{START}/calls", "scoring", start=shared)
    assert find(used, read_path(f"{START}/calls/choices")) == "scoring"
    bare = {"schema": "survey/1", "pages": [{"name": "p", "questions": [{"name": "q", "choices": [{"value": "a"}]}]}]}
    alone = do("share_choices", "pages/p/questions/q", start=bare)
    assert alone["choice_sets"] == {"q": [{"value": "a"}]}
    for verb, path, argument in (
        ("share_choices", f"{START}/calls", ""), ("share_choices", "title", ""), ("use_choices", START, "gone"),
    ):  # fmt: skip
        with pytest.raises(EditError):
            do(verb, path, argument)


def test_a_question_of_another_survey_comes_in_our_languages_and_without_conditions() -> None:
    theirs = {
        "languages": ["en", "fr", "de"], "choice_sets": {"often": [{"value": "a", "text": {"fr": "Un", "de": "Eins"}}]},
    }  # fmt: skip
    question = {"name": "scoring", "title": {"en": "One", "fr": "Un", "de": "Eins"}, "choices": "often",
                "show_if": {"x": 1}, "labels": {}}  # fmt: skip
    assert question_from(theirs, question, survey()) == {
        "name": "scoring_2", "title": "One", "choices": [{"value": "a", "text": "Un"}], "labels": {}
    }  # fmt: skip
    ours = {"languages": ["en", "de"], "pages": []}
    assert question_from(theirs, question, ours) == {
        "name": "scoring", "title": {"en": "One", "de": "Eins"}, "labels": {},
        "choices": [{"value": "a", "text": {"en": "Un", "de": "Eins"}}],
    }  # fmt: skip
