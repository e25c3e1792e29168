"""The product's own phrases in the author's words, by language and key: for languages that the product does not ship,
and to say one of them otherwise."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated

from pydantic import StringConstraints

from questionnaire.core.base.translation import Phrases
from questionnaire.core.survey.display import LanguageTag
from questionnaire.core.survey.phrases import PHRASES

Phrase = Annotated[str, StringConstraints(min_length=1, max_length=500)]
Wordings = dict[LanguageTag, dict[str, Phrase | dict[str, Phrase]]]
"""Language -> key -> the phrase, or one for each plural form (`one`, `other` …). The keys: core/survey/phrases."""

VALUE = re.compile(r"%\((\w+)\)s")
_AUTHORED_VALUE = re.compile(r"\{\{\s*(\w+)\s*\}\}")


def phrases_of(wording: Mapping[str, str | Mapping[str, str]]) -> Phrases:
    """The phrases of one language by the sentences they replace; unknown keys are left to the checker."""
    found: list[tuple[str, str | tuple[tuple[str, str], ...]]] = []
    for key, said in wording.items():
        sentence = PHRASES.get(key)
        if sentence is None:
            continue
        text = sentence if isinstance(sentence, str) else sentence[0]
        has_values = bool(values_in(sentence))
        if isinstance(said, str):
            found.append((text, _as_pattern(said, has_values)))
        else:
            found.append((text, tuple((form, _as_pattern(words, has_values)) for form, words in said.items())))
    return tuple(found)


def values_in(sentence: str | tuple[str, str]) -> frozenset[str]:
    """The names of the values that are put into a sentence."""
    parts = (sentence,) if isinstance(sentence, str) else sentence
    return frozenset(name for part in parts for name in VALUE.findall(part))


def authored_values(words: str) -> frozenset[str]:
    return frozenset(_AUTHORED_VALUE.findall(words))


def _as_pattern(words: str, has_values: bool) -> str:
    """`{{n}} of {{of}}` -> `%(n)s of %(of)s`; other percent signs are only signs."""
    return _AUTHORED_VALUE.sub(r"%(\1)s", words.replace("%", "%%")) if has_values else words
