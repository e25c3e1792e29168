"""The maturity of a number in steps, instead of a straight line from one end to the other."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from typing import Annotated

from pydantic import AfterValidator, Field

from questionnaire.core.base.authored import Authored, mistake
from questionnaire.core.base.quantities import AuthoredNumber, Exact, number


class MaturityStep(Authored):
    """From this number on (inclusive) an answer is worth `value`."""

    from_: AuthoredNumber = Field(alias="from")
    value: AuthoredNumber = Field(ge=0, le=1000)

    @cached_property
    def start(self) -> Exact:
        return number(self.from_) or 0

    @cached_property
    def worth(self) -> Exact:
        return number(self.value) or 0


def _in_order(steps: tuple[MaturityStep, ...]) -> tuple[MaturityStep, ...]:
    for lower, upper in pairwise(steps):
        if lower.start >= upper.start:
            raise mistake("maturity_order", "the step from {upper} stands after the one from {lower}",
                          "write the steps from low to high, each start once",
                          upper=str(upper.from_), lower=str(lower.from_))  # fmt: skip
    return steps


MaturitySteps = Annotated[tuple[MaturityStep, ...], Field(max_length=50), AfterValidator(_in_order)]


def value_at(steps: Sequence[MaturityStep], amount: Exact) -> Exact:
    """The worth of a number: that of the last step it reaches; 0 below the first."""
    reached = [step.worth for step in steps if amount >= step.start]
    return reached[-1] if reached else 0


def best_of(steps: Sequence[MaturityStep]) -> Exact:
    return max((step.worth for step in steps), default=0)
