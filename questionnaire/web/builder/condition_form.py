"""A condition as a form: groups of which all, any, none or not all hold, with rows whose values come from a list.

What a name is called and what it can be compared with is said by a `ConditionVocabulary`: that of a survey or that of
a policy. A part's address (core/editing/condition_moves.py) stands in the names of its fields, as `1.0`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol

from questionnaire.core.base.conditions import JOINTS
from questionnaire.core.base.conditions.parse import DEEPEST
from questionnaire.core.base.problems import Where
from questionnaire.core.base.translation import Translator
from questionnaire.core.base.translation import gettext_noop as _
from questionnaire.core.editing.condition_groups import (
    ALL,
    ANY,
    NONE,
    NOT_ALL,
    UNKNOWN,
    ConditionGroup,
    ConditionRow,
    UnreadCondition,
    groups_of,
)
from questionnaire.core.editing.condition_moves import Address
from questionnaire.core.editing.paths import Path, write_path
from questionnaire.web.builder.form_fields import field_id
from questionnaire.web.builder.options import Options
from questionnaire.web.builder.problem_words import DraftProblem

OUTERMOST: Mapping[str, str] = {
    ALL: _("if all of these hold"), ANY: _("if any of these holds"), NONE: _("if none of these holds"),
    NOT_ALL: _("if not all of these hold"),
}  # fmt: skip
INSIDE: Mapping[str, str] = {
    ALL: _("all of these hold"), ANY: _("any of these holds"), NONE: _("none of these holds"),
    NOT_ALL: _("not all of these hold"),
}  # fmt: skip
JOINERS: Mapping[str, str] = {ALL: _("and"), ANY: _("or"), NONE: _("or"), NOT_ALL: _("and")}
OPERATORS: Mapping[str, str] = {
    "in": _("is one of"), "not_in": _("is none of"), "gte": _("is at least"), "lte": _("is at most"),
    "gt": _("is more than"), "lt": _("is less than"),
}  # fmt: skip
NUMBERS = ("gte", "lte", "gt", "lt")
_LEVELS = 3
"""How much deeper a group in a group can make a condition: its own list, a denial, and that of the group around it."""


class ConditionVocabulary(Protocol):
    """`answered`: what `known` and its opposite are called."""

    @property
    def words(self) -> Translator: ...

    @property
    def answered(self) -> tuple[str, str]: ...

    def label(self, name: str) -> str: ...

    def choices(self, name: str) -> Options:
        """The values of a name; none for one that is typed."""
        ...

    def operators(self, name: str, *, is_listed: bool) -> Options:
        """Those to choose from, with other words than the usual where a name needs them, else ""."""
        ...


@dataclass(frozen=True, slots=True)
class ConditionLine:
    """`choices`: (value, text, is chosen); without any the value is typed. `joiner`: the word before it.

    `goes_in` and `goes_out`: it can be moved into a group beside it, and out of its own.
    """

    kind: ClassVar[str] = "row"
    address: str
    joiner: str
    name: str
    label: str
    operator: str
    operators: Options
    choices: tuple[tuple[str, str, bool], ...]
    typed: str
    goes_in: bool
    goes_out: bool
    problems: tuple[DraftProblem, ...]

    @property
    def has_value(self) -> bool:
        return self.operator not in ("known", UNKNOWN)


@dataclass(frozen=True, slots=True)
class UnreadLine:
    """What cannot be read as a condition, as it stands."""

    kind: ClassVar[str] = "unread"
    address: str
    joiner: str
    text: str
    problems: tuple[DraftProblem, ...]


@dataclass(frozen=True, slots=True)
class ConditionBox:
    """A group. `joints`: what can hold of its parts. `may_nest`: another group has room in it."""

    kind: ClassVar[str] = "group"
    address: str
    joiner: str
    joint: str
    joints: Options
    parts: tuple[ConditionLine | ConditionBox | UnreadLine, ...]
    may_nest: bool
    problems: tuple[DraftProblem, ...]

    @property
    def has_choice(self) -> bool:
        """Whether another joint can be chosen. The outermost group of one comparison says just that comparison."""
        is_single = len(self.parts) < 2 and not any(isinstance(one, ConditionBox) for one in self.parts)
        return bool(self.address) or self.joint in (NONE, NOT_ALL) or not is_single


@dataclass(frozen=True, slots=True)
class ConditionForm:
    """`box` is None for a draft that cannot be read: then the sentence says the condition, and it is kept."""

    path: str
    id: str
    sentence: str
    box: ConditionBox | None
    offered: Options
    problems: tuple[DraftProblem, ...] = ()


def build_form(
    raw: Any, path: Path, sentence: str, vocabulary: ConditionVocabulary, offered: Options,
    problems: tuple[DraftProblem, ...],
) -> ConditionForm:  # fmt: skip
    """`problems`: those of the condition and of what stands in it; each is shown beside its row."""
    group = groups_of(raw)
    builder = _Builder(vocabulary, _beside(group, len(path), problems))
    return ConditionForm(
        write_path(path), field_id("rule", path), sentence, builder.box(group, (), ""), offered, problems
    )


def write_address(address: Address) -> str:
    return ".".join(map(str, address))


def written(value: Any) -> str:
    """A value as its field has it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _parts(group: ConditionGroup, address: Address) -> Iterator[tuple[Address, Where]]:
    """Every part with its place in the condition, inner ones last."""
    yield address, group.where
    for number, part in enumerate(group.parts):
        if isinstance(part, ConditionGroup):
            yield from _parts(part, (*address, number))
        else:
            yield (*address, number), part.where


