"""Checks of visibility: what is never shown, conditions that are always true, and endings that nobody reaches."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from questionnaire.core.base.problems import Where
from questionnaire.core.checks.check_questions import called, places
from questionnaire.core.checks.ending_formulas import EndingFormulas
from questionnaire.core.checks.enumerate_states import MOST_TRANSITIONS, Budget
from questionnaire.core.checks.findings import Notes
from questionnaire.core.checks.formulas import Formula, conj
from questionnaire.core.checks.model import Model
from questionnaire.core.checks.offered_answers import visibility
from questionnaire.core.checks.plan import SearchPlan
from questionnaire.core.checks.respondents import Respondents
from questionnaire.core.survey.questions import Question


@dataclass(frozen=True, slots=True)
class ShownPart:
    """Something with a condition, in words. `among`: who gets so far; `seen`: whether some respondents see it."""

    where: Where
    name: str
    kind: str
    condition: Formula
    among: Formula
    seen: Collection[bool] = ()


def check_paths(notes: Notes, model: Model, people: Respondents) -> None:
    """Checks each condition that some respondents do not show to be true for one and false for another."""
    budget, answered = Budget(MOST_TRANSITIONS), not model.survey.endings
    for part in _parts(model, people):
        if notes.wrong_at(part.where) or len(part.seen) == 2:
            continue
        truths = truths_of(model, part.condition, part.among, budget, answered)
        if truths == {False}:
            notes.error("never_shown", part.where, f"nobody can ever see {part.name}: this is never true",
                        f"correct the condition, or remove the {part.kind}")  # fmt: skip
        elif truths == {True}:
            notes.warning("always_shown", part.where, "this is always true", "remove `show_if`")
    _check_endings(notes, model, budget)


def _parts(model: Model, people: Respondents) -> Iterator[ShownPart]:
    """Everything with a condition of its own, in the order of the file."""
    survey, endings = model.survey, EndingFormulas(model.survey)
    asked = 0
    for number, page in enumerate(survey.pages):
        among = endings.going_on(asked + 1)
        if page.show_if is not None:
            yield ShownPart(
                ("pages", number, "show_if"), f"the page `{page.name}`", "page", visibility(page.show_if), among
            )
        for where, question in places(survey)[asked : asked + len(page.questions)]:
            asked += 1
            before = conj((endings.going_on(asked), visibility(page.show_if)))
            if question.show_if is not None:
                decides = page.show_if is None and not question.varies
                seen = {question.items[0].name in one.options for one in people.sample} if decides else ()
                yield ShownPart((*where, "show_if"), called(question), "question", visibility(question.show_if), before,
                                seen)  # fmt: skip
            yield from _choices_and_rows(where, question, conj((before, visibility(question.show_if))))
    for index, field in enumerate(survey.contact_fields):
        if field.show_if is not None:
            yield ShownPart(("contact", "fields", index, "show_if"), f"the field `{field.name}`", "field",
                            visibility(field.show_if), model.finished)  # fmt: skip
    for index, consent in enumerate(survey.contact.consents if survey.contact else ()):
        if consent.show_if is not None:
            yield ShownPart(("contact", "consents", index, "show_if"), f"the consent `{consent.name}`", "consent",
                            visibility(consent.show_if), model.finished)  # fmt: skip


def _choices_and_rows(where: Where, question: Question, among: Formula) -> Iterator[ShownPart]:
    if not question.varies:
        return
    for key, word in (("choices", "choice"), ("rows", "row")):
        for index, part in enumerate(getattr(question, key, None) or ()):
            if part.show_if is not None:
                name = part.value if key == "choices" else part.name
                yield ShownPart((*where, key, index, "show_if"), f"the {word} `{name}` of {called(question)}", word,
                                visibility(part.show_if), among)  # fmt: skip


def truths_of(model: Model, condition: Formula, among: Formula, budget: Budget, answered: bool = True) -> set[bool]:
    """Whether it is true for respondents and false for others; nothing when there are too many to look at.

    `answered`: only people who answer a question count.
    """
    plan = SearchPlan(model, (), kept=condition, among=among, answered=answered)
    layer = {plan.start}
    for index, step in enumerate(plan.steps):
        budget.left -= len(layer) * len(step.options)
        if budget.left < 0:
            return set()
        layer = {after for live in layer for _, after in plan.transitions(index, live)}
    return {plan.truth(live) for live in layer if plan.is_complete(live)} if plan.exhaustive else set()


def _check_endings(notes: Notes, model: Model, budget: Budget) -> None:
    endings = EndingFormulas(model.survey)
    for place, ending in enumerate(model.survey.endings):
        where = ("endings", place, "when")
        if notes.wrong_at(where) or any(problem.where == where for problem in notes.problems):
            continue
        if truths_of(model, endings.reached(place), True, budget, answered=False) == {False}:
            alone = truths_of(model, endings.alone(place), True, budget, answered=False)
            what = "its condition is never true" if alone == {False} else "another ending always comes before it"
            notes.warning("ending_never", where, f"nobody reaches the ending `{ending.name}`: {what}",
                          "correct the condition, or remove the ending")  # fmt: skip
    if model.survey.endings and truths_of(model, model.finished, True, budget) == {False}:
        notes.error("never_finished", ("endings",), "everybody comes to an ending: nobody gets a result, and no lead "
                    "is made", "correct the conditions of the endings")  # fmt: skip
