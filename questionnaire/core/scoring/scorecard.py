"""The scorecard: FIT, INTENT and TIMING, every point with its source.

Scores are exact (integers; fractions only with decay) and are compared unrounded. `half_up` is for display. `raw` is
the sum of an axis, `score` the sum between 0 and the maximum of the axis: points against a lead never make it negative.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from questionnaire.core.base.quantities import Exact
from questionnaire.core.policy import Policy
from questionnaire.core.policy.axes import Criterion
from questionnaire.core.scoring.evidence import Evidence, Known
from questionnaire.core.scoring.signals import GroupPoints, SignalScore, group_points, signal_scores


@dataclass(frozen=True, slots=True)
class Contribution:
    """The points of one known criterion; zero is a contribution too. `best` is the maximum of the criterion."""

    criterion: str
    level: str
    points: int
    best: int
    source: str
    expires_on: date | None = None


@dataclass(frozen=True, slots=True)
class ExpiredDeclaration:
    """A declaration that has expired: no points; the rep sees when it was declared."""

    criterion: str
    level: str
    source: str
    declared_on: date
    expired_on: date


@dataclass(frozen=True, slots=True)
class FitCompleteness:
    known: int
    of: int
    missing: tuple[str, ...]
    enough: bool


@dataclass(frozen=True, slots=True)
class FitScore:
    score: Exact
    raw: Exact
    max: int
    grade: str
    completeness: FitCompleteness
    contributions: tuple[Contribution, ...]

    @property
    def has_negative(self) -> bool:
        """Whether a level counts against the lead."""
        return any(contribution.points < 0 for contribution in self.contributions)


@dataclass(frozen=True, slots=True)
class IntentScore:
    score: Exact
    raw: Exact
    max: int
    rank: int
    groups: tuple[GroupPoints, ...]
    signals: tuple[SignalScore, ...]

    @property
    def has_negative(self) -> bool:
        """Whether a signal counts against the lead."""
        return any(signal.points < 0 for signal in self.signals)

    @property
    def strong(self) -> tuple[SignalScore, ...]:
        return tuple(signal for signal in self.signals if signal.strength == "strong")

    def shows(self, signal: str) -> bool:
        return any(score.signal == signal for score in self.signals)


@dataclass(frozen=True, slots=True)
class TimingScore:
    score: Exact
    raw: Exact
    max: int
    level: str
    contributions: tuple[Contribution, ...]
    lapsed: tuple[ExpiredDeclaration, ...]

    @property
    def has_negative(self) -> bool:
        """Whether a level counts against the lead."""
        return any(contribution.points < 0 for contribution in self.contributions)


@dataclass(frozen=True, slots=True)
class Scorecard:
    """The three axes of one assessment. `label` is FIT grade and INTENT rank. The MQL threshold compares `total`."""

    fit: FitScore
    intent: IntentScore
    timing: TimingScore
    total: Exact

    @property
    def label(self) -> str:
        return f"{self.fit.grade}{self.intent.rank}"


def score(policy: Policy, evidence: Evidence) -> Scorecard:
    """Scores the evidence under the policy."""
    fit, intent, timing = score_fit(policy, evidence), score_intent(policy, evidence), score_timing(policy, evidence)
    axes: Mapping[str, Exact] = {"fit": fit.score, "intent": intent.score, "timing": timing.score}
    return Scorecard(fit, intent, timing, sum(axes[axis] for axis in policy.mql.total_of))


def _within(raw: Exact, most: int) -> Exact:
    return max(0, min(raw, most))


def score_fit(policy: Policy, evidence: Evidence) -> FitScore:
    contributions = _contributions(policy.fit.criteria, evidence.known)
    raw = sum(contribution.points for contribution in contributions)
    capped = _within(raw, policy.fit.max)
    return FitScore(
        capped, raw, policy.fit.max, policy.fit.grades.of(capped), completeness(policy, evidence), contributions
    )


def completeness(policy: Policy, evidence: Evidence) -> FitCompleteness:
    """Known ÷ relevant, compared exactly. A group counts once; it is known if any member is."""
    groups = policy.fit.completeness.groups
    missing = tuple(group[0] for group in groups if not any(name in evidence.known for name in group))
    known = len(groups) - len(missing)
    return FitCompleteness(known, len(groups), missing, Fraction(known, len(groups)) >= policy.fit.completeness.minimum)


def score_intent(policy: Policy, evidence: Evidence) -> IntentScore:
    signals = signal_scores(policy, evidence)
    groups = group_points(policy, signals)
    ungrouped = sum(signal.points for signal in signals if signal.group not in policy.intent.groups)
    raw = sum(group.capped for group in groups) + ungrouped
    capped = _within(raw, policy.intent.max)
    return IntentScore(capped, raw, policy.intent.max, policy.intent.ranks.of(capped), groups, signals)


def score_timing(policy: Policy, evidence: Evidence) -> TimingScore:
    contributions = _contributions(policy.timing.criteria, evidence.known)
    raw = sum(contribution.points for contribution in contributions)
    capped = _within(raw, policy.timing.max)
    lapsed = tuple(
        ExpiredDeclaration(name, item.level, item.source, item.at.astimezone(policy.zone).date(), item.expired_on)
        for name, item in evidence.stale.items()
        if name in policy.timing.criteria and item.expired_on is not None
    )
    return TimingScore(capped, raw, policy.timing.max, policy.timing.levels.of(capped), contributions, lapsed)


def _contributions(criteria: Mapping[str, Criterion], known: Mapping[str, Known]) -> tuple[Contribution, ...]:
    return tuple(
        Contribution(name, item.level, criterion.points(item.level), criterion.best, item.source, item.expired_on)
        for name, criterion in criteria.items()
        if (item := known.get(name)) is not None
    )
