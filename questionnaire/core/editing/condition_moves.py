"""Changes of a condition's groups: parts are added, removed, and moved between groups.

An address is the number of a part in its group, below the address of that group; the outermost group has the address
(). A group that a removal or a move leaves empty goes with it. Addresses of nothing change nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

from questionnaire.core.editing.condition_groups import ALL, ANY, ConditionGroup, ConditionPart

Address: TypeAlias = tuple[int, ...]
Parts: TypeAlias = tuple[ConditionPart, ...]


def part_at(group: ConditionGroup, address: Address) -> ConditionPart | None:
    part: ConditionPart | None = group
    for number in address:
        inside = part.parts if isinstance(part, ConditionGroup) else ()
        part = inside[number] if number < len(inside) else None
    return part


def with_part(group: ConditionGroup, address: Address, part: ConditionPart) -> ConditionGroup:
    """Adds a part to the group at an address, as its last one."""
    return _edited(group, address, lambda parts: (*parts, part))


def without_part(group: ConditionGroup, address: Address) -> ConditionGroup:
    """Without the part at an address; without any part when it is the address of the whole."""
    if not address:
        return replace(group, parts=())
    *above, number = address
    left = _edited(group, tuple(above), lambda parts: (*parts[:number], *parts[number + 1 :]))
    emptied = part_at(left, tuple(above))
    is_emptied = bool(above) and left != group and isinstance(emptied, ConditionGroup) and not emptied.parts
    return without_part(left, tuple(above)) if is_emptied else left


def moved_to(group: ConditionGroup, address: Address, to: Address) -> ConditionGroup:
    """Moves a part to the end of another group, which is not inside that part."""
    part = part_at(group, address)
    is_inside = to[: len(address)] == address
    if part is None or is_inside or not isinstance(part_at(group, to), ConditionGroup):
        return group
    return without_part(with_part(group, to, part), address)


def moved_out(group: ConditionGroup, address: Address) -> ConditionGroup:
    """Moves a part out of its group, to the place after that."""
    part = part_at(group, address)
    if part is None or len(address) < 2:
        return group
    *above, number = address[:-1]
    inserted = _edited(group, tuple(above), lambda parts: (*parts[: number + 1], part, *parts[number + 1 :]))
    return without_part(inserted, address)


def moved_in(group: ConditionGroup, address: Address) -> ConditionGroup:
    """Moves a part into the next group beside it, else into the nearest before it, else into a new one at its place."""
    part, siblings = part_at(group, address), part_at(group, address[:-1])
    if part is None or not address or not isinstance(siblings, ConditionGroup):
        return group
    *above, number = address
    count = len(siblings.parts)
    for near in (*range(number + 1, count), *range(number - 1, -1, -1)):
        if isinstance(siblings.parts[near], ConditionGroup):
            return moved_to(group, address, (*above, near))
    new = ConditionGroup(ANY if siblings.joint == ALL else ALL, (part,))
    return _edited(group, tuple(above), lambda parts: (*parts[:number], new, *parts[number + 1 :]))


def _edited(group: ConditionGroup, address: Address, change: Callable[[Parts], Parts]) -> ConditionGroup:
    """With other parts in the group at an address."""
    if not address:
        return replace(group, parts=change(group.parts))
    number, *below = address
    inner = part_at(group, (number,))
    if not isinstance(inner, ConditionGroup):
        return group
    new = _edited(inner, tuple(below), change)
    return replace(group, parts=(*group.parts[:number], new, *group.parts[number + 1 :]))
