"""Titles and points of a policy as the scoring grid shows them, each looked up once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from questionnaire.core.base.labels import humanize
from questionnaire.core.policy.names import level_title, signal_title
from questionnaire.web.builder.options import Choosable


class GridTitles:
    def __init__(self, choosable: Choosable) -> None:
        self.choosable = choosable
        self.policy, self.words = choosable.policy, choosable.words
        self.dimensions = dict(choosable.dimensions())
        self.greatest = {axis: greatest_points(choosable, axis) for axis in ("fit", "intent", "timing")}
        self._levels: dict[tuple[str, str], str] = {}

    @cached_property
    def signals(self) -> Mapping[str, tuple[str, int]]:
        """Title and points of each signal."""
        if self.policy is None:
            return {}
        rules = self.policy.intent.signals
        return {
            name: (_capital(signal_title(self.policy, name, self.words)), rule.points) for name, rule in rules.items()
        }

    def level(self, criterion: str, level: str) -> str:
        known = self.policy.criteria.get(criterion) if self.policy is not None else None
        if self.policy is None or known is None or level not in known.levels:
            return humanize(level)
        if (criterion, level) not in self._levels:
            self._levels[criterion, level] = _capital(level_title(self.policy, criterion, level, self.words))
        return self._levels[criterion, level]

    def bar(self, points: int, axis: str) -> int:
        return min(100, max(0, round(100 * points / self.greatest[axis])))


def greatest_points(choosable: Choosable, axis: str) -> int:
    """The most points that one level or signal of an axis gives, at least 1: what a full bar is."""
    policy = choosable.policy
    if policy is None:
        return 1
    if axis == "intent":
        return max(1, *(rule.points for rule in policy.intent.signals.values()), 1)
    criteria = policy.fit.criteria if axis == "fit" else policy.timing.criteria
    return max(1, *(rule.best for rule in criteria.values()), 1)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
