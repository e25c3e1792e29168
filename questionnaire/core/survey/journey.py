"""The journey: the path through a survey, derived by replaying the answers. It is never stored.

A question is shown when its condition is true on the earlier answers. An answer to a question that is not shown is
ignored, so later conditions cannot depend on it either. A choice or row with a condition of its own is treated alike.
An ending is looked for where a screen ends on which nothing required is open; what follows it is not shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from questionnaire.core.base.conditions import evaluate
from questionnaire.core.survey.answers import Answers
from questionnaire.core.survey.endings import Ending, reached
from questionnaire.core.survey.questions import Mistake, Question, Value
from questionnaire.core.survey.survey import Survey


@dataclass(frozen=True, slots=True)
class Journey:
    """`visible`: the questions on this path, with the choices and rows they offer. `missing`: required items without
    an answer. `mistakes`: answers of which too little is offered. `ending`: where the path ends early.
    `offered`: the items of which some choices do not show, with those that do.

    `answers`: the answers to questions on the path, in the survey's order.
    """

    visible: tuple[Question, ...]
    answers: Answers
    missing: tuple[str, ...]
    mistakes: Mapping[str, Mistake] = field(default_factory=dict)
    ending: Ending | None = None
    offered: Mapping[str, Question] = field(default_factory=dict)

    @property
    def item_names(self) -> frozenset[str]:
        """The names of the items on this path."""
        return frozenset(item.name for question in self.visible for item in question.items)

    @property
    def complete(self) -> bool:
        """Whether every required question on the path is answered, at least one answer exists, and no ending came."""
        return not self.missing and len(self.answers) > 0 and self.ending is None


class _Replay:
    """One walk through the questions. `facts`: what conditions may use so far."""

    def __init__(self, survey: Survey, answers: Answers, fields: Mapping[str, Any]) -> None:
        self.survey, self.values = survey, answers.values_
        self.facts: dict[str, Any] = dict(fields)
        self.counted: dict[str, Value] = {}
        self.visible: list[Question] = []
        self.missing: list[str] = []
        self.mistakes: dict[str, Mistake] = {}
        self.offered: dict[str, Question] = {}

    def ask(self, question: Question) -> None:
        if question.show_if is not None and evaluate(question.show_if, self.facts) is not True:
            return
        varies = question.varies
        offered = question.offered(self.facts) if varies else question
        if offered is None:
            return
        self.visible.append(offered)
        if varies:
            self.offered |= {item.name: item for item in offered.items}
        for item in offered.items:
            value = self.values.get(item.name)
            if varies and value is not None:
                value = self._restricted(item, value)
            if value is not None:
                self.facts[item.name] = self.counted[item.name] = value
            elif item.required and item.asks:
                self.missing.append(item.name)

    def _restricted(self, item: Question, value: Value) -> Value | None:
        left = item.restricted(value)
        if isinstance(left, Mistake):
            self.mistakes[item.name] = left
            return None
        return left

    def ending(self, asked: int) -> Ending | None:
        """The ending that is reached once the first `asked` questions are passed."""
        if self.missing or self.mistakes:
            return None
        ahead = {item.name for question in self.survey.questions[asked:] for item in question.items}
        return reached(self.survey.endings, self.facts, ahead)


def derive_journey(survey: Survey, answers: Answers, fields: Mapping[str, Any] | None = None) -> Journey:
    """Derives the journey of these answers. `fields` are the contact and hidden fields that conditions may use."""
    replay, ending = _Replay(survey, answers, fields or {}), None
    screens = screen_ends(survey) if survey.endings else frozenset()
    if _contact_is_passed(survey, replay.facts):
        ending = replay.ending(0)
    for number, question in enumerate(survey.questions, 1):
        if ending is not None:
            break
        replay.ask(question)
        if number in screens:
            ending = replay.ending(number)
    words = {name: text for name, text in answers.words.items() if name in replay.counted}
    counted = Answers(replay.counted, words)
    return Journey(tuple(replay.visible), counted, tuple(replay.missing), replay.mistakes, ending, replay.offered)


def screen_ends(survey: Survey) -> frozenset[int]:
    """After how many questions a screen ends: each one, each page, or all of them."""
    if survey.display.mode == "one_per_screen":
        return frozenset(range(1, len(survey.questions) + 1))
    if survey.display.mode == "single_page":
        return frozenset((len(survey.questions),))
    counts = [len(page.questions) for page in survey.pages]
    return frozenset(sum(counts[: number + 1]) for number in range(len(counts)))


def _contact_is_passed(survey: Survey, facts: Mapping[str, Any]) -> bool:
    """Whether the contact step comes first and what it requires is there."""
    if not survey.endings or survey.display.gate != "before_start":
        return False
    required = [one.name for one in survey.contact_fields if one.required and one.show_if is None]
    return any(one.name in facts for one in survey.contact_fields) and all(name in facts for name in required)
