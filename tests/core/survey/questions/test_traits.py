"""A question type owns what others need to know of it."""

from __future__ import annotations

from importlib import import_module
from typing import Literal

import pytest

from questionnaire.core.base.translation import ENGLISH
from questionnaire.core.survey import questions
from questionnaire.core.survey.questions import REGISTRY, Mistake, class_of
from questionnaire.core.survey.questions.consent import Consent
from questionnaire.core.survey.questions.editor import EditorField, editor_fields
from questionnaire.core.survey.questions.question import Constraints
from tests.core.authoring import question

CHOICES = "choices: [{value: a, text: A}, {value: b, text: B}, {value: c, text: C, exclusive: true}]"


@pytest.mark.parametrize(
    ("keys", "sample"),
    [
        (f"type: single_choice, {CHOICES}", "a"),
        (f"type: multiple_choice, min: 2, {CHOICES}", ["a", "b"]),
        ("type: multiple_choice, choices: [{value: c, text: C, exclusive: true}]", ["c"]),
        (f"type: ranking, top: 2, {CHOICES}", ["a", "b"]),
        ("type: number", "1"),
        ("type: number, min: -3.5", "-3.5"),
        ("type: number, max: -3, step: 2", "-4"),
        ("type: slider, step: 0.5", "0"),
        ("type: scale", "1"),
        ("type: date", "2026-10-02"),
        ('type: date, max: "2020-01-31"', "2020-01-31"),
        ("type: country", "AD"),
        ("type: consent", "yes"),
        ("type: text, max_length: 3", "Exa"),
        ("type: phone", "+33123456789"),
        ("type: statement", None),
    ],
)
def test_a_sample_is_something_typed_that_is_an_answer(keys: str, sample: object) -> None:
    asked = question(keys)
    assert asked.sample() == sample
    assert sample is None or not isinstance(asked.read(sample), Mistake | None)


def test_a_matrix_has_a_sample_for_each_row() -> None:
    asked = question(f"type: matrix, rows: [{{name: mine, text: Mine, dimension: data}}], {CHOICES}")
    assert asked.sample() == {"mine": "a"}
    assert asked.dimensions == ((("dimension",), None), (("rows", 0, "dimension"), "data"))


def test_a_question_without_choices_has_none_of_what_choices_give() -> None:
    asked = question("type: text")
    assert (asked.answer_choices, asked.chosen("x"), asked.choice("x"), asked.best) == ((), (), None, 0)
    assert (asked.images, asked.point_labels, asked.is_shuffled, asked.unit_label("en")) == ((), {}, False, "")
    assert asked.constraint_hint(ENGLISH) == ""
    assert asked.constraints == Constraints(max_length=200)
    assert question("type: consent").constraints == Constraints()
    assert question("type: scale").constraints == Constraints(min=1, max=5, step=1)


def test_a_question_with_choices_or_points_has_what_they_give() -> None:
    asked = question(f"type: multiple_choice, min: 1, shuffle: true, {CHOICES}")
    assert [choice.value for choice in asked.answer_choices] == ["a", "b", "c"]
    assert (asked.is_shuffled, asked.constraints) == (True, Constraints(min=1))
    assert question(f"type: ranking, top: 2, {CHOICES}").constraints == Constraints(min=2, max=2)
    assert question("type: date, min: 2026-01-01").constraints.min.isoformat() == "2026-01-01"
    assert question("type: scale, labels: {1: Low}").point_labels[1].say("en") == "Low"
    assert question("type: slider, labels: {0: None}").point_labels[0].say("en") == "None"
    picture = question("type: picture_choice, choices: [{value: a, text: A, image: a.png, alt: An a}]")
    assert picture.images == ((("choices", 0, "image"), "a.png"),)
    (problem,) = question("type: country, first: [DE, XX]").authoring_problems()
    assert (problem.code, problem.where) == ("unknown_country", ("first", 1))


def test_a_national_telephone_number_is_read_in_the_persons_country() -> None:
    phone = question("type: phone")
    assert phone.with_country("01 23 45 67 89", "FR") == "+33123456789"
    assert phone.with_country("+33123456789", "DE") == "+33123456789"
    assert isinstance(phone.with_country("01 23 45 67 89", None), Mistake)
    assert question("type: text").with_country("x", "FR") == "x"


def test_the_register_says_what_a_type_lacks(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(LookupError, match=r"lacks its file questionnaire/core/survey/questions/currency\.py"):
        class_of("currency")
    with pytest.raises(LookupError, match=r'has no class with `type: Literal\["amounts"\]`'):
        class_of("amounts")

    def broken(name: str) -> object:
        return import_module(f"{name}.that_is_not_there")

    monkeypatch.setattr(questions, "import_module", broken)
    with pytest.raises(ModuleNotFoundError):
        class_of("number")


def _inputs(kind: str) -> dict[str, str]:
    return {field.key: field.input for field in editor_fields(REGISTRY[kind]) if field.own}


def test_an_editor_offers_every_key_of_a_type() -> None:
    assert _inputs("slider") == {
        "min": "number", "max": "number", "step": "number", "unit": "text", "labels": "labels",
        "maturity": "rows",
    }  # fmt: skip
    assert _inputs("scale") == {
        "labels": "labels", "maturity": "rows", "from": "whole_number", "to": "whole_number",
    }  # fmt: skip
    assert _inputs("country") == {"first": "words"}
    assert _inputs("date") == {"min": "date", "max": "date"}
    shared = {field.key: field.input for field in editor_fields(REGISTRY["consent"])}
    assert shared == {
        "name": "word", "title": "text", "help": "text", "label": "word", "required": "switch", "show_if": "condition",
        "dimension": "word", "criterion": "word", "weight": "number",
    }  # fmt: skip


def test_an_editor_offers_the_keys_of_each_row() -> None:
    (rows,) = (field for field in editor_fields(REGISTRY["matrix"]) if field.key == "rows")
    assert rows == EditorField("rows", "rows", True, True, rows.fields)
    assert [(field.key, field.required) for field in rows.fields] == [
        ("name", True), ("text", True), ("dimension", False), ("show_if", False), ("advice", False),
    ]  # fmt: skip


class _Priced(Consent):
    currency: str | int = "EUR"


def test_a_key_of_several_kinds_is_a_word() -> None:
    assert editor_fields(_Priced)[-1] == EditorField("currency", "word", False, True)


def test_the_editor_offers_labels_for_the_points_of_a_scale() -> None:
    assert {field.key: field.input for field in editor_fields(REGISTRY["scale"])}["labels"] == "labels"


class _Toned(_Priced):
    tone: Literal["formal", "plain"] = "plain"


def test_the_editor_offers_options_where_a_type_names_its_words() -> None:
    assert editor_fields(_Toned)[-1] == EditorField(
        "tone", "option", required=False, own=True, options=("formal", "plain")
    )


def test_a_question_without_choices_is_offered_whole_and_counts_for_nothing() -> None:
    asked = question("type: text")
    assert asked.offered({}) is asked
    assert asked.restricted("words") == "words"
    assert (asked.maturity_edges, asked.amount("words"), asked.worth("words"), asked.best) == ((), None, None, 0)


def test_a_statement_shows_a_published_picture_in_its_size() -> None:
    shown = question(f"type: statement, image: {'0' * 32}-8x6.webp, alt: A line")
    assert shown.picture == (8, 6)  # type: ignore[attr-defined]  # of this type
    assert question("type: statement").picture is None  # type: ignore[attr-defined]  # of this type
