"""The benchmark: sums of maturity scores over people, and the choice of the sum for a comparison.

Only sums are stored, not single results. A percentage is stored as an integer number of parts, so that an entry can
be subtracted again exactly. Cost and storage do not grow with the number of answers.
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
from questionnaire.core.survey.placeholders import say_answer
from questionnaire.core.survey.report_texts import Benchmark
from questionnaire.core.survey.survey import Survey

WHOLE = lcm(*range(1, 31))
"""Parts of 100%. Fractions with denominators up to 30 are exact; others lose less than 10⁻¹²."""

NON_PEER_STAGES = frozenset({Stage.DISQUALIFIED, Stage.DIVERTED})
"""Stages of people who are no peers: competitors, students, partners and the like."""

ALL_PEOPLE = ""


@dataclass(frozen=True, slots=True)
class BenchmarkEntry:
    """The entry of one person: the group ("" for none), and the parts reached, overall and by dimension."""

    group: str
    overall: int
    dimensions: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class BenchmarkSum:
    """The number of people, the sum of their parts, and for each dimension the number of people and their sum."""

    people: int = 0
    overall: int = 0
    dimensions: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    def plus(self, entry: BenchmarkEntry, times: int = 1) -> BenchmarkSum:
        """Returns the sum with an entry added; with `times=-1`, subtracted."""
        sums = dict(self.dimensions)
        for name, parts in entry.dimensions.items():
            people, total = sums.get(name, (0, 0))
            sums[name] = people + times, total + times * parts
        non_empty = {name: pair for name, pair in sums.items() if pair[0]}
        return BenchmarkSum(self.people + times, self.overall + times * entry.overall, non_empty)


def group_of(survey: Survey, journey: Journey) -> str:
    """Returns the group of these answers as `question=choice`; "" for none.

    Only a choice from a list defines a group: free text would create as many groups as people. "Other" and "I don't
    know" define none either, because people who chose them have nothing in common.
    """
    benchmark = survey.report.benchmark
    item = survey.question(benchmark.group_by) if benchmark and benchmark.group_by else None
    value = journey.answers.get(item.name) if item else None
    if item is None or item.kind != "choice" or value is None:
        return ALL_PEOPLE
    choice = item.choice(str(value))
    return (
        f"{item.name}={choice.value}" if choice and not choice.proves_nothing and not choice.other_text else ALL_PEOPLE
    )


def group_words(survey: Survey, group: str, language: str) -> str:
    """The label of the group's choice; "" for all people."""
    name, _, value = group.partition("=")
    item = survey.question(name)
    return say_answer(item, value, language, {}) if item else ""


def benchmark_entry(survey: Survey, journey: Journey, maturity: Maturity) -> BenchmarkEntry | None:
    """Returns the entry of these answers; None for a survey without benchmark, and without a maturity score."""
    if survey.report.benchmark is None or maturity.overall is None:
        return None
    parts = {score.name: _parts(score.value) for score in maturity.dimensions}
    return BenchmarkEntry(group_of(survey, journey), _parts(maturity.overall), parts)


def _parts(share: Fraction) -> int:
    """The nearest integer number of parts, in integer arithmetic: Fractions are ten times slower."""
    doubled = 2 * share.numerator * WHOLE // (100 * share.denominator)
    return (doubled + 1) // 2


def is_peer(stages: Iterable[str]) -> bool:
    """Whether a person is in the benchmark: none of the stages (of verdict and lead) is in NON_PEER_STAGES."""
    return NON_PEER_STAGES.isdisjoint(stages)


def select_peers(benchmark: Benchmark, group: str, own: BenchmarkSum, everyone: BenchmarkSum) -> Peers | None:
    """Returns the person's group when it is large enough, else all people if the survey allows it, else None.

    `group` is a name; the page adds its label. A dimension that too few people answered is left out.
    """
    candidates = [(group, own)] if group else []
    if benchmark.fallback == "all" or benchmark.group_by is None:
        candidates.append((ALL_PEOPLE, everyone))
    for name, total_sum in candidates:
        if total_sum.people >= benchmark.hide_below:
            means = {
                dimension: _mean(total, people)
                for dimension, (people, total) in total_sum.dimensions.items()
                if people >= benchmark.hide_below
            }
            return Peers(total_sum.people, _mean(total_sum.overall, total_sum.people), name, means)
    return None


def _mean(total: int, people: int) -> Fraction:
    return Fraction(100 * total, people * WHOLE)
