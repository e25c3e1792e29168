"""INTENT signals: which still count, what each is worth after caps and age, and how strong it is.

Caps run per signal, then per group, then per axis. A window runs back from the instant, inclusive; decay takes a
share of the original points for each full period. Source: format.md, "Evidence" and "Deciding".
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
    """One kind of signal in its window: `raw` points before its own cap, `points` after it."""

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
        """Where each occurrence was seen: the answer that emitted it, else its day."""
        said = [one.source or f"seen {one.at.date().isoformat()}" for one in self.occurrences]
        return "; ".join(dict.fromkeys(said))


@dataclass(frozen=True, slots=True)
class GroupPoints:
    """A group's sum before and after its cap."""

    group: str
    raw: Exact
    capped: Exact


def in_effect(policy: Policy, evidence: Evidence) -> tuple[SignalScore, ...]:
    """The signals that still count, in the policy's order."""
    seen: list[SignalScore] = []
    by_name: dict[str, list[Signal]] = {}
    for signal in evidence.signals:
        by_name.setdefault(signal.name, []).append(signal)
    for name, rule in policy.intent.signals.items():
        counting = _counting(policy, rule, by_name.get(name, ()), evidence.at)
        if counting:
            seen.append(_weigh(policy, name, rule, counting, evidence))
    return tuple(seen)


def by_group(policy: Policy, seen: Sequence[SignalScore]) -> tuple[GroupPoints, ...]:
    """Every group with points, and what its cap leaves of them."""
    sums: dict[str | None, Exact] = {}
    for one in seen:
        sums[one.group] = sums.get(one.group, 0) + one.points
    caps = policy.intent.groups.items()
    return tuple(GroupPoints(group, raw, min(raw, cap)) for group, cap in caps if (raw := sums.get(group, 0)))


def _counting(policy: Policy, rule: SignalRule, mine: Sequence[Signal], at: datetime) -> tuple[Signal, ...]:
    """Those inside the window, or of which age has left something."""
    if rule.window is not None and mine:
        since = rule.window.before(at, policy.zone)
        return tuple(signal for signal in mine if signal.at >= since)
    return tuple(signal for signal in mine if _left(rule, signal, at, policy.zone))


def _left(rule: SignalRule, signal: Signal, at: datetime, zone: ZoneInfo) -> Exact:
    """The share of the original points that age has left."""
    if rule.decay is None:
        return 1
    periods = 0
    while rule.decay.by * periods < 1 and rule.decay.every.past(signal.at, zone, periods + 1) <= at:
        periods += 1
    return max(Fraction(0), 1 - rule.decay.by * periods)


def _weigh(
    policy: Policy, name: str, rule: SignalRule, counting: tuple[Signal, ...], evidence: Evidence
) -> SignalScore:
    worth = [rule.points * _left(rule, signal, evidence.at, policy.zone) for signal in counting]
    raw = max(worth) if rule.count == "once" else sum(worth)
    points = raw if rule.max is None else min(raw, rule.max)
    strength = _strength(policy, rule, counting, evidence)
    return SignalScore(name, len(counting), raw, points, strength, rule.group, rule.disengagement, counting)


def _strength(policy: Policy, rule: SignalRule, counting: tuple[Signal, ...], evidence: Evidence) -> Strength:
    if rule.strong_at and _risen(policy, rule, rule.strong_at, counting, evidence):
        return "strong"
    if rule.strength == "weak" and rule.medium_at and _risen(policy, rule, rule.medium_at, counting, evidence):
        return "medium"
    return rule.strength


def _risen(policy: Policy, rule: SignalRule, rise: Rise, counting: tuple[Signal, ...], evidence: Evidence) -> bool:
    since = rise.within.before(evidence.at, policy.zone) if rise.within else None
    often = sum(1 for signal in counting if since is None or signal.at >= since)
    if rise.count is not None and often < rise.count:
        return False
    return rise.assets is None or _assets(policy, rule, since, evidence) >= rise.assets


def _assets(policy: Policy, rule: SignalRule, since: datetime | None, evidence: Evidence) -> int:
    """Different assets over the signals of the group; those of a kind that name none stand for one together."""
    assets: set[str] = set()
    for name, other in policy.intent.signals.items():
        if other is rule or (rule.group is not None and other.group == rule.group):
            mine = [signal for signal in evidence.signals if signal.name == name]
            counting = _counting(policy, other, mine, evidence.at)
            assets |= {one.asset or f"({name})" for one in counting if since is None or one.at >= since}
    return len(assets)
