"""A survey: what is asked, and what each answer is evidence of. It holds no points; the policy prices them.

Shapes: format.md ("Questions", "Texts") and the worked example. `read(raw)` takes plain mappings and lists.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from questionnaire.core.base.authored import Authored, mistake, mistakes
from questionnaire.core.base.patterns import Pattern
from questionnaire.core.base.problems import Problem, Where
from questionnaire.core.base.texts import LocalizedText
from questionnaire.core.identity.web_origin import read_origin
from questionnaire.core.survey.contact import Contact, ContactField
from questionnaire.core.survey.questions import AnyQuestion, Name, Question, Slug
from questionnaire.core.survey.report_texts import ReportPlan


def _origin(raw: str) -> str:
    origin = read_origin(raw)
    if origin is None:
        hint = "write it like `https://www.example.com`"
        raise mistake("origin", "`{raw}` is not the origin of a site", hint, raw=raw)
    return origin


LanguageTag = Annotated[
    str,
    Pattern(r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", "write the language's code, such as `en`, `fr` or `pt-BR`"),
]


class Display(Authored):
    mode: Literal["one_per_screen", "by_page", "single_page"] = "one_per_screen"
    progress: Literal["bar", "steps", "none"] = "bar"
    back: bool = True
    estimate_minutes: int | None = Field(default=None, ge=1, le=120)
    gate: Literal["none", "before_start", "before_result"] = "before_result"
    teaser: Literal["none", "overall"] = "overall"


class Embed(Authored):
    allowed_origins: tuple[Annotated[str, AfterValidator(_origin)], ...] = ()


class HiddenField(Authored):
    """A field from the URL, the embed or the API. With a criterion its value is a level.

    Of a field with `trust: signed` that level scores only when it came by a signed link or the API.
    """

    name: Name
    max_length: int = Field(default=200, ge=1, le=5000)
    criterion: str | None = None
    trust: Literal["signed", "open"] = "open"


class Dimension(Authored):
    """A part of the maturity score that the prospect sees."""

    name: Name
    title: LocalizedText
    weight: int = Field(default=1, ge=1, le=100)


class Page(Authored):
    """A screen of questions."""

    name: Name
    title: LocalizedText | None = None
    questions: tuple[AnyQuestion, ...] = Field(min_length=1, max_length=200)


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
    hidden_fields: tuple[HiddenField, ...] = ()
    dimensions: tuple[Dimension, ...] = ()
    pages: tuple[Page, ...] = Field(min_length=1, max_length=100)
    contact: Contact | None = None
    report: ReportPlan = ReportPlan()

    @model_validator(mode="after")
    def _names_differ(self) -> Survey:
        places: list[tuple[Where, str]] = [
            (("pages", page, "questions", index, "name"), question.name)
            for page, one in enumerate(self.pages)
            for index, question in enumerate(one.questions)
        ]
        places += [(("contact", "fields", i, "name"), field.name) for i, field in enumerate(self.contact_fields)]
        places += [(("hidden_fields", i, "name"), field.name) for i, field in enumerate(self.hidden_fields)]
        names = [name for _, name in places]
        hint = "give each question and field its own name"
        twice = [
            Problem("duplicate_name", where, f"the name `{name}` stands twice", hint)
            for index, (where, name) in enumerate(places)
            if name in names[:index]
        ]
        if twice:
            raise mistakes(*twice)
        return self

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """Every question in the order of the pages."""
        return tuple(question for page in self.pages for question in page.questions)

    @cached_property
    def items(self) -> Mapping[str, Question]:
        """Everything an answer can be given to, by name, in order; a matrix gives one for each row."""
        return {item.name: item for question in self.questions for item in question.items}

    @cached_property
    def items_of(self) -> Mapping[str, tuple[Question, ...]]:
        """The items whose maturity counts for a dimension."""
        return {
            one.name: tuple(item for item in self.items.values() if item.dimension == one.name)
            for one in self.dimensions
        }

    @cached_property
    def field_names(self) -> frozenset[str]:
        """The contact and hidden fields it declares."""
        return frozenset([one.name for one in self.contact_fields] + [one.name for one in self.hidden_fields])

    @property
    def contact_fields(self) -> tuple[ContactField, ...]:
        return self.contact.fields if self.contact else ()

    def question(self, name: str) -> Question | None:
        return self.items.get(name)

    def dimension(self, name: str) -> Dimension:
        return next(dimension for dimension in self.dimensions if dimension.name == name)

    def language(self, wanted: str | None) -> str:
        """The survey's language nearest to `wanted`: the same tag, the same base language, else its first."""
        base = (wanted or "").split("-")[0].lower()
        exact = [tag for tag in self.languages if tag.lower() == (wanted or "").lower()]
        near = [tag for tag in self.languages if tag.split("-")[0].lower() == base]
        return (*exact, *near, *self.languages)[0]


def read(raw: object) -> tuple[Survey | None, tuple[Problem, ...]]:
    """The survey, or every mistake in it as Problems."""
    return Survey.from_raw(raw)
