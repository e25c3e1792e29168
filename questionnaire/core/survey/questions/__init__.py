"""The question types, one file each, and their register.

Law: a type knows how its answers are read, said and counted, and nothing of other types. To add one: its file,
one line in the register; its control is found by name under templates/controls/.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from questionnaire.core.survey.questions.choices import Choice, ChoiceQuestion, ChooseSeveral
from questionnaire.core.survey.questions.consent import Consent
from questionnaire.core.survey.questions.country import Country
from questionnaire.core.survey.questions.date import Date
from questionnaire.core.survey.questions.dropdown import Dropdown
from questionnaire.core.survey.questions.email import Email
from questionnaire.core.survey.questions.hidden import Hidden
from questionnaire.core.survey.questions.long_text import LongText
from questionnaire.core.survey.questions.matrix import Matrix
from questionnaire.core.survey.questions.multiple_choice import MultipleChoice
from questionnaire.core.survey.questions.nps import Nps
from questionnaire.core.survey.questions.number import Number
from questionnaire.core.survey.questions.phone import Phone
from questionnaire.core.survey.questions.picture_choice import PictureChoice
from questionnaire.core.survey.questions.question import Mistake, Name, Question, Slug, Value
from questionnaire.core.survey.questions.ranking import Ranking
from questionnaire.core.survey.questions.rating import Rating
from questionnaire.core.survey.questions.scale import Scale
from questionnaire.core.survey.questions.single_choice import SingleChoice
from questionnaire.core.survey.questions.slider import Slider
from questionnaire.core.survey.questions.statement import Statement
from questionnaire.core.survey.questions.text import Text as TextQuestion
from questionnaire.core.survey.questions.url import Url
from questionnaire.core.survey.questions.yes_no import YesNo

REGISTRY: dict[str, type[Question]] = {
    "single_choice": SingleChoice,
    "dropdown": Dropdown,
    "picture_choice": PictureChoice,
    "multiple_choice": MultipleChoice,
    "yes_no": YesNo,
    "scale": Scale,
    "rating": Rating,
    "nps": Nps,
    "slider": Slider,
    "number": Number,
    "text": TextQuestion,
    "long_text": LongText,
    "url": Url,
    "email": Email,
    "phone": Phone,
    "date": Date,
    "country": Country,
    "matrix": Matrix,
    "ranking": Ranking,
    "consent": Consent,
    "statement": Statement,
    "hidden": Hidden,
}

AnyQuestion = Annotated[
    SingleChoice
    | Dropdown
    | PictureChoice
    | MultipleChoice
    | YesNo
    | Scale
    | Rating
    | Nps
    | Slider
    | Number
    | TextQuestion
    | LongText
    | Url
    | Email
    | Phone
    | Date
    | Country
    | Matrix
    | Ranking
    | Consent
    | Statement
    | Hidden,
    Field(discriminator="type"),
]

__all__ = [
    "REGISTRY",
    "AnyQuestion",
    "Choice",
    "ChoiceQuestion",
    "ChooseSeveral",
    "Mistake",
    "Name",
    "Question",
    "Slug",
    "Value",
]
