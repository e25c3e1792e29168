"""A number on a sliding scale; both ends are needed, for its maturity is how far along it stands."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar, Literal

from pydantic import Field

from questionnaire.core.base.quantities import AuthoredNumber, Exact
from questionnaire.core.base.texts import LocalizedText
from questionnaire.core.survey.questions.amounts import Amount, Labels
from questionnaire.core.survey.questions.question import Value


class Slider(Amount):
    """A number on a sliding scale."""

    control: ClassVar[str] = "slider"
    has_maturity: ClassVar[bool] = True

    type: Literal["slider"]
    min: AuthoredNumber = 0
    max: AuthoredNumber = 100
    labels: Labels = Field(default_factory=dict)

    @property
    def point_labels(self) -> Mapping[int, LocalizedText]:
        return self.labels

    @property
    def texts(self) -> tuple[tuple[str, LocalizedText], ...]:
        return super().texts + tuple((f"labels.{point}", text) for point, text in self.labels.items())

    def worth(self, value: Value) -> tuple[Exact, Exact] | None:
        if self.dimension is None or isinstance(value, str | tuple):
            return None
        if self.maturity:
            return super().worth(value)
        return Fraction(value) - Fraction(self.min), self.best

    @property
    def best(self) -> Exact:
        return super().best if self.maturity else Fraction(self.max) - Fraction(self.min)

    def options(self) -> tuple[Value, ...] | None:
        """Every step when there are few enough to list."""
        low, step = Fraction(self.min), Fraction(self.step or 1)
        count = int((Fraction(self.max) - low) // step) + 1
        if count > 1001:
            return None
        steps = (low + step * index for index in range(count))
        return tuple(int(value) if value.denominator == 1 else Decimal(str(float(value))) for value in steps)
