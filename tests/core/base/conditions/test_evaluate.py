"""Parsing and evaluation of conditions: three-valued logic, sets, problems; no expression is executed."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from questionnaire.core.base.conditions import (
    ALWAYS,
    All,
    Either,
    Members,
    Not,
    conjunction,
    deciding,
    disjunction,
    evaluate,
    judge,
    names,
    parse,
    same,
    write,
)
from questionnaire.core.base.conditions import Test as Compared
from questionnaire.core.base.conditions import tests as comparisons
from tests.core.authoring import notation, when

T, F, U = "{yes: 1}", "{no: 1}", "{nobody: 1}"
KNOWN = {"yes": 1, "no": 0}


@pytest.mark.parametrize(
    ("left", "right", "both", "either"),
    [
        (T, T, True, True), (T, F, False, True), (T, U, None, True),
        (F, T, False, True), (F, F, False, False), (F, U, False, None),
        (U, T, None, True), (U, F, False, None), (U, U, None, None),
    ],
)  # fmt: skip
def test_conjunction_disjunction_and_negation_follow_three_valued_logic(
    left: str, right: str, both: bool | None, either: bool | None
) -> None:
    assert evaluate(when(f"all: [{left}, {right}]"), KNOWN) is both
    assert evaluate(when(f"any: [{left}, {right}]"), KNOWN) is either


@pytest.mark.parametrize(("inner", "turned"), [(T, False), (F, True), (U, None)])
def test_the_negation_of_unknown_is_unknown(inner: str, turned: bool | None) -> None:
    assert evaluate(when(f"not: {inner}"), KNOWN) is turned


def test_all_keys_of_a_mapping_must_hold() -> None:
    both = when("{timeline: soon, budget: allocated}")
    assert evaluate(both, {"timeline": "soon", "budget": "allocated"}) is True
    assert evaluate(both, {"timeline": "soon", "budget": "none"}) is False
    assert evaluate(both, {"timeline": "soon"}) is None
    assert evaluate(when("not: {timeline: soon, budget: allocated}"), {"timeline": "late"}) is True


SIZES: list[tuple[str, Any, bool | None]] = [
    ("size: core", "core", True), ("size: core", "small", False), ("size: core", None, None),
    ("size: [core, small]", "small", True), ("size: [core, small]", "micro", False), ("size: [core]", None, None),
    ("size: {eq: core}", "core", True), ("size: {ne: core}", "core", False), ("size: {ne: core}", None, None),
    ("size: {in: [core]}", "core", True), ("size: {not_in: [core]}", "small", True),
    ("size: {not_in: [core, small]}", "small", False), ("size: {not_in: [core]}", None, None),
    ("n: {lt: 5}", 5, False), ("n: {lte: 5}", 5, True), ("n: {gt: 5}", 5, False), ("n: {gte: 5}", 5, True),
    ("n: {lt: 5}", None, None), ("n: {gte: 40}", Fraction(79, 2), False), ("n: {gte: 39.5}", Fraction(79, 2), True),
    ("n: {gte: 10, lt: 20}", 15, True), ("n: {gte: 10, lt: 20}", 20, False), ("n: {gte: 10, lt: 20}", None, None),
    ("n: {gt: 9}", "10", True), ("n: {gt: 9}", "ten", None), ("n: {gt: 9}", True, None),
    ("n: {gt: 9}", frozenset({"10"}), None), ("n: 3", "3", True), ("n: '3'", 3, True), ("n: 3", Decimal("3.0"), True),
    ("n: 3", "1_9", False), ("n: 1_9", "1_9", True), ("day: {gte: '2026-10-01'}", "2026-10-02", True),
    ("day: {lt: '2026-10-01'}", "2026-10-02", False), ("day: {lt: 5}", "2026-10-02", None),
    ("flag: true", True, True), ("flag: true", "true", False), ("flag: true", 1, False), ("flag: false", False, True),
    ("flag: {ne: true}", False, True),
]  # fmt: skip


@pytest.mark.parametrize(("written", "fact", "truth"), SIZES)
def test_a_comparison_with_a_single_fact(written: str, fact: Any, truth: bool | None) -> None:
    condition = when(f"{{{written}}}")
    assert evaluate(condition, dict.fromkeys(names(condition), fact)) is truth


@pytest.mark.parametrize(
    ("written", "truth"),
    [
        ("signal: demo", True), ("signal: trial", False), ("signal: [trial, demo]", True),
        ("signal: [trial, call]", False), ("signal: {ne: demo}", False), ("signal: {ne: trial}", True),
        ("signal: {not_in: [demo, trial]}", False), ("signal: {not_in: [trial]}", True),
        ("signal: {known: true}", True),        ("signal: 7", True),
    ],
)  # fmt: skip
@pytest.mark.parametrize("kind", [frozenset, tuple, list, set])
def test_on_a_set_a_scalar_means_contains_and_a_list_means_intersects(written: str, truth: bool, kind: Any) -> None:
    assert evaluate(when(f"{{{written}}}"), {"signal": kind(["demo", "visit", "7"])}) is truth


def test_an_empty_set_is_known_and_contains_nothing() -> None:
    assert evaluate(when("signal: demo"), {"signal": frozenset()}) is False
    assert evaluate(when("not: {signal: demo}"), {"signal": frozenset()}) is True


@pytest.mark.parametrize(
    ("written", "truth"),
    [
        ("icp: size", True), ("icp: zone", None), ("icp: sector", False), ("icp: [sector, size]", True),
        ("icp: [sector, zone]", None), ("icp: {ne: zone}", None), ("icp: {ne: sector}", True),
    ],
)  # fmt: skip
def test_a_comparison_that_depends_on_possible_members_is_unknown(written: str, truth: bool | None) -> None:
    fact = Members(frozenset({"size"}), frozenset({"zone"}))
    assert evaluate(when(f"{{{written}}}"), {"icp": fact}) is truth


@pytest.mark.parametrize(("fact", "wanted", "truth"), [
    ("x", "true", True), (None, "true", False), (None, "false", True), ("x", "false", False), (False, "true", True),
])  # fmt: skip
def test_the_operator_known_is_never_unknown(fact: Any, wanted: str, truth: bool) -> None:
    assert evaluate(when(f"phone: {{known: {wanted}}}"), {"phone": fact}) is truth


def test_a_missing_name_is_unknown() -> None:
    assert evaluate(when("answer.industry: healthcare"), {}) is None
    assert evaluate(when("not: {answer.industry: healthcare}"), {}) is None


def test_the_empty_condition_is_true() -> None:
    assert evaluate(ALWAYS, {}) is True
    assert deciding(ALWAYS, {}) == ()
    assert conjunction([]) is True
    assert disjunction([]) is False


def test_equality_compares_numbers_and_numeric_text() -> None:
    assert same(3, "3")
    assert same("3.0", 3)
    assert not same("1_9", 19)
    assert not same(1, True)
    assert not same("true", True)
    assert same(True, True)


def test_the_deciding_comparisons_have_the_truth_of_the_condition() -> None:
    condition = when("{any: [{size: core}, {sector: saas}], not: {flag: competitor}}")
    held = {"size": "core", "sector": "steel", "flag": frozenset()}
    assert [test.name for test in deciding(condition, held)] == ["size", "flag"]
    assert [test.name for test in deciding(condition, {**held, "flag": frozenset({"competitor"})})] == ["flag"]
    assert [test.name for test in deciding(condition, {**held, "size": None})] == ["size"]
    assert judge(condition, held)[0] is evaluate(condition, held) is True


def test_a_condition_lists_its_names_and_is_unchanged_after_writing_and_parsing() -> None:
    written = "{timeline: [soon, later], budget: {known: true}, any: [{n: {gte: 3}}, {not: {size: core}}]}"
    condition = when(written)
    assert names(condition) == {"timeline", "budget", "n", "size"}
    assert [test.operator for test in comparisons(condition)] == ["in", "known", "gte", "eq"]
    assert parse(write(condition)) == (condition, ())


def test_the_forms_are_plain_values() -> None:
    assert when("size: core") == Compared("size", "eq", "core")
    assert when("not: {size: core}") == Not(Compared("size", "eq", "core"))
    assert when("any: [{a: 1}, {b: 2}]") == Either((Compared("a", "eq", 1), Compared("b", "eq", 2)))
    assert when("all: [{a: 1}, {b: 2}]") == All((Compared("a", "eq", 1), Compared("b", "eq", 2)))


@pytest.mark.parametrize(
    ("written", "code", "where"),
    [
        ("[]", "condition_shape", ()), ("{}", "condition_shape", ()), ("core", "condition_shape", ()),
        ("all: []", "condition_shape", ("all",)), ("any: {a: 1}", "condition_shape", ("any",)),
        ("not: core", "condition_shape", ("not",)), ("all: [{a: 1}, core]", "condition_shape", ("all", 1)),
        ("size: {}", "condition_shape", ("size",)), ("size: {is: core}", "condition_operator", ("size", "is")),
        ("size: {gte: [1]}", "condition_value", ("size", "gte")),
        ("size: {gt: true}", "condition_value", ("size", "gt")),
        ("size: []", "condition_value", ("size",)), ("size: null", "condition_value", ("size",)),
        ("size: {in: core}", "condition_value", ("size", "in")),
        ("size: {known: 1}", "condition_value", ("size", "known")),
        ("size: {eq: [a]}", "condition_value", ("size", "eq")), ("size: [{a: 1}]", "condition_value", ("size",)),
    ],
)  # fmt: skip
def test_every_problem_in_a_condition_has_its_path(written: str, code: str, where: tuple[Any, ...]) -> None:
    condition, problems = parse(notation(written))
    assert condition is None
    assert [(problem.code, problem.where) for problem in problems] == [(code, where)]


def test_all_problems_of_a_condition_are_returned_together() -> None:
    _, problems = parse(notation("{size: null, any: [{n: {least: 3}}, core], not: {}}"))
    assert len(problems) == 4
    assert any("lt" in problem.hint for problem in problems)


def test_a_too_deeply_nested_condition_is_refused() -> None:
    raw: Any = {"size": "core"}
    for _ in range(12):
        raw = {"not": raw}
    assert parse(raw)[1][0].code == "condition_deep"
