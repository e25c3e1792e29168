"""What someone typed into a field of a form, as the value that a document holds.

What cannot be read is kept as it was typed, for the checks to say what is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from questionnaire.core.editing.paths import Path

WHOLE = re.compile(r"[-+]?\d{1,15}")
BROKEN = re.compile(r"[-+]?\d{1,15}[.,]\d{1,12}")
RANGE = re.compile(r"([-+]?\d{1,15}(?:[.,]\d{1,12})?)?\s*[-–—]\s*([-+]?\d{1,15}(?:[.,]\d{1,12})?)?")


@dataclass(frozen=True, slots=True)
class FormValue:
    """One field: the place it writes to, how its text is read, and what was typed.

    `required`: emptied, it is kept as an empty text. `initial` is what a switch means where nothing is written; of a
    list to tick it says that nothing written means all of it.
    """

    path: Path
    input: str
    typed: str
    language: str = ""
    required: bool = False
    initial: bool = False


def read_typed(value: FormValue, current: Any, languages: Sequence[str]) -> Any:
    """The value, which is `current` where nothing else was typed; None for nothing."""
    typed = value.typed.replace("\r\n", "\n").strip()
    if value.input == "text":
        return _text(typed, current, value, languages)
    if value.input == "switch":
        is_on = typed == "true"
        if is_on == (value.initial if current is None else current):
            return current
        return is_on if is_on != value.initial else None
    if value.input == "words":
        words = [word.strip() for word in re.split(r"[,\n]", typed) if word.strip()]
        return words or ([] if current == [] else None)
    if value.input == "picks":
        return _picks(typed, current, value)
    if value.input in ("number", "whole_number"):
        number = _number(typed)
        return "" if number is None and value.required else number
    if value.input == "pairs":
        return _pairs(typed)
    if value.input == "range":
        return current if typed == range_typed(current) else _range(typed)
    return typed or ("" if value.required else None)


def _number(typed: str) -> Any:
    if WHOLE.fullmatch(typed):
        return int(typed)
    return float(typed.replace(",", ".")) if BROKEN.fullmatch(typed) else typed or None


def range_typed(ends: Any) -> str:
    """Two numbers as they are typed: `10–49`, without the end that is open."""
    if not isinstance(ends, list) or len(ends) != 2:
        return "" if ends is None else str(ends)
    return "–".join("" if end is None else str(end) for end in ends)


def _range(typed: str) -> Any:
    """`10–49` is both ends, `10–` the lower one; a number alone is both."""
    found = RANGE.fullmatch(typed)
    if found is not None and found[1] != found[2]:
        return [_number(end) if end else None for end in found.groups()]
    number = _number(typed)
    return [number, number] if isinstance(number, int | float) else number


def _picks(typed: str, current: Any, value: FormValue) -> Any:
    """A list of which the order doesn’t count: what was in it keeps its place."""
    picked = [word.strip() for word in re.split(r"[,\n]", typed) if word.strip()]
    if picked == [current]:
        return current
    before = [one for one in current if str(one) in picked] if isinstance(current, list) else []
    return before + [word for word in picked if word not in map(str, before)] or (
        [] if current == [] or value.required else None
    )


def _pairs(typed: str) -> Any:
    """`nurture P3M` is a mapping of one key, `disqualify` a word."""
    words = typed.split()
    return dict(zip(words[::2], words[1::2], strict=True)) if words and len(words) % 2 == 0 else typed or None


def _text(typed: str, current: Any, value: FormValue, languages: Sequence[str]) -> Any:
    """A text alone is the same in every language, until someone writes another language."""
    language, first = value.language or languages[0], languages[0]
    empty = "" if value.required else None
    if isinstance(current, Mapping):
        kept = {tag: text for tag, text in current.items() if tag != language}
        new = {**kept, language: typed} if typed or (value.required and language == first) else kept
        order = [*languages, *new]
        return dict(sorted(new.items(), key=lambda entry: order.index(entry[0]))) or empty
    if current is not None and typed == str(current).strip():
        return current
    if len(languages) < 2 or (language == first and current is not None):
        return typed or empty
    if not typed:
        return {first: current} if current is not None and language != first else empty
    return {first: str(current), language: typed} if current not in (None, "") else {language: typed}
