"""Corners of SurveyJS that the examples do not have."""

from __future__ import annotations

from questionnaire.core.importing.note import NoteList
from questionnaire.core.importing.readable import readable
from questionnaire.core.importing.surveyjs.survey import import_surveyjs
from tests.core.importing.small_sources import LAST, codes, questions, said, surveyjs


def test_a_survey_without_questions_is_refused() -> None:
    imported = import_surveyjs({"title": "Nothing"})
    assert imported.document is None
    assert [problem.code for problem in imported.problems] == ["import_empty"]


def test_limits_and_switches_of_questions() -> None:
    found = questions(
        surveyjs(
            {"type": "text", "name": "range", "title": "R", "inputType": "range"},
            {"type": "text", "name": "mail", "title": "M", "inputType": "email", "visibleIf": "{range} > 5",
             "validators": [{"type": "email"}]},
            {"type": "text", "name": "short", "title": "S", "validators": [{"type": "text", "maxLength": 9}]},
            {"type": "slider", "name": "span", "title": "T", "sliderType": "range", "max": 4},
            {"type": "checkbox", "name": "boxes", "title": "B", "showDontKnowItem": True,
             "choices": [{"value": True}, {"value": "b", "isExclusive": True, "enableIf": "{range} > 1"}]},
            {"type": "boolean", "name": "plain", "title": "P"},
            {"type": "matrix", "name": "rowless", "title": "N", "columns": [1, 2]},
        )
    )  # fmt: skip
    assert found["range"]["type"] == "slider"
    assert found["mail"]["type"] == "email"
    assert found["short"]["max_length"] == 9
    assert (found["span"]["min"], found["span"]["max"]) == (0, 4)
    values = {choice["value"]: choice for choice in found["boxes"]["choices"]}
    assert set(values) == {"true", "b", "dontknow"}
    assert values["b"]["exclusive"]
    assert values["dontknow"]["exclusive"]
    assert "choices" not in found["plain"]
    assert found["rowless"]["type"] == "single_choice"


def test_what_cannot_be_asked_is_noted() -> None:
    imported = surveyjs(
        {"type": "matrix", "name": "empty", "title": "No columns"},
        {"type": "slider", "name": "span", "title": "T", "sliderType": "range"},
        {"type": "rating", "name": "high", "title": "Backwards", "rateMin": 9, "rateMax": 1},
        {"type": "rating", "name": "one", "title": "One point", "rateMin": 30, "rateMax": 30, "rateStep": 2},
        {"type": "text", "name": "mail", "title": "M", "validators": [{"type": "email"}]},
        navigateToUrl="javascript:alert(1)",
        completedHtmlOnCondition=[{"expression": "{mail} =", "html": "Never"}, {"expression": "{mail} = 1"}],
        triggers=[{"type": "complete"}],
    )
    assert {"choice_missing", "type_changed", "rule_left_out", "condition_left_out", "action_left_out"} <= set(
        codes(imported)
    )
    assert "javascript:alert(1)" in said(imported)
    found = questions(imported)
    assert (found["high"]["from"], found["high"]["to"]) == (1, 9)
    assert (found["one"]["min"], found["one"]["max"]) == (30, 31)


def test_a_condition_that_cannot_be_written_keeps_what_can_be() -> None:
    imported = surveyjs(
        {"type": "text", "name": "a", "title": "A", "inputType": "number"},
        {"type": "text", "name": "b", "title": "B", "visibleIf": "{a} > 1 and age({a}) > 3"},
    )
    assert questions(imported)["b"]["show_if"] == {"a": {"gt": 1}}
    assert "condition_weaker" in codes(imported)


def test_an_ending_whose_condition_cannot_be_written_is_left_out() -> None:
    imported = surveyjs(triggers=[{"type": "complete", "expression": "{nobody} = 1"}])
    assert imported.document is not None
    assert "endings" not in imported.document
    assert "condition_left_out" in codes(imported)


