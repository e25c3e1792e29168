"""Collect the sentences people read, and bring the catalogues into line with them.

Usage:  python .ci/words.py      (or: make words)

English is written where it is said; each other language has one file in questionnaire/locale. A sentence that is new
gets an empty entry to fill in, one that nobody says any more is dropped. Sentences are marked by

    Python     words("…"), words.count("one", "many", n), later("…"), Mistake("code", "…")
    templates  _("…"), count("one", "many", n)

A marked sentence stands there as one literal string: what is put together on the way cannot be found.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po
from jinja2 import Environment, nodes

ROOT = Path(__file__).resolve().parents[1]
LANGUAGES = ("fr",)

_WRITTEN = datetime(2026, 1, 1, tzinfo=timezone.utc)  # noqa: UP017 (the same bytes each time: no clock)


@dataclass(frozen=True)
class Said:
    """A sentence and the file that says it. `many` is the plural, "" when nothing is counted."""

    text: str
    many: str
    where: str
    line: int


class NotLiteral(Exception):
    """A marked sentence that is not one literal string."""


def said() -> list[Said]:
    """Every marked sentence of the product, in the order of files and lines."""
    found: list[Said] = []
    for path in sorted((ROOT / "questionnaire").rglob("*.py")):
        found += in_python(path.read_text(encoding="utf-8"), path.relative_to(ROOT).as_posix())
    for path in sorted((ROOT / "templates").rglob("*")):
        if path.suffix in (".html", ".txt"):
            found += in_template(path.read_text(encoding="utf-8"), path.relative_to(ROOT).as_posix())
    return found


# --- Python ----------------------------------------------------------------------------------------------------


def in_python(source: str, where: str) -> Iterator[Said]:
    for node in ast.walk(ast.parse(source, where)):
        if isinstance(node, ast.Call):
            yield from _called(node, where)


def _called(call: ast.Call, where: str) -> Iterator[Said]:
    name, args = _name(call.func), call.args
    if name == "count" and len(args) >= 3 and all(_literal(one) is not None for one in args[:2]):
        yield Said(_literal(args[0]) or "", _literal(args[1]) or "", where, call.lineno)
        return
    at = {"words": 0, "later": 0, "Mistake": 1}.get(name, len(args))
    if at >= len(args):
        return
    text = _literal(args[at])
    if text is not None:
        yield Said(text, "", where, call.lineno)
    elif isinstance(args[at], ast.JoinedStr | ast.BinOp | ast.IfExp):
        raise NotLiteral(f"{where}:{call.lineno}: a marked sentence must be one literal string")


def _name(func: ast.expr) -> str:
    """`words`, `self.words`, `words()` and `words_for(language)` all speak."""
    if isinstance(func, ast.Call):
        return "words" if _name(func.func) in ("words", "words_for") else ""
    return func.id if isinstance(func, ast.Name) else func.attr if isinstance(func, ast.Attribute) else ""


def _literal(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


# --- templates -------------------------------------------------------------------------------------------------


def in_template(source: str, where: str) -> Iterator[Said]:
    for call in Environment(autoescape=True).parse(source).find_all(nodes.Call):
        if not isinstance(call.node, nodes.Name) or call.node.name not in ("_", "count"):
            continue
        texts = [one.value for one in call.args if isinstance(one, nodes.Const) and isinstance(one.value, str)]
        if len(texts) != (2 if call.node.name == "count" else 1):
            raise NotLiteral(f"{where}:{call.lineno}: a marked sentence must be one literal string")
        yield Said(texts[0], texts[1] if len(texts) == 2 else "", where, call.lineno)


# --- catalogues ------------------------------------------------------------------------------------------------


def template(sentences: list[Said]) -> Catalog:
    """The sentences without a translation."""
    catalog = Catalog()
    for one in sentences:
        catalog.add((one.text, one.many) if one.many else one.text, locations=[(one.where, one.line)])
    return catalog


def path_of(language: str) -> Path:
    return ROOT / "questionnaire" / "locale" / f"{language}.po"


def catalogue(language: str) -> Catalog:
    """The catalogue as it lies there; an empty one for a new language."""
    if not path_of(language).is_file():
        return Catalog(locale=language)
    with path_of(language).open("rb") as file:
        return read_po(file, locale=language)


def bring_into_line(language: str) -> tuple[int, int]:
    """Rewrites the file of a language. How many sentences it holds, and how many of them say nothing yet."""
    catalog = catalogue(language)
    catalog.update(template(said()), no_fuzzy_matching=True)
    catalog.project, catalog.version, catalog.fuzzy = "questionnaire", "0", False
    catalog.msgid_bugs_address = catalog.last_translator = catalog.language_team = ""
    catalog.creation_date = catalog.revision_date = _WRITTEN
    path_of(language).parent.mkdir(exist_ok=True)
    with path_of(language).open("wb") as file:
        write_po(file, catalog, width=120, sort_by_file=True, ignore_obsolete=True, include_lineno=False)
    entries = [one for one in catalog if one.id]
    return len(entries), sum(not all(translations(one)) for one in entries)


def translations(entry: Message) -> tuple[str, ...]:
    """What stands for an entry: one sentence, or one for each plural form."""
    said = entry.string
    return (said or "",) if isinstance(said, str) or said is None else tuple(map(str, said))


def main() -> int:
    for language in LANGUAGES:
        entries, empty = bring_into_line(language)
        print(f"{path_of(language).relative_to(ROOT)}: {entries} sentences, {empty} without a translation")
    return 0


if __name__ == "__main__":
    sys.exit(main())
