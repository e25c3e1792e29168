"""Whether two documents are the same, and the smallest edits that make one of the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from questionnaire.core.editing.edit import Change, Edit, remove, set_
from questionnaire.core.editing.paths import Document, Path, identities, structure_of
from questionnaire.core.editing.structure import Part, below


def same(one: Any, other: Any, *, ordered: bool = True) -> bool:
    """Equality of documents: `1` is not `true`. Without `ordered` the order of keys does not matter."""
    if one is other:
        return True
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        if ordered and list(one) != list(other):
            return False
        return one.keys() == other.keys() and all(same(one[key], other[key], ordered=ordered) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(same(a, b, ordered=ordered) for a, b in zip(one, other, strict=True))
    return isinstance(one, bool) == isinstance(other, bool) and type(one) is type(other) and bool(one == other)


def replacing(old: Document, new: Document) -> Change:
    """The edits that make `new` of `old`: each writes the smallest part that differs."""
    return tuple(_replacing(old, new, structure_of(old), ()))


def _replacing(old: Any, new: Any, part: Part, path: Path) -> Iterator[Edit]:
    if same(old, new):
        return
    if isinstance(old, Mapping) and isinstance(new, Mapping) and list(old) == list(new):
        for key in old:
            yield from _replacing(old[key], new[key], below(part, key, old), (*path, key))
        return
    if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        steps = identities(old, part)
        if steps == identities(new, part):
            for step, one, other in zip(steps, old, new, strict=True):
                yield from _replacing(one, other, below(part, step, old), (*path, step))
            return
    if path:
        yield set_(path, new)
        return
    yield from _keys(old, new)


def _keys(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Edit]:
    """The document itself cannot be replaced, so its keys are, from the last to the first."""
    for key in old:
        if key != "schema":
            yield remove((key,), anyway=True)
    following: str | None = None
    for key in reversed(list(new)):
        if key != "schema":
            yield set_((key,), new[key], following)
        following = key
