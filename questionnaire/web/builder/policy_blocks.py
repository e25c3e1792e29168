"""What the forms of a policy are made of: sentences with fields in them, criteria with levels, and tables."""

from __future__ import annotations

from dataclasses import dataclass, field

from questionnaire.web.builder.condition_form import ConditionForm
from questionnaire.web.builder.form_fields import BuilderField
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
class CriterionBlock:
    """`path` removes the criterion, `adds` is the place of a new level."""

    title: str
    note: str
    cells: tuple[LevelCell, ...]
    ideal: BuilderField | None
    fields: tuple[BuilderField, ...]
    path: str
    adds: str
    problems: tuple[DraftProblem, ...]


@dataclass(frozen=True, slots=True)
class PolicyRow:
    """A row of a list can move, an entry of a mapping not. `note`: what it has besides its cells."""

    title: str
    cells: tuple[BuilderField, ...]
    path: str
    moves: bool = False
    condition: ConditionForm | None = None
    problems: tuple[DraftProblem, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class PolicyTable:
    """`adds` is the place of a new row, "" where none can be added; `named`: it is given a name first."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[PolicyRow, ...]
    adds: str = ""
    add_label: str = ""
    named: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class PolicyForm:
    """The form of one part. `lines` are sentences of what the form does not show."""

    gates: tuple[ThresholdBlock, ...] = ()
    fields: tuple[BuilderField, ...] = ()
    criteria: tuple[CriterionBlock, ...] = ()
    adds_criterion: str = ""
    tables: tuple[PolicyTable, ...] = ()
    lines: tuple[str, ...] = field(default=())
