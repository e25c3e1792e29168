"""Values calculated from answers: a number with a name, given by a formula or by the first of several that fits."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, PlainSerializer, WithJsonSchema, model_validator

from questionnaire.core.base import arithmetic, conditions
from questionnaire.core.base.arithmetic import LONGEST, MOST_DECIMALS
from questionnaire.core.base.authored import Authored, When, mistake, mistakes
from questionnaire.core.base.formats import fixed_number_text, locale_of
from questionnaire.core.base.quantities import Exact
from questionnaire.core.base.texts import LocalizedText
from questionnaire.core.survey.questions import Name

PREFIX = "calculated."
"""What precedes the name of a calculated value in a condition."""
SCORE = "score"
"""The overall maturity in a formula; that of a dimension is `score.<dimension>`."""


def is_score(name: str) -> bool:
    """Whether a name in a formula is a maturity score, which the browser never receives."""
    return name == SCORE or name.startswith(f"{SCORE}.")


def _read_formula(raw: object) -> Any:
    if isinstance(raw, arithmetic.Expression):
        return raw
    formula, problems = arithmetic.parse(raw)
    if problems:
        raise mistakes(*problems)
    return formula


Formula = Annotated[
    Any,
    BeforeValidator(_read_formula),
    PlainSerializer(arithmetic.write),
    WithJsonSchema({"type": ["string", "number"], "maxLength": LONGEST, "description": "A formula: hours * 52"}),
]
"""An `arithmetic.Expression` in an authored value."""


class CalculatedCase(Authored):
    """One formula of several: the first whose condition is true counts, one without condition always."""

    when: When | None = None
    formula: Formula


class CalculatedValue(Authored):
    """A number made of answers. `criterion`: what it is evidence of, by the bands of that criterion."""

    name: Name
    title: LocalizedText | None = None
    help: LocalizedText | None = None
    formula: Formula | None = None
    cases: tuple[CalculatedCase, ...] = Field(default=(), max_length=20)
    unit: LocalizedText | None = None
    decimals: int = Field(default=0, ge=0, le=MOST_DECIMALS)
    criterion: str | None = None

    @model_validator(mode="after")
    def _one_way(self) -> CalculatedValue:
        if (self.formula is None) == (not self.cases):
            what = "there is no `formula`" if self.formula is None else "there are both `formula` and `cases`"
            raise mistake("formula_missing", what, "write `formula: …`, or `cases: [{when: …, formula: …}, …]`")
        return self

    @cached_property
    def branches(self) -> tuple[CalculatedCase, ...]:
        return self.cases or (CalculatedCase(formula=self.formula),)

    @cached_property
    def operands(self) -> tuple[str, ...]:
        """The names in its formulas, each once."""
        found = (arithmetic.references(branch.formula) for branch in self.branches)
        return tuple(dict.fromkeys(name for names in found for name in names))

    @property
    def conditions(self) -> Iterator[conditions.Condition]:
        return (branch.when for branch in self.branches if branch.when is not None)

    @cached_property
    def names(self) -> frozenset[str]:
        """Every name it depends on directly; a calculated value is among them without its prefix."""
        tested = (name.removeprefix(PREFIX) for when in self.conditions for name in conditions.names(when))
        return frozenset(self.operands) | frozenset(tested)

    def unit_label(self, language: str) -> str:
        return self.unit.say(language) if self.unit else ""

    def say(self, value: Exact, language: str) -> str:
        """The value for people: rounded to `decimals`, as `language` writes it, with its unit."""
        text = fixed_number_text(arithmetic.rounded(value, self.decimals), locale_of(language), self.decimals)
        unit = self.unit_label(language)
        return f"{text}\N{NO-BREAK SPACE}{unit}" if unit else text
