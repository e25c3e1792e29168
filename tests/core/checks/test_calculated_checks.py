"""What the check says of calculated values, weights, steps and dimensions of dimensions."""

# ruff: noqa: E501 (tables of sentences)

from __future__ import annotations

import re
from fractions import Fraction
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaire.core.base.arithmetic import LONGEST, Expression, write
from questionnaire.core.checks import FormulaRange, check, check_survey
from questionnaire.core.checks.build_model import build
from questionnaire.core.checks.formula_ranges import formula_ranges
from questionnaire.core.checks.respondents import Respondents
from questionnaire.core.survey.answers import Answers
from questionnaire.core.survey.calculated_facts import calculate
from questionnaire.core.survey.journey import derive_journey
from tests.core.authoring import policy, refused_survey, survey
from tests.core.base.arithmetic.formulas import FORMULAS

ASKED = """
- {name: hours, type: number, min: 0, max: 100, step: 8, title: Hours}
- {name: rate, type: slider, min: 10, max: 90, title: Rate}
- {name: free, type: number, title: Free}
- {name: word, type: text, title: Word}
- {name: plan, type: single_choice, title: Plan, choices: [{value: basic, text: B, number: 7.5}, {value: pro, text: P, number: 20}]}
- {name: tools, type: multiple_choice, title: Tools, choices: [{value: crm, text: C, number: 10}, {value: mail, text: M, number: -5}]}
- {name: table, type: matrix, title: Table, rows: [{name: us, text: Us}], choices: [{value: one, text: One}]}
- {name: seldom, type: number, min: 1, max: 2, title: Seldom, show_if: {plan: pro}}
- {name: last, type: scale, title: Last, dimension: work}
"""
USED = "{name: every, formula: plan + tools}"
"""Uses every choice with a number."""
DIMENSIONS = "dimensions: [{name: work, title: Work}]"


def told(values: str, more: str = "") -> list[str]:
    found = check_survey(survey(ASKED, f"{DIMENSIONS}\ncalculated: [{values}]\n{more}"))
    return [str(problem) for problem in found.problems]


CLEAN = told(USED)


