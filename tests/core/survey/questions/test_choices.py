"""Questions answered by choosing: one, several, yes or no, a picture, a row, a rank."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from questionnaire.core.survey.questions import REGISTRY, ChoiceQuestion, Mistake
from questionnaire.core.survey.questions.picture_choice import PictureChoice
from tests.core.authoring import question, refused_survey

CHOICES = """choices: [
    {value: none, text: {en: None, fr: Aucun}, level: low, maturity: 0},
    {value: crm, text: {en: A CRM, fr: Un CRM}, level: basic, maturity: 1, emits: crm_user, flags: [modern, crm]},
    {value: both, text: {en: Both, fr: Les deux}, level: advanced, maturity: 1.5, help: Both of them},
    {value: unsure, text: {en: I do not know, fr: Je ne sais pas}, unknown: true, maturity: 9, level: low}]"""
ONE_OF = ("single_choice", "dropdown")


def chooser(kind: str, more: str = "dimension: data") -> ChoiceQuestion:
    asked = question(f"type: {kind}, {more}, {CHOICES}")
    assert isinstance(asked, ChoiceQuestion)
    return asked


def code(read: Any) -> str:
    assert isinstance(read, Mistake), read
    return read.code


@pytest.mark.parametrize("kind", ONE_OF)
def test_one_answer_is_read_said_and_counted(kind: str) -> None:
    asked = chooser(kind)
    assert isinstance(asked, REGISTRY[kind])
    assert asked.read("crm") == asked.read(["crm"]) == "crm"
    assert asked.read("") is asked.read([]) is asked.read(None) is None
    assert code(asked.read("steel")) == code(asked.read({"a": 1})) == code(asked.read(True)) == "not_a_choice"
    assert (asked.say("crm", "fr"), asked.say("crm", "de")) == ("Un CRM", "A CRM")
    assert asked.levels("crm") == ("basic",)
    assert asked.emits("crm") == ("crm_user",)
    assert asked.emits("none") == ()
    assert asked.flags("crm") == ("modern", "crm")
    assert asked.flags("steel") == ()
    assert asked.options() == ("none", "crm", "both", "unsure")
    assert {key for key, _ in asked.texts} >= {"title", "choices.0.text", "choices.2.help"}


@pytest.mark.parametrize("kind", [*ONE_OF, "multiple_choice"])
def test_maturity_is_the_choice_out_of_the_best_there_is(kind: str) -> None:
    asked = chooser(kind, "dimension: data, max: 1" if kind == "multiple_choice" else "dimension: data")
    several = kind == "multiple_choice"
    assert asked.worth(("crm",) if several else "crm") == (1, Fraction(3, 2))
    assert asked.worth(("none",) if several else "none") == (0, Fraction(3, 2))


def test_i_do_not_know_is_an_answer_that_proves_nothing() -> None:
    asked = chooser("single_choice")
    assert asked.read("unsure") == "unsure"
    assert not asked.is_known("unsure")
    assert asked.levels("unsure") == ()
    assert asked.worth("unsure") is None
    assert not chooser("multiple_choice").is_known(("unsure",))
    assert chooser("multiple_choice").is_known(("unsure", "crm"))


def test_a_question_without_dimension_or_without_maturity_shows_none() -> None:
    assert chooser("single_choice", "required: true").worth("crm") is None
    assert question("type: single_choice, dimension: data, choices: [{value: a, text: A}]").worth("a") is None


def test_numbers_are_names_of_choices_too() -> None:
    asked = question("type: single_choice, choices: [{value: 1, text: One}, {value: 1_9, text: Few}]")
    assert asked.read(1) == asked.read("1") == "1"
    assert asked.read("1_9") == "1_9"


def test_a_value_stands_once_among_the_choices() -> None:
    problems = refused_survey(
        "[{name: it, title: It, type: dropdown, choices: [{value: 1, text: A}, {value: '1', text: B}]}]"
    )
    assert [problem.code for problem in problems] == ["duplicate_choice"]


def test_several_answers_come_in_the_order_listed() -> None:
    asked = chooser("multiple_choice")
    assert asked.read(["both", "crm"]) == ("crm", "both")
    assert asked.read("crm") == ("crm",)
    assert asked.read(["", None]) is None
    assert code(asked.read(["crm", "steel"])) == code(asked.read([True])) == "not_a_choice"
    assert asked.say(("crm", "both"), "en") == "A CRM; Both"
    assert asked.levels(("none", "crm", "unsure")) == ("low", "basic")
    assert asked.flags(("none", "crm")) == ("modern", "crm")
    assert asked.emits(("none", "crm")) == ("crm_user",)
    assert asked.options() is None


@pytest.mark.parametrize(
    ("limits", "typed", "expected"),
    [
        ("min: 2", ["crm"], "too_few"), ("min: 2", ["crm", "both"], ("crm", "both")),
        ("max: 1", ["crm", "both"], "too_many"), ("min: 1, max: 2", ["crm"], ("crm",)),
    ],
)  # fmt: skip
def test_as_many_as_allowed_are_chosen(limits: str, typed: list[str], expected: object) -> None:
    read = chooser("multiple_choice", limits).read(typed)
    assert (read.code if isinstance(read, Mistake) else read) == expected


@pytest.mark.parametrize("limits", ["max: 5", "min: 3, max: 2", "min: 5"])
def test_limits_fit_the_choices(limits: str) -> None:
    problems = refused_survey(f"[{{name: it, title: It, type: multiple_choice, {limits}, {CHOICES}}}]")
    assert [problem.code for problem in problems] == ["range"]


def test_an_exclusive_answer_stands_alone() -> None:
    asked = question("""type: multiple_choice, dimension: data, min: 2, choices: [{value: a, text: A, maturity: 1},
        {value: b, text: B, maturity: 2}, {value: nothing, text: Nothing, exclusive: true}]""")
    assert asked.read(["nothing"]) == ("nothing",)
    assert code(asked.read(["nothing", "a"])) == "exclusive"
    assert asked.worth(("a", "b")) == (3, 3)
    assert asked.worth(("nothing",)) == (0, 3)


def test_the_best_of_several_is_the_best_that_can_be_ticked() -> None:
    written = """dimension: data, choices: [{value: a, text: A, maturity: 1}, {value: b, text: B, maturity: 2},
        {value: c, text: C, maturity: 3}, {value: all, text: All of it, exclusive: true, maturity: 9}]"""
    assert question(f"type: multiple_choice, max: 2, {written}").worth(("b", "c")) == (5, 9)
    assert question(f"type: multiple_choice, {written}").worth(("all",)) == (9, 9)


def test_yes_and_no_need_no_choices() -> None:
    asked = question("type: yes_no")
    assert asked.read("yes") == asked.read(True) == "yes"
    assert asked.read(["no"]) == asked.read(False) == "no"
    assert asked.read("") is None
    assert code(asked.read("perhaps")) == code(asked.read(1)) == "not_a_choice"
    assert (asked.say("yes", "fr"), asked.say("no", "de")) == ("Oui", "Nein")
    assert [key for key, _ in asked.texts] == ["title"]


def test_yes_and_no_may_be_given_a_level() -> None:
    choices = (
        "[{value: 'yes', text: Oui, level: a}, {value: 'no', text: Non}, {value: unsure, text: Bof, unknown: true}]"
    )
    asked = question(f"type: yes_no, choices: {choices}")
    assert asked.levels("yes") == ("a",)
    assert "choices.0.text" in dict(asked.texts)
    assert not asked.is_known("unsure")
    problems = refused_survey("[{name: it, title: It, type: yes_no, choices: [{value: oui, text: Oui}]}]")
    assert [problem.code for problem in problems] == ["yes_no_values"]


def test_every_picture_says_what_it_shows() -> None:
    asked = question("type: picture_choice, choices: [{value: a, text: A, image: a.png, alt: A bar chart}]")
    assert isinstance(asked, PictureChoice)
    assert asked.read("a") == "a"
    assert "choices.0.alt" in dict(asked.texts)
    assert asked.choices[0].picture is None
    kept = f"image: {'0' * 32}-640x480.webp"
    published = question(f"type: picture_choice, choices: [{{value: a, text: A, {kept}, alt: A bar chart}}]")
    assert isinstance(published, PictureChoice)
    assert published.choices[0].picture == (640, 480)
    problems = refused_survey(
        "[{name: it, title: It, type: picture_choice, choices: [{value: a, text: A, image: ../a.svg}]}]"
    )
    assert {problem.code for problem in problems} == {"wrong_value", "missing_key"}


def test_each_row_of_a_matrix_is_an_answer_of_its_own() -> None:
    rows = "rows: [{name: plan, text: Plan}, {name: review, text: Review, dimension: loop}]"
    common = "dimension: data, criterion: tools, required: true, show_if: {size: core}"
    asked = question(f"type: matrix, {common}, {CHOICES}, {rows}")
    plan, review = asked.items
    assert (plan.name, plan.dimension, plan.criterion, plan.required) == ("it.plan", "data", "tools", True)
    assert (review.name, review.dimension) == ("it.review", "loop")
    assert plan.read("crm") == "crm"
    assert plan.worth("crm") == (1, Fraction(3, 2))
    assert code(asked.read("crm")) == "not_a_choice"
    assert {"rows.0.text", "rows.1.text"} <= {key for key, _ in asked.texts}
    assert asked.items is asked.items
    problems = refused_survey(
        f"[{{name: it, title: It, type: matrix, {CHOICES}, rows: [{{name: a, text: A}}, {{name: a, text: B}}]}}]"
    )
    assert [problem.code for problem in problems] == ["duplicate_row"]


def test_a_ranking_counts_what_stands_first() -> None:
    asked = chooser("ranking")
    ranked = ("both", "crm", "none", "unsure")
    assert asked.read(list(ranked)) == ranked
    assert asked.say(ranked, "en") == "1. Both; 2. A CRM; 3. None; 4. I do not know"
    assert asked.levels(ranked) == ("advanced",)
    assert asked.emits(ranked) == asked.flags(ranked) == ()
    assert asked.worth(ranked) == (Fraction(3, 2), Fraction(3, 2))
    assert asked.worth(("crm", "both", "none", "unsure")) == (1, Fraction(3, 2))
    assert not asked.is_known(("unsure", "crm", "both", "none"))
    assert asked.say("crm", "en") == ""


def test_a_ranking_is_complete_and_without_repetition() -> None:
    asked = chooser("ranking", "top: 2")
    assert asked.read(["both", "crm", "none"]) == ("both", "crm")
    assert asked.read([]) is asked.read("") is None
    assert code(asked.read(["both"])) == "too_few"
    assert code(asked.read(["both", "both"])) == code(asked.read(["both", "steel"])) == "not_a_ranking"
