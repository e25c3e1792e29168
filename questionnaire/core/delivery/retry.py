"""Retry schedule of a delivery, and the circuit breaker of a destination.

When a mail server is down for a weekend, no email may be lost; when it is back, emails must not wait until morning. So
each email has its own long schedule, and each destination has a breaker that probes it every few minutes.
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
    """Returns when to try again after `attempt` attempts; None after the last one (dead letter).

    `jitter` from 0 to 1 lengthens the wait by up to 10%, so that deliveries that failed together are spread out.
    """
    if attempt >= len(WAITS):
        return None
    return now + WAITS[attempt] * (1 + SPREAD * jitter)


@dataclass(frozen=True, slots=True)
class Breaker:
    """The circuit breaker of one destination. While it is open, only a probe is sent, at `probe_at`."""

    failures: int = 0
    probe_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        return self.probe_at is not None

    def lets_through(self, probe: bool) -> bool:
        return probe or not self.is_open

    def failed(self, now: datetime) -> Breaker:
        """The destination did not answer. Opens after three failures; each further failure doubles the probe wait."""
        failures = self.failures + 1
        if failures < FAILURES_TO_OPEN:
            return replace(self, failures=failures)
        wait = min(FIRST_PROBE * 2 ** min(failures - FAILURES_TO_OPEN, 10), LAST_PROBE)
        return Breaker(failures, now + wait)

    def answered(self) -> Breaker:
        """The destination answered, whatever its answer: closed, so all waiting deliveries may be sent."""
        return Breaker()
