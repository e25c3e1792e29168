"""Checks of a survey's questions: names, order, contact step, dimensions, maturity."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from questionnaire.core.base.conditions import FACTS, Condition, tests
from questionnaire.core.base.problems import Where, did_you_mean
from questionnaire.core.checks.findings import Notes
from questionnaire.core.checks.scopes import NameType, compare, of_fields, of_question, place
from questionnaire.core.survey.questions import Question
from questionnaire.core.survey.survey import Survey


def places(survey: Survey) -> list[tuple[Where, Question]]:
    """Returns every question with its path in the file, in order."""
    return [
        (("pages", number, "questions", index), question)
        for number, page in enumerate(survey.pages)
        for index, question in enumerate(page.questions)
    ]


def called(question: Question) -> str:
    """The question in a message: its name, after its label when it has one."""
    return f"“{question.label}” (`{question.name}`)" if question.label else f"`{question.name}`"


def check_questions(notes: Notes, survey: Survey) -> None:
    earlier: dict[str, NameType] = {}
    for where, question in places(survey):
        if question.show_if is not None:
            own = {question.name, *(item.name for item in question.items)}
            check_show_if(notes, (*where, "show_if"), survey, question.show_if, earlier, own)
        earlier |= {item.name: of_question(item) for item in question.items}
        _check_dimensions(notes, where, survey, question)
        for problem in question.authoring_problems():
            notes.add(problem.under(*where))
    _check_contact(notes, survey)
    _check_unused_dimensions(notes, survey)


def _check_contact(notes: Notes, survey: Survey) -> None:
    for index, field in enumerate(survey.contact_fields):
        for problem in field.question.authoring_problems():
            notes.add(problem.under("contact", "fields", index))
    _check_consents(notes, survey)
    if survey.display.gate != "none" and survey.contact is None:
        notes.warning("gate_without_contact", ("display",), "there is a gate, and no `contact` to ask for",
                      "add `contact: {fields: […]}`, or write `gate: none`")  # fmt: skip


def _check_consents(notes: Notes, survey: Survey) -> None:
    """The record of a consent is found by its name: no other consent, field or question may have it."""
    taken = {*survey.items, *(question.name for question in survey.questions), *survey.field_names}
    for index, consent in enumerate(survey.contact.consents if survey.contact else ()):
        if consent.name in taken:
            notes.error("duplicate_name", ("contact", "consents", index, "name"),
                        f"the name `{consent.name}` stands twice", "give each consent a name of its own")  # fmt: skip
        taken.add(consent.name)


def check_show_if(
    notes: Notes, where: Where, survey: Survey, condition: Condition, earlier: Mapping[str, NameType],
    own: Collection[str] = (),
) -> None:  # fmt: skip
    """Checks a condition among the questions: `earlier` are the items before it, `own` those it belongs to."""
    fields = of_fields(survey)
    contact = {field.name for field in survey.contact_fields}
    for test in tests(condition):
        name, at = test.name, place(where, condition, test)
        if name in earlier:
            continue
        if name in own:
            notes.error("later_question", at, f"`{name}` is this very question", "name an earlier question")
        elif name in survey.items:
            notes.error("later_question", at, f"`{name}` is asked later", "move it before this question")
        elif name in contact and survey.display.gate == "before_result":
            notes.error("field_before_gate", at, f"`{name}` is asked at the gate, after this question",
                        "write `gate: before_start`, or use an earlier question")  # fmt: skip
        elif name in FACTS and name not in fields:
            notes.error("fact_too_early", at, f"`{name}` is not known while the survey runs",
                        "use earlier questions and fields only")  # fmt: skip
        elif name not in fields:
            rows = next((other.items for other in survey.questions if other.name == name), ())
            row = f"name a row of it, such as `{rows[0].name}`" if rows else ""
            hint = row or did_you_mean(name, [*earlier, *fields], "name an earlier question or field")
            notes.error("unknown_name", at, f"there is no question or field `{name}`", hint)
    compare(notes, where, condition, {**fields, **earlier})


def _check_dimensions(notes: Notes, where: Where, survey: Survey, question: Question) -> None:
    dimensions = [dimension.name for dimension in survey.dimensions]
    for at, name in question.dimensions:
        if name is not None and name not in dimensions:
            notes.error("unknown_dimension", (*where, *at), f"there is no dimension `{name}`",
                        did_you_mean(name, dimensions, "" if dimensions else "add it under `dimensions`"))  # fmt: skip
    counts = any(name is not None for _, name in question.dimensions)
    if question.answer_choices:
        _check_maturity(notes, where, question, counts)
    elif counts and not question.has_maturity:
        notes.error("no_maturity", (*where, "dimension"), f"an answer to {called(question)} has no maturity",
                    "remove `dimension`, or ask with choices or on a scale")  # fmt: skip


def _check_maturity(notes: Notes, where: Where, question: Question, counts: bool) -> None:
    for index, choice in enumerate(question.answer_choices):
        at = (*where, "choices", index)
        if counts and choice.maturity is None and not choice.proves_nothing:
            notes.error("no_maturity", at, f"the choice `{choice.value}` has no maturity",
                        "add `maturity: 0` or more, or `unknown: true`")  # fmt: skip
        elif not counts and choice.maturity is not None:
            notes.warning("idle_maturity", (*at, "maturity"), "this maturity counts nowhere",
                          "give the question a `dimension`, or remove it")  # fmt: skip
    if counts and not any(choice.worth for choice in question.answer_choices):
        notes.warning("idle_dimension", (*where, "dimension"), f"no choice of {called(question)} is worth anything",
                      "give the best choice a `maturity` above 0")  # fmt: skip


def _check_unused_dimensions(notes: Notes, survey: Survey) -> None:
    for index, dimension in enumerate(survey.dimensions):
        if dimension.name in [other.name for other in survey.dimensions[:index]]:
            notes.error("duplicate_name", ("dimensions", index, "name"), f"the name `{dimension.name}` stands twice",
                        "give each dimension its own name")  # fmt: skip
        elif not survey.items_of[dimension.name]:
            notes.warning("idle_dimension", ("dimensions", index), f"no question belongs to `{dimension.name}`",
                          f"write `dimension: {dimension.name}` at a question, or remove it")  # fmt: skip
