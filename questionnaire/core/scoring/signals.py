"""Scores of INTENT signals: which still count, their points after caps and decay, and their strength.

Caps apply per signal, then per group, then per axis. The cap of a signal also limits what it takes; that of a group
limits only what it gives. A window reaches back from the instant, inclusive. Decay removes a share of the original
points for each full period. Source: format.md, "Evidence" and "Deciding".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

from questionnaire.core.base.quantities import Exact
from questionnaire.core.policy import Policy
from questionnaire.core.policy.intent import Rise, SignalRule, Strength
from questionnaire.core.scoring.evidence import Evidence, Signal


@dataclass(frozen=True, slots=True)
class SignalScore:
    """The score of one signal over its counted occurrences: `raw` points before its own cap, `points` after it."""

    signal: str
    count: int
    raw: Exact
    points: Exact
    strength: Strength
    group: str | None
    disengagement: bool
    occurrences: tuple[Signal, ...]

    @property
    def last(self) -> datetime:
        return self.occurrences[-1].at

    @property
    def source(self) -> str:
        """The source of each occurrence: the answer that emitted it, else its day."""
        sources = [signal.source or f"seen {signal.at.date().isoformat()}" for signal in self.occurrences]
        return "; ".join(dict.fromkeys(sources))


@dataclass(frozen=True, slots=True)
class GroupPoints:
    """The points of a group before and after its cap."""

    group: str
    raw: Exact
    capped: Exact


def signal_scores(policy: Policy, evidence: Evidence) -> tuple[SignalScore, ...]:
    """Scores the signals that still count, in the policy's order."""
    scores: list[SignalScore] = []
    by_name: dict[str, list[Signal]] = {}
    for signal in evidence.signals:
        by_name.setdefault(signal.name, []).append(signal)
    for name, rule in policy.intent.signals.items():
        counting = _counting(policy, rule, by_name.get(name, ()), evidence.at)
        if counting:
            scores.append(_score(policy, name, rule, counting, evidence))
    return tuple(scores)


def group_points(policy: Policy, scores: Sequence[SignalScore]) -> tuple[GroupPoints, ...]:
    """Returns every group that has points, before and after its cap."""
    sums: dict[str | None, Exact] = {}
    for score in scores:
        sums[score.group] = sums.get(score.group, 0) + score.points
    caps = policy.intent.groups.items()
    return tuple(GroupPoints(group, raw, min(raw, cap)) for group, cap in caps if (raw := sums.get(group, 0)))


def _counting(policy: Policy, rule: SignalRule, occurrences: Sequence[Signal], at: datetime) -> tuple[Signal, ...]:
    """The occurrences inside the window, or with points left after decay."""
    if rule.window is not None and occurrences:
        since = rule.window.before(at, policy.zone)
        return tuple(signal for signal in occurrences if signal.at >= since)
    return tuple(signal for signal in occurrences if _remaining(rule, signal, at, policy.zone))


def _remaining(rule: SignalRule, signal: Signal, at: datetime, zone: ZoneInfo) -> Exact:
    """The share of the original points that is left after decay, from 0 to 1."""
    if rule.decay is None:
        return 1
    periods = 0
    while rule.decay.by * periods < 1 and rule.decay.every.past(signal.at, zone, periods + 1) <= at:
        periods += 1
    return max(Fraction(0), 1 - rule.decay.by * periods)


def _score(
    policy: Policy, name: str, rule: SignalRule, counting: tuple[Signal, ...], evidence: Evidence
) -> SignalScore:
    shares = [_remaining(rule, signal, evidence.at, policy.zone) for signal in counting]
    raw = rule.points * (max(shares) if rule.count == "once" else sum(shares))
    points = raw if rule.max is None else max(-rule.max, min(raw, rule.max))
    strength = _strength(policy, rule, counting, evidence)
    return SignalScore(name, len(counting), raw, points, strength, rule.group, rule.disengagement, counting)


def _strength(policy: Policy, rule: SignalRule, counting: tuple[Signal, ...], evidence: Evidence) -> Strength:
    if rule.strong_at and _is_reached(policy, rule, rule.strong_at, counting, evidence):
        return "strong"
    if rule.strength == "weak" and rule.medium_at and _is_reached(policy, rule, rule.medium_at, counting, evidence):
        return "medium"
    return rule.strength


def _is_reached(policy: Policy, rule: SignalRule, rise: Rise, counting: tuple[Signal, ...], evidence: Evidence) -> bool:
    since = rise.within.before(evidence.at, policy.zone) if rise.within else None
    occurrences = sum(1 for signal in counting if since is None or signal.at >= since)
    if rise.count is not None and occurrences < rise.count:
        return False
    return rise.assets is None or _assets(policy, rule, since, evidence) >= rise.assets


def _assets(policy: Policy, rule: SignalRule, since: datetime | None, evidence: Evidence) -> int:
    """Counts the different assets over the signals of the group. Occurrences of a signal without asset count as one."""
    assets: set[str] = set()
    for name, other in policy.intent.signals.items():
        if other is rule or (rule.group is not None and other.group == rule.group):
            occurrences = [signal for signal in evidence.signals if signal.name == name]
            counting = _counting(policy, other, occurrences, evidence.at)
            assets |= {signal.asset or f"({name})" for signal in counting if since is None or signal.at >= since}
    return len(assets)
