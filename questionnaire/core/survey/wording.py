"""The product's own phrases in the author's words, by language and key: for languages that the product does not ship,
and to say one of them otherwise."""

from __future__ import annotations

from typing import Annotated

from pydantic import StringConstraints

from questionnaire.core.survey.display import LanguageTag

Phrase = Annotated[str, StringConstraints(min_length=1, max_length=500)]
Wordings = dict[LanguageTag, dict[str, Phrase | dict[str, Phrase]]]
"""Language -> key -> the phrase, or one for each plural form (`one`, `other` …). The keys: core/survey/phrases."""
