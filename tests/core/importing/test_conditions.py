"""Conditions and calculations of other products, in their notation and in ours."""

from __future__ import annotations

from typing import Any

import pytest

from questionnaire.core.importing.conditions import write_condition
from questionnaire.core.importing.dialects import LIMESURVEY, SURVEYJS, XPATH
from questionnaire.core.importing.expression_reader import NotAnExpression, read_expression
from questionnaire.core.importing.formulas import calculated_value, write_formula
from questionnaire.core.importing.scope import LaterName, NotWritable, Scope, SourceName

UNKNOWN = {"known": False}


def scope() -> Scope:
    names = Scope()
    sizes = {"s": "s", "big one": "big_one", "3": "3"}
    steps = {"1": "1", "2": "2", "3": "3"}
    names.add("size", SourceName("size", "choice", 0, sizes, certain=True))
    names.add("step", SourceName("step", "choice", 1, steps, choices=[{"value": value} for value in "123"]))
    names.add("tools", SourceName("tools", "choices", 2, {"a": "a", "b": "b"}))
    names.add("tools_a", SourceName("tools", "member", 2, {"": "a"}))
    names.add("n", SourceName("n", "number", 3))
    names.add("m", SourceName("m", "number", 4, certain=True))
    names.add("day", SourceName("day", "date", 5))
    names.add("ok", SourceName("ok", "truth", 6))
    names.add("sure", SourceName("sure", "choice", 7, {"true": "yes", "false": "no"}))
    names.add("word", SourceName("word", "text", 8))
    names.add("total", SourceName("total_answer", "calculated", 4))
    names.add("late", SourceName("late", "number", 99))
    return names


SURVEYJS_CASES: dict[str, Any] = {
    "{size} = 's'": {"size": "s"},
    "{size} <> 'big one'": {"size": {"ne": "big_one"}},
    "{size} notequal s": {"size": {"ne": "s"}},
    "'s' == {size}": {"size": "s"},
    "5 < {n}": {"n": {"gt": 5}},
    "{size} = 3.0": {"size": "3"},
    "{step} > 1": {"step": ["2", "3"]},
    "{step} >= 9": False,
    "!({step} >= 2)": {"any": [{"step": {"not_in": ["2", "3"]}}, {"step": UNKNOWN}]},
    "{tools} contains 'a'": {"tools": "a"},
    "{tools} notcontains 'a'": {"any": [{"tools": {"ne": "a"}}, {"tools": UNKNOWN}]},
    "{tools} anyof ['a', 'b']": {"tools": ["a", "b"]},
    "{tools} noneof ['a', 'b']": {"any": [{"tools": {"not_in": ["a", "b"]}}, {"tools": UNKNOWN}]},
    "{tools} allof ['a', 'b']": {"all": [{"tools": "a"}, {"tools": "b"}]},
    "!({tools} allof ['a', 'b'])": {"any": [{"tools": {"ne": "a"}}, {"tools": UNKNOWN}, {"tools": {"ne": "b"}}]},
    "{n} empty": {"n": UNKNOWN},
    "{n} notempty": {"n": {"known": True}},
    "{word} = ''": {"word": UNKNOWN},
    "{n} != 4": {"any": [{"n": {"ne": 4}}, {"n": UNKNOWN}]},
    "{m} != 4": {"m": {"ne": 4}},
    "{day} >= '2026-10-02T00:00'": {"day": {"gte": "2026-10-02"}},
    "{ok} = true": {"ok": True},
    "{ok} = false": {"ok": UNKNOWN},
    "{ok}": {"ok": True},
    "{sure}": {"sure": "yes"},
    "{n}": {"n": {"known": True}},
    "negate {sure}": {"any": [{"sure": {"ne": "yes"}}, {"sure": UNKNOWN}]},
    "{tools_a} = 'Y'": {"tools": "a"},
    "{tools_a} empty": {"any": [{"tools": {"ne": "a"}}, {"tools": UNKNOWN}]},
    "{total} > 10": {"calculated.total_answer": {"gt": 10}},
    "{n} + {m} > 10": {"calculated.value_1": {"gt": 10}},
    "{n} > {m}": {"calculated.value_1": {"gt": 0}},
    "{size} = 's' or {size} = 'big one' or {n} > 1": {"any": [{"size": ["s", "big_one"]}, {"n": {"gt": 1}}]},
    "{size} = 's' and {n} > 1": {"size": "s", "n": {"gt": 1}},
    "{n} > 1 and ({n} < 5 and {m} > 2)": {"all": [{"n": {"gt": 1}}, {"n": {"lt": 5}, "m": {"gt": 2}}]},
    "true": True,
    "false or {size} = 's'": {"size": "s"},
    "false and {size} = 's'": False,
    "true and true": True,
    "2 > 1 and 'a' != 'b' and {n} = 1": {"n": 1},
    "'a' > 1": False,
    "({size} = 's' and {n} > 1) or {m} = 2 or {m} = 3": {"any": [{"size": "s", "n": {"gt": 1}}, {"m": [2, 3]}]},
}
XPATH_CASES: dict[str, Any] = {
    "selected(${tools}, 'a')": {"tools": "a"},
    "not(selected(${tools}, 'a'))": {"any": [{"tools": {"ne": "a"}}, {"tools": UNKNOWN}]},
    "count-selected(${tools}) > 0": {"tools": {"known": True}},
    "string-length(${word}) = 0": {"word": UNKNOWN},
    "number(${n}) >= 2": {"n": {"gte": 2}},
    "${n} div 2 > 3": {"calculated.value_1": {"gt": 3}},
    "true()": True,
    "not(false())": True,
}
LIMESURVEY_CASES: dict[str, Any] = {
    'size == "s" and n gt 5': {"size": "s", "n": {"gt": 5}},
    "!is_empty(n)": {"n": {"known": True}},
    '((size == "s")) || n le 3': {"any": [{"size": "s"}, {"n": {"lte": 3}}]},
}
NOT_WRITABLE = (
    "{nobody} = 1", "{size} = 'unheard of'", "{word} contains 'x'", "{tools} = ['a', 'b']", "age({day}) > 3",
    "{word} > 3", "{day} > {n}", "today() > {day}", "{total} = 'x'", "{n} = 'x'", "f({n})", "f({n}, 2)",
    "{n} power 2 > 1", "count({tools}) > 1", "({n} + 1) empty", "{n} % 2 = 1", "{word} + 'x' = 'y'",
    "iif({n}, 1, 2) = 1 and {late}",
)  # fmt: skip
NOT_READABLE = ("{a} = ", "{a", "= 1", "({a} = 1", "{a} = 1)", "[{a}]", "f(1", "{a} = 1 {b}", "§", "(" * 60, "a" * 5000)


