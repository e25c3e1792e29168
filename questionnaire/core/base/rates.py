"""Rate limits: at most so many events per period, counted in time windows.

Windows need a few small rows per subject instead of one row per event. A window counts while its start is in the
period. So the oldest events stop counting up to one window early, never late.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Rate:
    """At most `most` events in `period`. `window` is the length of a counting window; it divides the period."""

    name: str
    most: int
    period: timedelta
    window: timedelta

    def window_start(self, at: datetime) -> datetime:
        return at - (at - _EPOCH) % self.window

    def since(self, at: datetime) -> datetime:
        """Windows that began after this instant count."""
        return at - self.period
