"""The policy: the agreement of marketing and sales on points, thresholds, rules, routing and SLA terms.

Law: points, thresholds, rules and SLA terms are nowhere else. Shapes: format.md and the worked example.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Annotated, Any, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, ModelWrapValidatorHandler, PrivateAttr, model_validator

from questionnaire.core.base.authored import Authored, mistake, mistakes
from questionnaire.core.base.problems import Problem
from questionnaire.core.policy.agreement import Box, Disqualify, Divert, Lists, Mql, Signature, Sql, Verification
from questionnaire.core.policy.axes import Criterion, Fit, Timing
from questionnaire.core.policy.calendar import Calendar
from questionnaire.core.policy.handoff import KpiBands, RejectionReason, Rep, Routing, Sla
from questionnaire.core.policy.intent import Intent
from questionnaire.core.policy.segments import Segment, in_segment, merged_policy
from questionnaire.core.survey.questions import Slug


def _zone(raw: str) -> str:
    try:
        ZoneInfo(raw)
    except (KeyError, ValueError, OSError):
        raise mistake("timezone", "`{raw}` is not a time zone", "write it like `Europe/Paris`", raw=raw) from None
    return raw


class Policy(Authored):
    """The authored policy as one frozen value."""

    schema_: Literal["policy/1"] = Field(alias="schema")
    id: Slug
    version: int = Field(ge=1, le=10**6)
    signed_by: tuple[Signature, ...] = ()
    review_due: date | None = None
    timezone: Annotated[str, AfterValidator(_zone)] = "UTC"
    phrases: Literal["standard"] | None = None
    fit: Fit
    intent: Intent
    timing: Timing
    mql: Mql
    sql: Sql = Sql()
    lists: Lists = Lists()
    disqualify: tuple[Disqualify, ...] = ()
    divert: tuple[Divert, ...] = ()
    verify: tuple[Verification, ...] = ()
    checklist: tuple[Box, ...] = ()
    routing: Routing = Routing()
    sla: Sla
    calendars: dict[str, Calendar] = Field(min_length=1)
    reps: tuple[Rep, ...] = ()
    rejection_reasons: tuple[RejectionReason, ...] = ()
    kpi_bands: KpiBands | None = None
    segments: tuple[Segment, ...] = ()
    _by_segment: dict[str, Policy] = PrivateAttr(default_factory=dict)

    @model_validator(mode="wrap")
    @classmethod
    def _merge_segments(cls, raw: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        policy = handler(raw)
        problems: list[Problem] = []
        for index, segment in enumerate(policy.segments if isinstance(raw, Mapping) else ()):
            if segment.id in policy._by_segment:
                hint = "give each segment its own id"
                place = ("segments", index, "id")
                problems.append(Problem("duplicate_name", place, f"the name `{segment.id}` stands twice", hint))
                continue
            merged, merged_problems = cls.from_raw(merged_policy(raw, segment))
            problems += (in_segment(problem, index, segment) for problem in merged_problems)
            policy._by_segment[segment.id] = merged or policy
        if problems:
            raise mistakes(*problems)
        return policy

    def for_segment(self, id: str | None) -> Policy:
        """The policy as it applies to a segment; this one without a segment."""
        return self if id is None else self._by_segment[id]

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @cached_property
    def criteria(self) -> Mapping[str, Criterion]:
        """The criteria of FIT and TIMING, by name."""
        return {**self.fit.criteria, **self.timing.criteria}

    @cached_property
    def icp(self) -> Mapping[str, tuple[str, ...]]:
        """The criteria that describe the ideal customer, with their levels."""
        return {name: criterion.icp for name, criterion in self.criteria.items() if criterion.icp}

    def rep(self, id: str) -> Rep | None:
        return next((rep for rep in self.reps if rep.id == id), None)

    @cached_property
    def rep_names(self) -> Mapping[str, str]:
        """Id of a rep -> name."""
        return {rep.id: rep.name for rep in self.reps}

    def calendar_of(self, rep: str | None) -> Calendar:
        """The calendar of a rep; `default` for a queue (None) and for an unknown rep."""
        member = self.rep(rep) if rep else None
        name = member.calendar if member and member.calendar in self.calendars else "default"
        return self.calendars.get(name) or next(iter(self.calendars.values()))


def read(raw: object) -> tuple[Policy | None, tuple[Problem, ...]]:
    """Returns the policy, or None with every problem in it."""
    return Policy.from_raw(raw)
