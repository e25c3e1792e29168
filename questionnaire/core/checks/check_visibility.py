"""Checks of what shows under a condition besides questions (pages, choices, rows, contact fields, consents), and of
endings."""

from __future__ import annotations

from collections.abc import Iterator

from questionnaire.core.base.conditions import FACTS, Condition, tests
from questionnaire.core.base.problems import Where, did_you_mean
from questionnaire.core.checks.check_questions import called, check_show_if
from questionnaire.core.checks.findings import Notes
from questionnaire.core.checks.scopes import NameType, compare, of_fields, of_question, place
from questionnaire.core.survey.calculated_value import PREFIX
from questionnaire.core.survey.questions import Question
from questionnaire.core.survey.survey import Survey


def check_visibility(notes: Notes, survey: Survey) -> None:
    earlier: dict[str, NameType] = {}
    for number, page in enumerate(survey.pages):
        if page.show_if is not None:
            own = {item.name for question in page.questions for item in question.items}
            check_show_if(notes, ("pages", number, "show_if"), survey, page.show_if, earlier, own)
        for index, question in enumerate(page.questions):
            where: Where = ("pages", number, "questions", index)
            own = {question.name, *(item.name for item in question.items)}
            for at, condition in _parts(question):
                check_show_if(notes, (*where, *at, "show_if"), survey, condition, earlier, own)
            _check_enough(notes, where, question)
            earlier |= {item.name: of_question(item) for item in question.items}
    _check_contact(notes, survey)
    _check_endings(notes, survey)
    _check_sets(notes, survey)


def _parts(question: Question) -> Iterator[tuple[Where, Condition]]:
    for key in ("choices", "rows"):
        for index, part in enumerate(getattr(question, key, None) or ()):
            if part.show_if is not None:
                yield (key, index), part.show_if


def _check_enough(notes: Notes, where: Where, question: Question) -> None:
    """What must be chosen must be offered to everybody."""
    if not question.varies or question.kind not in ("choices", "ranking"):
        return
    always = sum(choice.show_if is None for choice in question.answer_choices)
    needed, key = question.constraints.min or 0, "top" if question.kind == "ranking" else "min"
    if needed > always:
        notes.error("choices_too_few", where, f"{called(question)} asks for {needed} choices, and {always} always show",
                    f"write `{key}: {always}` or less, or remove `show_if` from a choice")  # fmt: skip


def _check_contact(notes: Notes, survey: Survey) -> None:
    contact = survey.contact
    if contact is None:
        return
    first = survey.display.gate == "before_start"
    scope = {} if first else {name: of_question(item) for name, item in survey.items.items()}
    scope |= {field.name: of_fields(survey)[field.name] for field in survey.hidden_fields}
    for index, field in enumerate(contact.fields):
        where: Where = ("contact", "fields", index)
        for at, choice in enumerate(field.choices or ()):
            if choice.show_if is not None:
                notes.error("choice_condition", (*where, "choices", at, "show_if"),
                            "a choice of a contact field always shows",
                            "remove `show_if`, or ask among the questions")  # fmt: skip
        if field.show_if is not None:
            _check_gate_condition(notes, (*where, "show_if"), survey, field.show_if, scope)
        scope[field.name] = of_question(field.question)
    for index, consent in enumerate(contact.consents):
        if consent.show_if is not None:
            at_consent = ("contact", "consents", index, "show_if")
            _check_gate_condition(notes, at_consent, survey, consent.show_if, scope)


def _check_gate_condition(
    notes: Notes, where: Where, survey: Survey, condition: Condition, scope: dict[str, NameType]
) -> None:
    for test in tests(condition):
        name, at = test.name, place(where, test)
        if name in scope:
            continue
        if name in survey.items:
            notes.error("later_question", at, f"`{name}` is asked after the contact step",
                        "write `gate: before_result`, or use an earlier field")  # fmt: skip
        elif name in survey.field_names:
            notes.error("later_question", at, f"`{name}` does not stand before this", "name an earlier field")
        elif name in FACTS:
            notes.error("fact_too_early", at, f"`{name}` is not known while the survey runs",
                        "use questions and earlier fields only")  # fmt: skip
        else:
            hint = did_you_mean(name, scope, "name a question or an earlier field")
            notes.error("unknown_name", at, f"there is no question or field `{name}`", hint)
    compare(notes, where, condition, scope)


def _check_endings(notes: Notes, survey: Survey) -> None:
    items = {name: of_question(item) for name, item in survey.items.items()}
    for index, ending in enumerate(survey.endings):
        where: Where = ("endings", index)
        check_show_if(notes, (*where, "when"), survey, ending.when, items)
        for test in tests(ending.when):
            if test.operator == "known" and test.name.startswith(PREFIX):
                notes.error("known_too_early", place((*where, "when"), test),
                            f"whether `{test.name}` is known shows only at the end",
                            "compare it with a number, or ask for its answers")  # fmt: skip
        if ending.name in [other.name for other in survey.endings[:index]]:
            notes.error("duplicate_name", (*where, "name"), f"the name `{ending.name}` stands twice",
                        "give each ending a name of its own")  # fmt: skip
        if ending.when in [other.when for other in survey.endings[:index]]:
            notes.warning("shadowed_ending", (*where, "when"), "an earlier ending has the same condition",
                          "change one of the conditions, or remove this ending")  # fmt: skip
        if ending.label and not ending.url:
            notes.warning("idle_label", (*where, "label"), "this label is said nowhere", "add `url: https://…`")


def _check_sets(notes: Notes, survey: Survey) -> None:
    used = [question.answer_choices for question in survey.questions] + [one.choices for one in survey.contact_fields]
    values = {tuple(choice.value for choice in choices) for choices in used if choices}
    for name, choices in survey.choice_sets.items():
        if tuple(choice.value for choice in choices) not in values:
            notes.warning("unused_choice_set", ("choice_sets", name), f"no question uses the choice set `{name}`",
                          f"write `choices: {name}` at a question, or remove it")  # fmt: skip
