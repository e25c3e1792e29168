"""Trying again: when the next attempt at something outside is due, and when a place is left alone for a while.

A mail server that is down for a weekend must lose nothing; one that is back must not wait for the morning. So each
mail has a long schedule of its own, and each destination a breaker that asks every few minutes whether it is back.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

# Waits before attempt 1, 2, …: ten attempts over 75 and a half hours. Source: safety rule 12.
WAITS = (
    timedelta(0),
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)
SPREAD = 0.1

FAILURES_TO_OPEN = 3
FIRST_PROBE = timedelta(seconds=15)
LAST_PROBE = timedelta(minutes=5)


def next_attempt(attempt: int, now: datetime, jitter: float) -> datetime | None:
    """When to try after `attempt` attempts were made, or None when that was the last one: a dead letter.

    `jitter` is from 0 to 1 and lengthens the wait by up to a tenth, so that what failed together comes back apart.
    """
    if attempt >= len(WAITS):
        return None
    return now + WAITS[attempt] * (1 + SPREAD * jitter)


@dataclass(frozen=True, slots=True)
class Breaker:
    """One destination. While it is open nothing goes there but a probe, at `probe_at`."""

    failures: int = 0
    probe_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        return self.probe_at is not None

    def lets_through(self, probe: bool) -> bool:
        return probe or not self.is_open

    def failed(self, now: datetime) -> Breaker:
        """The destination as a whole did not answer: open after three of these, probed ever less often."""
        failures = self.failures + 1
        if failures < FAILURES_TO_OPEN:
            return replace(self, failures=failures)
        wait = min(FIRST_PROBE * 2 ** min(failures - FAILURES_TO_OPEN, 10), LAST_PROBE)
        return Breaker(failures, now + wait)

    def answered(self) -> Breaker:
        """It is there, whatever it said: everything that waits may go."""
        return Breaker()
