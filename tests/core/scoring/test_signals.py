"""INTENT signals: windows, decay, caps and strength."""

from __future__ import annotations

from fractions import Fraction

import pytest

from questionnaire.core.policy import Policy
from questionnaire.core.scoring.evidence import Signal
from questionnaire.core.scoring.scorecard import IntentScore, score_intent
from questionnaire.core.scoring.signals import SignalScore
from tests.core.authoring import NOON, filled, gathered, policy, refused_policy, signal


def intent(signals: str, *seen: Signal, now: str = NOON, more: str = "") -> IntentScore:
    """Returns the INTENT of a person without answers who emitted these signals."""
    judged = policy(f"intent: {{{more} signals: {{{signals}}}}}")
    return score_intent(judged, gathered(filled("{}", "2020-01-01 00:00"), judged=judged, signals=seen, now=now))


def one(signals: str, *seen: Signal, now: str = NOON) -> SignalScore | None:
    score = intent(signals, *seen, now=now)
    return score.signals[0] if score.signals else None


def points(signals: str, *seen: Signal, now: str = NOON) -> Fraction | int:
    return intent(signals, *seen, now=now).score


@pytest.mark.parametrize(
    ("window", "seen", "now", "counts"),
    [
        ("P30D", "2026-09-02 12:00:00", "2026-10-02 12:00:00", True),
        ("P30D", "2026-09-02 11:59:59", "2026-10-02 12:00:00", False),
        # 30 × 24 hours include the night of 25 October, which is one hour longer in Paris.
        ("P30D", "2026-10-02 13:00:00", "2026-11-01 12:00:00", True),
        ("P30D", "2026-10-02 12:59:59", "2026-11-01 12:00:00", False),
        ("P1M", "2026-10-01 12:00:00", "2026-11-01 12:00:00", True),
        ("P1M", "2026-10-01 11:59:59", "2026-11-01 12:00:00", False),
        # A month before 31 March is the last of February.
        ("P1M", "2026-02-28 12:00:00", "2026-03-31 12:00:00", True),
        ("P1M", "2026-02-28 11:59:59", "2026-03-31 12:00:00", False),
    ],
)
def test_a_window_runs_back_from_now_to_the_second_inclusive(window: str, seen: str, now: str, counts: bool) -> None:
    rule = f"call: {{points: 20, window: {window}}}"
    assert (one(rule, signal("call", seen), now=now) is not None) is counts


def test_without_window_or_decay_a_signal_counts_for_ever() -> None:
    assert points("call: {points: 20}", signal("call", "2021-01-01 00:00")) == 20


@pytest.mark.parametrize(
    ("now", "left"),
    [
        ("2026-01-31 12:00", 40), ("2026-02-28 11:59:59", 40), ("2026-02-28 12:00:00", 30), ("2026-03-31 11:59", 30),
        ("2026-03-31 12:00", 20), ("2026-04-30 12:00", 10), ("2026-05-31 11:59", 10), ("2026-05-31 12:00", None),
        ("2030-01-01 00:00", None),
    ],
)  # fmt: skip
def test_decay_takes_its_share_of_the_original_points_per_full_period(now: str, left: int | None) -> None:
    seen = one("call: {points: 40, decay: {every: P1M, by: 25%}}", signal("call", "2026-01-31 12:00"), now=now)
    assert (seen.points if seen else None) == left


def test_decay_stops_at_zero_and_is_exact() -> None:
    rule = "call: {points: 10, decay: {every: P10D, by: 33%}}"
    worth = [points(rule, signal("call", "2026-01-01 00:00"), now=f"2026-01-{day} 00:00") for day in ("11", "21", "31")]
    assert worth == [Fraction(67, 10), Fraction(34, 10), Fraction(1, 10)]
    assert points(rule, signal("call", "2026-01-01 00:00"), now="2026-02-10 00:00") == 0


def test_a_signal_has_a_window_or_a_decay_never_both() -> None:
    problems = refused_policy("intent: {signals: {call: {points: 1, window: P1M, decay: {every: P1M, by: 25%}}}}")
    assert [problem.code for problem in problems] == ["window_and_decay"]
    problems = refused_policy("intent: {signals: {call: {points: 1, decay: {every: P1M, by: 0%}}}}")
    assert [problem.code for problem in problems] == ["decay"]


def test_each_occurrence_counts_or_the_signal_once() -> None:
    twice = (signal("call"), signal("call", "2026-10-01 12:00"))
    assert points("call: {points: 20}", *twice) == 40
    assert points("call: {points: 20, count: once}", *twice) == 20
    decayed = "call: {points: 20, count: once, decay: {every: P1D, by: 50%}}"
    assert points(decayed, *twice) == 20


CAPS = """groups: {web: 30, content: 15},"""
CAPPED = """visit: {points: 20, group: web, max: 25}, pages: {points: 10, group: web},
    paper: {points: 5, group: content}, loose: {points: 50}, stray: {points: 10, group: nowhere}"""


