"""Claims of the check compared with all possible respondents: no false "impossible", no wrong bound."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from questionnaire.core.checks import check
from questionnaire.core.checks.block_goals import block_goals
from questionnaire.core.checks.build_model import build
from questionnaire.core.checks.compared_names import comparisons
from questionnaire.core.checks.findings import Bound, Findings, Notes
from questionnaire.core.checks.goals import Goal, goals
from questionnaire.core.checks.paths import check_paths
from questionnaire.core.checks.policy_formulas import PolicyFormulas
from questionnaire.core.checks.prove import Prover
from questionnaire.core.checks.prove_segments import meanings_of, segments_not_searched
from questionnaire.core.checks.reachability import check_reach
from questionnaire.core.checks.score_bounds import bounds, check_bands
from questionnaire.core.checks.score_ranges import ScoreRanges
from questionnaire.core.policy import Policy
from questionnaire.core.scoring.collect_evidence import _levels_of_fields
from questionnaire.core.scoring.levels import level_of_answer
from questionnaire.core.survey.maturity import Maturity
from questionnaire.core.survey.survey import Survey
from tests.core.checks.casts import anything, cast, gathered, measured, scored, scored_over_time, walks
from tests.core.checks.what_is_seen import unseen
from tests.proof.size import sized

SEEDS = {
    False: sized((4, 6, 7, 10), tuple(range(25))),
    True: sized((0, 1, 3, 8, 9, 11, 12, 15, 17, 19, 20, 23, 35), tuple(range(300))),
}
"""The small size has the fewest casts in which every question type, part that varies, gate, number of endings, change
of a segment and name in a condition of the first 25 of each kind occurs twice."""
# Searches over everybody whose lines other tests cover: measuring would double the time.
NOT_MEASURED = pytest.mark.no_cover
CASTS = [(seed, varied) for varied, seeds in SEEDS.items() for seed in seeds]


@pytest.mark.parametrize(("seed", "varied"), CASTS)
def test_bounds_equal_the_minimum_and_maximum_of_all_respondents(seed: int, varied: bool) -> None:
    _, survey, policy, _ = cast(seed, varied)
    model = build(survey, policy, comparisons(survey, policy))
    own = bounds(ScoreRanges(model))
    changed = [axis for segment in policy.segments for axis in ("fit", "timing", "intent")
               if getattr(policy.for_segment(segment.id), axis) != getattr(policy, axis)]  # fmt: skip
    assert all(getattr(own, axis) is None for axis in changed)
    model = build(survey, policy.model_copy(update={"segments": ()}), comparisons(survey, policy))
    cards, maturity = scored(seed, varied), measured(seed, varied)
    found = bounds(ScoreRanges(model))
    claims: list[tuple[Bound | None, list[Any]]] = [
        (found.fit, [card.fit.score for card in cards]),
        (found.timing, [card.timing.score for card in cards]),
        (found.intent, [card.intent.score for card in cards]),
        (found.maturity, [one.overall for one in maturity if one.overall is not None]),
        *((found.dimensions.get(name), [part.value for one in maturity for part in one.every if part.name == name])
          for name in survey.dimensions_by_name),
    ]  # fmt: skip
    for bound, seen in claims:
        if survey.calculated:
            # Amounts are taken from an interval: limits are wider than what answers reach, and never narrower.
            assert bound is None or _holds(bound, seen)
            continue
        assert (bound is None) == (not seen)
        if bound is not None:
            assert bound.exact
            assert (bound.least, bound.greatest) == (min(seen), max(seen))


@NOT_MEASURED
@pytest.mark.parametrize(("seed", "varied"), CASTS)
def test_exactly_the_unreachable_levels_and_bands_are_reported(seed: int, varied: bool) -> None:
    _, survey, policy, _ = cast(seed, varied)
    model = build(survey, policy, comparisons(survey, policy))
    mine, theirs = Notes(), Notes()
    ranges = ScoreRanges(model)
    check_paths(mine, model, ranges.people)
    check_bands(mine, ranges)
    check_reach(theirs, ranges, policy)
    told = {(one.code, one.where) for one in (*mine.problems, *theirs.problems)}
    evidence, cards = gathered(seed, varied), scored_over_time(seed, varied)
    expected: set[Any] = set()
    criteria_asked = {item.criterion for item in survey.items.values()}
    criteria_asked |= {field.criterion for field in survey.contact_fields}
    criteria_asked |= {field.criterion for field in survey.hidden_fields}
    criteria_asked |= {value.criterion for value in survey.calculated}
    for axis, criteria in (("fit", policy.fit.criteria), ("timing", policy.timing.criteria)):
        for name, criterion in criteria.items():
            reached = {one.known[name].level for one in evidence if name in one.known}
            expected |= {("level_unreachable", (axis, "criteria", name, "levels", level))
                         for level in criterion.levels if name in criteria_asked and level not in reached}  # fmt: skip
    expected |= {("grade_unreachable", ("fit", "grades", one)) for one in {*"ABC"} - {card.fit.grade for card in cards}}
    heats = {"hot", "warm", "cold"} - {card.timing.level for card in cards}
    expected |= {("heat_unreachable", ("timing", "levels", one)) for one in heats}
    if not any(card.fit.completeness.enough for card in cards):
        expected.add(("completeness_unreachable", ("fit", "completeness", "minimum")))
    expected |= unseen(survey) | _bands(survey, measured(seed, varied))
    if survey.calculated:
        assert {one for one in told - expected if not _is_idle(one, expected)} == set()
    else:
        assert told == expected - _levels_of_endings(survey, policy)


def _levels_of_endings(survey: Survey, policy: Policy) -> set[Any]:
    """The claims on levels that somebody gave who comes to an ending: they are there on purpose."""
    ended = [(path, one) for path, one in walks(survey) if path.journey.ending is not None]
    given = {(item.criterion, level_of_answer(policy, item, value)) for path, _ in ended
             for name, value in path.journey.answers.items() if (item := survey.items[name]).criterion}  # fmt: skip
    given |= {(known.criterion, known.level) for _, one in ended for known in _levels_of_fields(policy, [one])}
    return {("level_unreachable", (axis, "criteria", name, "levels", level))
            for axis in ("fit", "timing") for name, level in given}  # fmt: skip


def _is_idle(claim: Any, expected: set[Any]) -> bool:
    """Whether it says something of a part of a question that nobody sees."""
    unseen_places = [where[:-1] for code, where in expected if code == "never_shown"]
    return claim[0] == "always_shown" and any(claim[1][: len(place)] == place for place in unseen_places)


def _holds(bound: Bound, seen: list[Any]) -> bool:
    low, high = bound.limits or (bound.least, bound.greatest)
    return {bound.least, bound.greatest} <= {*seen} and low <= min(seen) and max(seen) <= high


def _bands(survey: Survey, maturity: list[Maturity]) -> set[Any]:
    overall = {one.band for one in maturity if one.band}
    expected = {("band_unreachable", ("report", "overall", index))
                for index, band in enumerate(survey.report.overall) if overall and band not in overall}  # fmt: skip
    parts = [part for one in maturity for part in one.every if part.name == "d1"]
    reached = {part.band for part in parts}
    bands = survey.report.dimensions["d1"] if parts else ()
    return expected | {("band_unreachable", ("report", "dimensions", "d1", index))
                       for index, band in enumerate(bands) if band not in reached}  # fmt: skip


@NOT_MEASURED
@pytest.mark.parametrize(("seed", "varied"), CASTS)
def test_no_result_of_a_respondent_is_called_impossible(seed: int, varied: bool) -> None:
    random, survey, policy, people = cast(seed, varied)
    impossible = [(segment, goal) for segment, goal, outcome in claims(seed, varied) if outcome == "impossible"]
    for _ in range(150):
        judged = anything(random, policy, random.choice(people), survey)
        wrong = [(segment, goal.what) for segment, goal in impossible
                 if judged.segment == segment and goal.holds(judged)]  # fmt: skip
        assert not wrong, (wrong, judged)


def parts(survey: Survey, policy: Policy) -> list[tuple[PolicyFormulas, ScoreRanges]]:
    """What is proved apart: the leads without a segment, and each segment."""
    if any(segments_not_searched(policy)):
        return []
    compared = comparisons(survey, policy)
    return list(meanings_of(ScoreRanges(build(survey, policy, compared)), policy, compared))


@cache
def claims(seed: int, varied: bool) -> list[tuple[str | None, Goal, str]]:
    """Each goal of this cast, with its segment and what was proved of it."""
    _, survey, policy, _ = cast(seed, varied)
    return [claim for meaning, ranges in parts(survey, policy) for claim in goals_proved(meaning, ranges)]


def goals_proved(meaning: PolicyFormulas, ranges: ScoreRanges) -> list[tuple[str | None, Goal, str]]:
    prover, segment = Prover(meaning, ranges), meaning.segment
    member = Goal("the segment", True, lambda judged: judged.segment == segment)
    every = (member, *goals(meaning), *block_goals(meaning))
    return [(segment, goal, prover.prove(goal).outcome) for goal in every]


@NOT_MEASURED
@pytest.mark.parametrize("varied", [False, True])
def test_nearly_every_claim_is_decided(varied: bool) -> None:
    said = [outcome for seed in sized(SEEDS[varied], range(12)) for *_, outcome in claims(seed, varied)]
    assert said.count("no example found") <= len(said) // (12 if varied else 50)


def test_a_survey_is_checked_the_same_way_twice() -> None:
    _, survey, policy, _ = cast(3)
    first, second = check(survey, policy), check(survey, policy)
    assert isinstance(first, Findings)
    assert first == second
