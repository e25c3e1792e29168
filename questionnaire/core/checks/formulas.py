"""Two-valued formulas for the search: "this condition is true of the lead", and combinations of such claims.

A condition has three values; "the condition is true" and "the condition is false" have two. A formula is True, False
or a node. A literal is true when the comparison of its source's value comes out as its `truth`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Any, TypeAlias

from questionnaire.core.base.conditions import All, Condition, Not, Test, evaluate


class Node:
    """A part of a formula. Its hash and sources are computed once, since the search keeps formulas in its states.

    `kind`: `lit`, `and`, `or`, `not` or `least` (at least `count` of the parts). `test` and `truth` are a literal's.
    """

    __slots__ = ("_hash", "_key", "count", "kind", "parts", "sources", "test", "truth")

    def __init__(
        self, kind: str, parts: tuple[Node, ...] = (), count: int = 0, source: str = "",
        test: Test | None = None, truth: bool = True,
    ) -> None:  # fmt: skip
        self.kind, self.parts, self.count, self.test, self.truth = kind, parts, count, test, truth
        own = frozenset((source,)) if source else frozenset()
        self.sources: frozenset[str] = own.union(*(part.sources for part in parts))
        compared = () if test is None else (test.operator, *_typed(test.value))
        self._key = (kind, parts, count, source, compared, truth)
        self._hash = hash(self._key)

    @property
    def source(self) -> str:
        """The source of a literal."""
        return next(iter(self.sources))

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, Node) and self._hash == other._hash and self._key == other._key)


Formula: TypeAlias = Node | bool
Resolve: TypeAlias = Callable[[Test, bool], Formula]
Truths: TypeAlias = dict[tuple[Node, type, Any], bool]
"""Whether a literal is true for a value of this type."""


def _typed(value: Any) -> tuple[Any, ...]:
    """The compared values with their types: `true` and `1` are equal in Python, and different to an author."""
    return tuple((type(item), item) for item in (value if isinstance(value, tuple) else (value,)))


def conj(parts: Iterable[Formula]) -> Formula:
    return _join("and", parts, absorbing=False)


def disj(parts: Iterable[Formula]) -> Formula:
    return _join("or", parts, absorbing=True)


def _join(kind: str, parts: Iterable[Formula], *, absorbing: bool) -> Formula:
    """Joins the parts without duplicates, nested joins flattened. `absorbing` is the value that decides the result."""
    unique: dict[Node, None] = {}
    for part in parts:
        if part is absorbing:
            return absorbing
        if isinstance(part, Node):
            unique.update(dict.fromkeys(part.parts) if part.kind == kind else {part: None})
    if len(unique) < 2:
        return next(iter(unique), not absorbing)
    return Node(kind, tuple(unique))


def neg(part: Formula) -> Formula:
    if isinstance(part, bool):
        return not part
    return part.parts[0] if part.kind == "not" else Node("not", (part,))


def at_least(count: int, parts: Iterable[Formula]) -> Formula:
    """The formula of "at least `count` of the parts are true"."""
    items = list(parts)
    count -= sum(1 for part in items if part is True)
    unfinished = tuple(part for part in items if isinstance(part, Node))
    if count <= 0:
        return True
    if count > len(unfinished):
        return False
    if count == len(unfinished):
        return conj(unfinished)
    return disj(unfinished) if count == 1 else Node("least", unfinished, count)


def lit(source: str, test: Test, truth: bool) -> Formula:
    return Node("lit", source=source, test=test, truth=truth)


def holds(literal: Node, value: Any) -> bool:
    """Whether a literal is true for a value of its source."""
    assert literal.test is not None
    return evaluate(literal.test, {literal.test.name: value}) is literal.truth


def known_truth(truths: Truths, literal: Node, value: Any) -> bool:
    """Whether a literal is true for a value, computed once."""
    key = (literal, type(value), value)
    truth = truths.get(key)
    if truth is None:
        truth = truths[key] = holds(literal, value)
    return truth


def settle(formula: Formula, decide: Callable[[Node], bool | None], among: Collection[str] | None = None) -> Formula:
    """Replaces every literal that `decide` can decide (not None) by its truth, and simplifies.

    `among`: the sources that can be decided now; parts without any of them stay as they are.
    """
    if formula is True or formula is False or (among is not None and formula.sources.isdisjoint(among)):
        return formula
    kind = formula.kind
    if kind == "lit":
        truth = decide(formula)
        return formula if truth is None else truth
    absorbing = True if kind == "or" else False if kind == "and" else None
    parts: list[Formula] = []
    is_changed = False
    for part in formula.parts:
        settled = settle(part, decide, among)
        if settled is not part:
            if settled is absorbing:
                return settled
            is_changed = True
        parts.append(settled)
    if not is_changed:
        return formula
    if kind == "not":
        return neg(parts[0])
    if kind == "least":
        return at_least(formula.count, parts)
    return conj(parts) if kind == "and" else disj(parts)


def literals(formula: Formula) -> list[Node]:
    """The literals of a formula, each once."""
    found: dict[Node, None] = {}
    pending = [formula]
    while pending:
        part = pending.pop()
        if isinstance(part, Node):
            found.update({part: None} if part.kind == "lit" else {})
            pending += part.parts
    return list(found)


def sources_of(formula: Formula) -> frozenset[str]:
    return frozenset() if isinstance(formula, bool) else formula.sources


def truth_of(condition: Condition, truth: bool, resolve: Resolve) -> Formula:
    """The formula of "this condition is true" (or false). Both are false while the condition is unknown."""
    if isinstance(condition, Test):
        return resolve(condition, truth)
    if isinstance(condition, Not):
        return truth_of(condition.part, not truth, resolve)
    together = isinstance(condition, All) is truth
    join = conj if together else disj
    return join(truth_of(part, truth, resolve) for part in condition.parts)


def first_match(chain: Iterable[tuple[Formula, bool]], otherwise: bool) -> Formula:
    """The formula of "the first entry that matches is a wanted one". Each entry: condition, whether it is wanted."""
    formula: Formula = otherwise
    for condition, is_wanted in reversed(list(chain)):
        formula = disj((condition, formula)) if is_wanted else conj((neg(condition), formula))
    return formula
