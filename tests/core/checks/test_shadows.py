"""A shadowed rule names what shadows it: earlier rules, disqualification, rerouting, or stages before sales."""

from __future__ import annotations

import pytest

from questionnaire.core.checks import check
from questionnaire.core.checks.formulas import Formula, lit, sources_of
from questionnaire.core.checks.policy_formulas import YES
from questionnaire.core.checks.shadows import EarlierRule, shadowing, takers
from tests.core.authoring import policy, survey

ROUTED = "routing: {default_queue: {name: inbound}, rules: [RULES], pools: {one: [{rep: ann}]}}\n"
REP = "reps: [{id: ann, name: Ann, email: ann@x.example, role: manager}]\n"
TO = "assign: {pool: one}"
REST = f"{{id: rest, {TO}}}"
STEPS = """{report: {blocks: {a: {text: A}, b: {text: B}, c: {text: C}},
    next_step: [{when: {size: large}, block: a}, {when: {size: [small, micro, unsure]}, block: b},
        {when: {size: {known: true}}, block: c}, {block: a}]}}"""


@pytest.mark.parametrize(
    ("change", "rule", "taker"),
    [
        ("disqualify: [{when: {size: micro}, reason: tiny}, {when: {size: micro, sector: other}, reason: lost}]",
         "lost", "`disqualify` rule 1 (`tiny`) takes everybody it fits"),
        ("disqualify: [{when: {size: micro}, reason: tiny}]\ndivert: [{when: {size: micro}, to: partner_team}]",
         "partner_team", "`disqualify` rule 1 (`tiny`) takes everybody it fits"),
        ("""disqualify: [{when: {size: micro}, reason: tiny}, {when: {size: small}, reason: lean},
            {when: {size: [micro, small]}, reason: lost}]""",
         "lost", "`disqualify` rule 1 (`tiny`) and `disqualify` rule 2 (`lean`) take everybody it fits"),
        (f"disqualify: [{{when: {{sector: listed}}, reason: no}}]\n{REP}"
         + ROUTED.replace("RULES", f"{{id: steel, when: {{sector: listed}}, {TO}}}, {{id: rest, {TO}}}"),
         "steel", "`disqualify` rule 1 (`no`) takes everybody it fits"),
        (f"divert: [{{when: {{sector: listed}}, to: partner_team}}]\n{REP}"
         + ROUTED.replace("RULES", f"{{id: steel, when: {{sector: listed}}, {TO}}}, {{id: rest, {TO}}}"),
         "steel", "`divert` rule 1 (`partner_team`) takes everybody it fits"),
        (REP + ROUTED.replace("RULES", f"{{id: tiny, when: {{fit_grade: C, hand_raise: false}}, {TO}}}, {REST}"),
         "tiny", "a stage before sales takes everybody it fits"),
        (REP + ROUTED.replace("RULES", f"{{id: first, when: {{size: core}}, {TO}}}, "
                              f"{{id: second, when: {{size: core, sector: priority}}, {TO}}}, {{id: rest, {TO}}}"),
         "second", "routing rule `first` takes everybody it fits"),
    ],
)  # fmt: skip
def test_a_shadowed_rule_names_what_takes_its_leads(change: str, rule: str, taker: str) -> None:
    shadowed = [problem for problem in check(survey(), policy(change)).policy if problem.code == "rule_shadowed"]
    assert [(f"`{rule}`" in problem.message, problem.message.partition(": ")[2]) for problem in shadowed] == [
        (True, taker)
    ]


def test_a_shadowed_next_step_names_the_steps_before_it() -> None:
    (problem,) = (one for one in check(survey(change=STEPS), policy()).survey if one.code == "rule_shadowed")
    assert problem.message.endswith("next step 1 (`a`) and next step 2 (`b`) take everybody it fits")


def test_of_several_rules_only_those_that_are_needed_are_named() -> None:
    rules = [EarlierRule(name, lit(f"flag:{name}", YES, True)) for name in "abc"]
    needed = {"a", "c"}

    def impossible(formula: Formula) -> bool:
        return sources_of(formula) >= {f"flag:{name}" for name in needed}

    assert shadowing(True, rules, impossible) == ["a", "c"]


def test_what_the_search_cannot_tell_is_not_named() -> None:
    rules = [EarlierRule("one", lit("flag:a", YES, True)), EarlierRule("two", lit("flag:b", YES, True))]
    assert shadowing(True, rules, lambda formula: False) == []
    assert takers([]) == "what comes before it takes everybody it fits"
    assert takers(["a", "b", "c"]) == "a, b and c take everybody it fits"
