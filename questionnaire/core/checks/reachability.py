"""Checks of reachability: levels, grades, completeness and choices that no respondent reaches; reachable values."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from questionnaire.core.base.problems import Where
from questionnaire.core.checks.check_questions import places
from questionnaire.core.checks.enumerate_states import BaseAccumulator, Path, sweep, trace
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
    """The values that respondents reach, with a path to each. `exhaustive`: there are no others."""

    paths: Mapping[Any, Path]
    exhaustive: bool

    def bound(self, model: Model) -> Bound | None:
        if not self.paths:
            return None
        least, most = min(self.paths), max(self.paths)
        return Bound(least, most, person(model, self.paths[least]), person(model, self.paths[most]), self.exhaustive)


def person(model: Model, path: Path) -> Witness:
    values = complete(model, trace(path))
    kinds = {variable.name: variable.kind for variable in model.variables}
    answers, contact, hidden = (
        {name: value for name, value in values.items() if kinds[name] == kind} for kind in (ITEM, CONTACT, HIDDEN)
    )
    return Witness(answers, contact, hidden)


def points(model: Model, criteria: Mapping[str, Criterion], most: int) -> Reached:
    plan = SearchPlan(model, (), criteria)
    paths = sweep(plan, Points(criteria, most))
    return Reached(paths or {}, paths is not None and plan.exhaustive)


def intent(model: Model, policy: Policy) -> Reached:
    """INTENT from the signals of answers and of completing the survey."""
    signals, known = Signals(policy), frozenset(policy.intent.signals)
    emitting = [
        variable.name
        for variable in model.variables
        if any(known.intersection(option.emits) for option in variable.options)
    ]
    plan = SearchPlan(model, emitting, shows=lambda option: tuple(signal for signal in option.emits if signal in known))
    paths = sweep(plan, Emitted(policy))
    completed = (COMPLETED,) if COMPLETED in known else ()
    reached_values: dict[Any, Path] = {}
    for emitted, path in (paths or {}).items():
        reached_values.setdefault(signals.intent((*emitted, *completed)), path)
    return Reached(reached_values, paths is not None and plan.exhaustive)


def dimension(model: Model, name: str) -> Reached:
    """The percentages of one dimension, without respondents who have no answer in it."""
    plan = SearchPlan(model, showing(model, {name}), dimensions={name})
    paths = sweep(plan, Ratio(name))
    reached_values = {Fraction(100 * total, best): path for (total, best), path in (paths or {}).items() if best}
    return Reached(reached_values, paths is not None and plan.exhaustive)


def showing(model: Model, dimensions: Iterable[str]) -> list[str]:
    selected = frozenset(dimensions)
    return [variable.name for variable in model.variables if variable.dimension in selected]


class LevelOf(BaseAccumulator):
    """Accumulates the level of one criterion."""

    start: Any = None

    def close(self, so_far: Any, criterion: str, level: str | None) -> Any:
        return level


def check_reach(notes: Notes, model: Model, policy: Policy) -> None:
    """Reports levels, grades and completeness that no respondent reaches. `notes` are those of the policy."""
    for axis, criteria in (("fit", policy.fit.criteria), ("timing", policy.timing.criteria)):
        for name, criterion in criteria.items():
            plan = SearchPlan(model, (), {name})
            paths = sweep(plan, LevelOf()) if any(variable.criterion == name for variable in plan.variables) else None
            for level in criterion.levels if paths is not None and plan.exhaustive else ():
                if level not in (paths or {}):
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
    most = max(map(len, known), default=0) if known is not None and plan.exhaustive else len(groups)
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
    if not reached.exhaustive or not reached.paths:
        return
    reached_names = {of(value) for value in reached.paths}
    for name in names:
        if name not in reached_names:
            given_by = f"answers give {min(reached.paths)} to {max(reached.paths)} points"
            notes.warning(code, (*where, name), f"{message} `{name}`: {given_by}",
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
