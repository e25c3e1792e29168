"""What shows under a condition besides questions: pages, choices, rows, contact fields and consents."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from questionnaire.core.survey.answers import Answers, read_answers
from questionnaire.core.survey.gate import derive_path
from questionnaire.core.survey.journey import Journey, derive_journey
from questionnaire.core.survey.maturity import measure
from tests.core.authoring import notation, refused_survey, survey

PARTS = """
- {name: plan, type: single_choice, title: Plan, choices: [{value: big, text: Big}, {value: small, text: Small}]}
- {name: tool, type: single_choice, title: Tool, required: true, dimension: data, choices: [
    {value: none, text: None, maturity: 0}, {value: crm, text: CRM, maturity: 2},
    {value: lake, text: Lake, maturity: 4, show_if: {plan: big}}]}
- {name: used, type: multiple_choice, title: Used, min: 2, choices: [
    {value: a, text: A}, {value: b, text: B}, {value: c, text: C, show_if: {plan: big}}]}
- {name: rank, type: ranking, title: Rank, top: 2, choices: [
    {value: x, text: X}, {value: y, text: Y}, {value: z, text: Z, show_if: {plan: big}}]}
- {name: grid, type: matrix, title: Grid, required: true, choices: [{value: a, text: A}, {value: b, text: B}],
   rows: [{name: one, text: One}, {name: two, text: Two, show_if: {tool: crm}}]}