@pytest.mark.parametrize(
    ("values", "more", "expected"),
    [
        ("{name: a, formula: hour * 2}", "", "unknown_name: calculated[1].formula: there is no question or calculated value `hour` — did you mean `hours`?"),
        ("{name: a, formula: table * 2}", "", "unknown_name: calculated[1].formula: there is no question or calculated value `table` — name a row of it, such as `table.us`"),
        ("{name: a, formula: calculated.every}", "", "unknown_name: calculated[1].formula: there is no question or calculated value `calculated.every` — write `every`"),
        ("{name: a, formula: every + 1}", "", None),
        ("{name: a, formula: a + 1}", "", "later_value: calculated[1].formula: `a` is this very value — name a question or an earlier calculated value"),
        ("{name: a, formula: b + 1}, {name: b, formula: hours}", "", "later_value: calculated[1].formula: `b` is calculated later — move it before `a`"),
        ("{name: a, formula: word * 2}", "", "operand_without_number: calculated[1].formula: an answer to `word` is not a number — use a number, a slider, a scale, or choices with a `number`"),
        ("{name: a, formula: table.us * 2}", "", "operand_without_number: calculated[1].formula: an answer to `table.us` is not a number — add `number: …` to its choices"),
        ("{name: a, formula: score.wrk}", "", "unknown_dimension: calculated[1].formula: there is no dimension `wrk` — did you mean `work`?"),
        ("{name: a, cases: [{when: {fit: 3}, formula: 1}]}", "", "fact_too_early: calculated[1].cases[0].when.fit: `fit` is not known while the survey runs — use questions and fields only"),
        ("{name: a, cases: [{when: {calculated.every: {gt: 3}}, formula: 1}]}", "", None),
        ("{name: a, cases: [{when: {free: much}, formula: 1}]}", "", "unknown_comparison: calculated[1].cases[0].when.free: `free` is a number, and `much` is none — write `free: {gte: 40}`"),
        ("{name: a, cases: [{when: {rat: 3}, formula: 1}]}", "", "unknown_name: calculated[1].cases[0].when.rat: there is no question or field `rat` — did you mean `rate`?"),
        ("{name: a, cases: [{when: {calculated.b: 3}, formula: 1}]}, {name: b, formula: 1}", "", "later_value: calculated[1].cases[0].when.calculated.b: `b` is calculated later — move it before `a`"),
        ("{name: a, cases: [{formula: 1}, {when: {hours: 3}, formula: 1}]}", "", "after_catch_all: calculated[1].cases[1]: an earlier rule without `when` takes everything — move it before that rule, or remove it"),
        ("{name: a, formula: hours, title: A}", "report: {figures: [a]}", None),
        ("{name: a, formula: hours}", "report: {figures: [a]}", "figure_without_title: report.figures[0]: `a` is shown to people, and has no title — add `title: …` to the calculated value"),
        ("{name: a, formula: hours, title: A}", "report: {figures: [a, a]}", "duplicate_name: report.figures[1]: the name `a` stands twice — remove one of them"),
        ("{name: a, formula: hours}", "report: {figures: [b]}", "unknown_name: report.figures[0]: there is no calculated value `b` — add it under `calculated`"),
        ("{name: a, formula: hours}", "description: 'It costs {{a}}.'", "warning: early_placeholder: description: `{{a}}` is still empty here — use what was asked before, or add a fallback: `{{a|…}}`"),
        ("{name: a, formula: score / 2}", "description: 'It costs {{a|much}}.'", "score_in_browser: description: `{{a}}` needs a score, and scores are known at the end — use it in the report, or a value of answers alone"),
        ("{name: a, formula: hours / rate}", "report: {blocks: {b: {text: '{{a}}'}}, next_step: [{block: b}]}", "warning: optional_placeholder: report.blocks.b.text: `{{a}}` is empty for people who aren’t asked or don’t answer — add a fallback: `{{a|…}}`"),
        ("{name: a, formula: hours}", "report: {blocks: {b: {text: B}}, next_step: [{when: {a: 3}, block: b}, {block: b}]}", "unknown_name: report.next_step[0].when.a: there is no question, field or fact `a` — write `calculated.a`"),
        ("{name: a, formula: hours, title: {en: A, xx: X}}", "", "warning: text_unused: calculated[1].title: `xx` is not a language of this survey — add it to `languages`, or remove `xx`"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_calculated_value_is_told_with_its_cure(values: str, more: str, expected: str | None) -> None:
    found = [line for line in told(f"{USED}, {values}", more) if line not in CLEAN]
    assert found == ([expected] if expected else [])


def of_one(asked: str, change: str) -> list[str]:
    found = check_survey(survey(asked, f"display: {{gate: none}}\n{dedent(change)}"))
    return [str(problem) for problem in found.problems]


def test_choices_of_a_formula_all_have_numbers_and_numbers_are_used() -> None:
    choices = "choices: [{value: a, text: A, number: 1}, {value: b, text: B}, {value: c, text: C, unknown: true}]"
    asked = f"- {{name: q, type: single_choice, title: Q, {choices}}}"
    assert of_one(asked, "") == [
        "warning: idle_number: pages[0].questions[0].choices[0].number: no formula uses this number — use `q` in a calculated value, or remove it"
    ]
    assert of_one(asked, "calculated: [{name: v, formula: q}]") == [
        "number_missing: pages[0].questions[0].choices[1]: the choice `b` has no number, and a formula uses `q` — add `number: …`, or `unknown: true`"
    ]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("- {name: q, type: number, title: Q}", "unknown_dimension: calculated[0].formula: there is no score: the survey has no dimension — add `dimensions`"),
        ("- {name: q, type: scale, title: Q, dimension: work}\n- {name: score, type: number, title: S}", "unknown_name: calculated[0].formula: `score` can mean the score and the question — rename the question"),
    ],
)  # fmt: skip
def test_the_score_of_a_formula_exists_and_means_one_thing(asked: str, expected: str) -> None:
    dimensions = DIMENSIONS if "dimension" in asked else ""
    assert of_one(asked, f"{dimensions}\ncalculated: [{{name: v, formula: score / 2}}]") == [expected]


@pytest.mark.parametrize(
    ("formula", "is_optional"),
    [("hours * 2", False), ("hours / 2", False), ("2 / hours", True), ("1 + 2 / hours", True)],
)
def test_only_a_value_that_may_lack_wants_a_fallback(formula: str, is_optional: bool) -> None:
    asked = "- {name: hours, type: number, title: Hours, required: true}"
    report = "report: {blocks: {b: {text: 'It takes {{v}}.'}}, next_step: [{block: b}]}"
    found = of_one(asked, f"calculated: [{{name: v, formula: {formula}}}]\n{report}")
    assert [line.split(": ")[1] for line in found] == (["optional_placeholder"] if is_optional else [])


@pytest.mark.parametrize(
    ("formula", "code"),
    [("a", None), ("b", "later_question"), ("score", "score_in_browser"), ("score.work", "score_in_browser")],
)
def test_a_condition_of_the_path_uses_values_of_earlier_answers(formula: str, code: str | None) -> None:
    asked = """
    - {name: a, type: number, title: A}
    - {name: q, type: scale, title: Q, dimension: work, show_if: {calculated.v: {gt: 3}}}
    - {name: b, type: number, title: B}
    """
    found = of_one(asked, f"{DIMENSIONS}\ncalculated: [{{name: v, formula: {formula}}}]")
    assert [line.partition(":")[0] for line in found] == ([code] if code else [])


def test_a_field_of_the_gate_is_not_known_on_the_path() -> None:
    asked = "- {name: a, type: number, title: A, show_if: {calculated.v: 1}}\n- {name: b, type: number, title: B, show_if: {v: 1}}"
    change = """
    contact: {fields: [{name: country, type: country}]}
    calculated: [{name: v, cases: [{when: {country: DE}, formula: 1}]}]
    """
    assert [str(problem) for problem in check_survey(survey(asked, change)).problems] == [
        "field_before_gate: pages[0].questions[0].show_if.calculated.v: `calculated.v` needs `country`, which is asked at the gate — write `gate: before_start`, or use an earlier question",
        "unknown_name: pages[0].questions[1].show_if.v: there is no question or field `v` — write `calculated.v`",
    ]


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("hours * 2 + rate", FormulaRange(10, 282, True)), ("rate - hours", FormulaRange(-86, 90, True)),
        ("rate / plan", FormulaRange(Fraction(1, 2), 12, True)), ("-rate", FormulaRange(-90, -10, True)),
        ("min(hours, rate)", FormulaRange(0, 90, True)), ("max(hours, rate)", FormulaRange(10, 96, True)),
        ("round(rate / 7)", FormulaRange(1, 13, True)), ("rate - rate", FormulaRange(-80, 80)),
        ("tools", FormulaRange(-5, 10)), ("seldom", FormulaRange(1, 2)), ("score / 2", FormulaRange(0, 50)),
        ("free", FormulaRange(-(10**15), 10**15)), ("free * hours", FormulaRange(-(10**15), 10**15)),
        ("12 / hours", FormulaRange(Fraction(1, 8), 10**15)), ("12 / (0 - hours)", FormulaRange(-(10**15), Fraction(-1, 8))),
        ("1 / (rate - 50)", FormulaRange(-(10**15), 10**15)), ("9 / -rate", FormulaRange(Fraction(-9, 10), Fraction(-1, 10), True)),
        ("1 / 0", FormulaRange(0, 10**15)), ("rate * 900000000000000", FormulaRange(-(10**15), 10**15)),
        ("max(free, 5)", FormulaRange(5, 10**15)), ("min(free, 5)", FormulaRange(-(10**15), 5)),
        ("max(free, 5) * rate", FormulaRange(50, 10**15)), ("1 / max(free, 5)", FormulaRange(0, Fraction(1, 5))),
        ("1 / min(free, -5)", FormulaRange(Fraction(-1, 5), 0)), ("unknown", FormulaRange(-(10**15), 10**15)),
        ("word", FormulaRange(-(10**15), 10**15)),
    ],
)  # fmt: skip
def test_the_range_of_a_formula_is_told_and_whether_it_is_reached(formula: str, expected: FormulaRange) -> None:
    found = check_survey(survey(ASKED, f'{DIMENSIONS}\ncalculated: [{{name: v, formula: "{formula}"}}]'))
    assert found.bounds.calculated["v"] == expected


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("half + 1", FormulaRange(6, 46, True)),
        ("half - rate", FormulaRange(-85, 35)),
        ("sized + rate", FormulaRange(11, 100)),
    ],
)
def test_a_range_is_reached_when_each_answer_counts_once_through_every_value_it_names(
    formula: str, expected: FormulaRange
) -> None:
    values = (
        "{name: half, formula: rate / 2}, {name: sized, cases: [{when: {rate: {gte: 50}}, formula: 10}, {formula: 1}]}"
    )
    found = check_survey(survey(ASKED, f'{DIMENSIONS}\ncalculated: [{values}, {{name: v, formula: "{formula}"}}]'))
    assert found.bounds.calculated["v"] == expected


