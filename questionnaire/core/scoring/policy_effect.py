"""The effect of a policy on past leads: how many would change stage, which ones, and how many each rep would get."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from questionnaire.core.base.stage import Stage
from questionnaire.core.handoff.rehearsal import rehearse
from questionnaire.core.handoff.routing import Assignment
from questionnaire.core.scoring.assessment import Assessment, is_sql_ready

LEAST_LEADS = 30
"""Fewer leads say nothing about a policy."""
MOST_CHANGES = 200
QUEUE = ""
"""Stands for leads that no rep gets."""
Judgements = Sequence[tuple[Assessment, Assessment]]
"""Of each lead the assessment today, and the one under a draft."""
REACHES_MQL = (Stage.MQL, Stage.REVIEW, Stage.SQL_READY)


@dataclass(frozen=True, slots=True)
class JudgedTwice:
    """One past lead under the policy in force and under the draft."""

    id: str
    before: Assessment
    after: Assessment

    @property
    def changes(self) -> bool:
        return _outcome(self.before) != _outcome(self.after)

    @property
    def moves(self) -> bool:
        return self.before.verdict.stage != self.after.verdict.stage


@dataclass(frozen=True, slots=True)
class RoutedTwice:
    """A past lead that somebody else would get. None: it isn't handed to sales."""

    id: str
    before: Assignment | None
    after: Assignment | None


def _outcome(assessment: Assessment) -> tuple[Stage, str | None, str | None]:
    verdict = assessment.verdict
    return verdict.stage, verdict.reason, verdict.to


@dataclass(frozen=True, slots=True)
class PolicyEffect:
    """Figures come in pairs: under the policy in force, and under the draft.

    `moves`: (stage before, stage after, number of leads), most first. `reps`: rep -> leads. `reasons_only`: leads that
    keep their stage and get it for another reason.
    """

    leads: int
    since: datetime | None
    until: datetime | None
    mqls: tuple[int, int]
    ready: tuple[int, int]
    moves: tuple[tuple[str, str, int], ...]
    reasons_only: int
    changed: tuple[JudgedTwice, ...]
    reps: Mapping[str, tuple[int, int]]
    rerouted: tuple[RoutedTwice, ...] = ()


def effect_of(leads: Sequence[JudgedTwice]) -> PolicyEffect:
    """`leads` in order of arrival."""
    moved = [lead for lead in leads if lead.moves]
    judgements = [(lead.before, lead.after) for lead in leads]
    moments = [lead.before.at for lead in leads]
    before, after = _routed([(one.id, one.before) for one in leads]), _routed([(one.id, one.after) for one in leads])
    loads = [_loads(before), _loads(after)]
    rerouted = [
        RoutedTwice(one.id, before.get(one.id), after.get(one.id))
        for one in leads
        if _holder(before.get(one.id)) != _holder(after.get(one.id))
    ]
    return PolicyEffect(
        len(leads), min(moments, default=None), max(moments, default=None),
        count_both(judgements, lambda one: one.verdict.stage in REACHES_MQL), count_both(judgements, is_sql_ready),
        stage_moves(judgements),
        sum(lead.changes and not lead.moves for lead in leads), tuple(reversed(moved))[:MOST_CHANGES],
        {rep: (loads[0][rep], loads[1][rep]) for rep in sorted({*loads[0], *loads[1]})},
        tuple(reversed(rerouted))[:MOST_CHANGES],
    )  # fmt: skip


def count_both(judgements: Judgements, counts: Callable[[Assessment], bool]) -> tuple[int, int]:
    """Returns how many count today and under the draft."""
    return sum(counts(before) for before, _ in judgements), sum(counts(after) for _, after in judgements)


def stage_moves(judgements: Judgements) -> tuple[tuple[str, str, int], ...]:
    """Returns (stage today, stage under the draft, number of leads) of those that change stage, most first."""
    stages = [(str(before.verdict.stage), str(after.verdict.stage)) for before, after in judgements]
    moves = Counter(pair for pair in stages if pair[0] != pair[1])
    return tuple((before, after, count) for (before, after), count in moves.most_common())


def _routed(leads: Sequence[tuple[str, Assessment]]) -> dict[str, Assignment]:
    """Lead -> who would get it, for those that are ready for sales."""
    ready = [(name, one) for name, one in leads if is_sql_ready(one)]
    assignments = rehearse((one.policy, one.facts) for _, one in ready)
    return {name: assignment for (name, _), assignment in zip(ready, assignments, strict=True)}


def _holder(assignment: Assignment | None) -> tuple[str | None, str | None] | None:
    return (assignment.rep, assignment.queue) if assignment is not None else None


def _loads(routed: Mapping[str, Assignment]) -> Counter[str]:
    """Rep -> leads that are ready for sales; `QUEUE` for those in a queue."""
    return Counter(one.rep or QUEUE for one in routed.values())
