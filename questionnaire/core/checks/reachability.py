"""Who gets where: questions and choices nobody reaches, the bounds of every axis, bands and grades out of reach."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from questionnaire.core.base.problems import Where
from questionnaire.core.checks.check_questions import places
from questionnaire.core.checks.enumerate_states import Counting, Way, sweep, trace
from questionnaire.core.checks.external_facts import Signals
from questionnaire.core.checks.findings import Bound, Notes, Witness
from questionnaire.core.checks.integer_sums import Emitted, Groups, Points, Ratio
from questionnaire.core.checks.model import CONTACT, HIDDEN, ITEM, Model
from questionnaire.core.checks.plan import SearchPlan, complete
from questionnaire.core.policy import Policy
from questionnaire.core.policy.axes import Criterion
from questionnaire.core.scoring.collect_evidence import COMPLETED
from questionnaire.core.survey.survey import Survey


@dataclass(frozen=True, slots=True)
class Reached:
    """The values respondents reach, with a way to each; `all`: these are all there are."""

    ways: Mapping[Any, Way]
    all: bool

    def bound(self, model: Model) -> Bound | None:
        if not self.ways:
            return None
        least, most = min(self.ways), max(self.ways)
        return Bound(least, most, person(model, self.ways[least]), person(model, self.ways[most]), self.all)


def person(model: Model, way: Way) -> Witness:
    whole = complete(model, trace(way))
    kinds = {one.name: one.kind for one in model.variables}
    answers, contact, hidden = (
        {name: value for name, value in whole.items() if kinds[name] == kind} for kind in (ITEM, CONTACT, HIDDEN)
    )
    return Witness(answers, contact, hidden)


def points(model: Model, criteria: Mapping[str, Criterion], most: int) -> Reached:
    plan = SearchPlan(model, (), criteria)
    ways = sweep(plan, Points(criteria, most))
    return Reached(ways or {}, ways is not None and plan.whole)


def intent(model: Model, policy: Policy) -> Reached:
    """INTENT from the signals that answers emit, and from having completed the survey."""
    signals, known = Signals(policy), frozenset(policy.intent.signals)
    wanted = [one.name for one in model.variables if any(known.intersection(option.emits) for option in one.options)]
    plan = SearchPlan(model, wanted, shows=lambda option: tuple(one for one in option.emits if one in known))
    ways = sweep(plan, Emitted(policy))
    completed = (COMPLETED,) if COMPLETED in known else ()
    found: dict[Any, Way] = {}
    for emitted, way in (ways or {}).items():
        found.setdefault(signals.intent((*emitted, *completed)), way)
    return Reached(found, ways is not None and plan.whole)


def dimension(model: Model, name: str) -> Reached:
    """The percentages of one dimension; who shows none of it is left out."""
    plan = SearchPlan(model, showing(model, {name}), dimensions={name})
    ways = sweep(plan, Ratio(name))
    found = {Fraction(100 * got, best): way for (got, best), way in (ways or {}).items() if best}
    return Reached(found, ways is not None and plan.whole)


def showing(model: Model, dimensions: Iterable[str]) -> list[str]:
    wanted = frozenset(dimensions)
    return [one.name for one in model.variables if one.dimension in wanted]


class LevelOf(Counting):
    """The level of one criterion."""

    start: Any = None

    def close(self, so_far: Any, criterion: str, level: str | None) -> Any:
        return level


def check_reach(notes: Notes, model: Model, policy: Policy) -> None:
    """Levels, grades and completeness that no respondent reaches; `notes` are the policy's."""
    for axis, criteria in (("fit", policy.fit.criteria), ("timing", policy.timing.criteria)):
        for name, criterion in criteria.items():
            plan = SearchPlan(model, (), {name})
            ways = sweep(plan, LevelOf()) if any(one.criterion == name for one in plan.variables) else None
            for level in criterion.levels if ways is not None and plan.whole else ():
                if level not in (ways or {}):
                    notes.warning("level_unreachable", (axis, "criteria", name, "levels", level),
                                  f"no answer gives `{name}` the level `{level}`",
                                  "name it in a choice, or remove it")  # fmt: skip
    _graded(notes, points(model, policy.fit.criteria, policy.fit.max), policy.fit.grades.of, "ABC",
            ("fit", "grades"), "grade_unreachable", "nobody gets the grade")  # fmt: skip
    _graded(notes, points(model, policy.timing.criteria, policy.timing.max), policy.timing.levels.of,
            ("hot", "warm", "cold"), ("timing", "levels"), "heat_unreachable",
            "nobody gets the TIMING level")  # fmt: skip
    groups = policy.fit.completeness.of
    plan = SearchPlan(model, (), {name for group in groups for name in group})
    known = sweep(plan, Groups(groups))
    most = max(map(len, known), default=0) if known is not None and plan.whole else len(groups)
    if Fraction(most, len(groups)) < policy.fit.completeness.minimum:
        notes.warning("completeness_unreachable", ("fit", "completeness", "minimum"),
                      f"at most {most} of {len(groups)} can be known, which is less than the minimum",
                      "measure more criteria, or lower `minimum`")  # fmt: skip


def _graded(
    notes: Notes,
    reached: Reached,
    of: Callable[[Any], str],
    names: Iterable[str],
    where: Where,
    code: str,
    message: str,
) -> None:
    if not reached.all or not reached.ways:
        return
    given = {of(value) for value in reached.ways}
    for name in names:
        if name not in given:
            given_by = f"answers give {min(reached.ways)} to {max(reached.ways)} points"
            notes.warning(code, (*where, name), f"{message} `{name}`: {given_by}",
                          "move the threshold")  # fmt: skip


def check_choices(notes: Notes, survey: Survey) -> None:
    """Choices that their own question forbids."""
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
