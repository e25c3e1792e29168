"""Property tests of the three-valued logic, with generated conditions and facts."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from questionnaire.core.base.conditions import All, Condition, Either, Members, Not, evaluate, judge, parse, write
from questionnaire.core.base.conditions import Test as Compared

NAMES = st.sampled_from(["size", "n", "signal", "icp"])
WORDS = st.sampled_from(["core", "small", "demo", "zone", "3"])
NUMBERS = st.integers(0, 5)
LISTS = st.lists(WORDS | NUMBERS, min_size=1, max_size=3).map(tuple)
TESTS = st.one_of(
    st.builds(Compared, NAMES, st.sampled_from(["eq", "ne"]), WORDS | NUMBERS),
    st.builds(Compared, NAMES, st.sampled_from(["in", "not_in"]), LISTS),
    st.builds(Compared, NAMES, st.sampled_from(["lt", "lte", "gt", "gte"]), NUMBERS),
)  # fmt: skip
WITHOUT_KNOWN: st.SearchStrategy[Condition] = st.recursive(
    TESTS,
    lambda inner: (
        st.builds(Not, inner)
        | st.builds(All, st.lists(inner, min_size=1, max_size=3).map(tuple))
        | st.builds(Either, st.lists(inner, min_size=1, max_size=3).map(tuple))
    ),
    max_leaves=8,
)
KNOWN = st.builds(Compared, NAMES, st.just("known"), st.booleans())
CONDITIONS = WITHOUT_KNOWN | st.builds(lambda a, b: All((a, Not(b))), WITHOUT_KNOWN, KNOWN)
VALUES: st.SearchStrategy[Any] = (
    WORDS | NUMBERS | st.booleans() | st.frozensets(WORDS, max_size=3) | st.builds(Members, st.frozensets(WORDS))
)
FACTS = st.dictionaries(NAMES, VALUES)


@given(CONDITIONS, CONDITIONS, FACTS)
def test_de_morgan_holds_for_unknown_too(a: Condition, b: Condition, facts: dict[str, Any]) -> None:
    assert evaluate(Not(All((a, b))), facts) is evaluate(Either((Not(a), Not(b))), facts)
    assert evaluate(Not(Either((a, b))), facts) is evaluate(All((Not(a), Not(b))), facts)


@given(CONDITIONS, FACTS)
def test_double_negation_changes_nothing(condition: Condition, facts: dict[str, Any]) -> None:
    assert evaluate(Not(Not(condition)), facts) is evaluate(condition, facts)


@given(WITHOUT_KNOWN, FACTS, FACTS)
def test_more_known_facts_never_change_a_decided_condition(
    condition: Condition, facts: dict[str, Any], more: dict[str, Any]
) -> None:
    before = evaluate(condition, facts)
    after = evaluate(condition, {**more, **facts})
    assert before is None or after is before


@given(WITHOUT_KNOWN, FACTS, st.frozensets(WORDS), st.frozensets(WORDS))
def test_a_confirmed_member_never_changes_a_decided_condition(
    condition: Condition, facts: dict[str, Any], sure: frozenset[str], unsure: frozenset[str]
) -> None:
    before = evaluate(condition, {**facts, "icp": Members(sure, unsure)})
    for settled in (Members(sure | unsure), Members(sure)):
        after = evaluate(condition, {**facts, "icp": settled})
        assert before is None or after is before


@given(CONDITIONS, FACTS)
def test_the_facts_of_the_deciding_comparisons_give_the_same_truth(condition: Condition, facts: dict[str, Any]) -> None:
    truth, tests = judge(condition, facts)
    assert truth is evaluate(condition, facts)
    assert tests
    needed = {test.name for test in tests}
    if truth is not None:
        only = {name: value for name, value in facts.items() if name in needed}
        assert evaluate(condition, only) is truth


@given(CONDITIONS)
def test_a_condition_reads_back_what_it_writes(condition: Condition) -> None:
    again, problems = parse(write(condition))
    assert not problems
    assert again is not None
    assert write(again) == write(condition)


KEYS = WORDS | st.sampled_from(["all", "any", "not", "gte"])
ANYTHING = st.recursive(
    st.none() | st.booleans() | WORDS | NUMBERS,
    lambda inner: st.lists(inner) | st.dictionaries(KEYS, inner),
    max_leaves=12,
)


@given(ANYTHING)
def test_any_raw_condition_is_parsed_or_refused(raw: Any) -> None:
    condition, problems = parse(raw)
    assert (condition is None) == bool(problems)
