"""How many questions or pages a path has, as far as can be told.

While branches are open, the number of what is sure and of what may still come is said as "about"; of branches that
exclude each other the longest counts. So the number never grows on the way. One rule for every reader: a question is
what is asked under one title, and a matrix is one question. The browser counts alike, see static/js/survey/length.js.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from questionnaire.core.base.conditions import Condition, evaluate, names
from questionnaire.core.survey.endings import truth_so_far
from questionnaire.core.survey.journey import Journey
from questionnaire.core.survey.questions import Question
from questionnaire.core.survey.survey import Survey


@dataclass(frozen=True, slots=True)
class PathLength:
    """`sure` are on the path already, `open` may still come."""

    sure: int
    open: int

    @property
    def most(self) -> int:
        return self.sure + self.open


def path_length(
    survey: Survey, journey: Journey, fields: Mapping[str, Any], screens: Sequence[Sequence[Question]], at: int = 0
) -> PathLength:
    """The length in screens that ask something. `screens` are all there can be, `at` is the number of the current one:
    what was passed before it and left empty decides nothing any more."""
    shown = {question.name for question in journey.visible}
    sure = sum(any(one.name in shown for one in _questions_of(screen)) for screen in screens)
    walk = _OpenBranches(survey, shown, {**fields, **journey.answers})
    return PathLength(sure, 0 if journey.ending else sum([walk.may_come(screen) for screen in screens[at:]]))


def question_screens(survey: Survey) -> tuple[tuple[Question, ...], ...]:
    """One screen for each question that the form shows."""
    return tuple((question,) for question in survey.questions if question.visible)


def counts(question: Question) -> bool:
    """Whether it is one of the questions that are counted: something is asked, on a page."""
    return question.asks and question.visible


def _questions_of(screen: Iterable[Question]) -> list[Question]:
    return [question for question in screen if counts(question)]


class _OpenBranches:
    """One walk from the current screen on. `live`: the questions that are still to be answered; a matrix always is."""

    def __init__(self, survey: Survey, shown: set[str], facts: Mapping[str, Any]) -> None:
        self.shown, self.facts = shown, facts
        self.instead = alternatives(survey)
        self.live: set[str] = set()

    def may_come(self, screen: Sequence[Question]) -> bool:
        opens = [question for question in screen if self._opens(question)]
        asking = _questions_of(screen)
        if any(question.name in self.shown for question in asking):
            return False
        return any(question in opens and question.name not in self.instead for question in asking)

    def _opens(self, question: Question) -> bool:
        shows, condition = question.name in self.shown, question.show_if
        opens = not shows and condition is not None and self._is_open(condition)
        if (shows or opens) and self.facts.get(question.name) is None:
            self.live.add(question.name)
        return opens

    def _is_open(self, condition: Condition) -> bool:
        """Whether an answer that is still to come decides it."""
        deciders = {name for name in names(condition) if name.partition(".")[0] in self.live}
        ahead = {name for name in deciders if self.facts.get(name) is None}
        return bool(deciders) and truth_so_far(condition, self.facts, ahead) is None


def alternatives(survey: Survey) -> frozenset[str]:
    """The questions that can only come instead of others: of those that one single choice decides, all but the most
    that one of its answers leads to."""
    groups: dict[str, list[Question]] = {}
    for question in survey.questions:
        deciders = names(question.show_if) if question.show_if is not None else frozenset()
        if len(deciders) == 1 and question.asks:
            groups.setdefault(next(iter(deciders)), []).append(question)
    spare: set[str] = set()
    for name, questions in groups.items():
        decider = survey.question(name)
        if decider is None or decider.kind != "choice" or len(questions) == 1:
            continue
        led_to = [
            {one.name for one in questions if one.show_if and evaluate(one.show_if, {name: choice.value})}
            for choice in decider.answer_choices
        ]
        spare |= {one.name for one in questions} - max(led_to, key=len, default=set())
    return frozenset(spare)
