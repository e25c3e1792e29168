"""Numbers: on a scale with two ends, or free within limits."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, model_validator

from questionnaire.core.base.authored import mistake
from questionnaire.core.base.quantities import AuthoredNumber, Exact, number
from questionnaire.core.base.texts import LocalizedText
from questionnaire.core.survey.questions.question import Mistake, Question, Value, single


def _integer_keys(raw: Any) -> Any:
    if not isinstance(raw, Mapping):
        return raw
    return {int(key) if isinstance(key, str) and key.lstrip("-").isdecimal() else key: raw[key] for key in raw}


Labels = Annotated[dict[int, LocalizedText], BeforeValidator(_integer_keys)]
LARGEST = 10**15
# "1,200" is 1200 to one reader and 1.2 to another: nobody guesses.
_AMBIGUOUS = re.compile(r"-?[1-9][0-9]{0,2},[0-9]{3}")


def read_number(typed: object) -> int | Decimal | None | Mistake:
    """A finite number, with a comma or a point before its decimals."""
    typed = single(typed)
    if typed is None:
        return None
    text = "".join(typed.split()) if isinstance(typed, str) else str(typed)
    value = number(text.replace(",", "."))
    if value is None or not -LARGEST <= value <= LARGEST or _AMBIGUOUS.fullmatch(text):
        return Mistake("not_a_number", "Enter a number, like 25.")
    return int(value) if value.denominator == 1 else Decimal(text.replace(",", "."))


class OnAScale(Question):
    """A whole number between two ends. Its maturity is how far along it stands."""

    labels: Labels = Field(default_factory=dict)

    @property
    def ends(self) -> tuple[int, int]:
        raise NotImplementedError

    @property
    def texts(self) -> tuple[tuple[str, LocalizedText], ...]:
        return super().texts + tuple((f"labels.{point}", text) for point, text in self.labels.items())

    def points(self) -> tuple[int, ...]:
        low, high = self.ends
        return tuple(range(low, high + 1))

    def read(self, typed: object) -> Value | None | Mistake:
        value = read_number(typed)
        if value is None or isinstance(value, Mistake):
            return value
        low, high = self.ends
        inside = isinstance(value, int) and low <= value <= high
        return value if inside else Mistake("out_of_range", "Choose from %(low)s to %(high)s.", _range(low, high))

    def say(self, value: Value, language: str) -> str:
        label = self.labels.get(value) if isinstance(value, int) else None
        return f"{value}/{self.ends[1]} ({label.say(language)})" if label else f"{value}/{self.ends[1]}"

    def worth(self, value: Value) -> tuple[Exact, Exact] | None:
        if self.dimension is None or not isinstance(value, int):
            return None
        low, high = self.ends
        return value - low, high - low

    def options(self) -> tuple[Value, ...] | None:
        return self.points()


def _range(low: object, high: object) -> dict[str, object]:
    return {"low": low, "high": high}


class Amount(Question):
    """A number within limits that may be open, in steps, with a unit."""

    min: AuthoredNumber | None = None
    max: AuthoredNumber | None = None
    step: AuthoredNumber | None = Field(default=None, gt=0)
    unit: LocalizedText | None = None

    @model_validator(mode="after")
    def _limits_fit(self) -> Amount:
        if self.min is not None and self.max is not None and self.min >= self.max:
            raise mistake("range", "`min` is not below `max`", "swap them")
        return self

    @property
    def texts(self) -> tuple[tuple[str, LocalizedText], ...]:
        return super().texts + ((("unit", self.unit),) if self.unit else ())

    def read(self, typed: object) -> Value | None | Mistake:
        value = read_number(typed)
        if value is None or isinstance(value, Mistake):
            return value
        if self.min is not None and value < self.min:
            return Mistake("too_small", "Enter %(low)s or more.", {"low": self.min})
        if self.max is not None and value > self.max:
            return Mistake("too_large", "Enter %(high)s or less.", {"high": self.max})
        if self.step is not None and (Fraction(value) - Fraction(self.min or 0)) % Fraction(self.step):
            return Mistake("off_step", "Enter a number in steps of %(step)s.", {"step": self.step})
        return value

    def say(self, value: Value, language: str) -> str:
        return f"{value} {self.unit.say(language)}" if self.unit else str(value)
