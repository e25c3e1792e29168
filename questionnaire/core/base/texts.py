"""Authored texts: one string, or one per language, with `{{name}}` for a contact field or an answer's label.

A placeholder is a name, with `{{name|fallback words}}` for a value that may be missing; never an expression. Values are
inserted in one pass; the caller passes the escape function for the output format.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

PLACEHOLDER = re.compile(r"\{\{\s*([A-Za-z0-9_.-]{1,80})\s*(?:\|([^{}]{0,200}))?\}\}")
_SENTENCE_ENDS = re.compile(r"(?:[^\W_]{3,}|\}\})\s?[.!?…]+[”»\"')]*\s+(?=\S)")
_PARTS = re.compile(r"(?<=\n)(?=\n|\s*(?:[-*+]|\d+[.)])\s)")
_MARKS = re.compile(r"(?<![\w\\])(\*\*|__|\*|_|`)(?=\S)(.+?)(?<=\S)\1(?!\w)")
_LINK = re.compile(r"\[([^\]]+)\]\([^)\s]+\)")
LONGEST = 4000
LONGEST_VALUE = 200


@dataclass(frozen=True, slots=True)
class Placeholder:
    """`fallback` is inserted when the name has no value; "" without one."""

    name: str
    fallback: str = ""

    def value(self, values: Mapping[str, str]) -> str:
        """Returns the value, cut to LONGEST_VALUE; "" when there is none."""
        return values.get(self.name, "")[:LONGEST_VALUE]


@dataclass(frozen=True, slots=True)
class LocalizedText:
    """`words` maps a BCP 47 tag to a text. The tag "" means: the same in every language."""

    words: tuple[tuple[str, str], ...]

    def say(self, language: str) -> str:
        """Returns the text in `language`, else in the first authored language."""
        by_language = dict(self.words)
        return by_language.get(language) or by_language.get("") or self.words[0][1]

    @property
    def languages(self) -> tuple[str, ...]:
        """The authored languages; empty when the text is the same in every language."""
        return tuple(tag for tag, _ in self.words if tag)

    def fill(self, language: str, values: Mapping[str, str]) -> str:
        """Returns the text in `language` with its placeholders filled, as plain text."""
        return fill(self.say(language), values, str)

    def placeholders(self) -> Iterator[Placeholder]:
        for _, text in self.words:
            yield from placeholders(text)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            read_text, serialization=core_schema.plain_serializer_function_ser_schema(write_text)
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        text = {"type": ["string", "number"]}
        return {"anyOf": [text, {"type": "object", "additionalProperties": text, "minProperties": 1}]}


def _plain(raw: object) -> str:
    if isinstance(raw, bool) or not isinstance(raw, str | int | float):
        what = "empty" if raw is None else "true or false" if isinstance(raw, bool) else "a list or mapping"
        raise PydanticCustomError(
            "text",
            "a text is expected here, and this is {what}",
            {"what": what, "hint": "write the text" if raw is None else "quote the text"},
        )
    text = str(raw)
    if not text.strip():
        raise PydanticCustomError("text_empty", "the text is empty", {"hint": "write it, or leave the key out"})
    if len(text) > LONGEST:
        raise PydanticCustomError("text_long", "the text is longer than 4000 characters", {"hint": "shorten it"})
    return text


def read_text(raw: object) -> LocalizedText:
    if isinstance(raw, LocalizedText):
        return raw
    if isinstance(raw, Mapping):
        if not raw:
            raise PydanticCustomError("text_empty", "the text has no language", {"hint": "write `{en: …, fr: …}`"})
        return LocalizedText(tuple((str(tag), _plain(text)) for tag, text in raw.items()))
    return LocalizedText((("", _plain(raw)),))


def write_text(text: LocalizedText) -> Any:
    """Returns the authored form: a string, or a mapping of language to string."""
    return text.words[0][1] if text.words[0][0] == "" else dict(text.words)


def texts_in(value: object, besides: tuple[type, ...] = ()) -> Iterator[LocalizedText]:
    """Every text in an authored value and in the values below it, but none in values of the classes `besides`."""
    # Nearly every value is one of these, and the check against an abstract class below costs most.
    if value is None or isinstance(value, (str, int, *besides)):
        return
    if isinstance(value, LocalizedText):
        yield value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from texts_in(getattr(value, name), besides)
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from texts_in(part, besides)
    elif isinstance(value, tuple):
        for part in value:
            yield from texts_in(part, besides)


def listed(parts: Iterable[str], language: str) -> str:
    """Joins parts that may contain commas: `a; b`. French has a narrow no-break space before the semicolon."""
    separator = "\N{NARROW NO-BREAK SPACE}; " if language.partition("-")[0] == "fr" else "; "
    return separator.join(parts)


def fold(text: str) -> str:
    """Small letters without accents, for searching and sorting: `Åland` -> `aland`, `Straße` -> `strasse`."""
    small = text.casefold()
    if small.isascii():
        return small
    return "".join(char for char in unicodedata.normalize("NFKD", small) if not unicodedata.combining(char))


def literal_text(text: str) -> LocalizedText:
    return LocalizedText((("", text),))


def placeholders(text: str) -> Iterator[Placeholder]:
    return (_placeholder(match) for match in PLACEHOLDER.finditer(text))


def _placeholder(match: re.Match[str]) -> Placeholder:
    return Placeholder(match[1], (match[2] or "").strip())


def replace_placeholders(text: str, replacement: Callable[[Placeholder], str]) -> str:
    """Replaces each placeholder in one pass: a replacement that looks like a placeholder stays as it is."""
    return PLACEHOLDER.sub(lambda match: replacement(_placeholder(match)), text)


def rename_placeholders(text: str, replacement: Callable[[str], str]) -> str:
    """The text with other names in its placeholders; spaces and fallbacks stay as they were written."""

    def renamed(match: re.Match[str]) -> str:
        start, end = match.start(1) - match.start(), match.end(1) - match.start()
        return match[0][:start] + replacement(match[1]) + match[0][end:]

    return PLACEHOLDER.sub(renamed, text)


def fill(text: str, values: Mapping[str, str], escape: Callable[[str], str]) -> str:
    """Replaces each placeholder by its value, else by its fallback, escaped. A name without either becomes ""."""
    return replace_placeholders(text, lambda found: escape(found.value(values) or found.fallback))


def remove_marks(text: str) -> str:
    """Returns one line of authored text without its Markdown marks, to be inserted in another text."""
    bare = _LINK.sub(r"\1", text)
    while (stripped := _MARKS.sub(r"\2", bare)) != bare:
        bare = stripped
    return bare


def remove_personal_sentences(text: str) -> str:
    """Returns `text` without the sentences that contain a placeholder, so that it can be shown to anyone.

    Where sentence ends are unclear (inside Markdown marks, or before a lower-case letter), more is removed, never less.
    """
    # A fallback may contain sentence ends and Markdown marks of its own.
    bare = replace_placeholders(text, lambda found: f"{{{{{found.name}}}}}")
    return "".join(_impersonal(part) for part in _PARTS.split(bare)).strip()


def _impersonal(part: str) -> str:
    """Removes the personal sentences of one paragraph or list item."""
    if not PLACEHOLDER.search(part):
        return part
    if any(mark in PLACEHOLDER.sub("", part) for mark in "*_[`"):
        return ""
    ends = [match.end() for match in _SENTENCE_ENDS.finditer(part) if not part[match.end()].islower()]
    ends = [end for end in ends if part[end] != "{"]
    sentences = [part[start:end] for start, end in zip([0, *ends], [*ends, len(part)], strict=True)]
    return "".join(sentence for sentence in sentences if not PLACEHOLDER.search(sentence))