@given(
    FORMULAS,
    st.lists(st.tuples(st.integers(0, 12), st.integers(10, 90), st.sampled_from(("basic", "pro"))), max_size=5),
)
def test_a_range_holds_every_value_that_answers_give(formula: Expression, people: list[tuple[int, int, str]]) -> None:
    names = {"a": "hours", "b": "rate", "c": "plan", "table.row": "hours"}
    text = re.sub(r"table\.row|\b[abc]\b", lambda found: names[found[0]], write(formula))
    if len(text) > LONGEST:
        return
    asked = survey(
        ASKED, f'{DIMENSIONS}\ncalculated: [{{name: v, formula: "{text}"}}, {{name: w, formula: "v * v - v"}}]'
    )
    ranges = formula_ranges(asked)
    for hours, rate, plan in people:
        answers = Answers({"hours": 8 * hours, "rate": rate, "plan": plan})
        for name, value in calculate(asked, derive_journey(asked, answers)).items():
            range_ = ranges[name]
            assert value is None or (range_.least <= value <= range_.greatest)  # type: ignore[operator]  # both are there


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("- {name: q, type: number, title: Q, dimension: work}", "no_maturity: pages[0].questions[0].dimension: an answer to `q` has no maturity — add `maturity: [{from: 0, value: 0}, …]`, or remove `dimension`"),
        ("- {name: q, type: number, title: Q, dimension: work, maturity: [{from: 0, value: 0}]}", "warning: idle_dimension: pages[0].questions[0].maturity: no step of `q` is worth anything — give one a `value` above 0"),
        ("- {name: q, type: slider, title: Q, maturity: [{from: 0, value: 1}]}", "warning: idle_maturity: pages[0].questions[0].maturity: this maturity counts nowhere — give the question a `dimension`, or remove it"),
        ("- {name: q, type: slider, max: 10, title: Q, dimension: work, maturity: [{from: 11, value: 1}]}", "warning: step_unreachable: pages[0].questions[0].maturity[0]: no answer reaches 11 — start it at 10 or below, or remove it"),
        ("- {name: q, type: text, title: Q, weight: 2}", "warning: idle_weight: pages[0].questions[0].weight: this weight counts nowhere — give the question a `dimension`, or remove it"),
        ("- {name: q, type: slider, title: Q, dimension: work}", "warning: uneven_questions: pages[0].questions[0].dimension: `q` counts 25 times as much as `last` in `work` — write `weight: 1` at both for equal shares, or the weights that you mean"),
        ("- {name: q, type: slider, title: Q, dimension: work, weight: 2}", None),
        ("- {name: q, type: scale, title: Q, dimension: upper}", "upper_dimension: pages[0].questions[0].dimension: `upper` is made of other dimensions — write one of: `lower`, `work`"),
        ("- {name: q, type: scale, title: Q, dimension: lower}", None),
        ("- {name: q, type: scale, title: Q, weight: 0, dimension: lower}", "wrong"),
    ],
)  # fmt: skip
def test_weights_steps_and_parts_of_dimensions_are_checked(asked: str, expected: str | None) -> None:
    last = "\n- {name: last, type: scale, title: Last, dimension: work}\n- {name: low, type: nps, title: L, dimension: lower}"
    change = "dimensions: [{name: upper, title: Upper, dimensions: [{name: lower, title: L}, {name: work, title: W}]}]"
    if expected == "wrong":
        assert [problem.code for problem in refused_survey(asked + last, change)] == ["wrong_value"]
    else:
        assert of_one(asked + last, change) == ([expected] if expected else [])


