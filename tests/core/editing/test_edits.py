"""What each edit does, in the author's notation."""

from __future__ import annotations

from typing import Any

import pytest

from questionnaire.core import policy as policies
from questionnaire.core.editing.apply import apply
from questionnaire.core.editing.dependents import dependents
from questionnaire.core.editing.edit import Edit, add, move, read_edit, remove, rename, retype, set_
from questionnaire.core.editing.paths import EditError, find, has, put, read_path, write_path
from questionnaire.core.editing.rename import rename_beside
from questionnaire.core.editing.retype import lost
from questionnaire.core.editing.same import replacing, same
from questionnaire.core.survey import survey as surveys
from tests.authored import authored, authored_file
from tests.core.editing.small_draft import CASES, POLICY, START, survey


def after(document: Any, *edits: Edit) -> Any:
    edited, problems = apply(document, *edits)
    assert edited is not None, problems
    return edited.document


def refused(document: Any, edit: Edit) -> str:
    edited, problems = apply(document, edit)
    assert edited is None
    return problems[0].code


def test_the_small_survey_can_be_read() -> None:
    assert surveys.read(survey())[1] == ()


def test_a_question_is_renamed_wherever_it_is_mentioned() -> None:
    new = after(survey(), rename((*START, "team_size"), "people"))
    assert new["title"] == "Hello {{first_name|you}} of {{ people }}"
    scoring = find(new, (*START, "scoring"))
    assert scoring["show_if"] == {"all": [{"people": {"gte": 3}}, {"not": {"people": 5}}]}
    assert scoring["choices"][1]["text"] == "For {{people}}"
    assert new["calculated"][0]["formula"] == "min(people, 40) × 2 + people"
    assert "team_size" not in str(new)
    assert surveys.read(new)[1] == ()


def test_yes_and_no_are_no_names() -> None:
    document = after(survey(), add(START, {"name": "agreed", "type": "yes_no", "title": "x"}))
    document = after(document, set_(("pages", "end", "show_if"), {"agreed": True}))
    new = after(document, rename((*START, "agreed"), "consented"))
    assert new["pages"][1]["show_if"] == {"consented": True}


def test_a_matrix_and_its_rows_are_renamed_in_conditions() -> None:
    document = survey()
    matrix = ("pages", "end", "questions", "habits")
    assert find(after(document, rename(matrix, "routine")), ("pages", "end", "questions", "last", "show_if")) == {
        "routine.writes": "never", "calculated.hours": {"gte": 3},
    }  # fmt: skip
    new = after(document, rename((*matrix, "rows", "writes"), "notes"))
    assert "habits.notes" in find(new, ("pages", "end", "questions", "last", "show_if"))
    assert surveys.read(new)[1] == ()


def test_a_choice_is_renamed_for_its_question_alone() -> None:
    new = after(survey(), rename((*START, "scoring", "choices", "none"), "zero"))
    assert new["pages"][1]["show_if"] == {"scoring": ["zero", "some"], "calls": "daily"}
    assert new["endings"][0]["when"] == {"scoring": "zero"}
    assert surveys.read(new)[1] == ()


def test_a_choice_of_a_set_is_renamed_for_every_question_that_uses_the_set() -> None:
    new = after(survey(), rename(("choice_sets", "often", "daily"), "each_day"))
    assert new["pages"][1]["show_if"]["calls"] == "each_day"
    assert find(new, ("pages", "end", "questions", "habits", "choices"))["with"] == {"each_day": {"maturity": 2}}
    new = after(new, rename(("choice_sets", "often", "never"), "no"), rename(("choice_sets", "often"), "how_often"))
    assert find(new, ("pages", "end", "questions", "habits", "rows", "calls_back", "advice")) == {"no": "Do it"}
    assert find(new, (*START, "calls", "choices")) == "how_often"
    assert surveys.read(new)[1] == ()


