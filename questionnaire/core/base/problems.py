"""Problems: mistakes of people, as values that are collected and returned together. Bugs are exceptions.

`where` is a path into the authored file, such as ("pages", 0, "questions", 2, "title"). The reader of the file
adds file and line. Every code has a heading in docs/problems.md.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, replace

Where = tuple[str | int, ...]

ERROR = "error"
WARNING = "warning"
REMINDER = "reminder"
"""Something to do that depends on the day, not on the file. It never makes a check unclean."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake: `code` is stable, `message` says what is wrong, `hint` what to write instead.

    `file` is empty until the reader of the file sets it. `line` is 1-based, and 0 when unknown.
    """

    code: str
    where: Where
    message: str
    hint: str = ""
    severity: str = ERROR
    file: str = ""
    line: int = 0

    def under(self, *prefix: str | int) -> Problem:
        """Returns the problem with `prefix` put before its path: the position of the value in a larger document."""
        return replace(self, where=(*prefix, *self.where))

    def at(self, file: str, line: int) -> Problem:
        return replace(self, file=file, line=line)

    @property
    def is_error(self) -> bool:
        return self.severity == ERROR

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}: " if self.file else ""
        path = "" if self.file else f"{path_text(self.where)}: " if self.where else ""
        kind = "" if self.is_error else f"{self.severity}: "
        advice = f" — {self.hint}" if self.hint else ""
        return f"{place}{kind}{self.code}: {path}{self.message}{advice}"


def path_text(where: Where) -> str:
    """The path as text, such as `pages[0].questions[2].title`."""
    text = ""
    for step in where:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text


def did_you_mean(word: str, known: Iterable[str], otherwise: str = "", longest: int = 12) -> str:
    """Hint for an unknown name: the nearest known names, else `otherwise`, else all names, if at most `longest`."""
    names = sorted({str(name) for name in known})
    near = difflib.get_close_matches(str(word), names, n=3, cutoff=0.6)
    # Further names only where they are about as near as the first.
    first, *others = near or [""]
    near = [first, *(name for name in others if _likeness(word, name) >= max(_likeness(word, first) - 0.05, 0.75))]
    if first:
        *before, last = [f"`{name}`" for name in near]
        return f"did you mean {', '.join(before)} or {last}?" if before else f"did you mean {last}?"
    if otherwise:
        return otherwise
    if 0 < len(names) <= longest:
        return "write one of: " + ", ".join(f"`{name}`" for name in names)
    return ""


def _likeness(word: str, name: str) -> float:
    return difflib.SequenceMatcher(None, str(word), name).ratio()


def errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(problem for problem in problems if problem.is_error)
