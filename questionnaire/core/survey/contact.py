"""The gate: who the report is for, and what is said about their data."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Literal

from pydantic import Field, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from questionnaire.core.base.authored import Authored, mistake, problems_of
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
    """A field of the gate. It is read like a question of its type."""

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
        given = {key: getattr(self, key) for key in keys if getattr(self, key) not in (None, False)}
        title = self.title or literal_text(FIELD_LABELS.get(self.name, self.name.replace("_", " ").capitalize()))
        return REGISTRY[self.type].model_validate({"name": self.name, "type": self.type, "title": title, **given})

    def label(self, language: str, words: Translator) -> str:
        """What stands beside the field: the author's words, else the product's own."""
        return self.title.say(language) if self.title else words(self.question.title.say(""))


class ConsentText(Authored):
    """One purpose, in its own words. Only `basis: consent` has a box to tick."""

    name: Name
    basis: Literal["request", "legitimate_interest", "consent"]
    text: LocalizedText


class Contact(Authored):
    """The gate: who the report is for."""

    title: LocalizedText | None = None
    text: LocalizedText | None = None
    fields: tuple[ContactField, ...] = Field(min_length=1, max_length=30)
    consents: tuple[ConsentText, ...] = ()