def _beside(
    group: ConditionGroup, depth: int, problems: tuple[DraftProblem, ...]
) -> Mapping[Address, tuple[DraftProblem, ...]]:  # fmt: skip
    """Address -> the problems of that part: each stands at the innermost part that holds its place."""
    places = list(_parts(group, ()))
    found: dict[Address, tuple[DraftProblem, ...]] = {}
    for problem in problems:
        inside = problem.path[depth:]
        holding = [one for one in places if inside[: len(one[1])] == one[1]]
        address = max(holding, key=lambda one: len(one[1]))[0] if holding else ()
        found[address] = (*found.get(address, ()), problem)
    return found


@dataclass(frozen=True, slots=True)
class _Builder:
    vocabulary: ConditionVocabulary
    problems: Mapping[Address, tuple[DraftProblem, ...]]

    def box(self, group: ConditionGroup, address: Address, joiner: str) -> ConditionBox:
        words = self.vocabulary.words
        joints = tuple((joint, words(text)) for joint, text in (INSIDE if address else OUTERMOST).items())
        may_nest = sum(step in JOINTS for step in group.where) + _LEVELS <= DEEPEST
        beside = may_nest or any(isinstance(part, ConditionGroup) for part in group.parts)
        parts = tuple(
            self._part(part, (*address, number), words(JOINERS[group.joint]) if number else "", goes_in=beside)
            for number, part in enumerate(group.parts)
        )
        return ConditionBox(
            write_address(address), joiner, group.joint, joints, parts, may_nest, self.problems.get(address, ())
        )  # fmt: skip

    def _part(
        self, part: ConditionRow | ConditionGroup | UnreadCondition, address: Address, joiner: str, *, goes_in: bool
    ) -> ConditionLine | ConditionBox | UnreadLine:  # fmt: skip
        if isinstance(part, ConditionGroup):
            return self.box(part, address, joiner)
        problems, at = self.problems.get(address, ()), write_address(address)
        if isinstance(part, UnreadCondition):
            return UnreadLine(at, joiner, str(part.raw), problems)
        values = [written(value) for value in part.values]
        known = self.vocabulary.choices(part.name)
        strange = tuple((value, value) for value in dict.fromkeys(values) if value and value not in dict(known))
        choices = tuple((value, text, value in values) for value, text in (*known, *strange)) if known else ()
        label = self.vocabulary.label(part.name)
        return ConditionLine(
            at, joiner, part.name, label[:1].upper() + label[1:], part.operator, self._operators(part, bool(known)),
            choices, ", ".join(values), goes_in, len(address) > 1, problems,
        )  # fmt: skip

    def _operators(self, row: ConditionRow, is_listed: bool) -> Options:
        """Those of the name, and that of the row in any case."""
        vocabulary = self.vocabulary
        usual: dict[str, str] = {name: vocabulary.words(text) for name, text in OPERATORS.items()}
        usual |= dict(zip(("known", UNKNOWN), vocabulary.answered, strict=True))
        found = {name: text or usual[name] for name, text in vocabulary.operators(row.name, is_listed=is_listed)}
        strange = {} if row.operator in found else {row.operator: usual[row.operator]}
        return (*strange.items(), *found.items())
