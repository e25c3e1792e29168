"""How many visitors skipped a question or were sent to an ending, of those who came past it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from questionnaire.core.survey.funnel import SurveyVisit

FEWEST = 30
"""Below it a share says more about chance than about visitors (domain.md: rates stay silent below 30)."""


@dataclass(frozen=True, slots=True)
class JourneyShares:
    """`visits` that answered something. A share is missing where fewer than FEWEST came past."""

    visits: int
    skipped: Mapping[str, Fraction] = field(default_factory=dict)
    ended: Mapping[str, Fraction] = field(default_factory=dict)


def journey_shares(questions: Sequence[str], visits: Iterable[SurveyVisit]) -> JourneyShares:
    """`questions` in their order. Whoever left before a question neither saw nor skipped it."""
    number, past, saw, ended = 0, Counter[str](), Counter[str](), Counter[str]()
    for visit in visits:
        if not visit.answered:
            continue
        number += 1
        reached = max((index for index, name in enumerate(questions) if name in visit.seen), default=-1)
        last = len(questions) if visit.completed else reached + 1
        past.update(questions[:last])
        saw.update(name for name in questions[:last] if name in visit.seen)
        ended.update([visit.ending] if visit.ending else ())
    skipped = {name: Fraction(past[name] - saw[name], past[name]) for name in questions if past[name] >= FEWEST}
    return JourneyShares(number, skipped, {name: Fraction(n, number) for name, n in ended.items() if number >= FEWEST})
