"""Proofs of a policy with segments: one for each segment's whole policy, and one for the leads without a segment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from questionnaire.core.base.conditions import Test, names
from questionnaire.core.base.problems import WARNING, Problem
from questionnaire.core.checks.build_model import build
from questionnaire.core.checks.findings import Notes, Proof
from questionnaire.core.checks.formulas import Formula, conj, neg
from questionnaire.core.checks.goal import Goal
from questionnaire.core.checks.limits import Limits
from questionnaire.core.checks.policy_formulas import PolicyFormulas
from questionnaire.core.checks.prove import TOTAL_BUDGET, Prover, prove_all
from questionnaire.core.checks.reachability import check_reach
from questionnaire.core.checks.score_bounds import limits_by_segment
from questionnaire.core.checks.score_ranges import ScoreRanges
from questionnaire.core.policy import Policy
from questionnaire.core.policy.axes import Criterion
from questionnaire.core.policy.segments import Segment, in_segment

RESTS_ON: Mapping[str, str] = {
    "signal": "intent", "strong_signals": "intent", "disengaged": "intent", "hand_raise": "intent", "not_now": "timing",
}  # fmt: skip
"""A fact that decides a segment -> the part of the policy that says when it is true."""


@dataclass(frozen=True, slots=True)
class ProvedPart:
    """What was found of one segment, or of the leads without one (`segment` is None)."""

    segment: Segment | None
    survey: tuple[Problem, ...]
    policy: tuple[Problem, ...]
    proofs: tuple[Proof, ...] = ()

    def has(self, problem: Problem) -> bool:
        return any((one.code, one.where) == (problem.code, problem.where) for one in (*self.survey, *self.policy))

    def changes(self, problem: Problem) -> bool:
        """Whether the segment has its own part of the policy at the place of a problem."""
        return self.segment is not None and str(problem.where[0]) in self.segment.changes


def prove_policy(
    notes: tuple[Notes, Notes], ranges: ScoreRanges, policy: Policy, compared: Mapping[str, Sequence[Test]]
) -> tuple[tuple[Proof, ...], Mapping[str, Mapping[str, Limits]]]:
    """Proves what each part of a policy can do, and the limits of the axes whose points depend on the segment.

    What is impossible is reported in `notes`: survey, policy.
    """
    if not policy.segments:
        check_reach(notes[1], ranges, policy)
        meaning = PolicyFormulas(ranges.model, policy)
        return prove_all(notes, Prover(meaning, ranges), meaning), {}
    meanings = list(meanings_of(ranges, policy, compared))
    parts = [_prove(meaning, own, notes) for meaning, own in meanings]
    _report(notes, policy, parts)
    limits = limits_by_segment(((_word(meaning), own) for meaning, own in meanings), policy)
    return tuple(proof for part in parts for proof in part.proofs), limits


def meanings_of(
    ranges: ScoreRanges, policy: Policy, compared: Mapping[str, Sequence[Test]]
) -> Iterator[tuple[PolicyFormulas, ScoreRanges]]:
    """The leads without a segment, then each segment, under the policy that counts for them."""
    model = ranges.model
    for segment in (None, *policy.segments):
        under, own = policy, ranges
        if segment is not None:
            under = policy.for_segment(segment.id)
            own = ranges.under(under) or ScoreRanges(build(model.survey, under, compared, model.sources), ranges.budget)
        premise = _premise(PolicyFormulas(own.model, policy), policy, segment)
        yield PolicyFormulas(own.model, under, policy, segment.id if segment is not None else None, premise), own


def _premise(meaning: PolicyFormulas, policy: Policy, segment: Segment | None) -> Formula:
    """The formula of "the lead is in this segment": its condition, and none before it."""
    place = len(policy.segments) if segment is None else policy.segments.index(segment)
    earlier = (neg(meaning.rule(one.when)) for one in policy.segments[:place])
    return conj((*earlier, True if segment is None else meaning.rule(segment.when)))


def _prove(meaning: PolicyFormulas, ranges: ScoreRanges, known: tuple[Notes, Notes]) -> ProvedPart:
    base = meaning.base
    prover = Prover(meaning, ranges, TOTAL_BUDGET // (len(base.segments) + 1))
    segment = next((one for one in base.segments if one.id == meaning.segment), None)
    survey, own = Notes(known[0].problems), Notes(known[1].problems)
    word = _word(meaning)
    membership = prover.prove(Goal(word, True, lambda judged: judged.segment == meaning.segment))
    if membership.outcome == "impossible":
        if segment is not None:
            where = ("segments", base.segments.index(segment), "when")
            own.add(Problem("segment_never", where, f"{meaning.model.subject} is in the segment `{segment.id}`",
                            "correct its condition, move it up, or remove it", WARNING))  # fmt: skip
        return ProvedPart(segment, (), _new(own, known[1]), (membership,))
    check_reach(own, ranges, meaning.policy)
    proofs = prove_all((survey, own), prover, meaning)
    named = proofs if segment is None else (replace(proof, what=f"{word}: {proof.what}") for proof in proofs)
    return ProvedPart(segment, _new(survey, known[0]), _new(own, known[1]), (membership, *named))


def _word(meaning: PolicyFormulas) -> str:
    return f"segment {meaning.segment}" if meaning.segment is not None else "no segment"


def _new(notes: Notes, known: Notes) -> tuple[Problem, ...]:
    return tuple(problem for problem in notes.problems if problem not in known.problems)


def _report(notes: tuple[Notes, Notes], policy: Policy, parts: Sequence[ProvedPart]) -> None:
    """A part of the policy that several segments share is reported when it is impossible in all of them."""
    living = [part for part in parts if part.proofs[0].outcome != "impossible"]
    for part in parts:
        for problem in part.survey:
            if all(other.has(problem) for other in living):
                notes[0].add(problem)
        for problem in part.policy:
            if problem.code == "segment_never":
                notes[1].add(problem)
            elif part.segment is None or not part.changes(problem):
                if all(other.has(problem) for other in living if not other.changes(problem)):
                    notes[1].add(problem)
            else:
                _report_of_segment(notes[1], policy, part.segment, problem)


def _report_of_segment(notes: Notes, policy: Policy, segment: Segment, problem: Problem) -> None:
    own = in_segment(problem, policy.segments.index(segment), segment)
    is_written = len(own.where) - 2 == len(problem.where)
    is_told = any((one.code, one.where) == (problem.code, problem.where) for one in notes.problems)
    if is_written or not is_told:
        notes.add(own)


def segments_not_searched(policy: Policy) -> Iterator[str]:
    """Why it is unknown who is in a segment: it changes what decides about the segments."""
    deciding = {name for segment in policy.segments for name in names(segment.when)}
    for segment in policy.segments:
        under = policy.for_segment(segment.id)
        measured = sorted((deciding | (set(policy.icp) if "icp" in deciding else set())) & {*policy.criteria})
        for name in measured:
            if _measures(policy.criteria[name]) != _measures(under.criteria[name]):
                yield f"the segment `{segment.id}` changes how `{name}` is measured, and `{name}` decides the segments"
        for name in sorted(deciding & {*RESTS_ON}):
            part = RESTS_ON[name]
            if getattr(policy, part) != getattr(under, part) or policy.mql.immediate_on != under.mql.immediate_on:
                yield f"the segment `{segment.id}` changes `{part}`, and `{name}` decides the segments"


def _measures(criterion: Criterion) -> tuple[Any, ...]:
    """How answers become levels, and for how long."""
    order = sorted(criterion.levels, key=lambda level: -criterion.points(level))
    periods = {name: level.valid_for for name, level in criterion.levels.items()}
    return criterion.bands, criterion.countries, criterion.titles, criterion.icp, order, periods
