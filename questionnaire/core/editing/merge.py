"""Edits that were made at the same time: applied one on top of the other, or reported as a conflict.

Two edits touch the same thing when their two orders do not give the same document (the order of keys in a mapping does
not count), or when one of the orders cannot be applied at all. Before the second of two is applied, it is moved to
where the first has put things: its path and its neighbour follow renames and moves, and the names in what it writes
follow renames. So each edit has its whole effect, or a person decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from questionnaire.core.base.problems import Problem
from questionnaire.core.editing.apply import apply_all
from questionnaire.core.editing.edit import Change, Edit, Edited
from questionnaire.core.editing.follow import follow
from questionnaire.core.editing.paths import Document, EditError, Path, find
from questionnaire.core.editing.same import same


@dataclass(frozen=True, slots=True)
class Conflict:
    """What two people did to the same thing. The values are those at `path`: before, after theirs, after ours; None
    where nothing stands there."""

    path: Path
    base: Any
    theirs: Any
    ours: Any


@dataclass(frozen=True, slots=True)
class Merged:
    """A change on top of others: the document with all of them, and the change as it was applied."""

    document: Any
    change: Change
    inverse: Change


class _Clash(Exception):
    def __init__(self, conflict: Conflict) -> None:
        super().__init__()
        self.conflict = conflict


def merge(
    base: Document, theirs: tuple[Change, ...], ours: Change
) -> tuple[Merged | None, Conflict | None, tuple[Problem, ...]]:
    """Our change to `base` on top of theirs, which were made since, one on top of the other.

    One of the three is given: the merged change, the conflict, or what is wrong with our change itself.
    """
    try:
        apply_all(base, ours)
    except EditError as error:
        return None, None, (error.problem,)
    try:
        for change in theirs:
            _, ours = rebase(base, change, ours)
            base = apply_all(base, change).document
        edited: Edited = apply_all(base, ours)
    except _Clash as clash:
        return None, clash.conflict, ()
    return Merged(edited.document, ours, edited.inverse), None, ()


def rebase(base: Document, one: Change, other: Change) -> tuple[Change, Change]:
    """Both changes to `base`, each as it is to be applied after the other. Raises _Clash."""
    rebased: Change = ()
    for edit in other:
        here = base
        single: Change = (edit,)
        following: Change = ()
        for their in one:
            theirs, single = _pair(here, their, single)
            here = apply_all(here, (their,)).document
            following += theirs
        base, one = apply_all(base, (edit,)).document, following
        rebased += single
    return one, rebased


def _pair(base: Document, one: Edit, other: Change) -> tuple[Change, Change]:
    """One edit and at most one other."""
    if not other:
        return (one,), ()
    (edit,) = other
    if _is_same(one, edit):
        return (), ()
    first = second = None
    try:
        first, second = apply_all(base, (one,)).document, apply_all(base, other).document
        one_after, other_after = follow(base, one, edit), follow(base, edit, one)
        there = apply_all(first, (other_after,)).document
        here = apply_all(second, (one_after,)).document
    except EditError:
        raise _Clash(_conflict(base, first or base, second or base, edit.path)) from None
    if not same(here, there, ordered=False):
        raise _Clash(_conflict(base, first, second, edit.path))
    return (one_after,), (other_after,)


def _is_same(one: Edit, other: Edit) -> bool:
    """Whether both did the same, so that it is done once. Adding is done twice."""
    alike = (one.kind, one.path, one.to, one.before) == (other.kind, other.path, other.to, other.before)
    return alike and one.kind != "add" and same(one.value, other.value)


def _conflict(base: Document, theirs: Document, ours: Document, path: Path) -> Conflict:
    return Conflict(path, _at(base, path), _at(theirs, path), _at(ours, path))


def _at(document: Document, path: Path) -> Any:
    try:
        return find(document, path)
    except EditError:
        return None
