"""Facts besides the answers: signals, history, lists, email kind. All are free; the search chooses them last."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from questionnaire.core.base.quantities import Exact
from questionnaire.core.policy import Policy
from questionnaire.core.policy.intent import SignalRule

FREE: Mapping[str, tuple[Any, ...]] = {
    "duplicate": (False, True),
    "customer": (False, True),
    "verify": (False, True),
    "email_kind": ("business", "free", "disposable"),
    "not_now": ("never", "past", "recent"),
}


FAR = 10**9
"""More points than any number of signals makes a difference with."""


class Signals:
    """The signals of a policy, ordered by group, and the points of each number of occurrences."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self.rules = policy.intent.signals
        self.names = tuple(sorted(self.rules, key=lambda name: (str(self.rules[name].group or ""), name)))
        self.has_negative = any(rule.points < 0 for rule in self.rules.values())

    def is_listed(self, name: str) -> bool:
        """Whether `counts` lists every number of occurrences that makes a difference to the points.

        With points for and against, any number of both may give a sum that no small number of them does.
        """
        rule = self.rules[name]
        bounded = rule.count == "once" or rule.max is not None or not rule.points
        return rule.decay is None and (bounded or not self.has_negative)

    def limit(self, rule: SignalRule) -> int:
        caps = [self.policy.intent.max]
        caps += [rule.max] if rule.max is not None else []
        caps += [self.policy.intent.groups[rule.group or ""]] if self.capped(rule) else []
        return min(caps)

    def capped(self, rule: SignalRule) -> bool:
        return rule.group is not None and rule.group in self.policy.intent.groups

    def points(self, name: str, count: int) -> int:
        rule = self.rules[name]
        raw = rule.points * (min(count, 1) if rule.count == "once" else count)
        return raw if rule.max is None else max(-rule.max, min(raw, rule.max))

    def span(self, name: str) -> tuple[int, int]:
        """The least and most points of a signal over any number of occurrences."""
        rule = self.rules[name]
        if rule.count == "once" or not rule.points:
            points = self.points(name, 1)
        elif rule.points < 0:
            points = -FAR if rule.max is None else -rule.max
        elif self.has_negative:
            points = FAR if rule.max is None else rule.max
        else:
            points = self.limit(rule)
        return min(points, 0), max(points, 0)

    def counts(self, name: str, emitted: int, numbers: bool, strength: bool) -> tuple[int, ...]:
        """The possible numbers of occurrences, up to the number from which more has no effect."""
        rule = self.rules[name]
        most = emitted + 1
        if numbers and rule.points and rule.count == "each":
            most = max(most, -(-self._turning_point(rule) // abs(rule.points)))
        if strength and rule.strong_at is not None:
            most = max(most, rule.strong_at.count or 1, rule.strong_at.assets or 1)
        return tuple(range(emitted, most + 1))

    def _turning_point(self, rule: SignalRule) -> int:
        """The points from which more of a signal has no effect; with points against, often enough for an example."""
        if not self.has_negative:
            return self.limit(rule)
        return self.policy.intent.max if rule.max is None else rule.max

    def strengths(self, name: str, emitted: int, count: int) -> tuple[bool, ...]:
        """Whether the signal counts as strong; both values when that depends on age or assets."""
        rule = self.rules[name]
        if count == 0:
            return (False,)
        if rule.strength == "strong":
            return (True,)
        rise = rule.strong_at
        if rise is None or (rise.count is not None and count < rise.count):
            return (False,)
        if rise.assets is not None:
            return (True, False)
        return (True,) if emitted >= (rise.count or 1) or rise.within is None else (True, False)

    def after(self, index: int) -> tuple[int, int, int]:
        """The least and most points and the most strong signals of the signals from `index`."""
        sums: dict[str | None, int] = {}
        least, strong = 0, 0
        for name in self.names[index:]:
            rule = self.rules[name]
            low, high = self.span(name)
            least += low
            sums[rule.group] = sums.get(rule.group, 0) + high
            strong += rule.strength == "strong" or rule.strong_at is not None
        groups = self.policy.intent.groups
        most = (min(points, groups[name]) if name in groups else points for name, points in sums.items() if name)
        return least, sum(most) + sums.get(None, 0), strong

    def add(self, name: str, closed: Exact, pending: Exact, count: int) -> tuple[Exact, Exact]:
        """Adds a signal to the points of closed groups and of the open group, which closes with its last signal."""
        rule, points = self.rules[name], self.points(name, count)
        if not self.capped(rule):
            return closed + points, pending
        pending += points
        place = self.names.index(name)
        last = place + 1 == len(self.names) or self.rules[self.names[place + 1]].group != rule.group
        return (closed + min(pending, self.policy.intent.groups[rule.group or ""]), 0) if last else (closed, pending)

    def intent(self, emitted: Iterable[str]) -> Exact:
        """The INTENT of these signals alone, without decay."""
        occurrences = list(emitted)
        closed: Exact = 0
        pending: Exact = 0
        for name in self.names:
            closed, pending = self.add(name, closed, pending, occurrences.count(name))
        return max(0, min(closed, self.policy.intent.max))


def owners(values: Iterable[Any]) -> Iterator[str | None]:
    """Yields the account owners that conditions can distinguish."""
    yield None
    yield "somebody"
    yield from dict.fromkeys(str(value) for value in values if not isinstance(value, bool))
