"""What people read: the sentences that the product says, their translations, and the words on a page."""

from __future__ import annotations

import re
import subprocess
import tempfile
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from questionnaire.core.base.translation import LANGUAGES, STAFF_LANGUAGES
from tests.conventions.checkout import ROOT

TRANSLATED = [language for language in LANGUAGES if language != "en"]
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%%")


def catalogue(language: str) -> Path:
    return ROOT / "questionnaire" / "locale" / f"{language}.po"


def read(path: Path, language: str | None = None) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=language)


@cache
def marked(places: str = "babel") -> dict[str, tuple[str, str]]:
    """Each sentence that `make words` finds, with its plural ("" without one) and the file that says it.

    `places` names the file in .ci that lists where they are: all of them (babel), or those that prospects read.
    """
    with tempfile.NamedTemporaryFile(suffix=".pot") as template:
        subprocess.run([ROOT / ".ci" / "words", template.name, places], check=True, capture_output=True)
        found = [one for one in read(Path(template.name)) if one.id]
    return {forms(one)[0]: ("".join(forms(one)[1:]), one.locations[0][0]) for one in found}


def said_in(language: str) -> dict[str, tuple[str, str]]:
    """The sentences that a language translates: all, or only those that prospects read."""
    return marked("babel" if language in STAFF_LANGUAGES else "prospect")


@cache
def translated(language: str) -> dict[str, tuple[str, ...]]:
    found = read(catalogue(language), language)
    return {forms(one)[0]: translations(one) for one in found if one.id and not one.fuzzy}


def forms(entry: Message) -> tuple[str, ...]:
    """The sentence in English, and its plural where something is counted."""
    return (entry.id,) if isinstance(entry.id, str) else tuple(entry.id)


def translations(entry: Message) -> tuple[str, ...]:
    """What stands for an entry: one sentence, or one for each plural form."""
    found = entry.string
    return (found or "",) if isinstance(found, str) or found is None else tuple(map(str, found))


class Reader(HTMLParser):
    """What a person reads or hears of a page: its text, and the attributes that are spoken or shown."""

    SPOKEN = ("alt", "title", "aria-label", "placeholder")

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in ("style", "script", "kbd")
        self.heard += [value for name, value in attrs if name in self.SPOKEN and value]

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in ("style", "script", "kbd")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.heard.append(data)


def english(page: str, language: str) -> list[str]:
    """Sentences of the product that are in English on a page in `language`, a whole text of it at least."""
    reader = Reader()
    reader.feed(page)
    heard = {" ".join(piece.split()) for piece in reader.heard}
    found = []
    for said in marked():
        # The same words in both languages, such as “Website”, give nothing away.
        if said in translated(language).get(said, ()) or not re.search(r"[A-Za-z]{2}", PLACEHOLDER.sub("", said)):
            continue
        pattern = re.compile(r".*".join(map(re.escape, PLACEHOLDER.split(said)[::2])), re.DOTALL)
        found += [f"{said}: {piece}" for piece in heard if re.fullmatch(pattern, piece)]
    return found
