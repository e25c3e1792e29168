"""Authored parts of a report besides its bands: sections for some readers, the plan, and how scores are drawn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, get_args
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema

from questionnaire.core.base.authored import Authored, When, mistake
from questionnaire.core.base.patterns import Pattern
from questionnaire.core.base.texts import LocalizedText
from questionnaire.core.survey.questions.advice import Advice
from questionnaire.core.survey.questions.picture import ImageFile, picture_size

ReportSection = Literal[
    "cover",
    "summary",
    "figures",
    "comparison",
    "dimensions",
    "plan",
    "next_step",
    "method",
]
Medium = Literal["page", "pdf"]
HIDDEN_FROM_BLOCKS = frozenset({"fit", "intent", "timing", "total", "label", "fit_grade"})
"""Facts that no condition of a block may name: a prospect could read them off the page."""


def read_link(raw: str) -> str:
    if urlsplit(raw).scheme not in ("https", "http", "mailto"):
        raise mistake("link", "`{raw}` is not a link", "start it with `https://`", raw=raw)
    return raw


Link = Annotated[str, AfterValidator(read_link)]


def _listed(raw: Any) -> Any:
    """One value where a list of them may stand."""
    return [raw] if isinstance(raw, str | Mapping) else raw


_OR_ONE = WithJsonSchema(
    {"anyOf": [{"enum": list(get_args(Medium))}, {"type": "array", "items": {"enum": list(get_args(Medium))}}]}
)


class ContentBlock(Authored):
    """A section of the author's, for those whom `when` fits: after a section of the report, on the page, in the PDF."""

    id: Annotated[str, Pattern(r"^[a-z][a-z0-9_-]{0,59}$", "use lower-case letters, digits, `_` and `-`")]
    after: ReportSection = "summary"
    when: When | None = None
    title: LocalizedText | None = None
    text: LocalizedText
    image: ImageFile | None = None
    alt: LocalizedText | None = None
    url: Link | None = None
    label: LocalizedText | None = None
    on: Annotated[tuple[Medium, ...], BeforeValidator(_listed), _OR_ONE] = Field(default=("page", "pdf"), min_length=1)

    @property
    def picture(self) -> tuple[int, int] | None:
        """Width and height in pixels of the published picture; None of a file that only an author has."""
        return picture_size(self.image or "")


class AuthoredTerm(Authored):
    """A term of the plan: it ends on day `days`, counted from the report's."""

    days: int = Field(ge=1, le=1000)
    title: LocalizedText | None = None
    items: Annotated[tuple[Advice, ...], BeforeValidator(_listed)] = Field(min_length=1, max_length=12)


class Charts(Authored):
    """How the scores of the dimensions are drawn. Bars and figures stand beside a radar."""

    dimensions: Literal["bars", "radar"] = "bars"


def _ends_grow(terms: tuple[AuthoredTerm, ...]) -> tuple[AuthoredTerm, ...]:
    ends = [term.days for term in terms]
    if ends != sorted(set(ends)):
        hint = "write them from the shortest to the longest, each once, such as 30, 60, 90"
        raise mistake("plan_order", "the terms of the plan do not follow each other", hint)
    return terms


def _ids_differ(blocks: tuple[ContentBlock, ...]) -> tuple[ContentBlock, ...]:
    ids = [block.id for block in blocks]
    twice = next((id for index, id in enumerate(ids) if id in ids[:index]), None)
    if twice is not None:
        raise mistake("duplicate_block", "two content blocks have the id `{id}`", "give each its own", id=twice)
    return blocks


ContentBlocks = Annotated[tuple[ContentBlock, ...], Field(max_length=40), AfterValidator(_ids_differ)]
AuthoredTerms = Annotated[tuple[AuthoredTerm, ...], Field(max_length=6), AfterValidator(_ends_grow)]
