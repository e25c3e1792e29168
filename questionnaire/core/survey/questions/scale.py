"""A scale between two labelled ends (Likert)."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field, model_validator

from questionnaire.core.base.authored import mistake
from questionnaire.core.survey.questions.amounts import OnAScale


class Scale(OnAScale):
    """A scale between two labelled ends (Likert)."""

    control: ClassVar[str] = "scale"

    type: Literal["scale"]
    from_: int = Field(default=1, alias="from", ge=-10, le=100)
    to: int = Field(default=5, ge=-9, le=100)

    @model_validator(mode="after")
    def _ends_fit(self) -> Scale:
        if not 1 <= self.to - self.from_ <= 20:
            raise mistake("range", "`from` and `to` leave no usable scale", "keep `to` 1 to 20 above `from`")
        outside = [point for point in self.labels if not self.from_ <= point <= self.to]
        if outside:
            raise mistake("range", "the label {n} is not on the scale", "label a point of it", n=outside[0])
        return self

    @property
    def ends(self) -> tuple[int, int]:
        return self.from_, self.to
