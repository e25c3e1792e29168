"""Who skipped a question or was sent to an ending, of those who came past it."""

from __future__ import annotations

from fractions import Fraction

from questionnaire.core.survey.funnel import SurveyVisit
from questionnaire.core.survey.journey_shares import FEWEST, journey_shares

NAMES = ("size", "budget", "plans")


def _visit(*seen: str, completed: bool = False, ending: str = "") -> SurveyVisit:
    return SurveyVisit(frozenset(seen), frozenset(seen[:1]), completed=completed, ending=ending)


def test_who_skipped_is_counted_among_those_who_came_past() -> None:
    through, skipping = _visit(*NAMES, completed=True), _visit("size", "plans", completed=True)
    leaving, looking = _visit("size"), SurveyVisit(frozenset({"size"}))
    found = journey_shares(NAMES, [*[through] * 20, *[skipping] * 10, *[leaving] * 5, looking])
    assert found.visits == 35
    assert found.skipped == {"size": 0, "budget": Fraction(10, 30), "plans": 0}


def test_who_completed_without_the_last_question_skipped_it() -> None:
    found = journey_shares(NAMES, [_visit("size", completed=True)] * FEWEST)
    assert found.skipped == {"size": 0, "budget": 1, "plans": 1}


def test_few_visitors_have_no_shares_and_endings_count_among_all() -> None:
    assert journey_shares(NAMES, [_visit("size", ending="small")] * (FEWEST - 1)).ended == {}
    found = journey_shares(NAMES, [*[_visit("size", ending="small")] * 10, *[_visit(*NAMES)] * 30])
    assert found.ended == {"small": Fraction(1, 4)}
    assert found.skipped["budget"] == 0
