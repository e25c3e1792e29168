"""What each question of a draft means, as the lines of the scoring grid."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

from questionnaire.core.base.labels import humanize
from questionnaire.core.base.quantities import number as read_number
from questionnaire.core.editing.evidence_sources import EvidenceSource, SourceAnswer
from questionnaire.core.editing.keys import question_keys
from questionnaire.core.editing.outline import text_in
from questionnaire.core.editing.paths import Path, write_path
from questionnaire.core.survey.questions import REGISTRY
from questionnaire.web.builder.form_fields import field_id, field_name
from questionnaire.web.builder.grid_cells import AXES, GridCell, GridGroup, GridRow
from questionnaire.web.builder.grid_titles import GridTitles
from questionnaire.web.builder.options import COMPLETED, Choosable
from questionnaire.web.builder.problem_words import DraftProblem
from questionnaire.web.http.rendering import LETTERS

READ_AS = {"level": "word", "emits": "word", "criterion": "word", "dimension": "word", "flags": "words",
           "maturity": "number", "number": "number"}  # fmt: skip
_NO_ID = re.compile(r"[^A-Za-z0-9_-]")
MEANING = frozenset({*READ_AS, "weight", "none_is", "choices", "rows"})
"""Keys whose problems concern this table."""


def grid_groups(
    choosable: Choosable, problems: tuple[DraftProblem, ...], sources: tuple[EvidenceSource, ...]
) -> tuple[GridGroup, ...]:
    grid = GridTitles(choosable)
    return (*(GroupMaker(grid, source, problems).group() for source in sources), *_completed(grid))


def _completed(grid: GridTitles) -> tuple[GridGroup, ...]:
    """What everyone who sends answers gets."""
    if COMPLETED not in grid.signals:
        return ()
    points = grid.signals[COMPLETED][1]
    always = GridCell(text=grid.words("Always"), points=str(points), bar=grid.bar(points, "intent"))
    cells = tuple(always if axis == "intent" else None for axis in AXES)
    return (GridGroup("g-completed", "", None, grid.words("Survey completed"), "completed", (), cells, (), (), 0),)


def problems_of(source: EvidenceSource, problems: tuple[DraftProblem, ...]) -> tuple[DraftProblem, ...]:
    """Those at a source, and at the answers that it shares with others."""
    if not problems:
        return ()
    shared = {answer.path for answer in source.answers} if source.choice_set else set()
    own = source.path
    return tuple(one for one in problems if one.path[: len(own)] == own or one.path[:3] in shared)


class GroupMaker:
    """The lines of one question: its own, and one for each answer."""

    def __init__(self, grid: GridTitles, source: EvidenceSource, problems: tuple[DraftProblem, ...]) -> None:
        self.grid, self.source, self.choosable = grid, source, grid.choosable
        self.policy, self.words = grid.policy, grid.words
        known = {key.key: key for key in question_keys(source.type)} if source.kind == "question" else {}
        fields = known["choices"].fields if "choices" in known else ()
        self.keys = {key.key for key in fields} or {"level", "emits", "flags", "number"}
        self.has_dimension = "dimension" in known and bool(known) and self._can_count()
        words = self.words
        self.titles = {"level": words("Level"), "emits": words("Signal"), "maturity": words("Maturity"),
                       "flags": words("Flags"), "number": words("Number")}  # fmt: skip
        self.own = problems_of(source, problems)

    def _can_count(self) -> bool:
        kind = REGISTRY.get(self.source.type)
        return kind is not None and (kind.has_maturity or bool(self.source.content.get("dimension")))

    @property
    def axis(self) -> str:
        """The column of the criterion."""
        is_timing = self.policy is not None and self.source.criterion in self.policy.timing.criteria
        return "timing" if is_timing else "fit"

    @cached_property
    def levels(self) -> Mapping[str, int]:
        rule = self.policy.criteria.get(self.source.criterion) if self.policy is not None else None
        return {name: level.points for name, level in rule.levels.items()} if rule is not None else {}

    @cached_property
    def best(self) -> int:
        return max((_whole(answer.content.get("maturity")) for answer in self.source.answers), default=0)

    def group(self) -> GridGroup:
        source = self.source
        cells: dict[str, GridCell | None] = dict.fromkeys(AXES)
        cells[self.axis] = self._criterion()
        if self.has_dimension:
            cells["maturity"] = self._dimension(source.path, source.content, self._span())
        if any(answer.content.get("emits") for answer in source.answers):
            cells["intent"] = self._signals()
        rows = (*self._rows(), *self._ranges(), *self._answers())
        shown = {problem.number for row in rows for problem in row.problems}
        mine = tuple(one for one in self.own if one.number not in shown and self._concerns(one))
        others = sum(one.number not in shown and one not in mine for one in self.own)
        path = write_path(source.path)
        return GridGroup(
            field_id("g", source.path), path, source.number, source.label, source.kind, self._tags(),
            tuple(cells[axis] for axis in AXES), rows, mine, others,
        )  # fmt: skip

    def _concerns(self, problem: DraftProblem) -> bool:
        below = problem.path[len(self.source.path) :]
        if problem.path[: len(self.source.path)] != self.source.path:
            return True
        return (not below and problem.code not in ("never_shown", "always_shown")) or (
            bool(below) and str(below[0]) in MEANING and str(below[-1]) not in ("text", "help", "show_if", "alt")
        )

    def _tags(self) -> tuple[str, ...]:
        source, words = self.source, self.words
        flags = sum(bool(answer.content.get("flags")) for answer in source.answers)
        kinds = {"contact": words("contact step"), "hidden": words("from the link"), "calculated": words("calculated")}
        shared = humanize(source.choice_set)
        return tuple(
            text
            for text in (
                kinds.get(source.kind, ""),
                words("conditional") if source.content.get("show_if") else "",
                words.ngettext("one flag", "%(n)s flags", flags) if flags else "",
                words("shared answers: %(name)s", name=shared) if shared else "",
            )
            if text
        )

    # --- the line of the question ----------------------------------------------------------------------------------

    def _criterion(self) -> GridCell:
        source, criterion = self.source, self.source.criterion
        path = (*source.path, "criterion")
        given = self._given()
        points = [self.levels[level] for level in given if level in self.levels]
        span = f"{min(points)}–{max(points)}" if len(set(points)) > 1 else str(points[0]) if points else ""
        return GridCell(
            field_id("c", path), field_name("word", path), criterion,
            self.choosable.criterion(criterion) if criterion else "", span,
            self.grid.bar(max(points), self.axis) if points else None, "criteria",
            self.words("Criterion of %(name)s", name=source.label),
            strange=bool(criterion) and self.policy is not None and criterion not in self.policy.criteria,
        )  # fmt: skip

    def _given(self) -> list[str]:
        """The levels that answers lead to; all of the criterion where the policy reads them from what is typed."""
        if self.source.answers:
            return [str(answer.content["level"]) for answer in self.source.answers if answer.content.get("level")]
        return list(self.levels)

    def _signals(self) -> GridCell:
        names = [str(answer.content["emits"]) for answer in self.source.answers if answer.content.get("emits")]
        points = [self.grid.signals[name][1] for name in names if name in self.grid.signals]
        most = max(points, default=0)
        return GridCell(text=self.words("Signals"), points=f"0–{most}" if points else "",
                        bar=self.grid.bar(most, "intent") if points else None)  # fmt: skip

    def _span(self) -> str:
        return f"0–{self.best}" if self.best and self.source.content.get("dimension") else ""

    def _dimension(self, path: Path, content: Mapping[str, Any], span: str) -> GridCell:
        name = str(content.get("dimension") or "")
        titles = self.grid.dimensions
        place = (*path, "dimension")
        return GridCell(
            field_id("c", place), field_name("word", place), name, titles.get(name) or humanize(name), span,
            100 if span else None, "dimensions", self.words("Dimension of %(name)s", name=self.source.label),
            strange=bool(name) and name not in titles,
        )  # fmt: skip

    # --- the lines below it ----------------------------------------------------------------------------------------

    def _rows(self) -> tuple[GridRow, ...]:
        """The rows of a table question: each counts for a dimension of its own."""
        found = []
        for row in self.source.rows:
            cells: dict[str, GridCell | None] = dict.fromkeys(AXES)
            if "dimension" in {key.key for key in _row_keys(self.source.type)}:
                cells["maturity"] = self._noted(self._dimension(row.path, row.content, ""), row.path, "dimension")
            found.append(GridRow(write_path(row.path), "–", self._text(row), tuple(cells[axis] for axis in AXES)))
        return tuple(found)

    def _ranges(self) -> tuple[GridRow, ...]:
        """The levels that the policy reads from a number, a country or a name: only shown."""
        rule = self.policy.criteria.get(self.source.criterion) if self.policy is not None else None
        if rule is None or self.source.answers:
            return ()
        found = []
        for level in rule.levels:
            low, high = rule.bands.get(level, (None, None))
            text = ", ".join(rule.countries.get(level, ())) or _band(low, high) or self.words("as the policy reads it")
            cells: dict[str, GridCell | None] = dict.fromkeys(AXES)
            points = self.levels[level]
            title = self.grid.level(self.source.criterion, level)
            cells[self.axis] = GridCell(text=title, points=str(points), bar=self.grid.bar(points, self.axis))
            found.append(GridRow("", "", text, tuple(cells[axis] for axis in AXES)))
        return tuple(found)

    def _answers(self) -> tuple[GridRow, ...]:
        return tuple(self._answer(number, answer) for number, answer in enumerate(self.source.answers))

    def _answer(self, number: int, answer: SourceAnswer) -> GridRow:
        letter = LETTERS[number] if number < len(LETTERS) else str(number + 1)
        content = answer.content
        cells: dict[str, GridCell | None] = dict.fromkeys(AXES)
        if self.source.criterion or content.get("level"):
            cells[self.axis] = self._level_cell(answer, letter)
        cells["intent"] = self._signal_cell(answer, letter)
        if self.has_dimension and ("maturity" in self.keys or content.get("maturity") is not None):
            cells["maturity"] = self._maturity_cell(answer, letter)
        cells["flags"] = self._typed(answer, "flags", letter, ", ".join(map(str, _list(content.get("flags")))))
        cells["number"] = self._typed(answer, "number", letter, _shown(content.get("number")))
        return GridRow(write_path(answer.path), letter, self._text(answer), tuple(cells[axis] for axis in AXES))

    def _level_cell(self, answer: SourceAnswer, letter: str) -> GridCell:
        level = str(answer.content.get("level") or "")
        points = self.levels.get(level)
        cell = self._typed(answer, "level", letter, level)
        return replace(
            cell, text=self.grid.level(self.source.criterion, level) if level else "",
            options=f"levels {self.source.criterion}",
            points=str(points) if points is not None else self.words("not in the policy") if level else "",
            bar=self.grid.bar(points, self.axis) if points is not None else None,
            strange=bool(level) and points is None,
        )  # fmt: skip

    def _signal_cell(self, answer: SourceAnswer, letter: str) -> GridCell:
        signal = str(answer.content.get("emits") or "")
        title, points = self.grid.signals.get(signal, (humanize(signal), None))
        return replace(
            self._typed(answer, "emits", letter, signal), text=title, options="signals",
            points=str(points) if points is not None else self.words("not in the policy") if signal else "",
            bar=self.grid.bar(points, "intent") if points is not None else None,
            strange=bool(signal) and points is None,
        )  # fmt: skip

    def _maturity_cell(self, answer: SourceAnswer, letter: str) -> GridCell:
        worth = answer.content.get("maturity")
        is_drawn = 0 < self.best <= 5 and worth is not None
        dots = tuple(point < _whole(worth) for point in range(self.best)) if is_drawn else ()
        proves_nothing = answer.content.get("unknown") or answer.content.get("not_applicable")
        text = self.words("not scored") if proves_nothing and worth is None else ""
        cell = self._typed(answer, "maturity", letter, _shown(worth))
        return replace(cell, text=text, points=_shown(worth), dots=dots)

    def _typed(self, answer: SourceAnswer, key: str, letter: str, value: str) -> GridCell:
        label = self.words("%(what)s, answer %(letter)s of %(name)s", what=self.titles[key], letter=letter,
                           name=self.source.label)  # fmt: skip
        path = write_path(answer.path)
        id = f"{self._id(path)}-{key}"
        cell = GridCell(id, f"{READ_AS[key]} {path}/{key}", value, value, label=label)
        return self._noted(cell, answer.path, key)

    def _id(self, path: str) -> str:
        """Answers of a shared set have a cell in each question that uses it."""
        return _NO_ID.sub("-", f"c-{self.source.content.get('name', '')}-{path}")

    def _noted(self, cell: GridCell, path: Path, key: str) -> GridCell:
        """With the problems of this value: those at its place, and those of an answer that say that it has none."""
        about = {"level": ("level_missing",), "maturity": ("no_maturity",), "number": ("number_missing",)}.get(key, ())
        found = tuple(one for one in self.own if one.path == (*path, key) or (one.path == path and one.code in about))
        return replace(cell, problems=found) if found else cell

    def _text(self, answer: SourceAnswer) -> str:
        return text_in(answer.content.get("text"), self.choosable.language) or self.words("(no text yet)")


def _row_keys(type_: str) -> tuple[Any, ...]:
    rows = next((key for key in question_keys(type_) if key.key == "rows"), None)
    return rows.fields if rows is not None else ()


def _band(low: Any, high: Any) -> str:
    if low is None and high is None:
        return ""
    return f"{low}–{high}" if low is not None and high is not None else f"≥ {low}" if high is None else f"≤ {high}"


def _shown(value: Any) -> str:
    return "" if value is None else str(value)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _whole(value: Any) -> int:
    amount = read_number(value)
    return int(amount) if amount is not None and 0 <= amount <= 1000 else 0