def test_conditions_that_are_too_deep_together_are_left_out() -> None:
    deep = "{a} = 0"
    for level in range(8):
        deep = f"({deep}) {'or' if level % 2 else 'and'} {{a}} > {level}"
    deep = f"({deep}) and {{b}} > 100"
    imported = surveyjs(
        {"type": "text", "name": "a", "title": "A", "inputType": "number"},
        {"type": "text", "name": "b", "title": "B", "inputType": "number"},
        {"type": "text", "name": "c", "title": "C", "visibleIf": deep},
    )
    assert "show_if" not in questions(imported)["c"]
    assert "condition_left_out" in codes(imported)


def test_what_is_too_much_is_named_one_by_one() -> None:
    choices = [f"choice {number}" for number in range(203)]
    pages = [{"name": f"p{number}", "elements": [{"type": "text", "name": f"t{number}", "title": "T"}]}
             for number in range(101)]  # fmt: skip
    imported = surveyjs({"type": "dropdown", "name": "many", "title": "Many", "choices": choices})
    assert len(questions(imported)["many"]["choices"]) == 200
    assert codes(imported).count("list_cut") == 3
    assert "choice 202" in said(imported)
    imported = import_surveyjs({"title": "Long", "pages": pages})
    assert imported.document is not None
    assert len(imported.document["pages"]) == 100
    assert "t100" in said(imported)


def test_a_part_that_the_reader_refuses_is_left_out_with_its_reason() -> None:
    imported = surveyjs({"type": "text", "name": "n", "title": "N", "inputType": "number", "min": 9, "max": 2})
    assert "n" not in questions(imported)
    assert "part_left_out" in codes(imported)


def test_a_page_that_shows_nothing_is_named() -> None:
    imported = import_surveyjs(
        {"title": "T", "pages": [{"name": "empty", "title": "Empty page"}, {"name": "full", "elements": [LAST]}]}
    )
    assert "page_empty" in codes(imported)


def test_many_keys_that_nobody_knows_are_told_once_for_each_key() -> None:
    imported = surveyjs(*[{"type": "text", "name": f"t{n}", "title": "T", "newKey": f"value {n}"} for n in range(6)])
    notes = [note for note in imported.notes if note.params.get("key") == "newKey"]
    assert len(notes) == 3
    assert notes[2].params["value"] == "value 2, value 3, value 4, value 5"


def test_an_email_question_alone_stays_where_it_is() -> None:
    imported = import_surveyjs(
        {"title": "T", "elements": [{"type": "text", "name": "e", "title": "Email", "inputType": "email"}]}
    )
    assert list(questions(imported)) == ["e"]
    assert "no_email" in codes(imported)


def test_a_text_in_an_unknown_language_stays_in_the_notes() -> None:
    imported = surveyjs({"type": "text", "name": "a", "title": {"default": "A", "?": "who knows", "fr": ["x"]}})
    assert "who knows" in said(imported)
    imported = surveyjs({"type": "text", "name": "b", "title": {"?": "who knows"}})
    assert "text_missing" in codes(imported)


def test_a_cell_is_named_by_row_and_column() -> None:
    table = {"type": "matrixdropdown", "name": "t", "title": "T", "rows": ["The row"], "choices": ["x", "y"],
             "columns": [{"name": "c", "title": "C"}]}  # fmt: skip
    follow = {"type": "text", "name": "f", "title": "F", "visibleIf": "{t.The row.c} = 'x'"}
    assert questions(surveyjs(table, follow))["f"]["show_if"] == {"t_c.the_row": "x"}


def test_a_calculation_that_cannot_be_read_is_noted() -> None:
    imported = surveyjs(calculatedValues=[{"name": "v", "expression": "{a} +"}])
    assert "formula_left_out" in codes(imported)


def test_a_document_that_nothing_can_be_read_of_is_refused_with_the_reasons() -> None:
    refused = readable({"schema": "survey/1", "pages": 3}, NoteList())
    assert refused.document is None
    assert refused.problems
