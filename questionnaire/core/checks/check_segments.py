"""Checks of segments: what may decide them, and the policy that each of them makes.

The policy of a segment is checked like any policy. What is wrong in the policy itself is reported there, once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from questionnaire.core.base.conditions import Condition, tests
from questionnaire.core.checks.findings import Notes
from questionnaire.core.checks.scopes import place
from questionnaire.core.policy import Policy
from questionnaire.core.policy.segments import SETTLED_LATER, Segment, in_segment


def check_segments(notes: Notes, policy: Policy, check: Callable[[Notes, Policy], None]) -> None:
    """`check` reports the problems of one policy; `notes` already has those of `policy` itself."""
    known = {(problem.code, problem.where, problem.message) for problem in notes.problems}
    for index, segment in enumerate(policy.segments):
        _check_when(notes, index, segment.when)
        own = Notes()
        check(own, policy.for_segment(segment.id))
        for problem in own.problems:
            is_changeable = problem.where[0] in Segment.model_fields
            if is_changeable and (problem.code, problem.where, problem.message) not in known:
                notes.add(in_segment(problem, index, segment))


def _check_when(notes: Notes, index: int, when: Condition) -> None:
    where = ("segments", index, "when")
    for test in tests(when):
        if test.name in SETTLED_LATER:
            notes.error("fact_too_early", place(where, test), f"`{test.name}` rests on the points of the segment",
                        "use criteria, contact fields, answers, or facts that are known before scoring")  # fmt: skip


def policies_of(policy: Policy) -> Iterator[Policy]:
    """The policy, and what each segment makes of it."""
    yield policy
    for segment in policy.segments:
        yield policy.for_segment(segment.id)
