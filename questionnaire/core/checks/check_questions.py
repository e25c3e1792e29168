"""Checks of a survey's questions: names, order, contact step."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from questionnaire.core.base.conditions import FACTS, Condition, tests
from questionnaire.core.base.problems import Where
from questionnaire.core.checks.calculated_inputs import check_inputs, near_name
from questionnaire.core.checks.findings import Notes
from questionnaire.core.checks.scopes import NameType, compare, of_calculated, of_fields, of_question, place
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
        for problem in question.authoring_problems():
            notes.add(problem.under(*where))
    _check_contact(notes, survey)


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
    fields, calculated = of_fields(survey), of_calculated(survey)
    contact = {field.name for field in survey.contact_fields}
    for test in tests(condition):
        name, at = test.name, place(where, test)
        if name in earlier:
            continue
        if name in calculated:
            check_inputs(notes, at, survey, name, earlier)
        elif name in own:
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
            hint = row or near_name(survey, name, [*earlier, *fields], "name an earlier question or field")
            notes.error("unknown_name", at, f"there is no question or field `{name}`", hint)
    compare(notes, where, condition, {**fields, **earlier, **calculated})
