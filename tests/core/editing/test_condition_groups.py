"""Conditions as groups of a form: nothing is lost by showing them, and parts move between groups."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from questionnaire.core.base.conditions import evaluate, parse
from questionnaire.core.editing.condition_groups import (
    GROUP_JOINTS,
    ConditionGroup,
    ConditionPart,
    ConditionRow,
    UnreadCondition,
    groups_of,
    written_condition,
)
from questionnaire.core.editing.condition_moves import (
    moved_in,
    moved_out,
    moved_to,
    part_at,
    with_part,
    without_part,
)

NAMES, VALUES = ("a", "b", "c"), ("x", "y", "3", 3, True)
LEAVES = st.one_of(
    st.builds(lambda name, value: {name: value}, st.sampled_from(NAMES), st.sampled_from(VALUES)),
    st.builds(lambda name, values: {name: values}, st.sampled_from(NAMES),
              st.lists(st.sampled_from(VALUES), min_size=1, max_size=3)),
    st.builds(lambda name, value: {name: {"gte": value, "lte": 7}}, st.sampled_from(NAMES), st.integers(0, 9)),
    st.builds(lambda name, known: {name: {"known": known}}, st.sampled_from(NAMES), st.booleans()),
    st.builds(lambda name, values: {name: {"not_in": values}}, st.sampled_from(NAMES),
              st.lists(st.sampled_from(VALUES), min_size=1, max_size=3)),
)  # fmt: skip
CONDITIONS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds(lambda parts: {"all": parts}, st.lists(inner, min_size=1, max_size=3)),
        st.builds(lambda parts: {"any": parts}, st.lists(inner, min_size=1, max_size=3)),
        st.builds(lambda part: {"not": part}, inner),
        st.builds(lambda one, other: {**one, **other}, inner, inner),
    ),
    max_leaves=8,
)
"""As authors may write them, several keys in one mapping too."""
FACTS = st.fixed_dictionaries({name: st.sampled_from((None, "x", "y", "3", 5, True)) for name in NAMES})
ROWS = st.builds(ConditionRow, st.sampled_from(NAMES), st.sampled_from(("in", "not_in")),
                 st.lists(st.sampled_from(VALUES), min_size=1, max_size=2).map(tuple))  # fmt: skip
UNREAD = st.sampled_from(("odd", {}, {"a": {"odd": 1}}, {"all": "odd"}, None)).map(UnreadCondition)


def _groups(inner: st.SearchStrategy[ConditionPart]) -> st.SearchStrategy[ConditionPart]:
    return st.builds(ConditionGroup, st.sampled_from(GROUP_JOINTS), st.lists(inner, max_size=3).map(tuple))


PARTS: st.SearchStrategy[ConditionPart] = st.recursive(ROWS | UNREAD, _groups, max_leaves=6)


@given(CONDITIONS, FACTS)
def test_a_condition_means_the_same_after_it_was_shown_as_groups(raw: Any, facts: dict[str, Any]) -> None:
    before, problems = parse(raw)
    after, others = parse(written_condition(groups_of(raw)))
    assert (before is None, problems == ()) == (after is None, others == ())
    assert before is None or after is None or evaluate(before, facts) == evaluate(after, facts)


@given(st.sampled_from(GROUP_JOINTS), st.lists(PARTS, min_size=1, max_size=3).map(tuple))
def test_groups_are_the_same_after_they_were_written(joint: str, parts: tuple[ConditionPart, ...]) -> None:
    """The joint of a single comparison says nothing, save that it is denied."""
    group = ConditionGroup(joint, parts)
    is_single = len(parts) == 1 and joint == "any" and not isinstance(parts[0], ConditionGroup)
    assert groups_of(written_condition(group)) == (ConditionGroup("all", parts) if is_single else group)


def test_conditions_keep_the_short_notation_that_people_write() -> None:
    conditions: list[Any] = [
        {"a": "x"}, {"a": ["x", "y"]}, {"a": {"ne": "x"}}, {"a": {"not_in": ["x", "y"]}}, {"a": {"gte": 3}},
        {"a": {"known": True}}, {"a": {"known": False}}, {"a": "x", "b": "y"}, {"any": [{"a": "x"}, {"b": "y"}]},
        {"all": [{"a": {"gte": 1}}, {"a": {"lte": 3}}]}, {"not": {"a": "x"}}, {"not": {"not": {"a": "x"}}},
        {"timeline": ["soon", "later"], "any": [{"role": "decider"}, {"size": "e1001"}]},
        {"any": [{"a": "x", "b": "y"}, {"not": {"a": "y", "b": "x"}}]}, {"not": {"any": [{"a": 1}, {"b": 2}]}},
        {"all": [{"any": []}]}, "odd", {}, {"all": "odd"}, {"a": {"odd": 1}}, {"not": "odd"}, None,
    ]  # fmt: skip
    for raw in conditions:
        assert written_condition(groups_of(raw)) == raw


def test_rows_know_their_place_in_the_condition() -> None:
    group = groups_of({"a": "x", "not": {"any": [{"b": {"gte": 1, "lte": 3}}, "odd"]}, "any": "odd"})
    assert [part_at(group, at).where for at in ((0,), (1,), (1, 0, 0), (1, 1), (2,))] == [  # type: ignore[union-attr]  # they are there
        ("a",), ("not", "any"), ("not", "any", 0, "b"), ("not", "any", 1), ("any",),
    ]  # fmt: skip


def test_what_is_too_deep_for_the_parser_is_kept_as_it_is() -> None:
    raw: Any = {"a": "x"}
    for _ in range(40):
        raw = {"not": raw}
    assert written_condition(groups_of(raw)) == raw


A, B, C = (ConditionRow(name, "in", ("x",)) for name in NAMES)


def test_parts_are_added_and_a_group_goes_with_its_last_one() -> None:
    empty = ConditionGroup("any")
    group = with_part(with_part(groups_of({"a": "x"}), (), empty), (1,), B)
    assert group.parts == (A, ConditionGroup("any", (B,)))
    assert without_part(group, (1, 0)).parts == (A,)
    assert without_part(group, (0,)).parts == (ConditionGroup("any", (B,)),)
    assert without_part(group, ()).parts == ()
    assert with_part(group, (0,), C) == group
    assert without_part(group, (7, 0)) == without_part(group, (1, 7)) == group
    waiting = with_part(group, (), empty)
    assert without_part(waiting, (1, 0)).parts == (A, empty)


def test_rows_move_into_a_group_and_out_of_it() -> None:
    group = groups_of({"a": "x", "any": [{"b": "x"}, {"c": "x"}]})
    assert moved_in(group, (0,)).parts == (ConditionGroup("any", (B, C, A)),)
    assert moved_out(group, (1, 0)).parts == (A, ConditionGroup("any", (C,)), B)
    assert moved_to(group, (1, 1), ()).parts == (A, ConditionGroup("any", (B,)), C)
    assert moved_in(groups_of({"any": [{"all": [{"a": "x"}]}, {"b": "x"}]}), (1,)).parts == (
        ConditionGroup("all", (A, B)),
    )
    alone = moved_in(groups_of({"a": "x", "b": "x"}), (1,))
    assert alone.parts == (A, ConditionGroup("any", (B,)))
    assert moved_in(alone, (1, 0)).parts == (A, ConditionGroup("any", (ConditionGroup("all", (B,)),)))
    assert moved_out(alone, (1, 0)).parts == (A, B)


def test_a_move_to_where_nothing_is_changes_nothing() -> None:
    group = groups_of({"a": "x", "any": [{"b": "x"}, {"c": "x"}]})
    nowhere = (
        moved_to(group, (1,), (1,)), moved_to(group, (0,), (0,)), moved_to(group, (5,), ()),
        moved_to(group, (0,), (9,)),
        moved_out(group, (0,)), moved_out(group, (1, 7)), moved_in(group, ()), moved_in(group, (9,)),
    )  # fmt: skip
    assert set(nowhere) == {group}
