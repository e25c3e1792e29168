"""The languages of the product, and its words in one person's language.

Core builds sentences but may not read catalogues: whoever calls it brings the translation. English is the
source language, so the default needs no catalogue at all.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

LANGUAGES = ("en", "fr", "de")
"""The languages of the product's own sentences. Prospects read them in any of these."""
STAFF_LANGUAGES = ("en", "fr")
"""Those of the staff. Another one translates only what prospects read, see .ci/prospect.cfg."""


Phrases: TypeAlias = tuple[tuple[str, str | tuple[tuple[str, str], ...]], ...]
"""Sentences that are said in other words: the sentence in English, and the words, or those of each plural form."""
NO_PHRASES: Phrases = ()


def _same(text: str) -> str:
    return text


def _same_plural(one: str, many: str, n: int) -> str:
    return one if n == 1 else many


@dataclass(frozen=True, slots=True)
class Translator:
    """A language and its catalogue. Sentences are marked by calling it: `words("Call %(name)s", name=…)`.

    Values are put in once, after translation, by `%(name)s`; they are plain strings and never read as a pattern.
    """

    language: str = "en"
    singular: Callable[[str], str] = _same
    plural: Callable[[str, str, int], str] = _same_plural

    def __call__(self, text: str, /, **values: object) -> str:
        said = self.singular(text)
        return said % values if values else said

    def gettext(self, text: str, /) -> str:
        """The translation with its placeholders as they are."""
        return self.singular(text)

    def ngettext(self, one: str, many: str, n: int, /, **values: object) -> str:
        """The singular or plural sentence for `n`, which is available as `%(n)s`."""
        return self.plural(one, many, n) % {"n": n, **values}


ENGLISH = Translator()


def gettext_noop(text: str) -> str:
    """Marks a sentence for translation where it is written; it is said later through `Words`."""
    return text
