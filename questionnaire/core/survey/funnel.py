"""How far people get: views, starts, gate, completions, and for each question who saw it, answered it and left there.

A visit says which questions were seen and answered, never what the answers were or whose. A question counts only for
those on whose path it stood: the drop-off of a question is left / saw. Whoever was sent to an ending neither completed
nor left: they are counted under its name. Source: domain.md, "questionnaire funnel".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from questionnaire.core.survey.survey import Survey

GATE = "contact"


@dataclass(frozen=True, slots=True)
class SurveyVisit:
    """One way through a survey. `seen` and `answered` are names of questions; `at` is what stood on the last screen."""

    seen: frozenset[str]
    answered: frozenset[str] = frozenset()
    at: tuple[str, ...] = ()
    completed: bool = False
    ending: str = ""


@dataclass(frozen=True, slots=True)
class FunnelStep:
    """One question, or the gate (its name is `contact`). `label` is what its author calls it."""

    name: str
    label: str
    saw: int
    answered: int
    left: int

    @property
    def dropoff(self) -> Fraction | None:
        """The share of those who saw it and went no further; None when nobody saw it."""
        return Fraction(self.left, self.saw) if self.saw else None


@dataclass(frozen=True, slots=True)
class Funnel:
    """`started`: answered at least one question. `gate`: saw the contact fields. `ended`: ending -> visits."""

    views: int
    started: int
    gate: int
    completed: int
    steps: tuple[FunnelStep, ...]
    ended: Mapping[str, int] = field(default_factory=dict)


def funnel(survey: Survey, visits: Iterable[SurveyVisit]) -> Funnel:
    """The figures over these visits, one step for each question that asks, in the survey's order, then the gate."""
    names = [question.name for question in survey.questions if question.asks]
    names += [GATE] if survey.contact else []
    # One pass: there may be more visits than fit into memory.
    saw, answered, left, totals = Counter[str](), Counter[str](), Counter[str | None](), Counter[str]()
    ended = Counter[str]()
    for visit in visits:
        saw.update(name for name in names if name in visit.seen)
        answered.update(name for name in names if _answered(visit, name))
        left[_left_at(visit, names)] += 1
        totals["views"] += 1
        totals["started"] += bool(visit.answered)
        totals["gate"] += GATE in visit.seen
        totals["completed"] += visit.completed
        ended.update([visit.ending] if visit.ending else ())
    labels = {question.name: question.author_name for question in survey.questions}
    steps = tuple(FunnelStep(name, labels.get(name, name), saw[name], answered[name], left[name]) for name in names)
    return Funnel(totals["views"], totals["started"], totals["gate"], totals["completed"], steps, dict(ended))


def _answered(visit: SurveyVisit, name: str) -> bool:
    """What was typed at the gate is not told on the way; who completed has answered it."""
    return name in visit.answered or (name == GATE and visit.completed and name in visit.seen)


def _left_at(visit: SurveyVisit, names: Sequence[str]) -> str | None:
    """Where somebody went away: on the last screen, the first question still open, else the last one there."""
    if visit.completed or visit.ending:
        return None
    there = [name for name in names if name in visit.at and name in visit.seen]
    waiting = [name for name in there if name not in visit.answered]
    return (*waiting[:1], *there[-1:], None)[0]
