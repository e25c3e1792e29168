"""Who may answer a survey that is paused, closed or archived."""

from __future__ import annotations

from datetime import timedelta

import pytest

from questionnaire.core.survey.availability import OPEN, SURVEY_STATES, Availability, SurveyState, next_states
from tests.rows import FRIDAY


@pytest.mark.parametrize(
    ("state", "at_once", "after_an_hour"),
    [("open", True, True), ("paused", True, False), ("closed", False, False), ("archived", False, False)],
)
def test_only_a_pause_lets_people_finish_and_for_an_hour(
    state: SurveyState, at_once: bool, after_an_hour: bool
) -> None:
    now = Availability(state, FRIDAY)
    assert now.accepts(FRIDAY + timedelta(minutes=59), started=True) is at_once
    assert now.accepts(FRIDAY + timedelta(minutes=60), started=True) is after_an_hour
    assert now.accepts(FRIDAY, started=False) is (state == "open")
    assert OPEN.accepts(FRIDAY, started=False)


def test_every_step_can_be_taken_back() -> None:
    for state in SURVEY_STATES:
        for following in next_states(state, is_published=True):
            way_back = {following}
            for _ in SURVEY_STATES:
                way_back |= {after for one in way_back for after in next_states(one, is_published=True)}
            assert state in way_back
    assert next_states("open", is_published=False) == ("archived",)
    assert next_states("archived", is_published=False) == ("open",)
