"""The contact step (gate): contact fields and consent texts."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Literal

from pydantic import Field, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from questionnaire.core.base.authored import Authored, When, mistake, problems_of
from questionnaire.core.base.texts import LocalizedText, literal_text
from questionnaire.core.base.translation import Translator, gettext_noop
from questionnaire.core.survey.questions import REGISTRY, Name, Question
from questionnaire.core.survey.questions.choice import Choice

CONSENT = "consent."
"""What precedes the name of a consent in the name of its box."""

FieldType = Literal["text", "email", "country", "phone", "url", "long_text", "dropdown", "single_choice", "yes_no"]

FIELD_LABELS: Mapping[str, str] = {
    "email": gettext_noop("Email"), "first_name": gettext_noop("First name"), "last_name": gettext_noop("Last name"),
    "company": gettext_noop("Company"), "job_title": gettext_noop("Job title"), "country": gettext_noop("Country"),
    "phone": gettext_noop("Phone"), "linkedin": gettext_noop("LinkedIn profile"), "website": gettext_noop("Website"),
}  # fmt: skip


class ContactField(Authored):
    """A field of the contact step. Its value is parsed and checked like an answer to a question of its type."""

    name: Name
    type: FieldType
    title: LocalizedText | None = None
    help: LocalizedText | None = None
    placeholder: LocalizedText | None = None
    required: bool = False
    business_only: bool = False
    criterion: str | None = None
    max_length: int | None = Field(default=None, ge=1, le=5000)
    choices: tuple[Choice, ...] | None = None
    first: tuple[str, ...] | None = None
    show_if: When | None = None

    @model_validator(mode="after")
    def _is_a_question(self) -> ContactField:
        if self.business_only and self.type != "email":
            raise mistake("business_only", "`business_only` goes with an email field", "remove it")
        try:
            _ = self.question
        except ValidationError as error:
            problems = problems_of(error, REGISTRY[self.type])
            raise PydanticCustomError("problems", "", {"problems": problems}) from None
        return self

    @cached_property
    def question(self) -> Question:
        keys = ("required", "criterion", "help", "placeholder", "max_length", "choices", "first")
        options = {key: getattr(self, key) for key in keys if getattr(self, key) not in (None, False)}
        title = self.title or literal_text(FIELD_LABELS.get(self.name, self.name.replace("_", " ").capitalize()))
        return REGISTRY[self.type].model_validate({"name": self.name, "type": self.type, "title": title, **options})

    def label(self, language: str, words: Translator) -> str:
        """The label of the field: the author's title, else the product's translated default."""
        return self.title.say(language) if self.title else words(self.question.title.say(""))


class ConsentText(Authored):
    """The text for one purpose of processing. Only `basis: consent` has a checkbox.

    `required`: the box must be ticked to go on; `why` says the reason in a sentence, else the product does.
    """

    name: Name
    basis: Literal["request", "legitimate_interest", "consent"]
    text: LocalizedText
    required: bool = False
    why: LocalizedText | None = None
    show_if: When | None = None

    @model_validator(mode="after")
    def _only_a_box_is_ticked(self) -> ConsentText:
        if self.required and self.basis != "consent":
            raise mistake(
                "required_notice",
                "`required` goes with `basis: consent`: of a notice nothing is ticked",
                "remove `required`, or write `basis: consent`",
            )
        if self.why and not self.required:
            raise mistake(
                "required_notice", "`why` says why a box must be ticked", "add `required: true`, or remove it"
            )
        return self


class Contact(Authored):
    """The contact step: who the report is for."""

    title: LocalizedText | None = None
    text: LocalizedText | None = None
    fields: tuple[ContactField, ...] = Field(min_length=1, max_length=30)
    consents: tuple[ConsentText, ...] = ()

    @cached_property
    def distinct_consents(self) -> tuple[ConsentText, ...]:
        """The consents, each under a name of its own: a box and a record per text.

        The checker refuses two of one name; versions that were published before it did have a `name-2`.
        """
        distinct: dict[str, ConsentText] = {}
        for consent in self.consents:
            name, number = consent.name, 2
            while name in distinct:
                name, number = f"{consent.name}-{number}", number + 1
            distinct[name] = consent.model_copy(update={"name": name})
        return tuple(distinct.values())
