"""Below the scoring grid: what answers can reach on each axis against the policy's thresholds, and what of the policy
no answer leads to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from questionnaire.core.base.labels import heat_name
from questionnaire.core.base.quantities import half_up
from questionnaire.core.checks.check_axes import most_of
from questionnaire.core.checks.findings import Bound, Bounds
from questionnaire.core.editing.evidence_sources import EvidenceSource
from questionnaire.core.policy import Policy
from questionnaire.core.policy.axes import Criterion
from questionnaire.web.builder.grid_titles import GridTitles
from questionnaire.web.builder.options import COMPLETED

Range: TypeAlias = tuple[int, int, bool]
"""The least and greatest, and whether that is proved."""


@dataclass(frozen=True, slots=True)
class AxisTotal:
    """`start` and `end`: the reachable part of the scale in percent. Not `proved`: no one gets more, but perhaps less.

    `reached` names the grades of both ends, `thresholds` says where grades begin, `missed` which of them no one gets.
    """

    axis: str
    least: int
    greatest: int
    most: int
    proved: bool
    reached: str
    thresholds: str
    missed: tuple[str, ...] = ()

    @property
    def start(self) -> int:
        return round(100 * self.least / self.most) if self.most else 0

    @property
    def end(self) -> int:
        return round(100 * self.greatest / self.most) if self.most else 0


@dataclass(frozen=True, slots=True)
class Unfed:
    """A criterion, level or signal of the policy that no answer leads to. `criterion` is empty for a whole criterion
    and for a signal."""

    axis: str
    title: str
    criterion: str
    points: int


class Totals:
    """`bounds`: what a proof found, None before one."""

    def __init__(self, titles: GridTitles, sources: tuple[EvidenceSource, ...], bounds: Bounds | None) -> None:
        self.titles, self.sources, self.bounds = titles, sources, bounds
        self.words, self.policy = titles.words, titles.policy

    def axes(self) -> tuple[AxisTotal | None, ...]:
        """FIT, INTENT, TIMING and maturity."""
        if self.policy is None:
            return (None, None, None, None)
        return (self._fit(self.policy), self._intent(self.policy), self._timing(self.policy), self._maturity())

    def _fit(self, policy: Policy) -> AxisTotal:
        words, grades = self.words, policy.fit.grades
        limits = self._limits("fit", policy.fit.criteria, policy.fit.max)
        return self._axis("fit", limits, policy.fit.max, grades.of, [
            (words("grade %(name)s", name="A"), grades.A), (words("grade %(name)s", name="B"), grades.B),
        ])  # fmt: skip

    def _timing(self, policy: Policy) -> AxisTotal:
        words, heat = self.words, policy.timing.levels
        limits = self._limits("timing", policy.timing.criteria, policy.timing.max)
        return self._axis("timing", limits, policy.timing.max, lambda score: heat_name(heat.of(score), words), [
            (heat_name("hot", words), heat.hot), (heat_name("warm", words), heat.warm),
        ])  # fmt: skip

    def _intent(self, policy: Policy) -> AxisTotal:
        words, intent = self.words, policy.intent
        names = {str(one.content.get("emits")) for source in self.sources for one in source.answers}
        rules = [rule for name, rule in intent.signals.items() if name in names or name == COMPLETED]
        limits = _proved(self.bounds.intent if self.bounds else None) or (0, most_of(policy, rules), False)
        return self._axis("intent", limits, intent.max, lambda score: words("rank %(n)s", n=intent.ranks.of(score)), [
            (words("rank %(n)s", n=1), intent.ranks.one), (words("rank %(n)s", n=2), intent.ranks.two),
        ])  # fmt: skip

    def _maturity(self) -> AxisTotal | None:
        found = _proved(self.bounds.maturity if self.bounds else None)
        return AxisTotal("maturity", found[0], found[1], 100, found[2], "", "") if found else None

    def _axis(
        self, axis: str, limits: Range, most: int, name_of: Callable[[int], str], starts: list[tuple[str, int]]
    ) -> AxisTotal:
        words = self.words
        least, greatest, proved = limits
        high, low = name_of(greatest), name_of(least)
        reached = str(high) if high == low else f"{high} – {low}"
        thresholds = ", ".join(words("%(name)s from %(n)s", name=name, n=start) for name, start in starts)
        missed = tuple(words("No one reaches %(name)s", name=name) for name, start in starts if greatest < start)
        return AxisTotal(axis, least, greatest, most, proved, reached, thresholds, missed)

    def _limits(self, axis: str, criteria: dict[str, Criterion], most: int) -> Range:
        bound = None if self.bounds is None else self.bounds.fit if axis == "fit" else self.bounds.timing
        found = _proved(bound)
        if found is not None:
            return found
        return 0, min(most, sum(self._best(name, rule) for name, rule in criteria.items())), False

    def _best(self, name: str, rule: Criterion) -> int:
        points = [rule.points(level) for source in self.sources if source.criterion == name
                  for level in levels_of(source, rule)]  # fmt: skip
        return max(0, *points, 0)

    def unfed(self) -> tuple[Unfed, ...]:
        """Whole criteria first, then levels, then signals."""
        return tuple(self._unfed(self.policy)) if self.policy is not None else ()

    def _unfed(self, policy: Policy) -> Iterator[Unfed]:
        titles = self.titles
        asked = {source.criterion for source in self.sources}
        axes = [("fit", name) for name in policy.fit.criteria] + [("timing", name) for name in policy.timing.criteria]
        for axis, name in axes:
            if name not in asked:
                yield Unfed(axis, titles.choosable.criterion(name), "", policy.criteria[name].best)
        for axis, name in axes:
            rule = policy.criteria[name]
            given = {level for source in self.sources if source.criterion == name for level in levels_of(source, rule)}
            for level in rule.levels if name in asked else ():
                if level not in given:
                    yield Unfed(axis, titles.level(name, level), titles.choosable.criterion(name), rule.points(level))
        emitted = {str(one.content.get("emits")) for source in self.sources for one in source.answers}
        for name, (title, points) in titles.signals.items():
            if name not in emitted and name != COMPLETED:
                yield Unfed("intent", title, "", points)


def levels_of(source: EvidenceSource, rule: Criterion) -> frozenset[str]:
    """The levels that a source can give; all of them where the policy reads them from what is typed."""
    if source.answers:
        return frozenset(str(one.content.get("level")) for one in source.answers) & frozenset(rule.levels)
    return frozenset(rule.levels)


def _proved(bound: Bound | None) -> Range | None:
    """What no one exceeds where the search could not look at everyone."""
    if bound is None:
        return None
    least, greatest = bound.limits if bound.limits is not None and not bound.exact else (bound.least, bound.greatest)
    return half_up(least), half_up(greatest), bound.exact
