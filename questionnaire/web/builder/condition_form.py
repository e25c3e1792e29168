"""A condition as rows of a form: only earlier questions are offered, values come from a list."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from questionnaire.core.editing.condition_rows import ConditionRow, rows_of, written_rows
from questionnaire.core.editing.edit import Change, remove, set_
from questionnaire.core.editing.new_policy_items import is_policy
from questionnaire.core.editing.outline import QuestionEntry, outline, questions_in, text_in
from questionnaire.core.editing.paths import Document, Path, find, has, read_path, write_path
from questionnaire.core.editing.same import same
from questionnaire.core.survey.questions import REGISTRY
from questionnaire.web.builder.condition_names import FIGURES, OFFERED, TRUE_OR_FALSE, ConditionNames
from questionnaire.web.builder.condition_names import NUMBERS as NUMBER_NAMES
from questionnaire.web.builder.condition_words import choices_of, condition_text
from questionnaire.web.builder.form_fields import FieldMaker, field_id
from questionnaire.web.builder.options import Choosable, Options
from questionnaire.web.builder.problem_words import DraftProblem

_NAME = re.compile(r"rule (joint|add|\d{1,2}\.(?:name|op|value)) (.+)", re.S)
NUMBERS = ("gte", "lte", "gt", "lt")


@dataclass(frozen=True, slots=True)
class ConditionLine:
    """`choices`: (value, text, is chosen); without any the value is typed."""

    number: int
    name: str
    label: str
    operator: str
    operators: Options
    choices: tuple[tuple[str, str, bool], ...]
    typed: str


@dataclass(frozen=True, slots=True)
class ConditionForm:
    """`lines` is None for a condition that rows cannot show: then the sentence says it, and it can only be removed."""

    path: str
    id: str
    sentence: str
    joint: str
    lines: tuple[ConditionLine, ...] | None
    offered: Options
    problems: tuple[DraftProblem, ...]


def condition_form(choosable: Choosable, path: Path, maker: FieldMaker) -> ConditionForm:
    document = choosable.document
    raw = find(document, path) if has(document, path) else None
    earlier = earlier_questions(choosable, path)
    found = rows_of(raw) if raw is not None else ("all", ())
    names = ConditionNames(choosable)
    lines = None if found is None else tuple(_line(names, earlier, number, row) for number, row in enumerate(found[1]))
    others = names.offered(path) if path[:1] == ("report",) else ()
    return ConditionForm(
        write_path(path), field_id("rule", path), condition_text(raw, choosable) if raw is not None else "",
        found[0] if found is not None else "all", lines,
        (*((one.name, one.label) for one in earlier), *others), maker.problems_at(path),
    )  # fmt: skip


def earlier_questions(choosable: Choosable, path: Path) -> list[QuestionEntry]:
    """Those before the question or page of a condition whose answers can be compared."""
    found: list[QuestionEntry] = []
    for question in questions_in(outline(choosable.document, choosable.language)):
        if question.path == path[: len(question.path)] or question.path[:2] == path[:-1]:
            break
        kind = REGISTRY.get(question.type)
        if kind is not None and kind.asks and not kind.open_ended and question.type != "matrix":
            found.append(question)
    return found


def _line(names: ConditionNames, earlier: list[QuestionEntry], number: int, row: ConditionRow) -> ConditionLine:
    choosable = names.choosable
    question = next((one for one in earlier if one.name == row.name), None)
    choices = choices_of(choosable.document, question) if question is not None else []
    texts = tuple(
        (str(one.get("value")), text_in(one.get("text"), choosable.language) or str(one.get("value")))
        for one in choices
    ) if question is not None else names.choices(row.name)  # fmt: skip
    chosen = {_written(value) for value in row.values}
    known = tuple((value, text, value in chosen) for value, text in texts)
    label = question.label if question is not None else names.label(row.name)
    operators = _operators(names, row, is_listed=bool(known))
    label = label[:1].upper() + label[1:]
    return ConditionLine(number, row.name, label, row.operator, operators, known, ", ".join(map(str, row.values)))


def _written(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _operators(names: ConditionNames, row: ConditionRow, *, is_listed: bool) -> Options:
    words = names.words
    answered = ("known", words("is answered"))
    if row.name in TRUE_OR_FALSE:
        found: Options = (("in", words("is")),)
    elif is_listed:
        found = (("in", words("is one of")), ("not_in", words("is none of")), answered)
    else:
        numbers = tuple(zip(NUMBERS, (words("is at least"), words("is at most"), words("is more than"),
                                      words("is less than")), strict=True))  # fmt: skip
        exact = (("in", words("is")), ("not_in", words("isn’t")), answered)
        found = numbers if names.is_number(row.name) else (*numbers, *exact)
    known = dict(found)
    return found if row.operator in known else ((row.operator, words("choose a comparison")), *found)


def condition_edits(document: Document, fields: Iterable[tuple[str, str]]) -> Change:
    """The edits of the conditions among the fields of a form. Each condition is written as a whole."""
    by_path: dict[str, dict[str, list[str]]] = {}
    for name, typed in fields:
        found = _NAME.fullmatch(name)
        if found is not None:
            by_path.setdefault(found[2], {}).setdefault(found[1], []).append(typed)
    change: Change = ()
    for text, given in by_path.items():
        path = read_path(text)
        old = find(document, path) if has(document, path) else None
        new = _condition(old, given, _first_row if is_policy(document) else _row_of)
        if same(new, old):
            continue
        change += (set_(path, new),) if new is not None else (remove(path, anyway=True),) if old is not None else ()
    return change


def without_row(document: Document, path: Path, number: str) -> Change:
    """The edit that takes one row out of a condition; the condition goes with its last row."""
    found = rows_of(find(document, path))
    if found is None or not number.isdecimal():
        return (remove(path, anyway=True),)
    rows = [row for index, row in enumerate(found[1]) if index != int(number)]
    new = written_rows(found[0], rows)
    return (remove(path, anyway=True),) if new is None else (set_(path, new),)


def _first_row(name: str) -> ConditionRow:
    return ConditionRow(name, "known", (True,))


def _row_of(name: str) -> ConditionRow:
    """A new row waits for a value where nothing can be unknown."""
    if name in FIGURES or name.startswith(NUMBER_NAMES):
        return ConditionRow(name, "gte", (50,))
    if name in TRUE_OR_FALSE:
        return ConditionRow(name, "in", (True,))
    return ConditionRow(name, "in", ("",)) if name in OFFERED or name == "language" else _first_row(name)


def _condition(old: Any, given: Mapping[str, list[str]], new_row: Callable[[str], ConditionRow]) -> Any:
    before = rows_of(old) if old is not None else ("all", ())
    if before is None:
        return old
    rows: list[ConditionRow] = []
    for number, row in enumerate(before[1]):
        operators = given.get(f"{number}.op")
        if operators is None:
            rows.append(row)
            continue
        values = _values(row, [one for one in given.get(f"{number}.value", ()) if one], operators[-1])
        rows.append(ConditionRow(row.name, operators[-1], values))
    added = (given.get("add") or [""])[-1]
    if added:
        rows.append(new_row(added))
    joint = (given.get("joint") or [before[0]])[-1]
    unchanged = joint == before[0] and tuple(rows) == before[1]
    return old if unchanged else written_rows(joint, rows)


def _values(row: ConditionRow, typed: list[str], operator: str) -> tuple[Any, ...]:
    """Values keep their kind where they were written; a comparison without a value waits for one."""
    if operator == "known":
        return (True,)
    known = {str(value): value for value in row.values if not isinstance(value, bool)}
    words = [word.strip() for text in typed for word in (text.split(",") if len(typed) == 1 else [text])]
    if row.name in TRUE_OR_FALSE:
        # Of both ticks the new one is meant.
        given = [word == "true" for word in words if word]
        return (next((one for one in given if one not in row.values), given[-1] if given else True),)
    # What was there keeps its place: the order of values means nothing.
    kept = [word for word in known if word in words]
    values = tuple(known.get(word, _number(word)) for word in [*kept, *words] if word)
    return tuple(dict.fromkeys(values)) or ("",)


def _number(word: str) -> Any:
    return int(word) if re.fullmatch(r"-?\d{1,15}", word) else word
