"""Yes or no. Choices may be written out to give the answers a level or a maturity; their values stay yes and no."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field, model_validator

from questionnaire.core.base.authored import mistake
from questionnaire.core.base.texts import LocalizedText, read_text
from questionnaire.core.survey.questions.choice import Choice
from questionnaire.core.survey.questions.choices import CHOOSE_ONE, ChoiceQuestion, ChooseOne
from questionnaire.core.survey.questions.question import Mistake, Value, single

_YES = {
    "en": "Yes",
    "fr": "Oui",
    "de": "Ja",
    "es": "Sí",
    "it": "Sì",
    "nl": "Ja",
    "pt": "Sim",
    "ar": "نعم",
    "he": "כן",
    "fa": "بله",
}
_NO = {
    "en": "No",
    "fr": "Non",
    "de": "Nein",
    "es": "No",
    "it": "No",
    "nl": "Nee",
    "pt": "Não",
    "ar": "لا",
    "he": "לא",
    "fa": "خیر",
}
_PLAIN = (Choice(value="yes", text=read_text(_YES)), Choice(value="no", text=read_text(_NO)))


class YesNo(ChooseOne):
    """Yes or no."""

    control: ClassVar[str] = "single_choice"
    quotable: ClassVar[bool] = False

    type: Literal["yes_no"]
    choices: tuple[Choice, ...] = Field(default=_PLAIN, min_length=1, max_length=4)

    @model_validator(mode="after")
    def _yes_and_no(self) -> YesNo:
        known = {choice.value for choice in self.choices if not choice.proves_nothing}
        if known != {"yes", "no"}:
            hint = "use `value: yes` and `value: no`; another one may be `unknown: true` or `not_applicable: true`"
            raise mistake("yes_no_values", "the values of a yes_no question are `yes` and `no`", hint)
        return self

    @property
    def texts(self) -> tuple[tuple[str, LocalizedText], ...]:
        """The product's own yes and no are said in every language it speaks; nobody need look at them."""
        return super().texts if "choices" in self.model_fields_set else super(ChoiceQuestion, self).texts

    def read(self, typed: object, language: str = "") -> Value | None | Mistake:
        typed = single(typed)
        if isinstance(typed, bool):
            typed = "yes" if typed else "no"
        return super().read(typed, language) if typed is None or isinstance(typed, str) else CHOOSE_ONE
