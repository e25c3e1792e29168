"""What the forms of a policy are made of: sentences with fields in them, criteria with levels, and tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from questionnaire.web.builder.condition_form import ConditionForm
from questionnaire.web.builder.form_fields import BuilderField
from questionnaire.web.builder.options import Options
from questionnaire.web.builder.problem_words import DraftProblem

SentencePart = str | BuilderField
"""Words, or a field between words."""


@dataclass(frozen=True, slots=True)
class ThresholdBlock:
    """A threshold as sentences: each line is made of words and fields. `condition` is another line."""

    title: str
    lines: tuple[tuple[SentencePart, ...], ...]
    condition: ConditionForm | None = None
    condition_title: str = ""


@dataclass(frozen=True, slots=True)
class LevelCell:
    """A level with its points. `validity`: how long an answer counts, in TIMING. `path` removes it."""

    title: str
    points: BuilderField
    validity: BuilderField | None
    path: str
    removes: str
    is_ideal: bool = False


@dataclass(frozen=True, slots=True)
class PolicyRow:
    """A row of a list can move, an entry of a mapping not. `note`: what it has besides its cells, of which `more` are
    the fields."""

    title: str
    cells: tuple[BuilderField, ...]
    path: str
    moves: bool = False
    condition: ConditionForm | None = None
    problems: tuple[DraftProblem, ...] = ()
    note: str = ""
    more: tuple[BuilderField, ...] = ()


@dataclass(frozen=True, slots=True)
class PolicyTable:
    """`adds` is the place of a new row, "" where none can be added; `named`: it is given a name first, which is one of
    `options` where there are some. `verb` is what adding does. `path` removes the whole table."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[PolicyRow, ...]
    adds: str = ""
    add_label: str = ""
    named: bool = False
    note: str = ""
    options: Options = ()
    verb: str = "name"
    path: str = ""


@dataclass(frozen=True, slots=True)
class CriterionBlock:
    """`path` removes the criterion, `adds` is the place of a new level. `levels`: what a level is called, and which
    numbers and countries find it. `titles` is the place of its title table, "" without one."""

    title: str
    note: str
    cells: tuple[LevelCell, ...]
    ideal: BuilderField | None
    fields: tuple[BuilderField, ...]
    path: str
    adds: str
    problems: tuple[DraftProblem, ...]
    levels: PolicyTable
    titles: str = ""


@dataclass(frozen=True, slots=True)
class PolicyForm:
    """The form of one part. `lines` are sentences of what the form does not show."""

    gates: tuple[ThresholdBlock, ...] = ()
    fields: tuple[BuilderField, ...] = ()
    criteria: tuple[CriterionBlock, ...] = ()
    adds_criterion: str = ""
    tables: tuple[PolicyTable, ...] = ()
    lines: tuple[str, ...] = field(default=())


def fields_of(form: PolicyForm) -> Iterator[BuilderField]:
    """Every field of a form."""
    yield from form.fields
    for gate in form.gates:
        yield from (part for line in gate.lines for part in line if isinstance(part, BuilderField))
    for block in form.criteria:
        yield from block.fields
        yield from [block.ideal] if block.ideal is not None else []
        for cell in block.cells:
            yield cell.points
            yield from [cell.validity] if cell.validity is not None else []
    for table in tables_of(form):
        for row in table.rows:
            yield from (*row.cells, *row.more)


def tables_of(form: PolicyForm) -> Iterator[PolicyTable]:
    """Every table of a form."""
    yield from (block.levels for block in form.criteria)
    yield from form.tables


def conditions_of(form: PolicyForm) -> Iterator[ConditionForm]:
    """Every condition of a form."""
    found = [gate.condition for gate in form.gates]
    found += [row.condition for table in tables_of(form) for row in table.rows]
    yield from (condition for condition in found if condition is not None)