def test_dimensions_blocks_and_calculated_values_are_renamed() -> None:
    new = after(
        survey(),
        rename(("dimensions", "process"), "way"),
        rename(("report", "blocks", "call"), "phone"),
        rename(("calculated", "hours"), "effort"),
    )
    assert new["report"]["dimensions"] == {"way": [{"from": 0, "text": "Low"}]}
    assert new["report"]["figures"] == ["effort"]
    assert new["report"]["next_step"][0] == {
        "when": {"scoring": "some", "calculated.effort": {"gte": 1}},
        "block": "phone",
    }
    assert list(new["report"]["blocks"]) == ["phone", "mail"]
    assert surveys.read(new)[1] == ()


def test_policy_and_cases_beside_a_survey_follow_a_rename() -> None:
    beside = {"policy": authored(POLICY), "cases": authored(CASES)}
    new = rename_beside(survey(), (*START, "scoring"), "grading", beside)
    assert new["policy"]["checklist"][0]["check"]["any"][0] == {"answer.grading": "none"}
    assert "grading" in new["cases"]["cases"][0]["answers"]
    new = rename_beside(survey(), ("choice_sets", "often", "never"), "no", beside)
    assert new["policy"]["disqualify"][0]["when"]["answer.habits.writes"] == "no"
    assert new["cases"]["cases"][0]["answers"]["habits"] == {"writes": "no"}
    new = rename_beside(survey(), ("dimensions", "process"), "way", beside)
    assert new["policy"]["checklist"][0]["check"]["any"][1] == {"score.way": {"gte": 2}}
    assert new["cases"]["cases"][0]["expect"]["maturity"] == {"order": ["way"], "dimensions": {"way": 3}}
    new = rename_beside(survey(), ("calculated", "hours"), "effort", beside)
    assert new["cases"]["cases"][0]["expect"]["calculated"] == {"effort": 3}
    assert rename_beside(survey(), ("pages", "start"), "begin", beside) == {}


def test_criteria_and_levels_of_a_policy_are_renamed() -> None:
    new = after(authored(POLICY), rename(("fit", "criteria", "size"), "staff"))
    assert new["disqualify"][0]["when"]["staff"] == ["core", "small"]
    assert new["fit"]["completeness"] == {"of": [["staff"]]}
    new = after(authored(POLICY), rename(("fit", "criteria", "size", "levels", "core"), "ideal"))
    assert new["fit"]["criteria"]["size"] == {
        "levels": {"ideal": 1, "small": 0}, "icp": ["ideal"], "bands": {"ideal": [1, 2]},
    }  # fmt: skip
    assert new["disqualify"][0]["when"]["size"] == ["ideal", "small"]


def test_every_name_of_the_sample_policy_can_be_renamed_and_the_policy_still_reads() -> None:
    document = authored_file("policies/default.yaml")
    for path in (("intent", "signals", "demo_request"), ("routing", "pools", "dach"), ("reps", "lena"),
                 ("calendars", "berlin"), ("fit", "criteria", "zone"), ("intent", "groups", "web")):  # fmt: skip
        new = after(document, rename(path, "other_name"))
        assert policies.read(new)[1] == (), path


def test_names_that_were_numbers_or_blank_come_back_with_undo() -> None:
    for value in (1, " "):
        document = after(survey(), set_((*START, "scoring", "choices", "none"), {"value": "none", "text": "x"}))
        question = find(document, (*START, "scoring"))
        question["choices"][0]["value"] = value
        edited, _ = apply(document, rename((*START, "scoring", "choices", str(value)), "other"))
        assert edited is not None
        assert same(after(edited.document, *edited.inverse), document)


