"""Beside others: how answers add up without being kept apart, and which of the sums somebody is compared with.

A share (a percentage) is counted as a whole number of parts, so that what was added can be taken out again to the last
digit. Nothing here grows with the number of answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import lcm

from questionnaire.core.base.stage import Stage
from questionnaire.core.documents.report import Peers
from questionnaire.core.survey.journey import Journey
from questionnaire.core.survey.maturity import Maturity
from questionnaire.core.survey.report_texts import Benchmark
from questionnaire.core.survey.survey import Survey

WHOLE = lcm(*range(1, 31))
"""Parts of 100 %. Shares of up to thirty equal steps have an exact place; of others, less than 10⁻¹² of it is lost."""

OUT = frozenset({Stage.DISQUALIFIED, Stage.DIVERTED})
"""Whose answers say nothing of peers: competitors, students, partners and the like."""

EVERYBODY = ""


@dataclass(frozen=True, slots=True)
class Counted:
    """What one person adds: the group ("" for none), and the parts reached, overall and by dimension."""

    group: str
    overall: int
    dimensions: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class BenchmarkSum:
    """So many people, the sum of their parts, and by dimension how many of them and their sum."""

    people: int = 0
    overall: int = 0
    dimensions: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    def plus(self, one: Counted, times: int = 1) -> BenchmarkSum:
        """With somebody added; `times=-1` takes the same person out again."""
        sums = dict(self.dimensions)
        for name, parts in one.dimensions.items():
            people, total = sums.get(name, (0, 0))
            sums[name] = people + times, total + times * parts
        kept = {name: pair for name, pair in sums.items() if pair[0]}
        return BenchmarkSum(self.people + times, self.overall + times * one.overall, kept)


def group_of(survey: Survey, journey: Journey) -> str:
    """`question=choice` of the group these answers belong to; "" for none.

    Only what was chosen from a list makes a group: free words would make as many groups as people. "Other" and "I don't
    know" are no group either, for those who chose them have nothing in common.
    """
    benchmark = survey.report.benchmark
    item = survey.question(benchmark.group_by) if benchmark and benchmark.group_by else None
    value = journey.answers.get(item.name) if item else None
    if item is None or item.kind != "choice" or value is None:
        return EVERYBODY
    choice = item.choice(str(value))
    return f"{item.name}={choice.value}" if choice and not choice.unknown and not choice.other_text else EVERYBODY


def group_words(survey: Survey, group: str, language: str) -> str:
    """The choice as the prospect read it; "" for everybody."""
    name, _, value = group.partition("=")
    item = survey.question(name)
    return item.say(value, language) if item else ""


def counted(survey: Survey, journey: Journey, maturity: Maturity) -> Counted | None:
    """What these answers add to the sums; None for a survey without a benchmark, and when nothing could be scored."""
    if survey.report.benchmark is None or maturity.overall is None:
        return None
    parts = {score.name: _parts(score.value) for score in maturity.dimensions}
    return Counted(group_of(survey, journey), _parts(maturity.overall), parts)


def _parts(share: Fraction) -> int:
    """The nearest whole number of parts, by whole numbers: fractions cost ten times as much."""
    twice = 2 * share.numerator * WHOLE // (100 * share.denominator)
    return (twice + 1) // 2


def is_a_peer(stages: Iterable[str]) -> bool:
    """Whether somebody counts for others, by the verdict on these answers and the stage of the lead."""
    return OUT.isdisjoint(stages)


def peers_among(benchmark: Benchmark, group: str, own: BenchmarkSum, everybody: BenchmarkSum) -> Peers | None:
    """The own group when it is large enough, else everybody when the survey says so, else nobody.

    `group` stays a name; its words come with the page. A dimension that too few have answered is left out.
    """
    looked_at = [(group, own)] if group else []
    if benchmark.fallback == "all" or benchmark.group_by is None:
        looked_at.append((EVERYBODY, everybody))
    for name, tally in looked_at:
        if tally.people >= benchmark.hide_below:
            means = {
                dimension: _mean(total, people)
                for dimension, (people, total) in tally.dimensions.items()
                if people >= benchmark.hide_below
            }
            return Peers(tally.people, _mean(tally.overall, tally.people), name, means)
    return None


def _mean(total: int, people: int) -> Fraction:
    return Fraction(100 * total, people * WHOLE)
