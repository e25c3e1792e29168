"""How often something may happen: so many times in a period, counted in windows of time.

Counting in windows keeps a few small rows per subject instead of one per event. A window counts as long as its start
lies in the period, so that the oldest events are forgotten up to one window early, never late.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Rate:
    """At most `most` in `period`; `window` is how finely time is counted and divides the period."""

    name: str
    most: int
    period: timedelta
    window: timedelta

    def window_start(self, at: datetime) -> datetime:
        return at - (at - _EPOCH) % self.window

    def since(self, at: datetime) -> datetime:
        """Windows that began after this moment count."""
        return at - self.period
