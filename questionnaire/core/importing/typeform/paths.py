"""Who gets to a question by jumps, as conditions on earlier answers.

A condition is kept as a decision diagram: its nodes ask one answer after the other, in the order of the questions, and
equal conditions are the same node. So what two ways share disappears, such as a question where they meet again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from questionnaire.core.importing.expression import Compound, Expression, Literal, Name
from questionnaire.core.importing.scope import NotWritable

NEVER, ALWAYS = 0, 1
MOST_NODES = 4000


@dataclass(frozen=True, slots=True)
class DiagramQuestion:
    """What a node asks: which of `values` a choice is, or with none of them whether `test` is true."""

    name: str
    values: tuple[str, ...] = ()
    test: Expression | None = None


@dataclass(slots=True)
class Diagram:
    """Nodes by number: a question by its number, what follows each of its values, and what follows otherwise."""

    questions: Sequence[DiagramQuestion]
    nodes: list[tuple[int, tuple[int, ...], int]] = field(default_factory=lambda: [(-1, (), 0), (-1, (), 1)])
    known: dict[tuple[int, tuple[int, ...], int], int] = field(default_factory=dict)

    def node(self, question: int, branches: tuple[int, ...], otherwise: int) -> int:
        if all(branch == otherwise for branch in branches):
            return otherwise
        key = (question, branches, otherwise)
        if key not in self.known:
            if len(self.nodes) > MOST_NODES:
                raise NotWritable(self.questions[question].name)
            self.known[key] = len(self.nodes)
            self.nodes.append(key)
        return self.known[key]

    def member(self, question: int, values: frozenset[str]) -> int:
        """Whether the answer is one of these; of a test, whether it is true."""
        asked = self.questions[question].values or ("",)
        return self.node(question, tuple(int(not values or value in values) for value in asked), NEVER)

    def both(self, left: int, right: int) -> int:
        return self._join(left, right, NEVER, {})

    def either(self, left: int, right: int) -> int:
        return self._join(left, right, ALWAYS, {})

    def no(self, node: int) -> int:
        return self._no(node, {})

    def _no(self, node: int, known: dict[int, int]) -> int:
        if node <= ALWAYS:
            return 1 - node
        if node not in known:
            question, branches, otherwise = self.nodes[node]
            inner = tuple(self._no(branch, known) for branch in branches)
            known[node] = self.node(question, inner, self._no(otherwise, known))
        return known[node]

    def _join(self, left: int, right: int, closing: int, known: dict[tuple[int, int], int]) -> int:
        """Both of two conditions with NEVER as the one that decides, either of them with ALWAYS."""
        if closing in (left, right):
            return closing
        if left <= ALWAYS or right <= ALWAYS or left == right:
            return right if left <= ALWAYS else left
        if (left, right) not in known:
            one, other = self.nodes[left], self.nodes[right]
            question = min(one[0], other[0])
            count = len(self.questions[question].values or ("",))
            ways = [self._ways(number, question, count) for number in (left, right)]
            joined = [self._join(a, b, closing, known) for a, b in zip(*ways, strict=True)]
            known[left, right] = self.node(question, tuple(joined[:-1]), joined[-1])
        return known[left, right]

    def _ways(self, number: int, question: int, count: int) -> tuple[int, ...]:
        node = self.nodes[number]
        return (*node[1], node[2]) if node[0] == question else (number,) * (count + 1)

    # --- as an expression ------------------------------------------------------------------------------------------

    def expression(self, number: int) -> Expression:
        """The condition as authors would write it, as short as the diagram allows."""
        if number <= ALWAYS:
            return Compound("true" if number else "false", ())
        question, branches, otherwise = self.nodes[number]
        asked = self.questions[question]
        ways: dict[int, list[str]] = {}
        for value, branch in zip(asked.values or ("",), branches, strict=True):
            ways.setdefault(branch, []).append(value)
        parts: list[Expression] = []
        for branch in sorted({*ways, otherwise}, reverse=True):
            if branch == NEVER:
                continue
            here = _here(asked, ways, branch, otherwise)
            if branch == ALWAYS:
                parts.append(here)
                continue
            rest = self.expression(branch)
            # Where the only other way is open to everybody, what is asked here need not be asked again.
            alone = len({*ways, otherwise}) == 2 and ALWAYS in (*ways, otherwise)
            parts.append(rest if alone else Compound("and", (here, rest)))
        return parts[0] if len(parts) == 1 else Compound("or", tuple(reversed(parts)))


def _here(asked: DiagramQuestion, ways: Mapping[int, list[str]], branch: int, otherwise: int) -> Expression:
    """Which answers lead this way."""
    if asked.test is not None:
        return asked.test if branch != otherwise else Compound("not", (asked.test,))
    if branch != otherwise:
        return Compound("anyof", (Name(asked.name), Literal(tuple(ways[branch]))))
    others = tuple(value for way, values in ways.items() if way != otherwise for value in values)
    return Compound("not", (Compound("anyof", (Name(asked.name), Literal(others))),))
