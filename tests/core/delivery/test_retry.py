from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from questionnaire.core.delivery.retry import LAST_PROBE, WAITS, Breaker, next_attempt

FRIDAY = datetime(2026, 10, 2, 15, 30, tzinfo=UTC)


def test_ten_attempts_span_seventy_five_hours() -> None:
    now, attempts = FRIDAY, 0
    while (due := next_attempt(attempts, now, 0.0)) is not None:
        now, attempts = due, attempts + 1
    assert attempts == 10
    assert now - FRIDAY == timedelta(hours=75, minutes=35, seconds=5)


def test_the_first_attempt_is_immediate_and_the_second_after_five_seconds() -> None:
    assert next_attempt(0, FRIDAY, 0.9) == FRIDAY
    assert next_attempt(1, FRIDAY, 0.0) == FRIDAY + timedelta(seconds=5)


def test_after_the_last_attempt_there_is_no_retry() -> None:
    assert next_attempt(10, FRIDAY, 0.5) is None
    assert next_attempt(11, FRIDAY, 0.5) is None


@given(st.integers(0, 9), st.floats(0, 1))
def test_jitter_lengthens_a_wait_by_a_tenth_at_most(attempt: int, jitter: float) -> None:
    due = next_attempt(attempt, FRIDAY, jitter)
    assert due is not None
    assert WAITS[attempt] <= due - FRIDAY <= WAITS[attempt] * 1.1


def test_a_breaker_opens_at_the_third_failure_and_one_answer_closes_it() -> None:
    breaker = Breaker().failed(FRIDAY).failed(FRIDAY)
    assert not breaker.is_open
    assert breaker.lets_through(probe=False)
    breaker = breaker.failed(FRIDAY)
    assert breaker.is_open
    assert not breaker.lets_through(probe=False)
    assert breaker.lets_through(probe=True)
    assert breaker.answered() == Breaker()


def test_an_unavailable_destination_is_probed_at_least_every_five_minutes() -> None:
    breaker, waits = Breaker(), list[timedelta]()
    for _ in range(100):
        breaker = breaker.failed(FRIDAY)
        if breaker.probe_at:
            waits.append(breaker.probe_at - FRIDAY)
    assert waits == sorted(waits)
    assert waits[0] == timedelta(seconds=15)
    assert max(waits) == LAST_PROBE
