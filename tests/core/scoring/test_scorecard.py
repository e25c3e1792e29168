"""The scorecard: points with their source; exact scores, inclusive thresholds, caps."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaire.core.scoring.scorecard import Scorecard, score
from tests.cast import anna, anna_again, assess_lead, bruno, marc, sofia, tom
from tests.core.authoring import assessed, filled, gathered, policy, refused_policy, signal


def scored(answers: str, change: str = "{}", now: str = "2026-10-02 12:00") -> Scorecard:
    judged = policy(change)
    return score(judged, gathered(filled(answers), judged=judged, now=now))


def test_every_known_criterion_is_a_contribution_zero_included() -> None:
    card = scored("{size: large, sector: other}")
    assert [(one.criterion, one.level, one.points, one.best, one.source) for one in card.fit.contributions] == [
        ("size", "core", 30, 30, "answer size = large"),
        ("sector", "other", 0, 20, "answer sector = other"),
    ]
    assert (card.fit.score, card.fit.raw, card.fit.max) == (30, 30, 100)


@pytest.mark.parametrize(
    ("levels", "grade"),
    [("core: 40", "A"), ("core: 39", "B"), ("core: 20", "B"), ("core: 19", "C"), ("core: 0", "C")],
)
def test_grades_are_inclusive(levels: str, grade: str) -> None:
    assert scored("size: large", f"fit: {{criteria: {{size: {{levels: {{{levels}}}}}}}}}").fit.grade == grade


@pytest.mark.parametrize(("points", "level"), [(60, "hot"), (59, "warm"), (30, "warm"), (29, "cold"), (0, "cold")])
def test_timing_thresholds_are_inclusive(points: int, level: str) -> None:
    change = f"timing: {{criteria: {{timeline: {{levels: {{later: {points}}}}}}}}}"
    assert scored("timeline: later", change).timing.level == level


def test_an_axis_is_capped_and_shows_its_raw_sum() -> None:
    card = scored("{size: large, sector: saas, timeline: soon}", "{fit: {max: 45}, timing: {max: 50}}")
    assert (card.fit.raw, card.fit.score) == (50, 45)
    assert (card.timing.raw, card.timing.score) == (60, 50)


FIVE = "fit: {completeness: {of: [size, sector, budget, x, y]}}"
SIX = "fit: {completeness: {minimum: 60%, of: [size, sector, budget, [zone, timeline], x, y]}}"


@pytest.mark.parametrize(
    ("change", "answers", "known", "of", "enough"),
    [
        ("{}", "{size: large, sector: saas}", 2, 3, True),
        ("{}", "size: large", 1, 3, False),
        (FIVE, "{size: large, sector: saas, timeline: soon, budget: 'no'}", 3, 5, True),
        (SIX, "{size: large, sector: saas, timeline: later}", 3, 6, False),
        (SIX, "{size: large, sector: saas, timeline: soon, budget: 'no'}", 4, 6, True),
    ],
)  # fmt: skip
def test_completeness_is_compared_exactly(change: str, answers: str, known: int, of: int, enough: bool) -> None:
    completeness = scored(answers, change).fit.completeness
    assert (completeness.known, completeness.of, completeness.enough) == (known, of, enough)


def test_a_group_counts_once_and_is_known_if_any_member_is() -> None:
    change = "fit: {completeness: {of: [[size, sector], budget]}}"
    assert scored("{size: large, sector: saas}", change).fit.completeness.known == 1
    missing = scored("sector: saas", change).fit.completeness
    assert (missing.known, missing.missing) == (1, ("budget",))


def test_unknown_is_not_zero() -> None:
    unsure = scored("size: unsure").fit
    assert (unsure.score, unsure.completeness.known, unsure.contributions) == (0, 0, ())
    known_zero = scored("size: micro").fit
    assert (known_zero.score, known_zero.completeness.known) == (0, 1)


def test_an_expired_declaration_scores_zero_and_has_its_date() -> None:
    card = scored("timeline: soon", now="2027-01-02 00:00")
    assert (card.timing.score, card.timing.contributions) == (0, ())
    lapsed = card.timing.lapsed[0]
    assert (lapsed.criterion, lapsed.level, str(lapsed.declared_on), str(lapsed.expired_on)) == (
        "timeline", "soon", "2026-10-02", "2027-01-02"
    )  # fmt: skip


def test_the_total_sums_the_capped_scores_of_the_axes_in_the_policy() -> None:
    judged = policy("{mql: {total_of: [fit, timing]}, fit: {max: 45}}")
    evidence = gathered(filled("{size: large, sector: saas, timeline: soon}"), judged=judged, signals=[signal("demo")])
    card = score(judged, evidence)
    assert card.total == 45 + 60
    assert card.label == "A1"
    assert [seen.signal for seen in card.intent.strong] == ["demo"]


@pytest.mark.parametrize(
    ("change", "code"),
    [("fit: {grades: {A: 20, B: 20, C: 0}}", "grades"), ("fit: {grades: {A: 40, B: 20, C: 5}}", "grades"),
     ("timing: {levels: {hot: 30, warm: 60}}", "heat"),
     ("fit: {criteria: {size: {levels: {core: -101}}}}", "wrong_value"), ("mql: {threshold: -1}", "wrong_value"),
     ("fit: {criteria: {size: {levels: {core: true}}}}", "wrong_value")],
)  # fmt: skip
def test_thresholds_fall_and_points_have_limits(change: str, code: str) -> None:
    assert {problem.code for problem in refused_policy(change)} == {code}


def test_the_six_prospects_have_the_expected_scores() -> None:
    cast = {"anna": anna(), "tom": tom(), "sofia": sofia(), "bruno": bruno(), "marc": marc()}
    cards = {name: assess_lead(lead).scorecard for name, lead in cast.items()}
    cards["anna again"] = assess_lead(anna(), anna_again()).scorecard
    said = {
        name: (card.fit.score, card.intent.score, card.timing.score, card.timing.level, card.label, card.total)
        for name, card in cards.items()
    }
    assert said == {
        "anna": (62, 85, 60, "hot", "A1", 147), "tom": (38, 30, 15, "cold", "B2", 68),
        "sofia": (53, 50, 40, "warm", "A1", 103), "bruno": (0, 65, 0, "cold", "C1", 65),
        "marc": (58, 65, 60, "hot", "A1", 123), "anna again": (60, 85, 40, "warm", "A1", 145),
    }  # fmt: skip
    assert [(group.group, group.raw, group.capped) for group in cards["tom"].intent.groups] == [
        ("content", 15, 15), ("survey", 15, 15)
    ]  # fmt: skip
    assert {seen.signal: seen.strength for seen in cards["tom"].intent.signals} == {
        "case_study_request": "medium", "whitepaper_download": "medium", "survey_completed": "medium"
    }  # fmt: skip


AGAINST = """{fit: {criteria: {size: {levels: {micro: -40}}}},
    intent: {signals: {visit: {points: -20, max: 30}}}}"""


def test_points_may_count_against_a_lead_and_an_axis_never_falls_below_0() -> None:
    judged = policy(AGAINST)
    small = assessed(filled("{size: micro, sector: saas, timeline: soon}"), judged=judged, signals=[signal("visit")])
    card = small.scorecard
    assert (card.fit.raw, card.fit.score, card.intent.raw, card.intent.score) == (-20, 0, -20, 0)
    assert (card.total, card.label, card.fit.has_negative) == (0, "C3", True)
    assert [item.points for item in card.fit.contributions] == [-40, 20]


def test_the_cap_of_a_signal_limits_what_it_takes_and_that_of_a_group_only_what_it_gives() -> None:
    thrice = [signal("visit", f"2026-10-0{day} 09:00") for day in (1, 2)] + [signal("visit")]
    assert assessed(judged=policy(AGAINST), signals=thrice).scorecard.intent.raw == 50 - 30
    uncapped = policy("intent: {groups: {web: 5}, signals: {visit: {points: -20}}}")
    assert assessed(judged=uncapped, signals=thrice).scorecard.intent.raw == 50 - 60
    once = policy("intent: {signals: {visit: {points: -20, count: once}}}")
    assert assessed(judged=once, signals=thrice).scorecard.intent.raw == 50 - 20


def test_a_penalty_decays_like_any_other_points() -> None:
    fading = policy("intent: {signals: {visit: {points: -20, window: null, decay: {every: P7D, by: 50%}}}}")
    assert assessed(judged=fading, signals=[signal("visit", "2026-09-25 12:00")]).scorecard.intent.raw == 40


def test_a_criterion_of_penalties_alone_has_no_best_points() -> None:
    assert policy("fit: {criteria: {budget: {levels: {allocated: -5, none: -10}}}}").criteria["budget"].best == 0


@given(st.lists(st.integers(-100, 100), min_size=3, max_size=3), st.integers(-100, 100))
def test_no_axis_is_ever_negative_or_above_its_maximum(levels: list[int], visit: int) -> None:
    size, sector, budget = levels
    judged = policy(
        f"{{fit: {{criteria: {{size: {{levels: {{core: {size}}}}}, sector: {{levels: {{priority: {sector}}}}},"
        f"budget: {{levels: {{allocated: {budget}}}}}}}}}, intent: {{signals: {{visit: {{points: {visit}}}}}}}}}"
    )
    card = assessed(judged=judged, signals=[signal("visit")]).scorecard
    for axis in (card.fit, card.intent, card.timing):
        assert 0 <= axis.score <= axis.max
        assert axis.score == max(0, min(axis.raw, axis.max))
