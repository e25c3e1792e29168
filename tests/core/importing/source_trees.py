"""Random sources of each format: the trees of real exports, changed in random places."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from questionnaire.library.imports.child import READERS
from questionnaire.library.imports.formats import FormatName, guess
from tests.core.importing.spreadsheets import workbook

EXPORTS = Path(__file__).parents[2] / "exports"
NAMES = sorted(path.name for path in EXPORTS.iterdir())
Place = tuple[str | int, ...]


def content_of(name: str) -> bytes:
    path = EXPORTS / name
    return workbook(path.read_text("utf-8")) if path.suffix == ".md" else path.read_bytes()


@cache
def tree_of(name: str) -> tuple[FormatName, Mapping[str, Any]]:
    content = content_of(name)
    format_name = guess(content)
    assert format_name is not None
    return format_name, READERS[format_name][0](content)


def places(tree: Any, where: Place = ()) -> Iterator[Place]:
    """Every place of a tree."""
    yield where
    inner = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for key, value in inner:
        yield from places(value, (*where, key))


SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(-10, 10**7), st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=20),
    st.sampled_from(["{q1} = 'x'", "${size} > 3", "((Q1.NAOK == \"A1\"))", "true()", "<b>x", "{{a}}", "\ue000q\ue001"]),
    st.sampled_from(["not(", "[", "2026-02-30", "1e400", "-", "checkbox", "matrix", "group", "\ud800", "a" * 5000]),
)  # fmt: skip
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(["type", "name", "title", "choices", "value", "text", "ref", "x"]), inner, max_size=3
        ),
    ),
    max_leaves=6,
)


@st.composite
def changed_trees(draw: st.DrawFn, name: str) -> tuple[FormatName, dict[str, Any]]:
    """The tree of an export with some parts removed, replaced, repeated or swapped."""
    format_name, original = tree_of(name)
    tree = copy.deepcopy(dict(original))
    for _ in range(draw(st.integers(1, 6))):
        where = draw(st.sampled_from([place for place in places(tree) if place]))
        parent = at(tree, where[:-1])
        change = draw(st.sampled_from(("remove", "replace", "repeat", "swap")))
        if change == "remove":
            del parent[where[-1]]
        elif change == "replace":
            parent[where[-1]] = draw(VALUES)
        elif change == "repeat" and isinstance(parent, list):
            parent.append(copy.deepcopy(parent[where[-1]]))  # type: ignore[index]  # the step below a list is a number
        else:
            other = draw(st.sampled_from([place for place in places(tree) if place]))
            parent[where[-1]] = copy.deepcopy(at(tree, other))
        if not tree:
            break
    return format_name, tree


def at(tree: Any, where: Place) -> Any:
    for step in where:
        tree = tree[step]
    return tree


def mappings(tree: Any, where: Place = ()) -> Iterator[tuple[Place, dict[str, Any]]]:
    """Every mapping of a tree, with its place."""
    if isinstance(tree, dict):
        yield where, tree
    inner = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for key, part in inner:
        yield from mappings(part, (*where, key))
