"""Checks of reachability: levels, grades, completeness and choices that no respondent reaches; reachable values."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Any, Literal

from questionnaire.core.base.problems import Where
from questionnaire.core.checks import limits
from questionnaire.core.checks.check_questions import places
from questionnaire.core.checks.ending_formulas import EndingFormulas
from questionnaire.core.checks.enumerate_states import BaseAccumulator, sweep
from questionnaire.core.checks.findings import Notes
from questionnaire.core.checks.formulas import conj
from questionnaire.core.checks.integer_sums import Groups
from questionnaire.core.checks.model import CONTACT, Option, Variable
from questionnaire.core.checks.moments import ON_FINISHING
from questionnaire.core.checks.plan import SearchPlan
from questionnaire.core.checks.reached import Reached
from questionnaire.core.checks.score_ranges import ScoreRanges
from questionnaire.core.policy import Policy
from questionnaire.core.policy.axes import Criterion
from questionnaire.core.survey.survey import Survey


class LevelOf(BaseAccumulator):
    """Accumulates the level of one criterion."""

    start: Any = None

    def close(self, so_far: Any, criterion: str, level: str | None) -> Any:
        return level


def check_reach(notes: Notes, ranges: ScoreRanges, policy: Policy) -> None:
    """Reports levels, grades and completeness that no respondent reaches. `notes` are those of the policy."""
    nobody = ranges.model.subject
    for axis, criteria in (("fit", policy.fit.criteria), ("timing", policy.timing.criteria)):
        for name, criterion in criteria.items():
            for level in _unreachable(ranges, name, criterion):
                notes.warning("level_unreachable", (axis, "criteria", name, "levels", level),
                              f"no answer to {ranges.model.sources} gives `{name}` the level `{level}`",
                              "name it in a choice, or remove it")  # fmt: skip
    _graded(notes, _over_time(ranges, "fit", policy.fit.criteria), policy.fit.grades.of, "ABC", ("fit", "grades"),
            "grade_unreachable", f"{nobody} gets the grade")  # fmt: skip
    _graded(notes, _over_time(ranges, "timing", policy.timing.criteria), policy.timing.levels.of,
            ("hot", "warm", "cold"), ("timing", "levels"), "heat_unreachable",
            f"{nobody} gets the TIMING level")  # fmt: skip
    _check_completeness(notes, ranges, policy)


def _unreachable(ranges: ScoreRanges, name: str, criterion: Criterion) -> list[str]:
    """The levels of a criterion that no respondent has; none when no question measures it."""
    seen = {one.levels.get(name) for one in ranges.people.sample}
    model = ranges.model
    if not model.for_criteria((name,)) or all(level in seen for level in criterion.levels):
        return []
    possible = {level for variable in model.variables if variable.criterion == name
                for level in limits.levels_of(variable, criterion)}  # fmt: skip
    plan = SearchPlan(model, (), {name})
    paths = sweep(plan, LevelOf(), budget=ranges.budget) if plan.exhaustive else None
    reached = possible | seen if paths is None else {*paths}
    missing = [level for level in criterion.levels if level not in reached]
    ended = _levels_of_endings(ranges, name) if missing and model.survey.endings else set()
    return [level for level in missing if level not in ended]


class LevelGiven(BaseAccumulator):
    """Accumulates the level that one variable gives. `linked`: only what a personal link brings counts."""

    start: Any = None

    def __init__(self, variable: Variable, linked: bool) -> None:
        self._name, self._linked = variable.name, linked

    def take(self, so_far: Any, variable: Variable, option: Option) -> Any:
        return option.level if variable.name == self._name and option.linked >= self._linked else so_far


def _levels_of_endings(ranges: ScoreRanges, name: str) -> set[str | None]:
    """The levels that people give before they come to an ending: nobody who finishes has them, by intention."""
    model, endings = ranges.model, EndingFormulas(ranges.model.survey)
    numbers = {item.name: number for number, question in enumerate(model.survey.questions, 1)
               for item in question.items}  # fmt: skip
    levels: set[str | None] = set()
    for variable in model.variables:
        if variable.criterion == name:
            among = conj((endings.going_on(numbers.get(variable.name, 0)), endings.ended))
            plan = SearchPlan(
                model, {variable.name}, shows=lambda option: (option.level, option.linked), among=among, answered=False
            )
            linked = variable.kind == CONTACT and model.survey.display.gate == "before_result"
            found = sweep(plan, LevelGiven(variable, linked), budget=ranges.budget)
            is_unsure = found is None or not plan.exhaustive
            levels |= {option.level for option in variable.options} if is_unsure else {*(found or ())}
    return levels


def _check_completeness(notes: Notes, ranges: ScoreRanges, policy: Policy) -> None:
    groups, minimum = policy.fit.completeness.of, policy.fit.completeness.minimum
    most = max((_known(groups, one.levels) for one in ranges.people.sample), default=0)
    if Fraction(most, len(groups)) >= minimum:
        return
    plan = SearchPlan(ranges.model, (), {name for group in groups for name in group})
    known = sweep(plan, Groups(groups), budget=ranges.budget)
    measured = {variable.criterion for variable in ranges.model.variables if variable.criterion is not None}
    most = _known(groups, measured) if known is None or not plan.exhaustive else max(map(len, known), default=0)
    if Fraction(most, len(groups)) < minimum:
        notes.warning("completeness_unreachable", ("fit", "completeness", "minimum"),
                      f"answers to {ranges.model.sources} alone make at most {most} of {len(groups)} known, "
                      "which is less than the minimum",
                      "measure more criteria, or lower `minimum`")  # fmt: skip


def _known(groups: Sequence[Sequence[str]], criteria: Collection[str]) -> int:
    return sum(any(name in criteria for name in group) for group in groups)


def _over_time(ranges: ScoreRanges, axis: Literal["fit", "timing"], criteria: Collection[str]) -> Iterator[Reached]:
    """The points of an axis on finishing, and at every later moment at which some of them have expired."""
    yield getattr(ranges, axis)
    seen = {ON_FINISHING.effect_on(criteria)}
    if ranges.some_later.effect_on(criteria) in seen:
        return
    for moment in ranges.later:
        if moment.effect_on(criteria) not in seen:
            seen.add(moment.effect_on(criteria))
            yield getattr(ranges.judged_at(moment), axis)


def _graded(
    notes: Notes, over_time: Iterable[Reached], of: Callable[[Any], str], names: Collection[str], where: Where,
    code: str, message: str,
) -> None:  # fmt: skip
    possible: set[str] = set()
    lows, highs = list[int](), list[int]()
    for reached in over_time:
        if not reached.paths or reached.ends is None:
            return
        low, high = reached.ends
        lows, highs = [*lows, low], [*highs, high]
        possible |= {of(value) for value in (reached.paths if reached.exhaustive else range(low, high + 1))}
        if possible.issuperset(names):
            return
    for name in names:
        if name not in possible:
            notes.warning(code, (*where, name), f"{message} `{name}`: answers give {min(lows)} to {max(highs)} points",
                          "move the threshold")  # fmt: skip


def check_choices(notes: Notes, survey: Survey) -> None:
    """Reports choices that their own question makes impossible."""
    for where, question in places(survey):
        if question.kind != "choices":
            continue
        least = question.constraints.min or 0
        free = sum(not choice.exclusive for choice in question.answer_choices)
        for index, choice in enumerate(question.answer_choices):
            if not choice.exclusive and free < least:
                notes.error("choice_unreachable", (*where, "choices", index),
                            f"nobody can choose `{choice.value}`: {least} are asked for, and {free} can go together",
                            "lower `min`")  # fmt: skip