@pytest.mark.parametrize(
    ("seen", "raw", "groups", "score"),
    [
        ("visit", 20, {"web": (20, 20)}, 20),
        ("visit visit", 25, {"web": (25, 25)}, 25),
        ("visit visit pages", 30, {"web": (35, 30)}, 30),
        ("visit visit pages paper paper paper paper", 45, {"web": (35, 30), "content": (20, 15)}, 45),
        ("visit visit pages paper paper paper loose", 95, {"web": (35, 30), "content": (15, 15)}, 90),
        ("stray loose", 60, {}, 60),
    ],
)  # fmt: skip
def test_caps_run_per_signal_then_group_then_axis(
    seen: str, raw: int, groups: dict[str, tuple[int, int]], score: int
) -> None:
    came = intent(CAPPED, *(signal(name) for name in seen.split()), more=f"max: 90, {CAPS}")
    assert (came.raw, came.score) == (raw, score)
    assert {group.group: (group.raw, group.capped) for group in came.groups} == groups


def test_the_explanation_shows_raw_and_capped() -> None:
    seen = one("call: {points: 20, max: 25}", signal("call"), signal("call"))
    assert seen is not None
    assert (seen.count, seen.raw, seen.points) == (2, 40, 25)
    assert seen.last == signal("call").at
    assert seen.source == "seen 2026-10-02"


def test_a_group_without_points_is_not_listed() -> None:
    assert intent("bounce: {points: 0, group: web, disengagement: true}", signal("bounce")).groups == ()


STRONG = "visit: {points: 20, strength: weak, strong_at: {count: 2, within: P30D}, count: once, window: P90D}"


@pytest.mark.parametrize(
    ("days", "strength"),
    [
        (["2026-10-01 12:00"], "weak"),
        (["2026-09-02 12:00:00", "2026-10-01 12:00"], "strong"),
        (["2026-09-02 11:59:59", "2026-10-01 12:00"], "weak"),
        (["2026-08-01 12:00", "2026-08-02 12:00"], "weak"),
    ],
)
def test_enough_occurrences_within_the_period_make_a_signal_strong(days: list[str], strength: str) -> None:
    seen = one(STRONG, *(signal("visit", day) for day in days))
    assert seen is not None
    assert (seen.strength, seen.points) == (strength, 20)


CONTENT = """paper: {points: 5, strength: weak, medium_at: {assets: 2}, group: content, window: P90D},
    study: {points: 10, strength: weak, medium_at: {assets: 2}, group: content, window: P90D},
    webinar: {points: 10, strength: weak, medium_at: {assets: 2}, group: web, window: P90D}"""


@pytest.mark.parametrize(
    ("seen", "strength"),
    [
        ([("paper", "a")], "weak"),
        ([("paper", "a"), ("paper", "a")], "weak"),
        ([("paper", "a"), ("paper", "b")], "medium"),
        ([("paper", "a"), ("study", "b")], "medium"),
        ([("paper", "a"), ("study", "a")], "weak"),
        ([("paper", "a"), ("study", None)], "medium"),
        ([("paper", None), ("paper", None)], "weak"),
        ([("paper", "a"), ("webinar", "b")], "weak"),
    ],
)
def test_different_assets_are_counted_over_the_signals_of_the_group(
    seen: list[tuple[str, str | None]], strength: str
) -> None:
    came = intent(CONTENT, *(signal(name, asset=asset) for name, asset in seen))
    assert {one.strength for one in came.signals if one.group == "content"} == {strength}


def test_assets_outside_their_window_or_the_time_do_not_count() -> None:
    seen = [signal("paper", "2026-06-01 12:00", "a"), signal("paper", asset="b")]
    assert [one.strength for one in intent(CONTENT, *seen).signals] == ["weak"]
    timed = "paper: {points: 5, medium_at: {assets: 2, within: P10D}}"
    assert one(timed, signal("paper", "2026-09-01 12:00", "a"), signal("paper", asset="b")).strength == "weak"  # type: ignore[union-attr]


def test_a_rise_may_require_count_and_assets_and_never_lowers_strength() -> None:
    both = "paper: {points: 5, strong_at: {count: 3, assets: 2}}"
    three = [signal("paper", asset="a"), signal("paper", asset="a"), signal("paper", asset="a")]
    assert [one.strength for one in intent(both, *three).signals] == ["weak"]
    assert [one.strength for one in intent(both, *three, signal("paper", asset="b")).signals] == ["strong"]
    higher = "paper: {points: 5, strength: strong, medium_at: {count: 1}}"
    assert [one.strength for one in intent(higher, signal("paper")).signals] == ["strong"]
    assert [
        problem.code for problem in refused_policy("intent: {signals: {a: {points: 1, strong_at: {within: P1D}}}}")
    ] == ["rise"]


@pytest.mark.parametrize(("points_", "rank"), [(40, 1), (39, 2), (20, 2), (19, 3), (0, 3)])
def test_ranks_are_inclusive(points_: int, rank: int) -> None:
    assert intent(f"call: {{points: {points_}}}", signal("call")).rank == rank


def test_unknown_signals_give_no_points() -> None:
    came = intent("call: {points: 20}", signal("telepathy"))
    assert (came.score, came.signals) == (0, ())
    assert not came.shows("telepathy")


def test_ranks_fall() -> None:
    assert [problem.code for problem in refused_policy("intent: {ranks: {1: 20, 2: 40, 3: 0}}")] == ["ranks"]


def test_the_minimal_policy_has_its_own_signals() -> None:
    judged: Policy = policy()
    assert list(judged.intent.signals) == ["demo", "visit"]
