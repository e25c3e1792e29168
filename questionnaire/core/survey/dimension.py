"""The parts of the maturity score. A dimension may have dimensions of its own, one level deep."""

from __future__ import annotations

from pydantic import Field

from questionnaire.core.base.authored import Authored
from questionnaire.core.base.texts import LocalizedText
from questionnaire.core.survey.questions import Name


class NestedDimension(Authored):
    """A part of a dimension. Its `weight` counts among the parts of the same dimension."""

    name: Name
    title: LocalizedText
    weight: int = Field(default=1, ge=1, le=100)

    @property
    def parts(self) -> tuple[NestedDimension, ...]:
        return ()


class Dimension(NestedDimension):
    """A part of the maturity score that the prospect sees. With `dimensions` it is their weighted mean."""

    dimensions: tuple[NestedDimension, ...] = Field(default=(), max_length=50)

    @property
    def parts(self) -> tuple[NestedDimension, ...]:
        return self.dimensions
