"""Expectations of a case one by one: what is expected, what was found, and what an author types."""

from __future__ import annotations

from typing import Any

from questionnaire.core.cases import Case, compare, conclude, lead_of
from questionnaire.core.cases.expectations import (
    expectation_of,
    expected_values,
    read_expected,
    with_found,
    with_values,
)
from questionnaire.library.domains import known_domains
from tests.authored import authored_file
from tests.cast import example_policy, example_survey


def _judged(raw: dict[str, Any]) -> dict[str, Any]:
    case, problems = Case.from_raw(raw)
    assert case is not None, problems
    lead, problems = lead_of(case, example_survey(), example_policy())
    assert lead is not None, problems
    return conclude(lead, example_policy(), known_domains()).transcript


def test_a_saved_case_expects_what_it_came_to_and_passes() -> None:
    for raw in authored_file("sales-marketing-alignment/cases.yaml")["cases"]:
        transcript = _judged(raw)
        expect = expectation_of(transcript)
        case, problems = Case.from_raw({**raw, "expect": expect})
        assert case is not None, problems
        assert compare(case.expect, transcript) == ()
        assert all(one.is_met for one in expected_values(expect, transcript)), raw["name"]


def test_expected_and_found_stand_beside_each_other() -> None:
    [raw, *_] = authored_file("sales-marketing-alignment/cases.yaml")["cases"]
    transcript = _judged(raw)
    expect: dict[str, Any] = {
        "stage": "mql",
        "fit": {"score": 1},
        "open": [],
        "maturity": {"dimensions": {"speed": 99}},
        "to": None,
    }
    found = {one.key: (one.expected, one.actual, one.is_met) for one in expected_values(expect, transcript)}
    assert found["stage"] == ("mql", "sql_ready", False)
    assert found["fit.score"][0] == "1"
    assert not found["fit.score"][2]
    assert found["open"] == ("[]", "[]", True)
    assert found["to"] == ("nothing", "nothing", True)
    assert not found["maturity.dimensions.speed"][2]
    assert [one.actual for one in expected_values(expect, None)] == [""] * 5
    route = {"route": {"rep": "lena"}}
    assert [one.is_met for one in expected_values(route, {**transcript, "route": None})] == [False]
    assert not expected_values({"stage": "no such"}, transcript)[0].is_met


def test_what_is_typed_replaces_an_expectation_and_what_is_empty_goes() -> None:
    expect: dict[str, Any] = {"stage": "mql", "fit": {"score": 1, "grade": "C"}, "open": ["FIT-1"]}
    typed = {"stage": "sql_ready", "fit.score": " ", "open": "FIT-1, FIT-2"}
    assert with_values(expect, typed) == {"stage": "sql_ready", "fit": {"grade": "C"}, "open": ["FIT-1", "FIT-2"]}
    assert with_values(expect, {"stage": "mql"}) == expect
    assert [read_expected(text) for text in ("62", "26.5", "nothing", "A1")] == [62, 26.5, None, "A1"]


def test_what_was_found_can_be_expected_instead() -> None:
    [raw, *_] = authored_file("sales-marketing-alignment/cases.yaml")["cases"]
    transcript = _judged(raw)
    fresh = with_found({"stage": "mql", "fit": {"score": 1}}, transcript)
    assert fresh == {"stage": "sql_ready", "fit": {"score": transcript["fit"]["score"]}}
