"""Repairs: the edits that a check's own suggestion amounts to."""

from __future__ import annotations

from typing import Any

from questionnaire.core.base.problems import Problem
from questionnaire.core.editing.apply import apply_all
from questionnaire.core.editing.repairs import repair, suggestion_of

QUESTION = ("pages", 0, "questions", 0)


def document(**question: Any) -> dict[str, Any]:
    asked = {"name": "size", "type": "single_choice", "title": "Size", **question}
    return {"schema": "survey/1", "id": "x", "pages": [{"name": "start", "questions": [asked]}]}


def mended(code: str, where: tuple[Any, ...], message: str, hint: str, **question: Any) -> Any:
    """The question afterwards; None when there is no repair."""
    start = document(**question)
    change = repair(start, Problem(code, (*QUESTION, *where), message, hint))
    return apply_all(start, change).document["pages"][0]["questions"][0] if change else None


def test_the_name_that_the_check_suggests_is_put_in_place() -> None:
    choices = [{"value": "a", "text": "A", "level": "expert"}]
    level = mended("unknown_level", ("choices", 0, "level"), "`expert` is not a level of `size`",
                   "did you mean `advanced`?", choices=choices)  # fmt: skip
    assert level["choices"][0]["level"] == "advanced"
    condition = mended("unknown_name", ("show_if",), "there is no question `siez`", "did you mean `size`?",
                       show_if={"all": [{"siez": "a"}, {"other": True}]})  # fmt: skip
    assert condition["show_if"] == {"all": [{"size": "a"}, {"other": True}]}
    text = mended("unknown_placeholder", ("title",), "`{{firstname}}` is no field", "did you mean `first_name`?",
                  title="Hi {{ firstname|you }} and {{firstnames}}")  # fmt: skip
    assert text["title"] == "Hi {{ first_name|you }} and {{firstnames}}"
    key = mended("unknown_key", ("hlep",), "`hlep` is not a key here", "did you mean `help`?", hlep="More")
    assert key["help"] == "More"
    assert "hlep" not in key


def test_what_counts_nowhere_is_removed_and_i_do_not_know_is_left_out_of_the_score() -> None:
    choices = [{"value": "unknown", "text": "I don’t know"}, {"value": "b", "text": "B", "maturity": 1}]
    assert "weight" not in mended("idle_weight", ("weight",), "this weight counts nowhere", "", weight=2)
    assert "show_if" not in mended("always_shown", ("show_if",), "this is always true", "", show_if={"a": 1})
    left_out = mended("no_maturity", ("choices", 0), "the choice `unknown` has no maturity", "add", choices=choices)
    assert left_out["choices"][0]["unknown"] is True


def test_where_a_person_has_to_decide_there_is_no_repair() -> None:
    choices = [{"value": "a", "text": "A"}]
    assert mended("unknown_level", ("level",), "`x` is not a level", "write one of: `a`, `b`", level="x") is None
    assert mended("no_maturity", ("choices", 0), "the choice `a` has no maturity", "add", choices=choices) is None
    assert mended("unknown_level", ("level",), "`x` is not a level", "did you mean `a`?", level="y") is None
    assert mended("idle_dimension", ("weight",), "no choice is worth anything", "", weight=1) is None
    assert mended("idle_level", ("weight",), "counts nowhere", "", weight=1) is None
    assert mended("unknown_key", ("hlep",), "not a key", "did you mean `help`?", hlep="a", help="b") is not None
    assert mended("name_taken", ("title",), "`Size` is taken", "") is None
    assert suggestion_of(Problem("x", (), "", "did you mean `a` or `b`?")) == ""
    # What the suggestion names is taken already, or it would change a name that others mention.
    start = document()
    named = Problem("wrong_value", (*QUESTION, "name"), "`size` cannot stand here", "did you mean `team`?")
    assert repair(start, named) == ()


def test_a_faint_colour_gets_the_nearest_that_can_be_read_where_it_is_written_or_in_its_place() -> None:
    for theme in ({"accent": "#f0d0a0"}, {"paper": "#f0d0a0"}, {}):
        document = {"schema": "survey/1", "theme": theme} if theme else {"schema": "survey/1"}
        problem = Problem("theme_contrast", ("theme", "dark", "ink"), "`#333333` is faint", "did you mean `#999999`?")
        change = repair(document, problem)
        assert apply_all(document, change).document["theme"] == {**theme, "dark": {"ink": "#999999"}}