def test_parts_of_dimensions_have_names_and_questions_of_their_own() -> None:
    change = """
    dimensions: [{name: a, title: A, dimensions: [{name: b, title: B}, {name: a, title: A}]}, {name: b, title: B}]
    report: {dimensions: {c: [{from: 0, text: T}]}}
    """
    assert of_one("- {name: q, type: scale, title: Q, dimension: b}", change) == [
        "duplicate_name: dimensions[0].dimensions[1].name: the name `a` stands twice — give each dimension its own name",
        "duplicate_name: dimensions[1].name: the name `b` stands twice — give each dimension its own name",
        "unknown_dimension: report.dimensions.c: there is no dimension `c` — write one of: `a`, `b`",
        "warning: band_missing: report.dimensions: the dimension `a` has no bands — add `a: [{from: 0, text: …}]`",
        "warning: band_missing: report.dimensions: the dimension `b` has no bands — add `b: [{from: 0, text: …}]`",
    ]


CONDITIONAL = """
- {name: hours, type: number, title: Hours, required: true}
- {name: size, type: scale, title: Size, dimension: work, show_if: {calculated.v: {gte: 10}}}
"""


def test_what_depends_on_a_calculated_value_is_searched() -> None:
    asked = survey(CONDITIONAL, f"{DIMENSIONS}\ncalculated: [{{name: v, formula: hours * 2}}]")
    for found in (check_survey(asked), check(asked, policy())):
        assert found.unsearched == ()
        assert found.bounds.maturity is not None
        assert found.bounds.maturity.limits == (0, 100)
    by_criterion = survey(
        CONDITIONAL.replace("calculated.v", "hours"),
        f"""
    {DIMENSIONS}
    calculated: [{{name: v, formula: hours * 2, criterion: size}}, {{name: w, formula: hours, criterion: sector}}]""",
    )
    found = check(by_criterion, policy())
    problems = [str(problem) for problem in found.problems if "calculated" in problem.where]
    assert problems == [
        "bands_missing: calculated[1].criterion: `sector` has no bands, so a number finds no level — add `bands` to the criterion, or ask with choices"
    ]


