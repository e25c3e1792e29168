"""One answer chosen by its picture; every picture says in words what it shows."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from questionnaire.core.base.problems import Where
from questionnaire.core.base.texts import LocalizedText
from questionnaire.core.survey.questions.choice import Choice
from questionnaire.core.survey.questions.choices import ChooseOne
from questionnaire.core.survey.questions.picture import ImageFile, picture_size


class PictureOfAChoice(Choice):
    """A choice with a picture: `image` is a file beside the survey, `alt` what it shows.

    Of a published survey `image` names the picture that was kept with it, by a mark of its content and its size.
    """

    image: ImageFile
    alt: LocalizedText

    @property
    def picture(self) -> tuple[int, int] | None:
        """Width and height in pixels of the published picture; None of a file that only an author has."""
        return picture_size(self.image)


class PictureChoice(ChooseOne):
    """One answer chosen by its picture."""

    control: ClassVar[str] = "picture_choice"

    type: Literal["picture_choice"]
    choices: tuple[PictureOfAChoice, ...] = Field(min_length=1, max_length=60)

    @property
    def images(self) -> tuple[tuple[Where, str], ...]:
        return tuple((("choices", index, "image"), choice.image) for index, choice in enumerate(self.choices))

    @property
    def texts(self) -> tuple[tuple[str, LocalizedText], ...]:
        return super().texts + tuple((f"choices.{index}.alt", choice.alt) for index, choice in enumerate(self.choices))
