"""The scoring grid: every question with its answers, and what each one means, as one table."""

from __future__ import annotations

from dataclasses import dataclass

from questionnaire.web.builder.problem_words import DraftProblem

AXES = ("fit", "intent", "timing", "maturity", "flags", "number")
"""The columns in their order."""


@dataclass(frozen=True, slots=True)
class GridCell:
    """`name` is that of the field that writes it, "" for a cell that is only read. `options`: the list to choose from,
    "" for what is typed. `bar`: the share of the axis' greatest points in percent, None without points."""

    id: str = ""
    name: str = ""
    value: str = ""
    text: str = ""
    points: str = ""
    bar: int | None = None
    options: str = ""
    label: str = ""
    dots: tuple[bool, ...] = ()
    strange: bool = False
    problems: tuple[DraftProblem, ...] = ()


@dataclass(frozen=True, slots=True)
class GridRow:
    """One answer, one row of a table question, or one range of a number. `cells` are by column, None for nothing."""

    path: str
    letter: str
    text: str
    cells: tuple[GridCell | None, ...]

    @property
    def problems(self) -> tuple[DraftProblem, ...]:
        return tuple(problem for cell in self.cells if cell is not None for problem in cell.problems)


@dataclass(frozen=True, slots=True)
class GridGroup:
    """`range`: the least and greatest points of its criterion that an answer to it gives."""

    id: str
    path: str
    number: int | None
    title: str
    kind: str
    tags: tuple[str, ...]
    cells: tuple[GridCell | None, ...]
    rows: tuple[GridRow, ...]
    problems: tuple[DraftProblem, ...]
    others: int
