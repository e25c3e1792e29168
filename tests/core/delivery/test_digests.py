"""When emails are sent immediately, and when they are queued for a digest."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from questionnaire.core.delivery.digests import (
    LOST_AFTER,
    DigestState,
    Pace,
    after_digest,
    after_mail,
    after_queued,
    is_sent_immediately,
)

FRIDAY = datetime(2026, 10, 2, 8, 0, tzinfo=UTC)
PACE = Pace(2, timedelta(minutes=15))


def minutes(n: float) -> datetime:
    return FRIDAY + timedelta(minutes=n)


def test_the_first_emails_are_sent_immediately_and_the_next_are_queued() -> None:
    one = after_mail(DigestState(), PACE, minutes(0))
    two = after_mail(one, PACE, minutes(3))
    assert is_sent_immediately(one, PACE, minutes(3))
    assert not is_sent_immediately(two, PACE, minutes(4))
    waiting = after_queued(two, PACE, minutes(4))
    assert waiting.due_at == minutes(15)
    assert not is_sent_immediately(waiting, PACE, minutes(16)), "the digest goes first"
    assert after_queued(waiting, PACE, minutes(9)) == waiting
    assert is_sent_immediately(two, PACE, minutes(15))
    assert after_mail(two, PACE, minutes(15)) == DigestState(minutes(15), 1)


def test_a_digest_uses_up_the_window() -> None:
    waiting = DigestState(minutes(0), 2, minutes(15))
    after = after_digest(waiting, PACE, minutes(15), sent=True, more=False)
    assert not is_sent_immediately(after, PACE, minutes(29))
    assert is_sent_immediately(after, PACE, minutes(30))
    assert after_digest(waiting, PACE, minutes(15), sent=True, more=True).due_at == minutes(30)
    assert after_digest(waiting, PACE, minutes(15), sent=False, more=False) == DigestState(minutes(0), 2)


def test_a_queued_email_after_its_window_is_due_now() -> None:
    assert after_queued(DigestState(), PACE, minutes(1)).due_at == minutes(16)
    assert after_queued(DigestState(minutes(0), 2), PACE, minutes(20)).due_at == minutes(20)


def test_a_lost_digest_is_scheduled_again() -> None:
    lost = DigestState(minutes(0), 2, minutes(15))
    late = minutes(15) + LOST_AFTER
    assert after_queued(lost, PACE, late).due_at == late


@given(st.lists(st.floats(0, 120), max_size=60))
def test_a_person_gets_at_most_the_pace_and_one_digest_per_window(at: list[float]) -> None:
    mailed, singly, digests = DigestState(), 0, 0
    for moment in sorted(at):
        now = minutes(moment)
        if mailed.due_at is not None and mailed.due_at <= now:
            mailed, digests = after_digest(mailed, PACE, mailed.due_at, sent=True, more=False), digests + 1
        if is_sent_immediately(mailed, PACE, now):
            mailed, singly = after_mail(mailed, PACE, now), singly + 1
        else:
            mailed = after_queued(mailed, PACE, now)
    assert singly <= 2 * 9
    assert digests <= 8