def test_unfinished_documents_can_be_edited() -> None:
    document = {
        "pages": [{"name": "p", "show_if": None, "questions": [{"name": 3, "show_if": {"any": []}}, "?", {}]}],
        "calculated": [{"name": "c", "formula": 3}, {"name": "d", "formula": "score + score.depth"}],
        "dimensions": "none", "contact": [], "report": {"figures": "c"}, "wording": {"de": {"next": "{{c}}"}},
    }  # fmt: skip
    new = after(document, rename(("calculated", "c"), "e"), set_(("title",), "x"))
    assert new["report"]["figures"] == "e"
    assert new["wording"] == document["wording"], "braces of product phrases hold values of the product"
    assert after(document, rename(("calculated", "c"), "c")) is document
    assert dependents({"schema": "cases/1", "cases": [{"name": "x", "answers": None}]}, ("cases", "x")) == ()
    cases = {"schema": "cases/1", "cases": [{"name": "x", "answers": {"a.other": "a", "a": "b"}}]}
    assert rename_beside(survey(), (*START, "scoring"), "a", {"cases": cases}) == {}
    with pytest.raises(EditError):
        rename_beside(survey(), ("title",), "x", {})
    with pytest.raises(EditError):
        put(survey(), ("gone", "x"), 1)


def test_two_documents_with_other_keys_are_made_of_each_other_key_by_key() -> None:
    old, new = survey(), {"pages": [], "schema": "survey/1", "id": "x"}
    assert same(after(old, *replacing(old, new)), {"schema": "survey/1", "pages": [], "id": "x"}, ordered=False)


def test_a_name_that_is_taken_or_mentioned_is_refused() -> None:
    dangling = after(survey(), set_((*START, "calls", "show_if"), {"gone": 1}))
    assert refused(dangling, rename((*START, "team_size"), "gone")) == "name_taken"
    for edit in (
        rename((*START, "team_size"), "email"), rename((*START, "team_size"), "hours"),
        rename((*START, "scoring", "choices", "none"), "some"),
        add(START, {"name": "scoring", "type": "text", "title": "x"}),
        move((*START, "calls"), START, "nothing"), rename((*START, "calls"), " "),
        set_((*START, "calls", "name"), "phone_calls"), remove((*START, "calls", "name"), anyway=True),
        set_((*START, "calls"), {"name": "other"}),
    ):  # fmt: skip
        assert refused(survey(), edit) in ("name_taken", "no_name", "name_by_rename", "no_such_place"), edit


def test_edits_of_what_is_not_there_are_refused() -> None:
    codes = {
        "no_such_place": [
            set_(("pages", "gone", "title"), "x"), set_((*START, 9), "x"), set_(("title", "en"), "x"), set_((), {}),
            set_(("schema",), "x"), set_((*START, "calls", 3), "x"), remove((*START, 9)), move((*START, "gone"), START),
            move(("pages", "start"), ("pages", "start", "questions")), add(("pages", "gone", "questions"), {}),
        ],
        "not_a_list": [add(("title",), "x"), move((*START, "calls"), ("title",)), move(("title",), START)],
        "no_name": [rename(("title",), "x")],
        "not_a_question": [retype(("title",), "text"), retype(("contact", "fields", "email"), "text")],
        "unknown_type": [retype((*START, "calls"), "singel_choice")],
    }  # fmt: skip
    wrong = [(edit, code, refused(survey(), edit)) for code, edits in codes.items() for edit in edits]
    assert [one for one in wrong if one[1] != one[2]] == []


def test_what_others_lean_on_is_removed_only_anyway() -> None:
    document, question = survey(), (*START, "scoring")
    places = {write_path(one.path) for one in dependents(document, question)}
    assert places == {
        "pages/end/show_if", "pages/end/show_if/scoring", "endings/early/when", "endings/early/when/scoring",
        "report/next_step/#0/when", "report/next_step/#0/when/scoring", "report/benchmark/group_by",
    }  # fmt: skip
    assert [one.words for one in dependents(document, ("report", "blocks", "mail"))] == ["mail"]
    assert len(dependents(document, question, [authored(POLICY), authored(CASES)])) > len(places)
    assert refused(document, remove(question)) == "still_used"
    assert not has(after(document, remove(question, anyway=True)), question)
    assert dependents(document, ("pages", "end")) == ()
    assert not has(after(document, remove(("pages", "end"))), ("pages", "end"))


