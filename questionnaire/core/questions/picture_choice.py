"""One answer chosen by its picture; every picture says in words what it shows."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from questionnaire.core.questions.choices import Choice, ChooseOne
from questionnaire.core.texts import Text


class PictureOfAChoice(Choice):
    """A choice with a picture: `image` is a file beside the survey, `alt` what it shows."""

    image: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_./-]{0,120}\.(png|jpg|jpeg|webp)$")
    alt: Text


class PictureChoice(ChooseOne):
    """One answer chosen by its picture."""

    control: ClassVar[str] = "picture_choice"

    type: Literal["picture_choice"]
    choices: tuple[PictureOfAChoice, ...] = Field(min_length=1, max_length=60)

    @property
    def texts(self) -> tuple[tuple[str, Text], ...]:
        return super().texts + tuple((f"choices.{index}.alt", choice.alt) for index, choice in enumerate(self.choices))
