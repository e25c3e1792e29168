"""Formulas drawn by chance, for laws that hold for every formula."""

from __future__ import annotations

from hypothesis import strategies as st

from questionnaire.core.base.arithmetic import Call, Constant, Expression, Negation, Operation, Reference

NAMES = ("a", "b", "c", "table.row")
CONSTANTS = st.one_of(
    st.integers(0, 1000).map(str), st.decimals(0, 100, places=2).map(lambda number: f"{number:f}")
).map(Constant)
LEAVES = st.one_of(CONSTANTS, st.sampled_from(NAMES).map(Reference))


def _larger(parts: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    several = st.lists(parts, min_size=1, max_size=3).map(tuple)
    return st.one_of(
        st.builds(Operation, st.sampled_from(("+", "-", "*", "/")), parts, parts),
        st.builds(Negation, parts),
        st.builds(Call, st.sampled_from(("min", "max")), several),
        st.builds(lambda part, digits: Call("round", (part,), digits), parts, st.integers(0, 6)),
    )


FORMULAS = st.recursive(LEAVES, _larger, max_leaves=8)