def test_a_question_that_no_amount_of_a_calculated_value_shows_is_reported() -> None:
    asked = CONDITIONAL.replace("type: number", "type: number, min: 0, max: 4")
    change = f"display: {{gate: none}}\n{DIMENSIONS}\ncalculated: [{{name: v, formula: hours * 2}}]"
    found = check_survey(survey(asked, change))
    assert [problem.code for problem in found.problems] == ["never_shown"]


def test_respondents_take_every_choice_that_a_formula_counts() -> None:
    choices = "choices: [{value: few, text: F, number: 1}, {value: some, text: S, number: 5}, {value: many, text: M, number: 9}]"
    asked = f"""
    - {{name: plan, type: single_choice, title: Plan, {choices}}}
    - {{name: more, type: text, title: More, show_if: {{calculated.v: {{gte: 10}}}}}}
    """
    model = build(survey(asked, "display: {gate: none}\ncalculated: [{name: v, formula: plan * 2}]"), None, {})
    seen = {(one.options["plan"].value, "more" in one.options) for one in Respondents(model).sample}
    assert seen == {("few", False), ("some", True), ("many", True)}


def test_the_overall_maturity_of_parts_is_searched() -> None:
    change = "dimensions: [{name: upper, title: Upper, dimensions: [{name: work, title: W}]}]"
    found = check_survey(
        survey("- {name: q, type: scale, title: Q, dimension: work}", f"display: {{gate: none}}\n{change}")
    )
    assert found.bounds.maturity is not None
    assert (found.bounds.maturity.least, found.bounds.maturity.greatest, found.bounds.maturity.exact) == (0, 100, True)
    assert list(found.bounds.dimensions) == ["upper", "work"]