- {name: only, type: single_choice, title: Only, required: true, choices: [{value: o, text: O, show_if: {plan: big}}]}
"""
DATA = "{dimensions: [{name: data, title: Data}]}"


def way(answers: dict[str, Any], questions: str = PARTS, change: str = DATA) -> Journey:
    return derive_journey(survey(questions, change), Answers(answers))


def names(journey: Journey) -> list[str]:
    return [question.name for question in journey.visible]


def test_a_hidden_choice_that_was_chosen_counts_as_not_answered() -> None:
    assert way({"plan": "big", "tool": "lake"}).answers["tool"] == "lake"
    small = way({"plan": "small", "tool": "lake"})
    assert "tool" not in small.answers
    assert "tool" in small.missing
    offered = next(question for question in small.visible if question.name == "tool")
    assert [choice.value for choice in offered.answer_choices] == ["none", "crm"]


def test_of_several_choices_the_hidden_ones_are_not_answers() -> None:
    three = ("a", "b", "c")
    assert way({"plan": "big", "used": three}).answers["used"] == three
    assert way({"plan": "small", "used": three}).answers["used"] == ("a", "b")
    too_few = way({"plan": "small", "used": ("a", "c")})
    assert "used" not in too_few.answers
    assert too_few.mistakes["used"].code == "too_few"
    assert "used" not in way({"plan": "small", "used": ("c",)}).mistakes


def test_a_ranking_with_a_hidden_place_is_to_be_made_again() -> None:
    assert way({"plan": "big", "rank": ("z", "x")}).answers["rank"] == ("z", "x")
    assert way({"plan": "small", "rank": ("z", "x")}).mistakes["rank"].code == "too_few"
    assert way({"plan": "small", "rank": ("y", "x")}).answers["rank"] == ("y", "x")


def test_a_row_shows_only_when_its_condition_is_true() -> None:
    rows = {"grid.one": "a", "grid.two": "b"}
    crm = way({"plan": "small", "tool": "crm", **rows})
    assert {"grid.one", "grid.two"} <= set(crm.answers)
    none = way({"plan": "small", "tool": "none", **rows})
    assert "grid.two" not in none.answers
    assert "grid.two" not in {*none.missing, *none.item_names}


def test_a_question_without_a_choice_to_offer_is_not_asked() -> None:
    assert "only" in names(way({"plan": "big"}))
    assert "only" not in names(way({"plan": "small"}))
    rows = "[{name: q, type: yes_no, title: Q}, {name: m, type: matrix, title: M, choices: [{value: a, text: A}],"
    hidden = rows + " rows: [{name: r, text: R, show_if: {q: 'yes'}}]}]"
    assert names(way({"q": "no"}, hidden, "{}")) == ["q"]


def test_the_best_of_a_question_is_that_of_the_choices_it_shows() -> None:
    def score(answers: dict[str, Any]) -> Any:
        asked = survey(PARTS, DATA)
        return measure(asked, derive_journey(asked, Answers(answers))).overall

    assert score({"plan": "big", "tool": "crm"}) == 50
    assert score({"plan": "small", "tool": "crm"}) == 100


def test_a_page_holds_its_questions_under_its_condition() -> None:
    pages = """pages: [
      {name: one, questions: [{name: plan, type: yes_no, title: Plan}]},
      {name: two, show_if: {plan: "yes"}, questions: [
        {name: sum, type: number, title: Sum, required: true},
        {name: why, type: text, title: Why, show_if: {sum: {gte: 5}}}]}]"""
    asked = survey("[]", pages)
    assert names(derive_journey(asked, Answers({"plan": "no", "sum": 9, "why": "so"}))) == ["plan"]
    journey = derive_journey(asked, Answers({"plan": "yes", "sum": 9, "why": "so"}))
    assert names(journey) == ["plan", "sum", "why"]
    assert names(derive_journey(asked, Answers({"plan": "yes", "sum": 3, "why": "so"}))) == ["plan", "sum"]
    assert asked.pages[1].questions[0].show_if is None


GATE = """contact: {
  fields: [{name: email, type: email}, {name: country, type: country},
    {name: phone, type: phone, required: true, show_if: {plan: big}},
    {name: state, type: text, show_if: {country: US}}],
  consents: [{name: news, basis: consent, text: News},
    {name: privacy_us, basis: consent, required: true, text: US terms, show_if: {country: US}}]}"""


def test_contact_fields_and_consents_show_by_answers_and_earlier_fields() -> None:
    asked = survey(PARTS, f"{{{GATE}, dimensions: [{{name: data, title: Data}}]}}")
    typed = {"email": "a@example.com", "country": "US", "state": "Ohio", "phone": "1"}
    small = derive_path(asked, Answers({"plan": "small"}), {}, typed).gate
    assert [field.name for field in small.fields] == ["email", "country", "state"]
    assert dict(small.contact) == {"email": "a@example.com", "country": "US", "state": "Ohio"}
    assert [consent.name for consent in small.consents] == ["news", "privacy_us"]
    german = derive_path(asked, Answers({"plan": "big"}), {}, {**typed, "country": "DE"}).gate
    assert [field.name for field in german.fields] == ["email", "country", "phone"]
    assert "state" not in german.contact
    assert [consent.name for consent in german.consents] == ["news"]
    invited = derive_path(asked, Answers({"plan": "small"}), {}, typed, known=("phone",)).gate
    assert invited.contact["phone"] == "1"


def test_a_contact_step_that_comes_first_is_weighed_first() -> None:
    first = f"{{{GATE}, display: {{gate: before_start}}, dimensions: [{{name: data, title: Data}}]}}".replace(
        ", show_if: {plan: big}", ""
    )
    asked = survey(PARTS.replace("{plan: big}", "{state: Ohio}"), first)
    path = derive_path(asked, Answers({"tool": "lake"}), {}, {"country": "DE", "state": "Ohio"})
    assert "state" not in path.gate.contact
    assert "tool" not in path.journey.answers
    path = derive_path(asked, Answers({"tool": "lake"}), {}, {"country": "US", "state": "Ohio"})
    assert path.journey.answers["tool"] == "lake"


def test_a_notice_cannot_be_required() -> None:
    change = "contact: {fields: [{name: email, type: email}], consents: [{name: news, text: News, %s}]}"
    assert [one.code for one in refused_survey("[]", "{" + change % "basis: request, required: true" + "}")][-1:] == [
        "required_notice"
    ]
    assert "required_notice" in [
        one.code for one in refused_survey(change="{" + change % "basis: consent, why: So" + "}")
    ]


VALUES: dict[str, Any] = {
    "plan": ["big", "small"],
    "tool": ["none", "crm", "lake"],
    "used": [["a", "b"], ["b", "c"], ["a", "b", "c"]],
    "rank": [["x", "y"], ["z", "x"]],
    "grid.one": ["a", "b"],
    "grid.two": ["a", "b"],
    "only": ["o"],
}


@given(
    st.fixed_dictionaries({}, optional={name: st.sampled_from(values) for name, values in VALUES.items()}),
    st.sampled_from(["one_per_screen", "by_page", "single_page"]),
)
def test_replaying_what_counts_changes_nothing(typed: dict[str, Any], mode: str) -> None:
    endings = "[{name: enough, when: {all: [{tool: lake}, {used: {known: true}}]}, title: Enough}]"
    asked = survey(
        PARTS, f"{{dimensions: [{{name: data, title: Data}}], display: {{mode: {mode}}}, endings: {endings}}}"
    )
    answers, mistakes = read_answers(asked, typed)
    assert not mistakes
    once = derive_journey(asked, answers)
    again = derive_journey(asked, once.answers)
    assert again.answers == once.answers
    assert set(once.answers) <= once.item_names
    if not once.mistakes:
        assert again == once


def test_notation_of_a_choice_that_does_not_apply() -> None:
    asked = survey(
        "[{name: q, type: yes_no, title: Q, dimension: data, choices: [{value: 'yes', text: Y, maturity: 1}, "
        "{value: 'no', text: N, maturity: 0}, {value: na, text: Not for us, not_applicable: true}]}]",
        DATA,
    )
    journey = derive_journey(asked, Answers({"q": "na"}))
    assert journey.answers["q"] == "na"
    assert measure(asked, journey).overall is None
    assert notation("{a: 1}") == {"a": 1}
