"""Which earlier rules shadow a rule: those that take everybody it fits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from questionnaire.core.checks.formulas import Formula, conj, neg


@dataclass(frozen=True, slots=True)
class EarlierRule:
    """A rule that decides first: its name for people, and the formula of those it takes."""

    name: str
    formula: Formula


def shadowing(own: Formula, earlier: Sequence[EarlierRule], impossible: Callable[[Formula], bool]) -> list[str]:
    """The names of the rules that together take everybody for whom `own` is true: one alone if one is enough.

    Empty when the search cannot tell. `impossible` proves that nobody makes a formula true.
    """

    def take_all(rules: Sequence[EarlierRule]) -> bool:
        return impossible(conj((own, *(neg(rule.formula) for rule in rules))))

    for rule in earlier:
        if take_all((rule,)):
            return [rule.name]
    together = list(earlier)
    if not take_all(together):
        return []
    for rule in earlier:
        without = [other for other in together if other is not rule]
        if take_all(without):
            together = without
    return [rule.name for rule in together]


def takers(names: Sequence[str]) -> str:
    """`` `a` and `b` take everybody it fits ``."""
    if not names:
        return "what comes before it takes everybody it fits"
    *others, last = names
    return f"{', '.join(others)} and {last} take everybody it fits" if others else f"{last} takes everybody it fits"
