"""Earlier answers of the person of a case: to this survey or another one, at their own moments.

With them an author tries what ages: answers that expire, points that decay, a second response, a question that the
newer response no longer shows.
"""

from __future__ import annotations

from typing import Any

from pydantic import Field, model_validator

from questionnaire.core.base.authored import Authored
from questionnaire.core.cases.moments import Instant, Word


class EarlierResponse(Authored):
    """One earlier response. Without `survey`, to the survey of the case."""

    survey: str | None = None
    at: Instant
    language: str | None = None
    answers: dict[str, Any] = Field(default_factory=dict)
    hidden: dict[str, Word] = Field(default_factory=dict)
    claims: dict[str, Word] = Field(default_factory=dict)

    @model_validator(mode="before")
    @classmethod
    def _drop_empty_keys(cls, raw: Any) -> Any:
        return {key: value for key, value in raw.items() if value is not None} if isinstance(raw, dict) else raw


class CaseCampaign(Authored):
    """Where the person came from: what a URL said after `utm_…`; `name` is `utm_campaign`."""

    source: Word | None = None
    medium: Word | None = None
    name: Word | None = None
    term: Word | None = None
    content: Word | None = None
