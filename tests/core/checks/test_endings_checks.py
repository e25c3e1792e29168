"""Checks of endings and of parts that show under a condition."""

from __future__ import annotations

import pytest

from questionnaire.core.checks import check, check_survey
from tests.core.authoring import policy, survey

ASKED = """
- {name: team, type: single_choice, title: Team, required: true,
    choices: [{value: alone, text: A}, {value: many, text: M}]}
- {name: tools, type: multiple_choice, title: Tools, choices: [{value: a, text: A},
    {value: b, text: B, show_if: %s}]}
- {name: rows, type: matrix, title: Rows, choices: [{value: p, text: P}], rows: [{name: one, text: One, show_if: %s},
    {name: two, text: Two}]}
"""
ALONE = "{team: alone}"
BOTH = "{all: [{team: alone}, {team: many}]}"
EITHER = "{any: [{team: alone}, {team: many}]}"


GONE = {
    "choice": "the choice `b` of `tools`: this is never true — correct the condition, or remove the choice",
    "field": "the field `phone`: this is never true — correct the condition, or remove the field",
    "consent": "the consent `news`: this is never true — correct the condition, or remove the consent",
    "bye": "the ending `bye`: its condition is never true — correct the condition, or remove the ending",
    "end": "everybody comes to an ending: nobody gets a result, and no lead is made — "
    "correct the conditions of the endings",
    "two": "the ending `two`: another ending always comes before it — correct the condition, or remove the ending",
}


def told(choice: str = ALONE, row: str = ALONE, change: str = "display: {gate: none}") -> list[str]:
    return [str(problem) for problem in check_survey(survey(ASKED % (choice, row), change)).problems]


def test_choices_and_rows_that_nobody_or_everybody_sees_are_reported() -> None:
    assert told() == []
    assert told(BOTH, EITHER) == [
        f"never_shown: pages[0].questions[1].choices[1].show_if: nobody can ever see {GONE['choice']}",
        "warning: always_shown: pages[0].questions[2].rows[0].show_if: this is always true — remove `show_if`",
    ]


def test_a_contact_field_and_a_consent_that_nobody_sees_are_reported() -> None:
    change = f"""
    display: {{mode: single_page}}
    endings: [{{name: bye, when: {ALONE}, title: Bye}}]
    contact:
      fields: [{{name: email, type: email, required: true}}, {{name: phone, type: phone, show_if: {ALONE}}}]
      consents: [{{name: news, basis: consent, text: News, show_if: {ALONE}}}]
    """
    assert told(change=change) == [
        f"never_shown: contact.fields[1].show_if: nobody can ever see {GONE['field']}",
        f"never_shown: contact.consents[0].show_if: nobody can ever see {GONE['consent']}",
    ]


@pytest.mark.parametrize(
    ("endings", "expected"),
    [
        (f"{{name: bye, when: {BOTH}, title: Bye}}",
         f"warning: ending_never: endings[0].when: nobody reaches {GONE['bye']}"),
        (f"{{name: one, when: {ALONE}, title: One}}, {{name: two, when: {{all: [{ALONE}, {{tools: a}}]}}, title: Two}}",
         f"warning: ending_never: endings[1].when: nobody reaches {GONE['two']}"),
        (f"{{name: bye, when: {EITHER}, title: Bye}}",
         f"never_finished: endings: {GONE['end']}"),
    ],
)  # fmt: skip
def test_endings_that_nobody_or_everybody_reaches_are_reported(endings: str, expected: str) -> None:
    assert expected in told(change=f"display: {{gate: none}}\nendings: [{endings}]")


@pytest.mark.parametrize(
    ("required", "known", "expected"),
    [
        ("true", "true", [f"never_finished: endings: {GONE['end']}"]),
        ("true", "false", [f"warning: ending_never: endings[0].when: nobody reaches {GONE['bye']}"]),
        ("false", "true", []),
        ("false", "false", []),
    ],
)
def test_whoever_passes_a_contact_step_at_the_start_has_filled_in_what_is_required(
    required: str, known: str, expected: list[str]
) -> None:
    change = f"""
    display: {{gate: before_start}}
    contact:
      fields: [{{name: email, type: email, required: true}}, {{name: company, type: text, required: {required}}}]
    endings: [{{name: bye, when: {{company: {{known: {known}}}}}, title: Bye}}]
    """
    assert told(change=change) == expected


def test_a_page_that_nobody_sees_is_reported_once() -> None:
    change = """
    pages:
      - name: first
        questions: [{name: team, type: yes_no, title: Team, required: true}]
      - name: second
        show_if: {all: [{team: "yes"}, {team: "no"}]}
        questions:
          - {name: more, type: yes_no, title: More}
          - {name: most, type: yes_no, title: Most, show_if: {more: "yes"}}
    display: {gate: none}
    """
    assert [problem.where for problem in check_survey(survey("[]", change)).problems] == [("pages", 1, "show_if")]


@pytest.mark.parametrize(
    ("when", "level", "expected"),
    [
        ("{size: tiny}", ", level: micro", []),
        ("{size: tiny}", "", ["level_unreachable"]),
        ("{all: [{size: tiny}, {more: 'yes'}]}", ", level: micro", []),
        ("{all: [{size: tiny}, {more: 'yes'}]}", "", ["level_missing", "level_unreachable"]),
        ("{size: large}", ", level: micro", []),
    ],
)
def test_a_choice_after_which_the_survey_always_ends_may_have_a_level_or_none(
    when: str, level: str, expected: list[str]
) -> None:
    asked = f"""
    - {{name: size, type: single_choice, title: Size, criterion: size, choices: [
        {{value: large, text: L, level: core}}, {{value: small, text: S, level: small}},
        {{value: tiny, text: T{level}}}]}}
    - {{name: more, type: yes_no, title: More}}
    """
    change = f"display: {{gate: none}}\nendings: [{{name: bye, when: {when}, title: Bye}}]"
    found = check(survey(asked, change), policy()).problems
    assert [problem.code for problem in found if problem.code in ("level_missing", "level_unreachable")] == expected


def test_a_choice_among_several_needs_a_level_where_the_survey_goes_on_with_another() -> None:
    asked = """
    - {name: size, type: multiple_choice, title: Size, criterion: size, choices: [
        {value: large, text: L, level: core}, {value: small, text: S, level: small}, {value: tiny, text: T}]}
    """
    change = "display: {gate: none}\nendings: [{name: bye, when: {size: {ne: large}}, title: Bye}]"
    codes = [problem.code for problem in check(survey(asked, change), policy()).survey]
    assert codes.count("level_missing") == 1