def test_conditions_keep_their_meaning() -> None:
    wrong = []
    for dialect, cases in ((SURVEYJS, SURVEYJS_CASES), (XPATH, XPATH_CASES), (LIMESURVEY, LIMESURVEY_CASES)):
        for text, expected in cases.items():
            written = write_condition(read_expression(text, dialect), scope())
            if written != expected:
                wrong.append(f"{text}: {written}")
    assert not wrong, "\n".join(wrong)


def test_what_has_no_counterpart_is_never_written_otherwise() -> None:
    wrong = []
    for text in NOT_WRITABLE:
        try:
            wrong.append(f"{text}: {write_condition(read_expression(text, SURVEYJS), scope())}")
        except NotWritable:
            continue
    assert not wrong, "\n".join(wrong)


def test_what_is_no_expression_is_quoted() -> None:
    for text in NOT_READABLE:
        with pytest.raises(NotAnExpression):
            read_expression(text, SURVEYJS)


def test_a_condition_cannot_depend_on_a_later_question() -> None:
    expression = read_expression("{late} > 1", SURVEYJS)
    with pytest.raises(LaterName):
        write_condition(expression, scope(), before=9)
    assert write_condition(expression, scope()) == {"late": {"gt": 1}}


def test_a_condition_that_is_nested_too_deeply_is_not_written() -> None:
    text = "{n} = 0"
    for level in range(12):
        text = f"({text}) {'or' if level % 2 else 'and'} {{m}} = {level} {'or' if level % 2 else 'and'} {{size}} = 's'"
    with pytest.raises(NotWritable):
        write_condition(read_expression(text, SURVEYJS), scope())


FORMULAS: dict[str, str] = {
    "{n} * 2 + {m}": "n * 2 + m",
    "({n} + {m}) * -1.5": "(n + m) * -1.5",
    "sum({n}, {m}, 3)": "n + m + 3",
    "avg({n}, {m})": "(n + m) / 2",
    "max({n}, {m}) - min({n}, 1)": "max(n, m) - min(n, 1)",
    "round({n} / 3, 2)": "round(n / 3, 2)",
    "{step} + {total}": "step + total_answer",
    "number({n})": "n",
    "-{n}": "-n",
}


def test_calculations_keep_their_meaning() -> None:
    wrong = []
    for text, expected in FORMULAS.items():
        written = write_formula(read_expression(text, SURVEYJS), scope())
        if written != expected:
            wrong.append(f"{text}: {written}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("text", ["{size} + 1", "{word} * 2", "'a' + {n}", "today()", "{n} ^ 2", "round({n}, {m})"])
def test_calculations_of_other_things_than_numbers_are_not_written(text: str) -> None:
    with pytest.raises(NotWritable):
        write_formula(read_expression(text, SURVEYJS), scope())


def test_choices_take_part_with_the_numbers_that_their_values_are() -> None:
    names = scope()
    assert write_formula(read_expression("{step} * 2", SURVEYJS), names) == "step * 2"
    assert [choice["number"] for choice in names.names["step"].choices] == [1, 2, 3]
    names.names["step"].choices.append({"value": "other"})
    with pytest.raises(NotWritable):
        names.names["step"].operand()


def test_an_if_becomes_cases() -> None:
    names = scope()

    def written(text: str) -> dict[str, Any]:
        expression = read_expression(text, SURVEYJS)
        return calculated_value("x", expression, names, lambda condition: write_condition(condition, names))

    assert written("iif({size} = 's', 1, iif({n} > 2, {n}, 3))") == {
        "name": "x",
        "cases": [
            {"when": {"size": "s"}, "formula": "1"},
            {"when": {"n": {"gt": 2}}, "formula": "n"},
            {"formula": "3"},
        ],
    }
    assert written("iif(true, 1, 2)") == {"name": "x", "formula": "1"}
    assert written("iif(false, 1, 2)") == {"name": "x", "formula": "2"}
