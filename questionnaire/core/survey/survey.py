"""The authored survey: its questions, and what each answer is evidence of. The points are in the policy.

Shapes: format.md ("Questions", "Texts") and the worked example. `read(raw)` takes plain mappings and lists.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any, Literal

from pydantic import Field, model_validator

from questionnaire.core.base.authored import Authored, mistakes
from questionnaire.core.base.problems import Problem, Where
from questionnaire.core.base.texts import LocalizedText, texts_in
from questionnaire.core.base.translation import NO_PHRASES, Phrases
from questionnaire.core.survey.calculated_value import CalculatedValue
from questionnaire.core.survey.choice_sets import SharedChoice, place_problems, resolve_sets
from questionnaire.core.survey.contact import Contact, ContactField
from questionnaire.core.survey.dimension import Dimension, NestedDimension
from questionnaire.core.survey.display import Display as Display
from questionnaire.core.survey.display import Embed, LanguageTag
from questionnaire.core.survey.endings import Ending
from questionnaire.core.survey.page import Page as Page
from questionnaire.core.survey.questions import Name, Question, Slug
from questionnaire.core.survey.questions.advice import Advice
from questionnaire.core.survey.report_texts import ReportPlan
from questionnaire.core.survey.survey_theme import SurveyTheme
from questionnaire.core.survey.wording import Wordings, phrases_of


class HiddenField(Authored):
    """A field from the URL, the embed or the API. With a criterion its value is a level.

    With `trust: signed` that level scores only when a signed link or the API sent it.
    """

    name: Name
    max_length: int = Field(default=200, ge=1, le=5000)
    criterion: str | None = None
    trust: Literal["signed", "open"] = "open"


class Survey(Authored):
    """The authored questionnaire."""

    schema_: Literal["survey/1"] = Field(alias="schema")
    id: Slug
    version: int = Field(ge=1, le=10**6)
    policy: Slug
    languages: tuple[LanguageTag, ...] = Field(default=("en",), min_length=1)
    title: LocalizedText
    description: LocalizedText | None = None
    display: Display = Display()
    embed: Embed = Embed()
    theme: SurveyTheme | None = None
    hidden_fields: tuple[HiddenField, ...] = ()
    dimensions: tuple[Dimension, ...] = ()
    choice_sets: dict[Name, tuple[SharedChoice, ...]] = Field(default_factory=dict)
    pages: tuple[Page, ...] = Field(min_length=1, max_length=100)
    endings: tuple[Ending, ...] = Field(default=(), max_length=20)
    calculated: tuple[CalculatedValue, ...] = Field(default=(), max_length=50)
    contact: Contact | None = None
    report: ReportPlan = ReportPlan()
    wording: Wordings = Field(default_factory=dict)

    @model_validator(mode="before")
    @classmethod
    def _choices_of_sets(cls, raw: Any) -> Any:
        return resolve_sets(raw)

    @model_validator(mode="after")
    def _names_differ(self) -> Survey:
        places: list[tuple[Where, str]] = [
            (("pages", page_index, "questions", index, "name"), question.name)
            for page_index, page in enumerate(self.pages)
            for index, question in enumerate(page.questions)
        ]
        places += [(("contact", "fields", i, "name"), field.name) for i, field in enumerate(self.contact_fields)]
        places += [(("hidden_fields", i, "name"), field.name) for i, field in enumerate(self.hidden_fields)]
        places += [(("calculated", i, "name"), value.name) for i, value in enumerate(self.calculated)]
        names, hint = [name for _, name in places], "give each question and field its own name"
        duplicates = [
            Problem("duplicate_name", where, f"the name `{name}` stands twice", hint)
            for index, (where, name) in enumerate(places)
            if name in names[:index]
        ]
        if duplicates:
            raise mistakes(*duplicates)
        return self

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """Every question, in page order, under the condition of its page too."""
        return tuple(question for page in self.pages for question in page.conditional_questions)

    @cached_property
    def items(self) -> Mapping[str, Question]:
        """Everything that takes an answer, by name, in page order. A matrix has one item per row."""
        return {item.name: item for question in self.questions for item in question.items}

    @cached_property
    def items_of(self) -> Mapping[str, tuple[Question, ...]]:
        """The items that count for each dimension, by the name of the dimension; for an upper one its parts' items."""
        by_name = {name: {name, *(part.name for part in one.parts)} for name, one in self.dimensions_by_name.items()}
        items = self.items.values()
        return {name: tuple(item for item in items if item.dimension in among) for name, among in by_name.items()}

    @cached_property
    def dimensions_by_name(self) -> Mapping[str, NestedDimension]:
        """Every dimension, each upper one before its parts."""
        return {one.name: one for upper in self.dimensions for one in (upper, *upper.parts)}

    @property
    def lowest_dimensions(self) -> tuple[NestedDimension, ...]:
        """The dimensions that questions count for: those without parts."""
        return tuple(one for one in self.dimensions_by_name.values() if not one.parts)

    @cached_property
    def weighted(self) -> frozenset[str]:
        """The names of the dimensions with a weighted question: there every question counts by its weight."""
        return frozenset(item.dimension for item in self.items.values() if item.dimension and item.weight is not None)

    @cached_property
    def none_counts(self) -> frozenset[str]:
        """The names of the items that count for a dimension when nothing is chosen."""
        return frozenset(name for name, item in self.items.items() if item.worth_of_none is not None)

    @cached_property
    def calculated_by_name(self) -> Mapping[str, CalculatedValue]:
        return {value.name: value for value in self.calculated}

    @cached_property
    def field_names(self) -> frozenset[str]:
        """The names of the declared contact and hidden fields."""
        return frozenset([field.name for field in self.contact_fields] + [field.name for field in self.hidden_fields])

    @cached_property
    def placeholder_names(self) -> frozenset[str]:
        """The names in the placeholders of all texts; empty for most surveys."""
        return frozenset(found.name for text in texts_in(self) for found in text.placeholders())

    @cached_property
    def form_placeholder_names(self) -> frozenset[str]:
        """The names in the placeholders of the texts that the form shows."""
        return frozenset(found.name for text in self._form_texts for found in text.placeholders())

    @cached_property
    def has_long_texts(self) -> bool:
        """Whether a text of the form has more than one line."""
        return any("\n" in words.strip() for text in self._form_texts for _, words in text.words)

    @cached_property
    def _form_texts(self) -> tuple[LocalizedText, ...]:
        """Every text of the form. Advice is written at its answer and read in the report."""
        return tuple(texts_in((self.title, self.description, self.pages, self.contact), besides=(Advice,)))

    @cached_property
    def written_languages(self) -> frozenset[str]:
        """The languages that at least one text is written in; a plain text is in none of them."""
        return frozenset(language for text in texts_in(self) for language in text.languages)

    @cached_property
    def optional_names(self) -> frozenset[str]:
        """The contact fields and items that a person can finish the survey without answering."""
        asks_contact = self.display.gate != "none"
        return frozenset(one.name for one in self.contact_fields if not (asks_contact and one.required)) | {
            item.name
            for question in self.questions
            for item in question.items
            if question.asks and (question.show_if is not None or not item.required)
        }

    def phrases(self, language: str) -> Phrases:
        """The product's sentences that this survey says in words of its own; none for most surveys."""
        return phrases_of(self.wording[language]) if language in self.wording else NO_PHRASES

    @property
    def contact_fields(self) -> tuple[ContactField, ...]:
        return self.contact.fields if self.contact else ()

    def question(self, name: str) -> Question | None:
        return self.items.get(name)

    def dimension(self, name: str) -> NestedDimension:
        return self.dimensions_by_name[name]

    def language(self, requested: str | None) -> str:
        """Returns the survey's best match for a language tag: same tag, else same base language, else its first."""
        base = (requested or "").split("-")[0].lower()
        exact = [tag for tag in self.languages if tag.lower() == (requested or "").lower()]
        near = [tag for tag in self.languages if tag.split("-")[0].lower() == base]
        return (*exact, *near, *self.languages)[0]


def read(raw: object) -> tuple[Survey | None, tuple[Problem, ...]]:
    """Returns the survey, or None with every problem in it."""
    survey, problems = Survey.from_raw(raw)
    return survey, place_problems(raw, problems)
