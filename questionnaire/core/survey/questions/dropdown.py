"""One answer of many, in a list that opens."""

from __future__ import annotations

from typing import ClassVar, Literal

from questionnaire.core.survey.questions.choices import ChooseOne


class Dropdown(ChooseOne):
    """One answer of many, in a list that opens."""

    control: ClassVar[str] = "dropdown"

    type: Literal["dropdown"]
