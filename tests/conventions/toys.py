"""What a recipe of CONTRIBUTING.md is tried with: edits that add a toy, and a look at it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Edit:
    """A new file; or lines put into a file that is there, after or before the line that holds `after` or `before`."""

    path: str
    text: str
    after: str = ""
    before: str = ""

    def apply(self, root: Path) -> None:
        file = root / self.path
        if not self.after and not self.before:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(self.text, encoding="utf-8")
            return
        lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
        mark = self.after or self.before
        at = next((index for index, line in enumerate(lines) if mark in line), None)
        assert at is not None, f"{self.path} has no line with `{mark}`: correct tests/conventions/recipes.py"
        lines.insert(at + bool(self.after), self.text)
        file.write_text("".join(lines), encoding="utf-8")


@dataclass(frozen=True)
class Toy:
    """`half` is what a newcomer does first, `lacks` what the checks then say, `rest` what makes it whole.

    `look` is true when the whole toy can be seen where people meet it.
    """

    half: tuple[Edit, ...]
    lacks: tuple[str, ...]
    rest: tuple[Edit, ...]
    look: Callable[[], bool]

    @property
    def paths(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(edit.path for edit in (*self.half, *self.rest)))
