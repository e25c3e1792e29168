"""Texts of a source, in every language, as authored texts. What they mention is filled in when every name is known."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from questionnaire.core.base.text_cleaning import clean_text
from questionnaire.core.base.texts import LONGEST
from questionnaire.core.importing.markup import one_line, to_markdown
from questionnaire.core.importing.note import NoteList

MENTION = re.compile("\ue000([^\ue000\ue001]*)\ue001")
"""A name of the source in a text, between two private-use characters, until it is known what became of it."""
BRACES = re.compile(r"\{\{|\}\}")
AuthoredText = str | dict[str, str]


def mention(name: str) -> str:
    return f"\ue000{name}\ue001"


class TextReader:
    """Reads the texts of one source. `mark` puts a mark at each mention of a name."""

    def __init__(self, notes: NoteList, mark: Callable[[str], str]) -> None:
        self.notes, self.mark = notes, mark
        self.languages: list[str] = ["en"]

    def read(self, words: Mapping[str, str], place: str, *, lines: bool = False) -> AuthoredText | None:
        """The text, or None when there is none in any language. Without `lines` it is on one line."""
        read = {tag: self._one(text, place, lines) for tag, text in words.items() if tag in self.languages}
        known = {tag: text for tag, text in read.items() if text}
        if not known:
            return None
        first = self.languages[0]
        if first not in known:
            substitute = next(iter(known.values()))
            self.notes.add("language_missing", place, language=first, text=substitute)
            known = {first: substitute, **known}
        if len(self.languages) == 1 or (len(known) == len(self.languages) and len(set(known.values())) == 1):
            return known[first]
        return {tag: known[tag] for tag in self.languages if tag in known}

    def _one(self, raw: str, place: str, lines: bool) -> str:
        whole = raw.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        clean = clean_text(whole, len(whole) + 1, lines=True)
        if clean is None:
            self.notes.add("key_left_out", place, key=place, value=whole)
            return ""
        text, lost = to_markdown(self.mark(clean))
        if lost:
            self.notes.add("markup_left_out", place, tags=", ".join(lost))
        text = BRACES.sub(lambda found: found[0][0], text)
        text = text if lines else one_line(text)
        if len(text) > LONGEST - 200:
            self.notes.add("text_cut", place, most=LONGEST, rest=text[LONGEST - 200 :])
            text = text[: LONGEST - 200]
        return text


def fill_mentions(value: Any, say: Callable[[str], str]) -> Any:
    """The document with every mention replaced."""
    if isinstance(value, str):
        return re.sub("[\ue000\ue001]", "", MENTION.sub(lambda found: say(found[1]), value))
    if isinstance(value, dict):
        return {key: fill_mentions(part, say) for key, part in value.items()}
    return [fill_mentions(part, say) for part in value] if isinstance(value, list) else value


def joined_text(first: Any, second: Any) -> Any:
    """Two texts with a dash between them, in every language of the first."""
    if isinstance(first, str) and isinstance(second, str):
        return f"{first} – {second}"
    languages = list(first if isinstance(first, dict) else second)
    one = {tag: first if isinstance(first, str) else first[tag] for tag in languages}
    return {
        tag: f"{one[tag]} – {second if isinstance(second, str) else second.get(tag, next(iter(second.values())))}"
        for tag in languages
    }
