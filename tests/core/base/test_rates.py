"""Rate limits count in windows: events stop counting up to one window early, never late."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from questionnaire.core.base.rates import Rate

DAY = Rate("a day", 10, timedelta(days=1), timedelta(hours=1))
moments = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 (bounds are naive)


@given(moments, st.timedeltas(timedelta(0), timedelta(days=2)))
def test_an_event_counts_for_its_period_or_up_to_one_window_less(at: datetime, after: timedelta) -> None:
    counts = DAY.window_start(at) > DAY.since(at + after)
    if after >= DAY.period:
        assert not counts
    if after < DAY.period - DAY.window:
        assert counts


def test_the_period_of_a_day_began_a_day_ago() -> None:
    assert DAY.since(datetime(2026, 10, 2, 8, tzinfo=UTC)) == datetime(2026, 10, 1, 8, tzinfo=UTC)


def test_a_window_of_an_hour_begins_on_the_hour() -> None:
    assert DAY.window_start(datetime(2026, 10, 2, 8, 59, 59, tzinfo=UTC)) == datetime(2026, 10, 2, 8, tzinfo=UTC)
