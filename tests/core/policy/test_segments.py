"""Segments: other points, thresholds or promises for some leads, and what may decide who they are."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaire.core.handoff.deadline import first_contact
from questionnaire.core.policy.segments import _authored_part, merge
from tests.core.authoring import assessed, at, filled, policy, refused_policy

ENTERPRISE = """segments:
  - id: enterprise
    when: {size: core}
    title: {en: Enterprise, fr: Grands comptes}
    mql: {threshold: 120}
    sla: {first_contact: [{within: 1bh}]}
    kpi_bands: {mql_to_sql: {red_below: 10%}}
    fit: {criteria: {sector: {levels: {priority: 40}}}}
  - {id: small-business, when: {size: [small, micro]}, mql: {min_intent: 0}}
"""


def _mappings(values: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.dictionaries(st.sampled_from("abc"), values, max_size=3)


VALUES = st.recursive(
    st.integers() | st.text(max_size=3), lambda inner: st.lists(inner, max_size=2) | _mappings(inner), max_leaves=6
)


def test_the_first_segment_that_matches_changes_what_it_names() -> None:
    judged = policy(ENTERPRISE)
    large = assessed(filled("{size: large, sector: saas, timeline: soon, wish: demo}"), judged=judged)
    assert large.segment is not None
    assert (large.segment.id, large.scorecard.fit.score) == ("enterprise", 70)
    assert (large.policy.mql.threshold, large.policy.mql.min_fit) == (120, 20)
    promise = first_contact(large.policy, large.facts, None, at("2026-10-02 10:00"))
    assert promise is not None
    assert promise.due_at == at("2026-10-02 11:00")
    small = assessed(filled("{size: small, sector: saas}"), judged=judged)
    assert small.segment is not None
    assert (small.segment.id, small.scorecard.fit.score, small.policy.mql.min_intent) == ("small-business", 30, 0)
    nobody = assessed(filled("{size: unsure, sector: saas}"), judged=judged)
    assert (nobody.segment, nobody.policy) == (None, judged)


def test_a_segment_has_its_own_kpi_bands() -> None:
    judged = policy(ENTERPRISE)
    bands = judged.for_segment("enterprise").kpi_bands
    assert judged.kpi_bands is None
    assert judged.for_segment(None) is judged
    assert bands is not None


def test_the_policy_of_a_segment_is_read_once() -> None:
    judged = policy(ENTERPRISE)
    assert judged.for_segment("enterprise") is judged.for_segment("enterprise")


def test_a_level_that_only_a_segment_knows_counts_there() -> None:
    judged = policy(
        """segments: [{id: listed, when: {sector: listed},
        fit: {criteria: {size: {levels: {tiny: 3}, bands: {tiny: [1, 9]}}}}}]"""
    )
    problems = refused_policy("segments: [{id: listed, when: {sector: listed}, fit: {criteria: {size: {levels: 3}}}}]")
    assert judged.for_segment("listed").criteria["size"].points("tiny") == 3
    assert [problem.where for problem in problems] == [("segments", 0, "fit", "criteria", "size", "levels")]


@pytest.mark.parametrize(
    ("change", "code", "where", "words"),
    [
        ("{mql: {treshold: 9}}", "unknown_key", ("mql", "treshold"), "in the segment `a`: `treshold` is not a key"),
        ("{fit: {grades: {A: 3}}}", "grades", ("fit", "grades"), "in the segment `a`: grades must fall"),
        ("{reps: []}", "unknown_key", ("reps",), "`reps` is not a key here"),
        ("{sla: {first_contact: []}}", "wrong_value", ("sla", "first_contact"), "in the segment `a`"),
        ("{disqualify: [{when: {size: micro}, reason: Tiny}]}", "wrong_value", ("disqualify", 0, "reason"),
         "in the segment"),
        ("{mql: {threshold: null}}", "wrong_value", ("mql", "threshold"), "in the segment `a`"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_segment_names_it(change: str, code: str, where: tuple[str, ...], words: str) -> None:
    (problem,) = refused_policy(f"segments: [{{id: a, when: {{size: core}}, {change[1:-1]}}}]")
    assert (problem.code, problem.where) == (code, ("segments", 0, *where))
    assert words in problem.message


def test_two_segments_have_two_names() -> None:
    twice = "segments: [{id: a, when: {size: core}}, {id: a, when: {size: small}}]"
    assert [(problem.code, problem.where) for problem in refused_policy(twice)] == [
        ("duplicate_name", ("segments", 1, "id"))
    ]


def test_a_segment_never_rests_on_the_score() -> None:
    judged = policy("segments: [{id: good, when: {fit: {gte: 1}}, mql: {threshold: 0}}]")
    assert assessed(judged=judged).segment is None


@given(_mappings(VALUES), _mappings(VALUES))
def test_a_merge_keeps_what_only_one_side_has_and_lets_the_second_win(base: Any, changes: Any) -> None:
    merged = merge(base, changes)
    assert set(merged) == set(base) | set(changes)
    for key, value in merged.items():
        if key not in changes:
            assert value == base[key]
        elif not (isinstance(changes[key], dict) and isinstance(base.get(key), dict)):
            assert value == changes[key]
    assert merge(merged, changes) == merged
    assert merge(base, {}) == base


def test_a_mistake_in_what_a_segment_did_not_write_is_placed_at_what_it_wrote() -> None:
    assert _authored_part(("fit", "criteria", "size"), {"fit": {"max": 3}}) == ("fit",)
    assert _authored_part(("sla", 0, "within"), {"sla": [{"within": "1bh"}]}) == ("sla", 0, "within")
