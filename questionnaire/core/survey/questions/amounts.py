"""Numbers: on a scale with two ends, or free within limits."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, Field, model_validator

from questionnaire.core.base.authored import mistake
from questionnaire.core.base.formats import locale_of, number_text
from questionnaire.core.base.quantities import AuthoredNumber, Exact
from questionnaire.core.base.texts import LocalizedText
from questionnaire.core.base.translation import Translator
from questionnaire.core.survey.questions.maturity_steps import MaturitySteps, best_of, value_at
from questionnaire.core.survey.questions.number_input import in_words, read_number
from questionnaire.core.survey.questions.question import Constraints, Kind, Mistake, Question, Value


def _integer_keys(raw: Any) -> Any:
    if not isinstance(raw, Mapping):
        return raw
    return {int(key) if isinstance(key, str) and key.lstrip("-").isdecimal() else key: raw[key] for key in raw}


Labels = Annotated[dict[int, LocalizedText], BeforeValidator(_integer_keys)]
UNGROUPED = 10_000
"""From here on digits are grouped even without a unit."""


class OnAScale(Question):
    """A whole number between two ends. Its maturity is how far along it stands."""

    kind: ClassVar[Kind] = "number"
    has_maturity: ClassVar[bool] = True

    labels: Labels = Field(default_factory=dict)
    maturity: MaturitySteps = ()

    @property
    def ends(self) -> tuple[int, int]:
        raise NotImplementedError

    @property
    def point_labels(self) -> Mapping[int, LocalizedText]:
        return self.labels

    @property
    def texts(self) -> tuple[tuple[str, LocalizedText], ...]:
        return super().texts + tuple((f"labels.{point}", text) for point, text in self.labels.items())

    @property
    def constraints(self) -> Constraints:
        low, high = self.ends
        return Constraints(min=low, max=high, step=1)

    def points(self) -> tuple[int, ...]:
        low, high = self.ends
        return tuple(range(low, high + 1))

    def read(self, typed: object, language: str = "") -> Value | None | Mistake:
        value = read_number(typed, Constraints())
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
        return value_at(self.maturity, value) if self.maturity else value - self.ends[0], self.best

    @property
    def best(self) -> Exact:
        low, high = self.ends
        return best_of(self.maturity) if self.maturity else high - low

    def amount(self, value: Value) -> Exact | None:
        return value if isinstance(value, int) else None

    def options(self) -> tuple[Value, ...] | None:
        return self.points()


def _range(low: object, high: object) -> dict[str, object]:
    return {"low": low, "high": high}


class Amount(Question):
    """A number within limits that may be open, in steps, with a unit."""

    kind: ClassVar[Kind] = "number"

    min: AuthoredNumber | None = None
    max: AuthoredNumber | None = None
    step: AuthoredNumber | None = Field(default=None, gt=0)
    unit: LocalizedText | None = None
    maturity: MaturitySteps = ()

    @model_validator(mode="after")
    def _limits_fit(self) -> Amount:
        if self.min is not None and self.max is not None and self.min >= self.max:
            raise mistake("range", "`min` is not below `max`", "swap them")
        return self

    @property
    def texts(self) -> tuple[tuple[str, LocalizedText], ...]:
        return super().texts + ((("unit", self.unit),) if self.unit else ())

    @property
    def constraints(self) -> Constraints:
        # Limits of at most four digits without a unit may be years.
        limits = [limit for limit in (self.min, self.max) if limit is not None]
        grouped = bool(self.unit) or not all(-UNGROUPED < limit < UNGROUPED for limit in limits)
        return Constraints(min=self.min, max=self.max, step=self.step, grouped=grouped)

    def constraint_hint(self, words: Translator, language: str = "") -> str:
        limits = self.constraints
        low, high, step = (
            in_words(bound, language or words.language, limits.grouped)
            for bound in (limits.min, limits.max, limits.step)
        )
        said = ""
        if low and high:
            said = words("From %(low)s to %(high)s.", low=low, high=high)
        elif low:
            said = words("%(low)s or more.", low=low)
        elif high:
            said = words("%(high)s or less.", high=high)
        if limits.step is None:
            return said
        steps = words("Whole numbers.") if limits.step == 1 else words("In steps of %(n)s.", n=step)
        return f"{said} {steps}".strip()

    def unit_label(self, language: str) -> str:
        return self.unit.say(language) if self.unit else ""

    def sample(self) -> object:
        limits = self.constraints
        if limits.min is not None:
            return str(limits.min)
        step = limits.step or 1
        return str(step if limits.max is None else limits.max // step * step)

    def read(self, typed: object, language: str = "") -> Value | None | Mistake:
        return read_number(typed, self.constraints, language, self.unit_label(language))

    def worth(self, value: Value) -> tuple[Exact, Exact] | None:
        amount = self.amount(value)
        if self.dimension is None or amount is None or not self.maturity:
            return None
        return value_at(self.maturity, amount), self.best

    @property
    def best(self) -> Exact:
        return best_of(self.maturity)

    @property
    def counts_for_maturity(self) -> bool:
        return self.has_maturity or bool(self.maturity)

    @property
    def maturity_edges(self) -> tuple[Exact, ...]:
        return tuple(step.start for step in self.maturity)

    def amount(self, value: Value) -> Exact | None:
        return Fraction(value) if isinstance(value, int | Decimal) else None

    def form_text(self, value: Value) -> str:
        return in_words(value, "") if isinstance(value, int | Decimal) else str(value)

    def say(self, value: Value, language: str) -> str:
        unit = self.unit_label(language)
        assert isinstance(value, int | Decimal)
        # Four digits without a unit may be a year.
        grouped = bool(unit) or not -UNGROUPED < value < UNGROUPED
        digits = max(0, -int(value.as_tuple().exponent)) if isinstance(value, Decimal) else 0
        said = number_text(value, locale_of(language), digits, grouped=grouped)
        return f"{said}\N{NO-BREAK SPACE}{unit}" if unit else said