def test_an_item_moved_before_itself_stays() -> None:
    document = survey()
    assert after(document, move((*START, "calls"), START, "calls")) is document
    assert after(document, move((*START, "calls"), START, 99)) == document
    assert refused(document, add(START, {"name": "new"}, "gone")) == "no_such_place"
    assert refused(document, move((*START, "gone"), START)) == "no_such_place"


def test_a_first_item_makes_its_list() -> None:
    document = survey()
    edited, _ = apply(document, add(("contact", "consents"), {"name": "news", "basis": "consent", "text": "News"}))
    assert edited is not None
    assert edited.document["contact"]["consents"][0]["name"] == "news"
    assert apply(edited.document, *edited.inverse)[0].document == document  # type: ignore[union-attr]  # a mistake would be None


def test_a_new_key_goes_before_another() -> None:
    new = after(survey(), set_((*START, "calls", "help"), "Help", before="choices"))
    assert list(find(new, (*START, "calls"))) == ["name", "type", "title", "help", "choices"]


@pytest.mark.parametrize(
    ("type_", "expected"),
    [("dropdown", set()), ("multiple_choice", set()), ("text", {"choices", "dimension?"}), ("yes_no", {"choices"})],
)
def test_a_changed_type_keeps_what_it_can_use(type_: str, expected: set[str]) -> None:
    path = (*START, "scoring")
    going = {write_path(place[len(path) :]) for place in lost(survey(), path, type_)}
    assert going == {name for name in expected if not name.endswith("?")}
    question = find(after(survey(), retype(path, type_)), path)
    assert question["type"] == type_
    assert question["title"] == "Scoring"
    assert not going & set(question)


def test_a_text_that_is_still_to_be_written_is_no_reason_to_lose_an_answer() -> None:
    choices = [{"value": "a", "text": {"en": "", "fr": "Un"}}, {"value": "b", "text": ""}]
    document = {**survey(), "pages": [{"name": "start", "questions": [
        {"name": "use", "type": "single_choice", "title": "", "choices": choices}]}]}  # fmt: skip
    assert lost(document, (*START, "use"), "multiple_choice") == ()
    assert lost(document, (*START, "use"), "number") == ((*START, "use", "choices"),)


def test_pictures_of_choices_go_with_their_type() -> None:
    choices = [{"value": "a", "text": "A", "image": "a.png", "alt": "A"}]
    document = after(survey(), add(START, {"name": "look", "type": "picture_choice", "title": "x", "choices": choices}))
    new = after(document, retype((*START, "look"), "single_choice"))
    assert find(new, (*START, "look", "choices")) == [{"value": "a", "text": "A"}]


@pytest.mark.parametrize(
    ("edit", "written"),
    [
        (set_(START, 1, before="x"), {"edit": "set", "path": "pages/start/questions", "value": 1, "before": "x"}),
        (add(("pages",), {"name": "p"}), {"edit": "add", "path": "pages", "value": {"name": "p"}}),
        (remove(("pages", "end"), anyway=True), {"edit": "remove", "path": "pages/end", "anyway": True}),
        (move(("pages", "end"), ("pages",), 0), {"edit": "move", "path": "pages/end", "to": "pages", "before": "#0"}),
        (rename(("pages", "end"), "last"), {"edit": "rename", "path": "pages/end", "value": "last"}),
        (retype((*START, "x"), "text"), {"edit": "retype", "path": "pages/start/questions/x", "value": "text"}),
    ],
    ids=lambda value: value.kind if isinstance(value, Edit) else "",
)
def test_an_edit_has_the_same_json_both_ways(edit: Edit, written: dict[str, Any]) -> None:
    assert edit.as_json == written
    assert read_edit(written) == edit


def test_what_is_no_edit_is_refused() -> None:
    for raw in ({}, {"edit": "drop", "path": "x"}, {"edit": "set", "path": 3}, {"edit": "move", "path": "x", "to": 3}):
        with pytest.raises(EditError):
            read_edit(raw)
    assert read_path("pages/a~1b/#2/~2x/~3/~0") == ("pages", "a/b", 2, "#x", "", "~")
