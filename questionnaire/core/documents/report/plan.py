"""The plan of a report: the author's own, or what the answers' advice makes, small effort and great gain first.

A survey without advice has a plan of its dimensions' texts, the weakest first. What done looks like is authored.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from questionnaire.core.documents.report.advice import AdviceLine, advice_line, has_advice, planned_advice
from questionnaire.core.documents.report.context import ReportContext

TERMS = (30, 60, 90)


@dataclass(frozen=True, slots=True)
class Action:
    """Something to do. `title` is the dimension it is about, "" in a plan of the author's."""

    title: str
    line: AdviceLine


@dataclass(frozen=True, slots=True)
class PlanTerm:
    """One of the terms of the plan. `since` is its first day, `until` its last."""

    since: int
    until: int
    heading: str
    moves: tuple[Action, ...]


@dataclass(frozen=True, slots=True)
class ActionPlan:
    """`days` is the last day of the last term."""

    days: int
    terms: tuple[PlanTerm, ...]


def plan(context: ReportContext) -> ActionPlan | None:
    """Returns None when there is nothing to do."""
    if context.survey.report.plan:
        return _authored(context)
    if has_advice(context):
        lines = [(one.dimension, advice_line(context, one.advice)) for one in planned_advice(context)]
        actions = [Action(context.title_of(name), line) for name, line in lines]
        return _in_terms(context.words("Start here"), _in_thirds(actions), context)
    return _of_bands(context)


def plan_days(context: ReportContext) -> int:
    """The length of the report's plan; 0 when it has none."""
    found = plan(context) if "plan" in context.survey.report.sections else None
    return found.days if found else 0


def _authored(context: ReportContext) -> ActionPlan:
    terms, since = [], 1
    for term in context.survey.report.plan:
        moves = tuple(Action("", advice_line(context, item)) for item in term.items)
        terms.append(PlanTerm(since, term.days, context.say(term.title), moves))
        since = term.days + 1
    return ActionPlan(since - 1, tuple(terms))


def _of_bands(context: ReportContext) -> ActionPlan | None:
    """The weakest dimension is the first month; of the others the larger half is the second, the rest the third."""
    scores = [score for score in context.maturity.ordered if score.band]
    actions = [
        Action(context.title_of(score.name), AdviceLine(score.band.text.say(context.language), "", ""))
        for score in scores
        if score.band
    ]
    half = (len(actions[1:]) + 1) // 2
    level = len({score.value for score in context.maturity.dimensions}) == 1
    begin = context.words("Start here") if level else context.words("Start with your weakest area")
    return _in_terms(begin, [actions[:1], actions[1 : 1 + half], actions[1 + half :]], context)


def _in_thirds(actions: list[Action]) -> list[list[Action]]:
    """Three runs of almost equal length, the longer ones first."""
    size, more = divmod(len(actions), len(TERMS))
    ends = [size * count + min(count, more) for count in range(len(TERMS) + 1)]
    return [actions[start:end] for start, end in pairwise(ends)]


def _in_terms(begin: str, groups: list[list[Action]], context: ReportContext) -> ActionPlan | None:
    headings = (begin, context.words("Build on it"), context.words("Make it last"))
    found = [
        PlanTerm(until - 29, until, heading, tuple(group))
        for until, heading, group in zip(TERMS, headings, groups, strict=False)
        if group
    ]
    return ActionPlan(found[-1].until, tuple(found)) if found else None
