"""The actions of a form: jumps as conditions and last pages, changes of a score as maturity."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from questionnaire.core.importing.draft import SurveyDraft
from questionnaire.core.importing.expression import Compound, Expression, names_in
from questionnaire.core.importing.scope import NotWritable
from questionnaire.core.importing.source import SourceItem, value_text
from questionnaire.core.importing.typeform.comparisons import check_names, condition_of, field_of, tests, value_of_test
from questionnaire.core.importing.typeform.paths import ALWAYS, NEVER, Diagram, DiagramQuestion


@dataclass(slots=True)
class Step:
    """A field in the order of the form, with the questions it became and the actions after it."""

    ref: str
    targets: list[dict[str, Any]]
    place: str
    actions: list[SourceItem] = field(default_factory=list)


@dataclass(slots=True)
class Jump:
    to: str
    condition: Expression
    text: str


class Paths:
    """Follows the jumps of a form from its first field to its last pages."""

    def __init__(self, draft: SurveyDraft, steps: list[Step], refs: Mapping[str, int]) -> None:
        self.draft, self.steps, self.refs = draft, steps, refs
        self.jumps = [[jump for action in step.actions for jump in self._jump(index, action)]
                      for index, step in enumerate(steps)]  # fmt: skip
        self.questions = self._questions()
        self.diagram = Diagram(self.questions)

    def _jump(self, index: int, action: SourceItem) -> Iterator[Jump]:
        """The jump of an action, where it can be followed; else a note."""
        if action.text("action") != "jump":
            return
        details = action.item("details")
        to = details.item("to")
        target, kind, text = to.text("value"), to.text("type"), value_text(action.raw)
        try:
            condition = condition_of(action.item("condition"))
            check_names(self.draft, condition, index, self.refs)
            if kind != "thankyou" and self.refs.get(target, -1) <= index:
                raise NotWritable(target)
        except NotWritable as error:
            action.leave()
            self.draft.notes.add("jump_left_out", action.place, part=error, text=text)
            return
        yield Jump(target if kind != "thankyou" else f"thankyou {target}", condition, text)

    def _questions(self) -> list[DiagramQuestion]:
        """What conditions ask, in the order of the form. A choice is asked once, with every value that matters."""
        values: dict[str, Mapping[str, str]] = {}
        others: dict[Expression, None] = {}
        first: dict[object, int] = {}
        for index, jumps in enumerate(self.jumps):
            for test in (one for jump in jumps for one in tests(jump.condition)):
                if self._is_choice(test):
                    values[field_of(test)] = self.draft.scope.find(field_of(test)).values
                    first.setdefault(field_of(test), index)
                else:
                    others[test] = None
                    first.setdefault(test, index)
        # Several values of the source may be one of ours: of these the first stands for all.
        found = [DiagramQuestion(name, tuple({ours: raw for raw, ours in reversed(list(known.items()))}.values()))
                 for name, known in values.items()]  # fmt: skip
        found += [DiagramQuestion("", (), test) for test in others]
        return sorted(found, key=lambda one: first[one.name if one.test is None else one.test])

    def _is_choice(self, test: Expression) -> bool:
        name = field_of(test)
        known = self.draft.scope.names.get(name) if name else None
        return known is not None and known.kind == "choice"

    def _condition(self, expression: Expression) -> int:
        """The diagram of a condition."""
        if isinstance(expression, Compound) and expression.sign in ("and", "or"):
            join = self.diagram.both if expression.sign == "and" else self.diagram.either
            result = ALWAYS if expression.sign == "and" else NEVER
            for part in expression.parts:
                result = join(result, self._condition(part))
            return result
        if isinstance(expression, Compound) and expression.sign == "true":
            return ALWAYS
        if isinstance(expression, Compound) and expression.sign == "not":
            return self.diagram.no(self._condition(expression.parts[0]))
        if self._is_choice(expression):
            at = next(
                i for i, one in enumerate(self.questions) if one.name == field_of(expression) and one.test is None
            )
            known = self.draft.scope.find(self.questions[at].name)
            ours = known.value(value_of_test(expression))
            same = frozenset(value for value in self.questions[at].values if known.value(value) == ours)
            return self.diagram.member(at, same)
        at = next(i for i, one in enumerate(self.questions) if one.test == expression)
        return self.diagram.member(at, frozenset())

    def follow(self, ending: Callable[[str, Expression, bool, str], None]) -> None:
        """Puts each question under its condition, and calls `ending` for each last page that a jump leads to."""
        ends: dict[tuple[str, bool], int] = {}
        exact, short = self._reach(ends, answered=False), self._reach({}, answered=True)
        self._divide(exact, short)
        for (ref, last), number in ends.items():
            ending(ref, self.diagram.expression(number), last, f"→ {ref}")

    def _reach(self, ends: dict[tuple[str, bool], int], *, answered: bool) -> list[int]:
        """The condition of each step, and into `ends` those of last pages.

        `answered` says of a required choice only that it has an answer, which implies all that leads to it.
        """
        reach = [ALWAYS, *[NEVER] * len(self.steps)]
        for index, jumps in enumerate(self.jumps):
            left = self._answered(index, reach[index]) if answered else reach[index]
            for jump in jumps:
                condition = self._condition(jump.condition)
                taken = self.diagram.both(left, condition)
                if jump.to in self.refs or index == len(self.steps) - 1:
                    # After a last page nothing is asked: who gets there need not be kept from what follows.
                    left = self.diagram.both(left, self.diagram.no(condition))
                if jump.to in self.refs:
                    reach[self.refs[jump.to]] = self.diagram.either(reach[self.refs[jump.to]], taken)
                else:
                    key = (jump.to.removeprefix("thankyou "), index == len(self.steps) - 1)
                    ends[key] = self.diagram.either(ends.get(key, NEVER), taken)
            reach[index + 1] = self.diagram.either(reach[index + 1], left)
        return reach

    def _answered(self, index: int, reach: int) -> int:
        step = self.steps[index]
        at = next((i for i, one in enumerate(self.questions) if one.test is None and one.name == step.ref), None)
        required = len(step.targets) == 1 and step.targets[0].get("required", False)
        if reach <= ALWAYS or at is None or not required:
            return reach
        return self.diagram.member(at, frozenset(self.questions[at].values))

    def _divide(self, exact: list[int], short: list[int]) -> None:
        """Fields that the same ways lead to become a page under their condition, in its shorter form."""
        reach = [a if self._length(a) <= self._length(b) else b for a, b in zip(exact, short, strict=True)]
        questions = {id(one): number for step, number in zip(self.steps, reach, strict=False) for one in step.targets}
        first = {number: step for step, number in reversed(list(zip(self.steps, reach, strict=False)))}
        last = self.draft.pages.pop()
        before = -1
        for question in last["questions"]:
            number = questions[id(question)]
            if number != before:
                step = first[number]
                page = self.draft.page("", step.place, "part")
                if number != ALWAYS:
                    self.draft.show_when(page, self.diagram.expression(number), f"→ {step.ref}", step.place)
                before = number
            self.draft.pages[-1]["questions"].append(question)

    def _length(self, number: int) -> int:
        return sum(1 for _ in names_in(self.diagram.expression(number)))
