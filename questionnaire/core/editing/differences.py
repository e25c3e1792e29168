"""What differs between two documents, in groups that an author reads one after the other before publishing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from questionnaire.core.editing.paths import Document, Path, Step, identities, items_of, structure_of
from questionnaire.core.editing.same import same
from questionnaire.core.editing.structure import Part, below

Group = Literal["texts", "questions", "logic", "meaning", "look"]
DifferenceCode = Literal["added", "removed", "changed", "moved", "renamed"]

GROUPS: Mapping[str, Group] = {
    **dict.fromkeys(
        "title text help description label placeholder alt unit labels advice done_when why wording languages phrase "
        "phrases".split(), "texts"),
    **dict.fromkeys("show_if when calculated endings next_step formula cases check review_if".split(), "logic"),
    **dict.fromkeys(
        "dimensions dimension criterion level emits flags maturity number weight unknown not_applicable none_is from "
        "policy group_by".split(), "meaning"),
    **dict.fromkeys(
        "display embed charts sections order colour shuffle image on after figures fixed control theme "
        "logo".split(), "look"),
    **dict.fromkeys("questions choices rows fields consents required min max step type".split(), "questions"),
}  # fmt: skip
"""Key -> the group of what stands below it, unless a key further below has a group of its own."""


@dataclass(frozen=True, slots=True)
class DraftDifference:
    """One difference. `path` is the place in the new document, of what was removed that in the old one.

    `old` and `new` are what stands there; of what has moved or has another name the old and the new path.
    """

    group: Group
    code: DifferenceCode
    path: Path
    old: Any = None
    new: Any = None


def differences(old: Document, new: Document) -> tuple[DraftDifference, ...]:
    """Every difference, those of one group together, in the order of the groups: what an answer means comes first."""
    start: Group = "meaning" if str(new.get("schema", "")).startswith("policy") else "questions"
    found = list(_Comparison().values(old, new, structure_of(new), (), start))
    order: tuple[Group, ...] = ("meaning", "logic", "questions", "texts", "look")
    return tuple(sorted(_with_moves(found), key=lambda one: order.index(one.group)))


class _Comparison:
    """Compares two values beside their structure."""

    def values(self, old: Any, new: Any, part: Part, path: Path, group: Group) -> Iterator[DraftDifference]:
        if same(old, new):
            return
        if part == "condition":
            yield DraftDifference("logic", "changed", path, old, new)
        elif isinstance(old, Mapping) and isinstance(new, Mapping):
            yield from self._mappings(old, new, part, path, group)
        elif isinstance(old, list) and isinstance(new, list) and items_of(part) is not None:
            yield from self._lists(old, new, part, path, group)
        else:
            yield DraftDifference(group, "changed", path, old, new)

    def _mappings(
        self, old: Mapping[str, Any], new: Mapping[str, Any], part: Part, path: Path, group: Group
    ) -> Iterator[DraftDifference]:
        for key in dict.fromkeys([*old, *new]):
            here, inner = (*path, key), GROUPS.get(key, group)
            if key not in new:
                yield DraftDifference(inner, "removed", here, old=old[key])
            elif key not in old:
                yield DraftDifference(inner, "added", here, new=new[key])
            else:
                yield from self.values(old[key], new[key], below(part, key, new), here, inner)

    def _lists(self, old: list[Any], new: list[Any], part: Part, path: Path, group: Group) -> Iterator[DraftDifference]:
        before = dict(zip(identities(old, part), old, strict=True))
        after = dict(zip(identities(new, part), new, strict=True))
        for step in before:
            if step not in after:
                yield DraftDifference(group, "removed", (*path, step), old=before[step])
        moved = _moved([step for step in before if step in after], [step for step in after if step in before])
        for step, item in after.items():
            here = (*path, step)
            if step not in before:
                yield DraftDifference(group, "added", here, new=item)
                continue
            if step in moved:
                yield DraftDifference(group, "moved", here, here, here)
            yield from self.values(before[step], item, below(part, step, new), here, group)


def _moved(before: list[Step], after: list[Step]) -> frozenset[Step]:
    """The fewest items that must have moved: those outside of the longest common order."""
    places = {step: index for index, step in enumerate(before)}
    best: list[tuple[Step, ...]] = []
    for step in after:
        longest = max((one for one in best if places[one[-1]] < places[step]), key=len, default=())
        best.append((*longest, step))
    kept = max(best, key=len, default=())
    return frozenset(after) - frozenset(kept)


def _with_moves(found: list[DraftDifference]) -> Iterator[DraftDifference]:
    """Something removed in one place and added in another under its name has moved, and beside it under another name
    it was renamed."""
    added = [one for one in found if one.code == "added" and isinstance(one.new, Mapping)]
    pairs = {id(one): other for one in found if one.code == "removed" for other in added if _is_pair(one, other)}
    taken = {id(other) for other in pairs.values()}
    for one in found:
        other = pairs.get(id(one))
        if other is not None:
            code: DifferenceCode = "moved" if one.path[-1] == other.path[-1] else "renamed"
            yield DraftDifference(other.group, code, other.path, one.path, other.path)
            inside = _Comparison().values(one.old, other.new, None, other.path, other.group)
            yield from (below for below in inside if code == "moved" or below.path[len(other.path) :] not in _NAMES)
        elif id(one) not in taken:
            yield one


_NAMES = (("name",), ("value",), ("id",), ("code",))


def _is_pair(removed: DraftDifference, added: DraftDifference) -> bool:
    if not isinstance(removed.old, Mapping) or removed.path[-2:-1] != added.path[-2:-1]:
        return False
    if removed.path[-1] == added.path[-1]:
        return removed.path != added.path
    rest = [{key: value for key, value in one.items() if (key,) not in _NAMES} for one in (removed.old, added.new)]
    return removed.path[:-1] == added.path[:-1] and same(*rest)
