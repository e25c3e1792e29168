"""The maturity of answers as whole numbers: scaled by one factor per dimension, which leaves every ratio as it is."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import lcm
from typing import Any

from questionnaire.core.checks.values import Values
from questionnaire.core.survey.maturity import item_worth
from questionnaire.core.survey.questions import Question
from questionnaire.core.survey.survey import Survey


class ScaledWorths:
    """The worths of one survey's items; `offers`: each item, as it may be offered, with its representative values."""

    def __init__(self, survey: Survey, offers: Iterable[tuple[Question, Values]]) -> None:
        self._survey = survey
        self._factors: dict[str, int] = {}
        for item, values in offers:
            for value in (*values.values, None) if item.dimension is not None else ():
                pair = item_worth(survey, item, value) or ()
                factor = self._factors.get(item.dimension or "", 1)
                self._factors[item.dimension or ""] = lcm(factor, *(Fraction(part).denominator for part in pair))

    def of(self, item: Question, value: Any) -> tuple[int, int] | None:
        """The value of an answer (None: nothing was given) and the best there is; None when it shows no maturity."""
        worth = item_worth(self._survey, item, value)
        factor = self._factors.get(item.dimension or "", 1)
        return None if worth is None else (int(worth[0] * factor), int(worth[1] * factor))
