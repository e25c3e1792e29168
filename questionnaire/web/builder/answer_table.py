"""The answers of a question as one table: a column for what each one tells us, as far as the question can use it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from questionnaire.core.base.labels import humanize
from questionnaire.core.editing.outline import QuestionEntry, text_in
from questionnaire.core.editing.paths import Path, find, has, identities, part_at, write_path
from questionnaire.core.survey.questions import REGISTRY
from questionnaire.core.survey.questions.editor import EditorField
from questionnaire.web.builder.condition_words import choices_of
from questionnaire.web.builder.form_fields import BuilderField, FieldMaker
from questionnaire.web.builder.form_parts import FormPart, PartMaker
from questionnaire.web.builder.options import Options
from questionnaire.web.builder.problem_words import DraftProblem
from questionnaire.web.http.rendering import LETTERS

COLUMNS = ("level", "emits", "maturity", "number")


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """`more` holds what no column shows, for the one row that is open."""

    letter: str
    path: str
    step: str
    text: BuilderField
    cells: tuple[BuilderField, ...]
    dots: tuple[bool, ...]
    advice: bool
    marks: tuple[str, ...]
    more: FormPart | None
    problems: tuple[DraftProblem, ...]


@dataclass(frozen=True, slots=True)
class AnswerTable:
    """`shared` names the set that the answers come from: then they are only shown. `sets`: those to choose from.
    `most` is how many there can be."""

    path: str
    columns: tuple[tuple[str, str], ...]
    has_advice: bool
    rows: tuple[AnswerRow, ...]
    problems: tuple[DraftProblem, ...]
    shared: str = ""
    shared_texts: tuple[str, ...] = ()
    sets: Options = ()
    can_share: bool = False
    most: int = 200


def answer_table(
    question: QuestionEntry, maker: FieldMaker, keys: tuple[EditorField, ...], open_row: str
) -> AnswerTable | None:
    """None for a question without answers to choose from. `open_row`: the value of the answer whose rest is shown."""
    key = next((one for one in keys if one.key == "choices"), None)
    if key is None:
        return None
    path, choices = (*question.path, "choices"), question.content.get("choices")
    if choices is not None and not isinstance(choices, list):
        name = choices.get("set") if isinstance(choices, Mapping) else choices
        texts = [text_in(one.get("text"), maker.choosable.language) for one in choices_of(maker.document, question)]
        return AnswerTable(write_path(path), (), False, (), maker.problems_at(path), str(name), tuple(texts),
                           _sets(maker))  # fmt: skip
    return _Table(question, maker, key, open_row).table(path)


def _sets(maker: FieldMaker) -> Options:
    sets = maker.document.get("choice_sets")
    return tuple((str(name), humanize(str(name))) for name in sets) if isinstance(sets, Mapping) else ()


class _Table:
    def __init__(self, question: QuestionEntry, maker: FieldMaker, key: EditorField, open_row: str) -> None:
        self.question, self.maker, self.open_row = question, maker, open_row
        self.keys = {one.key: one for one in key.fields}
        self.criterion = str(question.content.get("criterion") or "")
        self.choices = choices_of(maker.document, question)
        self.columns = [name for name in COLUMNS if name in self.keys and self._uses(name)]
        self.has_advice = "advice" in self.keys and self._has_dimension(question.content)
        self.best = max((_whole(one.get("maturity")) for one in self.choices), default=0)

    def _uses(self, name: str) -> bool:
        """Whether a column says something: what an answer has already is never hidden."""
        content, policy = self.question.content, self.maker.choosable.policy
        if any(choice.get(name) is not None for choice in self.choices):
            return True
        if name == "level":
            return bool(self.criterion)
        if name == "emits":
            return policy is not None and len(policy.intent.signals) > 1
        if name == "maturity":
            kind = REGISTRY.get(str(content.get("type")))
            return kind is not None and kind.has_maturity and self._has_dimension(content)
        return bool(self.maker.document.get("calculated"))

    def _has_dimension(self, content: Mapping[str, Any]) -> bool:
        rows = content.get("rows")
        holders = [content, *(rows if isinstance(rows, list) else ())]
        return any(bool(one.get("dimension")) for one in holders if isinstance(one, Mapping))

    def table(self, path: Path) -> AnswerTable:
        document = self.maker.document
        items = find(document, path) if has(document, path) else []
        steps = identities(items, part_at(document, path))
        rows = [
            self._row(number, (*path, step), item) for number, (step, item) in enumerate(zip(steps, items, strict=True))
        ]
        own = tuple(one for one in self.maker.problems if one.path == path)
        titles = tuple((name, self._title(name)) for name in self.columns)
        can_share = self.question.type != "yes_no"
        sets = _sets(self.maker) if can_share else ()
        return AnswerTable(write_path(path), titles, self.has_advice, tuple(rows), own, sets=sets, can_share=can_share)

    def _title(self, name: str) -> str:
        words = self.maker.words
        policy = self.maker.choosable.policy
        if name == "level":
            is_fit = policy is None or self.criterion in policy.fit.criteria
            return words("FIT points") if is_fit else words("TIMING points")
        if name == "maturity":
            return words("0 to %(most)s", most=self.best)
        return words("INTENT points") if name == "emits" else words("for formulas")

    def _row(self, number: int, path: Path, choice: Any) -> AnswerRow:
        content: Mapping[str, Any] = choice if isinstance(choice, Mapping) else {}
        cells = [self.maker.field(self.keys[name], (*path, name), self.criterion) for name in self.columns]
        step = str(path[-1])
        shown = frozenset(["text", *self.columns])
        rest = [one for one in self.keys.values() if one.key not in shown and (one.key != "advice" or self.has_advice)]
        more = PartMaker(self.maker).part(rest, path, step, depth=2) if step == self.open_row else None
        worth = _whole(content.get("maturity"))
        is_drawn = "maturity" in self.columns and 0 < self.best <= 5
        return AnswerRow(
            LETTERS[number] if number < len(LETTERS) else str(number + 1), write_path(path), step,
            self.maker.field(self.keys["text"], (*path, "text")), tuple(cells),
            tuple(point < worth for point in range(self.best)) if is_drawn else (),
            bool(content.get("advice")), self._marks(content), more, self.maker.problems_at(path),
        )  # fmt: skip

    def _marks(self, content: Mapping[str, Any]) -> tuple[str, ...]:
        """What is special about an answer, in words."""
        words = self.maker.words
        marks = {
            "show_if": words("conditional"), "other_text": words("own words"),
            "exclusive": words("excludes the others"), "unknown": words("not scored"),
            "not_applicable": words("not scored"), "flags": words("flag"),
        }  # fmt: skip
        return tuple(dict.fromkeys(text for key, text in marks.items() if content.get(key)))


def _whole(value: Any) -> int:
    return int(value) if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1000 else 0
