"""Mistakes in what shows under a condition, and in endings: each with its place and what to write instead."""

from __future__ import annotations

import pytest

from questionnaire.core.checks import check_survey
from tests.core.authoring import survey

ASK = """
- {name: plan, type: single_choice, title: Plan, choices: [{value: big, text: Big}, {value: small, text: Small}]}
- {name: tool, type: single_choice, title: Tool, choices: [{value: a, text: A}, {value: b, text: B%s}]}
- {name: last, type: text, title: Last}
"""
CONTACT = "contact: {fields: [{name: email, type: email%s}, {name: country, type: country}]%s}"


def found(questions: str = ASK % "", change: str = "{}") -> list[tuple[str, str]]:
    return [(one.code, ".".join(map(str, one.where))) for one in check_survey(survey(questions, change)).survey]


MISTAKES = [
    (ASK % ", show_if: {last: {known: true}}", "{}", "later_question", "pages.0.questions.1.choices.1.show_if.last"),
    (ASK % ", show_if: {tool: a}", "{}", "later_question", "pages.0.questions.1.choices.1.show_if.tool"),
    (ASK % ", show_if: {plan: huge}", "{}", "unknown_comparison", "pages.0.questions.1.choices.1.show_if.plan"),
    (ASK % ", show_if: {stage: sql}", "{}", "fact_too_early", "pages.0.questions.1.choices.1.show_if.stage"),
    (
        (
            "[{name: m, type: matrix, title: M, choices: [{value: a, text: A}],"
            " rows: [{name: r, text: R, show_if: {nothing: a}}]}]"
        ),
        "{}",
        "unknown_name",
        "pages.0.questions.0.rows.0.show_if.nothing",
    ),
    (
        (
            "[{name: m, type: multiple_choice, title: M, min: 2, choices: [{value: a, text: A},"
            " {value: b, text: B, show_if: {x: 1}}]}]"
        ),
        "{hidden_fields: [{name: x}]}",
        "choices_too_few",
        "pages.0.questions.0",
    ),
    (
        "[{name: m, type: ranking, title: M, choices: [{value: a, text: A}, {value: b, text: B, show_if: {x: 1}}]}]",
        "{hidden_fields: [{name: x}]}",
        "choices_too_few",
        "pages.0.questions.0",
    ),
    (
        ASK % "",
        "{" + CONTACT % (", show_if: {country: DE}", "") + "}",
        "later_question",
        "contact.fields.0.show_if.country",
    ),
    (
        ASK % "",
        "{display: {gate: before_start}, " + CONTACT % (", show_if: {plan: big}", "") + "}",
        "later_question",
        "contact.fields.0.show_if.plan",
    ),
    (
        ASK % "",
        "{" + CONTACT % (", show_if: {fit: {gte: 3}}", "") + "}",
        "fact_too_early",
        "contact.fields.0.show_if.fit",
    ),
    (
        ASK % "",
        "{" + CONTACT % ("", ", consents: [{name: c, basis: consent, text: C, show_if: {contry: DE}}]") + "}",
        "unknown_name",
        "contact.consents.0.show_if.contry",
    ),
    (
        ASK % "",
        (
            "{contact: {fields: [{name: how, type: dropdown,"
            " choices: [{value: a, text: A}, {value: b, text: B, show_if: {plan: big}}]}]}}"
        ),
        "choice_condition",
        "contact.fields.0.choices.1.show_if",
    ),
    (
        ASK % "",
        "{endings: [{name: e, when: {plan: big}, title: E}, {name: e, when: {plan: small}, title: E}]}",
        "duplicate_name",
        "endings.1.name",
    ),
    (
        ASK % "",
        "{endings: [{name: e, when: {plan: big}, title: E}, {name: f, when: {plan: big}, title: E}]}",
        "shadowed_ending",
        "endings.1.when",
    ),
    (ASK % "", "{endings: [{name: e, when: {plan: big}, title: E, label: Go}]}", "idle_label", "endings.0.label"),
    (
        ASK % "",
        "{endings: [{name: e, when: {email: {known: true}}, title: E}], " + CONTACT % ("", "") + "}",
        "field_before_gate",
        "endings.0.when.email",
    ),
    (
        ASK % "",
        "{endings: [{name: e, when: {plan: big}, title: 'Bye {{email}}'}], " + CONTACT % ("", "") + "}",
        "early_placeholder",
        "endings.0.title",
    ),
    (ASK % "", "{choice_sets: {s: [{value: x, text: X}]}}", "unused_choice_set", "choice_sets.s"),
    (
        "[{name: n, type: number, title: N}]",
        "{calculated: [{name: v, formula: n}], endings: [{name: e, when: {calculated.v: {known: true}}, title: E}]}",
        "known_too_early",
        "endings.0.when.calculated.v",
    ),
]


def test_mistakes_have_their_code_and_place() -> None:
    wrong = []
    for questions, change, code, where in MISTAKES:
        all_found = found(questions, change)
        if (code, where) not in all_found:
            wrong.append((code, where, all_found))
    assert not wrong


@pytest.mark.parametrize(
    "change",
    [
        "{display: {gate: none}, endings: [{name: e, when: {plan: big}, title: E, url: 'https://a.de', label: Go}]}",
        "{" + CONTACT % (", show_if: {plan: big}", (", consents: [{name: c, basis: consent, required: true,"
        " why: Because, text: C, show_if: {country: DE}}]")) + "}",
        "{display: {gate: before_start}, " + CONTACT % ("", (", consents: [{name: c, basis: request, text: C,"
        " show_if: {country: DE}}]")) + "}",
    ],
)  # fmt: skip
def test_what_is_right_is_left_alone(change: str) -> None:
    assert not found(change=change)


def test_choices_that_always_show_are_enough() -> None:
    several = """
    - {name: plan, type: yes_no, title: Plan}
    - {name: m, type: multiple_choice, title: M, min: 1, choices: [{value: a, text: A},
        {value: b, text: B, show_if: {plan: "yes"}}]}
    """
    assert found(several, "display: {gate: none}") == []


def test_a_choice_set_that_a_question_uses_is_left_alone() -> None:
    change = "{display: {gate: none}, choice_sets: {s: [{value: x, text: X}], t: [{value: y, text: Y}]}}"
    assert found("[{name: q, type: single_choice, title: Q, choices: s}]", change) == [
        ("unused_choice_set", "choice_sets.t")
    ]


def test_page_conditions_are_checked_as_those_of_questions() -> None:
    pages = """{pages: [
      {name: one, show_if: {a: "yes"}, questions: [{name: a, type: yes_no, title: A}]},
      {name: two, show_if: {a: "yes"}, questions: [{name: b, type: yes_no, title: B}]}]}"""
    assert found("[]", pages)[-1] == ("later_question", "pages.0.show_if.a")
