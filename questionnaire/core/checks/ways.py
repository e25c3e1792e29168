"""The shortest way to a result: answers that lead to a stage, an ending, a next step or a block, if there are any.

A way that takes nothing but answers is preferred to one that also takes a visit, a history or a list.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any, Literal, TypeAlias

from questionnaire.core.base.stage import VERDICTS
from questionnaire.core.checks.block_goals import block_goals
from questionnaire.core.checks.build_model import build
from questionnaire.core.checks.compared_names import comparisons
from questionnaire.core.checks.ending_formulas import EndingFormulas
from questionnaire.core.checks.findings import Proved, Witness
from questionnaire.core.checks.formulas import conj, neg
from questionnaire.core.checks.goals import Goal, goals
from questionnaire.core.checks.journey_order import complete
from questionnaire.core.checks.model import CONTACT, HIDDEN, ITEM, Model
from questionnaire.core.checks.plan import SearchPlan
from questionnaire.core.checks.policy_formulas import PolicyFormulas
from questionnaire.core.checks.prove import TOTAL_BUDGET, Prover
from questionnaire.core.checks.prove_segments import meanings_of, segments_not_searched
from questionnaire.core.checks.score_ranges import ScoreRanges
from questionnaire.core.policy import Policy
from questionnaire.core.survey.survey import Survey

WayKind: TypeAlias = Literal["stage", "ending", "step", "block", "gap", "twice"]
ENDING_BUDGET = 20_000


@dataclass(frozen=True, slots=True)
class Way:
    """Where a way leads. `name`: the stage, ending or block, the place of a next step in its list, or for `twice` the
    question that counts instead of an earlier one of its criterion. `gap`: nobody is offered a next step there."""

    kind: WayKind
    name: str = ""


@dataclass(frozen=True, slots=True)
class WayFound:
    """The answers, or why there are none: `impossible` is proved, `no example found` is not."""

    outcome: Proved
    witness: Witness | None = None


def ways(survey: Survey) -> tuple[Way, ...]:
    """Every result to which somebody may want a way, in the order of the funnel and of the file."""
    stages = (Way("stage", str(stage)) for stage in sorted(VERDICTS, key=_rank))
    endings = (Way("ending", ending.name) for ending in survey.endings)
    steps = (Way("step", str(index)) for index, _ in enumerate(survey.report.next_step))
    blocks = (Way("block", block.id) for block in survey.report.content_blocks)
    return tuple(chain(stages, endings, steps, blocks))


def _rank(stage: Any) -> int:
    order = ("sql_ready", "disqualified", "review", "mql", "nurture", "lead", "diverted")
    return order.index(str(stage))


def find_way(survey: Survey, policy: Policy, way: Way) -> WayFound:
    """Looks for answers that lead there, within a budget of its own."""
    compared = comparisons(survey, policy)
    model = build(survey, policy, compared)
    if way.kind == "ending":
        return _to_ending(model, way.name)
    if way.kind == "twice":
        return _answering_twice(model, way.name)
    if any(segments_not_searched(policy)):
        return WayFound("no example found")
    parts = list(meanings_of(ScoreRanges(model), policy, compared)) if policy.segments else [
        (PolicyFormulas(model, policy), ScoreRanges(model))
    ]  # fmt: skip
    outcomes: set[Proved] = set()
    for alone in (True, False):
        outcomes = set()
        for meaning, ranges in parts:
            found = _in_part(meaning, ranges, way, TOTAL_BUDGET // len(parts), alone=alone)
            if found.witness is not None:
                return found
            outcomes.add(found.outcome)
    return WayFound("impossible" if outcomes == {"impossible"} else "no example found")


def _in_part(meaning: PolicyFormulas, ranges: ScoreRanges, way: Way, budget: int, *, alone: bool) -> WayFound:
    goal = next((one for one in _goals(meaning) if one.what == _named(meaning, way)), None)
    if goal is None:
        return WayFound("impossible")
    proof = Prover(meaning, ranges, budget, alone=alone).prove(goal)
    return WayFound(proof.outcome, proof.witness)


def _goals(meaning: PolicyFormulas) -> Iterator[Goal]:
    yield from goals(meaning)
    yield from block_goals(meaning)
    steps = meaning.model.survey.report.next_step
    nothing = conj([neg(meaning.step(step.when)) for step in steps])
    yield Goal("no next step", nothing, lambda judged: judged.step is None, "survey")


def _named(meaning: PolicyFormulas, way: Way) -> str:
    """The goal of this way, as the proofs call it."""
    if way.kind == "step":
        steps, place = meaning.model.survey.report.next_step, int(way.name)
        return f"next step {place + 1} {steps[place].block}" if place < len(steps) else ""
    return {"stage": f"verdict {way.name}", "block": f"content block {way.name}", "gap": "no next step"}[way.kind]


def _answering_twice(model: Model, name: str) -> WayFound:
    """Somebody who answers this question after another one of its criterion."""
    asked = model.by_name.get(name)
    for one in ScoreRanges(model).people.sample:
        rivals = [other for other, option in one.options.items()
                  if other != name and option.level is not None and model.by_name[other].kind == ITEM
                  and asked is not None and model.by_name[other].criterion == asked.criterion]  # fmt: skip
        if rivals and name in one.options and one.options[name].level is not None:
            return WayFound("example", _witness(model, {key: option.value for key, option in one.options.items()}))
    return WayFound("no example found")


def _to_ending(model: Model, name: str) -> WayFound:
    place = next((index for index, one in enumerate(model.survey.endings) if one.name == name), None)
    if place is None:
        return WayFound("impossible")
    reached = EndingFormulas(model.survey).reached(place)
    plan = SearchPlan(model, (), kept=reached, among=True, answered=False)
    trail: list[tuple[str, Any]] = []
    stack, visited, left = [iter(plan.transitions(0, plan.start))] if plan.steps else [], set(), ENDING_BUDGET
    while stack and left:
        left -= 1
        depth = len(stack)
        move = next(stack[-1], None)
        if move is None:
            stack.pop()
            del trail[len(stack) - 1 if stack else 0 :]
            continue
        option, live = move
        del trail[depth - 1 :]
        if (depth, live) in visited:
            continue
        visited.add((depth, live))
        trail.append((plan.steps[depth - 1].variable.name, option.value))
        if depth < len(plan.steps):
            stack.append(iter(plan.transitions(depth, live)))
        elif plan.truth(live):
            return WayFound("example", _witness(model, complete(model, dict(trail))))
    return WayFound("impossible" if left and plan.exhaustive and not plan.is_wide else "no example found")


def _witness(model: Model, values: Mapping[str, Any]) -> Witness:
    def of(kind: str) -> dict[str, Any]:
        given = values.items()
        return {name: value for name, value in given if value is not None and model.by_name[name].kind == kind}

    return Witness(of(ITEM), of(CONTACT), {name: str(value) for name, value in of(HIDDEN).items()})
