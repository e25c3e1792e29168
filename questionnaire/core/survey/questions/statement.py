"""A text between questions, with a picture if its author wants one; nothing is asked."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import model_validator

from questionnaire.core.base.authored import mistake
from questionnaire.core.base.problems import Where
from questionnaire.core.base.texts import LocalizedText
from questionnaire.core.survey.questions.picture import ImageFile, picture_size
from questionnaire.core.survey.questions.question import Question


class Statement(Question):
    """A text between questions. `image` is a file beside the survey, `alt` what it shows."""

    control: ClassVar[str] = "statement"
    asks: ClassVar[bool] = False

    type: Literal["statement"]
    image: ImageFile | None = None
    alt: LocalizedText | None = None

    @model_validator(mode="after")
    def _picture_in_words(self) -> Statement:
        if self.image and not self.alt:
            raise mistake("missing_key", "`alt` is missing", "say what the picture shows: `alt: …`")
        if self.alt and not self.image:
            raise mistake("missing_key", "`image` is missing", "name the file that `alt` describes, or remove `alt`")
        return self

    @property
    def items(self) -> tuple[Question, ...]:
        return ()

    @property
    def picture(self) -> tuple[int, int] | None:
        """Width and height in pixels of the published picture; None without one, or of an author's own file."""
        return picture_size(self.image) if self.image else None

    @property
    def images(self) -> tuple[tuple[Where, str], ...]:
        return ((("image",), self.image),) if self.image else ()

    @property
    def texts(self) -> tuple[tuple[str, LocalizedText], ...]:
        return super().texts + ((("alt", self.alt),) if self.alt else ())
