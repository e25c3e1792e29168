"""Formulas are read once and calculated exactly; what is unknown stays unknown; mistakes say where they are."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaire.core.base.arithmetic import DEEPEST, LONGEST, as_data, evaluate, limited, parse, references, write
from questionnaire.core.base.quantities import Exact
from tests.core.base.arithmetic.formulas import FORMULAS, NAMES

VALUES: dict[str, Exact] = {"hours": 12, "rate": Fraction(85, 2), "none": 0, "table.row": 3}


def value(text: str | int | float) -> Exact | None:
    formula, problems = parse(text)
    assert formula is not None, problems
    return evaluate(formula, VALUES.get)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hours * 52 * rate", 26520), ("1 + 2 * 3", 7), ("(1 + 2) * 3", 9), ("10 - 4 - 3", 3), ("12 / 3 / 2", 2),
        ("-hours + 20", 8), ("--2", 2), ("2 - -2", 4), ("0.1 + 0.2", Fraction(3, 10)), ("1 / 3 * 3", 1),
        ("min(hours, 5, 7)", 5), ("max(hours)", 12), ("round(2.5)", 3), ("round(-2.5)", -3),
        ("round(10 / 3, 2)", Fraction(333, 100)),
        ("table.row * 2", 6), ("hours × 2", 24), ("hours ÷ 4", 3), ("5 − 3", 2), (5, 5), (7.5, Fraction(15, 2)),
        ("hours / none", None), ("0 * (1 / none)", None), ("unknown + 1", None), ("min(hours, unknown)", None),
        ("-unknown", None), ("round(unknown)", None),
    ],
)  # fmt: skip
def test_a_formula_has_an_exact_value_or_none(text: str | int | float, expected: Exact | None) -> None:
    assert value(text) == expected


@pytest.mark.parametrize(
    ("text", "code", "message"),
    [
        ("", "formula_syntax", "at character 1: a number, a name or a bracket is expected here, and the formula ends"),
        ("hours *", "formula_syntax", "at character 8: a number, a name or a bracket is expected here"),
        ("hours * * 2", "formula_syntax", "at character 9: a number, a name or a bracket is expected here, and `*`"),
        ("(hours + 2", "formula_syntax", "at character 11: a closing bracket is expected here, and the formula ends"),
        ("hours + 2)", "formula_syntax", "at character 10: this bracket closes nothing"),
        ("hours 2", "formula_syntax", "at character 7: an operator is expected here, and `2` stands there"),
        ("7,5 * hours", "formula_syntax", "write decimals with a point: `7.5`"),
        ("1 200 * hours", "formula_syntax", "write numbers without spaces: `1200`"),
        ("hours ^ 2", "formula_syntax", "write `x * x`"),
        ("5% * hours", "formula_syntax", "`0.05` for 5%"),
        (".5 * hours", "formula_syntax", "write a zero before the point"),
        ("1234567890123456", "formula_syntax", "this number is too long"),
        ("avg(hours)", "formula_function", "at character 1: `avg` is not a function"),
        ("maxi(hours)", "formula_function", "did you mean `max`?"),
        ("round(hours, rate)", "formula_function", "at character 14: `round` takes a value"),
        ("round(1, 2, 3)", "formula_function", "write `round(x)` or `round(x, 2)`"),
        ("round(1, 7)", "formula_function", "with 0 to 6 decimals"),
        ("(" * 13 + "1" + ")" * 13, "formula_deep", "more than 12 levels"),
        ("1" + " + 1" * 75, "formula_long", "this formula has 301 characters, and at most 300 are allowed"),
        (True, "formula_syntax", "a formula is expected here"),
        (["hours"], "formula_syntax", "write it as text"),
    ],
)  # fmt: skip
def test_a_mistake_says_where_it_is_and_what_to_write(text: object, code: str, message: str) -> None:
    formula, (problem,) = parse(text)
    assert formula is None
    assert problem.code == code
    assert message in str(problem)


def test_the_longest_and_the_deepest_formula_are_read() -> None:
    longest = "1" + "+1" * 149
    assert len(longest) == LONGEST - 1
    assert value(longest) == 150
    assert value("(" * DEEPEST + "1" + ")" * DEEPEST) == 1


def test_names_stand_once_in_their_order() -> None:
    formula, _ = parse("b * max(a, b, table.row) - round(c / a, 1)")
    assert formula is not None
    assert references(formula) == ("b", "a", "table.row", "c")
    assert as_data(formula) == [
        "-",
        ["*", ["b"], ["max", ["a"], ["b"], ["table.row"]]],
        ["round", ["/", ["c"], ["a"]], 1],
    ]


def test_what_nobody_means_is_unknown_and_long_fractions_are_cut() -> None:
    assert limited(None) is limited(10**15 + 1) is limited(-(10**15) - 1) is None
    assert limited(10**15) == 10**15
    assert limited(Fraction(1, 3)) == Fraction(1, 3)
    assert limited(Fraction(1, 10**31)) == 0
    assert limited(Fraction(10**31 + 1, 3 * 10**30)) == Fraction(10**31 // 3 + 1, 10**30)


@pytest.mark.parametrize(
    "text", ["-a", "a - (b - c)", "-(a + b) * c", "round(a / 3, 2)", "round(a)", "max(a, b * 2, 1)", "a / (b * c)"]
)
def test_a_formula_is_written_with_no_more_brackets_than_it_needs(text: str) -> None:
    formula, _ = parse(text)
    assert formula is not None
    assert write(formula) == text


@given(FORMULAS)
def test_what_is_written_is_read_as_the_same_formula(formula: object) -> None:
    text = write(formula)  # type: ignore[arg-type]  # hypothesis knows no union of dataclasses
    if len(text) <= LONGEST:
        read, problems = parse(text)
        assert read == formula, problems


@given(FORMULAS, st.dictionaries(st.sampled_from(NAMES), st.fractions(-1000, 1000)))
def test_one_unknown_name_makes_the_whole_unknown(formula: object, values: dict[str, Fraction]) -> None:
    names = references(formula)  # type: ignore[arg-type]  # as above
    found = evaluate(formula, values.get)  # type: ignore[arg-type]  # as above
    assert found is None or all(name in values for name in names)


def test_a_formula_is_lists_for_the_browser() -> None:
    formula, _ = parse("max(hours, 2) - rate")
    assert formula is not None
    assert as_data(formula) == ["-", ["max", ["hours"], "2"], ["rate"]]
