"""Choice sets: written once, used by several questions, mistakes said once and where they stand."""

from __future__ import annotations

from questionnaire.core.survey import survey as surveys
from questionnaire.library.images import ProcessedImage, with_pictures
from tests.core.authoring import notation, refused_survey, survey

SETS = "{choice_sets: {agree: [{value: never, text: Never}, {value: 2, text: Often}]}}"


def test_a_question_takes_the_choices_of_a_set() -> None:
    asked = survey(
        """
        - {name: a, type: single_choice, title: A, choices: agree}
        - {name: b, type: matrix, title: B, rows: [{name: r, text: R}], choices: {set: agree}}
        - {name: c, type: multiple_choice, title: C,
           choices: {set: agree, with: {never: {exclusive: true}, 2: {flags: [risk]}}}}
        """,
        SETS,
    )
    a, b, c = (question.answer_choices for question in asked.questions)
    assert [choice.value for choice in a] == ["never", "2"]
    assert b == a
    assert [choice.exclusive for choice in c] == [True, False]
    assert c[1].flags == ("risk",)
    assert a[1].flags == ()


def test_a_contact_field_may_take_a_set() -> None:
    change = SETS[:-1] + ", contact: {fields: [{name: how, type: dropdown, choices: agree}]}}"
    (field,) = survey(change=change).contact_fields
    assert [choice.value for choice in field.question.answer_choices] == ["never", "2"]


def test_mistakes_of_a_set_are_said_once_and_where_they_stand() -> None:
    questions = """
        - {name: a, type: single_choice, title: A, choices: agree}
        - {name: b, type: single_choice, title: B, choices: agree}
        - {name: c, type: single_choice, title: C, choices: {set: agree, with: {never: {levle: x}}}}
        """
    problems = refused_survey(questions, SETS.replace("text: Often", "text: Often, emmits: x"))
    assert [(one.code, one.where) for one in problems] == [
        ("unknown_key", ("choice_sets", "agree", 1, "emmits")),
        ("unknown_key", ("pages", 0, "questions", 2, "choices", "with", "never", "levle")),
    ]


def test_a_reference_that_leads_nowhere_has_a_hint() -> None:
    found = {}
    for written in (
        "agre",
        "{set: agre}",
        "{set: agree, with: {nver: {}}}",
        "{set: agree, with: {never: 3}}",
        "{set: agree, wit: {}}",
        "{set: 3}",
        "{set: agree, with: 3}",
    ):
        (problem,) = refused_survey(f"[{{name: a, type: single_choice, title: A, choices: {written}}}]", SETS)
        found[written] = (problem.code, problem.where[4:], problem.hint)
    shape = "write `choices: agree5`, or `choices: {set: agree5, with: {…}}`"
    assert found == {
        "agre": ("choice_set", ("choices",), "did you mean `agree`?"),
        "{set: agre}": ("choice_set", ("choices",), "did you mean `agree`?"),
        "{set: agree, with: {nver: {}}}": ("choice_set", ("choices", "with", "nver"), "did you mean `never`?"),
        "{set: agree, with: {never: 3}}": ("choice_set", ("choices", "with", "never"), shape),
        "{set: agree, wit: {}}": ("unknown_key", ("choices", "wit"), "did you mean `with`?"),
        "{set: 3}": ("choice_set", ("choices",), shape),
        "{set: agree, with: 3}": ("choice_set", ("choices",), shape),
    }


def test_without_sets_the_hint_says_where_to_write_one() -> None:
    (problem,) = refused_survey("[{name: a, type: single_choice, title: A, choices: agree}]")
    assert problem.hint == "add `choice_sets: {agree: […]}`"


def test_mistakes_of_other_kinds_stay_where_they_are() -> None:
    strange: list[object] = [
        "list",
        [],
        {"pages": 3},
        {"pages": [3], "choice_sets": 4},
        {"pages": [{"questions": [5]}]},
    ]
    for raw in strange:
        assert surveys.read(raw)[0] is None
    questions = "[{name: a, type: single_choice, title: A, choices: agree, shufle: true}, {name: b, type: text}]"
    codes = [(one.code, one.where[3:]) for one in refused_survey(questions, SETS)]
    assert codes == [("unknown_key", (0, "shufle")), ("missing_key", (1,))]
    twice = refused_survey("[{name: a, type: single_choice, title: A, choices: agree}]", SETS.replace("2", "never"))
    assert [one.code for one in twice] == ["duplicate_choice"]
    stray = refused_survey("[{name: a, type: single_choice, title: A, choices: agree}]", "{choice_sets: {agree: [7]}}")
    assert {one.where for one in stray} == {("choice_sets", "agree", 0)}


def test_pictures_of_sets_and_of_statements_are_published() -> None:
    raw = notation(
        """
        pages: [{name: p, questions: [
          {name: s, type: statement, title: S, image: a.png, alt: A},
          {name: q, type: picture_choice, title: Q, choices: {set: looks, with: {x: {image: b.png}}}},
          {name: r, type: picture_choice, title: R, choices: looks}]}]
        choice_sets: {looks: [{value: x, text: X, image: a.png, alt: A}]}
        """
    )
    published = with_pictures(raw, {name: ProcessedImage(f"{name}!", b"") for name in ("a.png", "b.png")})
    questions = published["pages"][0]["questions"]
    assert questions[0]["image"] == "a.png!"
    assert questions[1]["choices"]["with"]["x"]["image"] == "b.png!"
    assert published["choice_sets"]["looks"][0]["image"] == "a.png!"


def test_a_picture_needs_words_and_words_need_a_picture() -> None:
    for keys in ("image: a.png", "alt: A"):
        (problem,) = refused_survey(f"[{{name: s, type: statement, title: S, {keys}}}]")
        assert problem.code == "missing_key"
    digest = "0" * 32
    shown = survey(f"[{{name: s, type: statement, title: S, image: {digest}-80x60.webp, alt: A}}]").questions[0]
    assert shown.images == ((("image",), f"{digest}-80x60.webp"),)
    assert shown.texts[-1][0] == "alt"


def test_a_set_without_choices_is_told_at_the_question_that_uses_it() -> None:
    raw = "[{name: a, type: single_choice, title: A, choices: agree}]"
    places = {problem.where for problem in refused_survey(raw, "{choice_sets: {agree: []}}")}
    assert ("pages", 0, "questions", 0, "choices") in places
