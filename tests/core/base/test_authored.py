"""Problems in authored files: all returned together, each with its path and hint."""

from __future__ import annotations

from typing import Any

import pytest

from questionnaire.core.base.authored import Authored
from questionnaire.core.base.problems import Problem
from questionnaire.core.policy import Policy
from questionnaire.core.survey import survey as surveys
from tests.core.authoring import POLICY, notation, policy, refused_policy, refused_survey, survey


def _codes(problems: tuple[Problem, ...]) -> list[tuple[str, str]]:
    return [(problem.code, ".".join(map(str, problem.where))) for problem in problems]


def test_an_authored_value_is_frozen_and_compared_by_value() -> None:
    assert policy() == Policy.from_raw(notation(POLICY))[0]
    with pytest.raises(Exception, match="frozen"):
        policy().version = 2


def test_an_unknown_key_is_refused_with_the_nearest_one() -> None:
    problems = refused_policy("mql: {treshold: 50}")
    assert _codes(problems) == [("unknown_key", "mql.treshold")]
    assert problems[0].hint == "did you mean `threshold`?"


def test_all_problems_are_returned_together_with_their_paths() -> None:
    problems = refused_policy("""
        fit: {max: many, grades: {A: 20, B: 30}}
        sql: {mode: automatic}
        disqualify: [{when: {flag: {is: competitor}}, reason: competitor}]
        intent: {signals: {demo: {window: 90 days}}}
    """)
    assert set(_codes(problems)) == {
        ("wrong_value", "fit.max"),
        ("grades", "fit.grades"),
        ("unknown_value", "sql.mode"),
        ("condition_operator", "disqualify.0.when.flag.is"),
        ("period", "intent.signals.demo.window"),
    }
    assert "did you mean `auto`?" in {problem.hint for problem in problems}


def test_a_missing_key_is_named() -> None:
    problems = surveys.read({"schema": "survey/1", "id": "x", "version": 1, "policy": "p", "title": "T"})[1]
    assert _codes(problems) == [("missing_key", "")]
    assert "`pages`" in problems[0].message


@pytest.mark.parametrize(
    ("questions", "code", "where"),
    [
        ("[{name: a, title: A}]", "missing_key", "pages.0.questions.0"),
        ("[{name: a, title: A, type: chooser}]", "unknown_type", "pages.0.questions.0.type"),
        ("[core]", "wrong_value", "pages.0.questions.0"),
        ("[{name: a, type: text, titel: A, title: A}]", "unknown_key", "pages.0.questions.0.titel"),
        ("[{name: a, type: text}]", "missing_key", "pages.0.questions.0"),
        ("[{name: a, type: text, title: ''}]", "text_empty", "pages.0.questions.0.title"),
        ("[{name: stage, type: text, title: A}]", "reserved_name", "pages.0.questions.0.name"),
        ("[{name: not, type: text, title: A}]", "reserved_name", "pages.0.questions.0.name"),
        ("[{name: Großes, type: text, title: A}]", "wrong_value", "pages.0.questions.0.name"),
        ("[{name: a, type: text, title: A, show_if: {}}]", "condition_shape", "pages.0.questions.0.show_if"),
        ("[{name: a, type: single_choice, title: A, choices: [{value: x, text: X, levl: core}]}]", "unknown_key",
         "pages.0.questions.0.choices.0.levl"),
    ],
)  # fmt: skip
def test_a_problem_in_a_question_has_its_path(questions: str, code: str, where: str) -> None:
    assert (code, where) in _codes(refused_survey(questions))


def test_an_unknown_type_gets_the_nearest_type_as_hint() -> None:
    problems = refused_survey("[{name: a, title: A, type: single_choise}]")
    assert problems[0].hint == "did you mean `single_choice`?"


@pytest.mark.parametrize("raw", [None, [], "survey", 7])
def test_a_file_that_is_no_mapping_is_one_problem(raw: Any) -> None:
    assert len(surveys.read(raw)[1]) == 1
    assert len(Policy.from_raw(raw)[1]) == 1


class Small(Authored):
    numbers: tuple[int, ...] = ()
    named: dict[str, int] = {}


def test_wrong_shapes_have_plain_messages() -> None:
    value, problems = Small.from_raw({"numbers": "x", "named": [1]})
    assert value is None
    said = sorted(problem.message for problem in problems)
    assert said[0].startswith("a list is expected here")
    assert said[1].startswith("a mapping is expected here")
    assert Small.from_raw({"numbers": [1, "x"]})[1][0].where == ("numbers", 1)
    assert Small.from_raw({"named": {"a": "x"}})[1][0].where == ("named", "a")


@pytest.mark.parametrize(
    ("change", "where", "hint"),
    [
        ("fit: {completeness: {of: [{a: 1}]}}", "fit.completeness.of.0",
         "write `[a, b]`, or one item a line with a dash"),
        ("fit: {completeness: {of: [[]]}}", "fit.completeness.of.0", "add what is missing"),
        ("fit: {criteria: {size: {bands: {core: [50]}}}}", "fit.criteria.size.bands.core",
         "write both ends: `[50, 500]`"),
        ("fit: {criteria: {size: {levels: {core: many}}}}", "fit.criteria.size.levels.core",
         "write a whole number from -100 to 1000"),
        ("routing: {pools: {a: [{rep: x, wait: 3}]}}", "routing.pools.a.0.wait", "did you mean `weight`?"),
        ("rejection_reasons: [{code: a, then: {later: P3M}}]", "rejection_reasons.0.then",
         "write `disqualify`, `merge`, `review`, `{nurture: P3M}` or `{divert: account_owner}`"),
    ],
)  # fmt: skip
def test_a_wrong_value_of_a_union_is_one_problem_at_its_path(change: str, where: str, hint: str) -> None:
    problems = refused_policy(change)
    assert [(".".join(map(str, problem.where)), problem.hint) for problem in problems] == [(where, hint)]


@pytest.mark.parametrize("written", ["type: number, min: abc", "type: slider, max: [1]", "type: number, step: true"])
def test_a_wrong_number_is_one_problem(written: str) -> None:
    problems = refused_survey(f"[{{name: it, title: It, {written}}}]")
    assert [problem.hint for problem in problems] == ["write it in digits, such as `12` or `0.5`"]


class Loose(Authored):
    value: Small | int


def test_a_union_without_tags_adds_nothing_to_the_path() -> None:
    problems = Loose.from_raw({"value": {"number": 1}})[1]
    assert {problem.where for problem in problems} == {("value", "number"), ("value",)}


def test_no_criterion_has_the_name_of_a_fact() -> None:
    problems = refused_policy("fit: {criteria: {label: {levels: {a: 1}}}}")
    assert _codes(problems) == [("reserved_name", "fit.criteria.label")]


def test_a_survey_is_unchanged_after_writing_and_reading() -> None:
    again, problems = surveys.read(survey().model_dump(mode="json", by_alias=True))
    assert not problems
    assert again == survey()


def test_a_pattern_is_part_of_the_schema() -> None:
    properties = Policy.model_json_schema()["$defs"]["Box"]["properties"]
    assert properties["id"]["pattern"].startswith("^[A-Z0-9]")
