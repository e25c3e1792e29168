"""What a job raises to say that it did not succeed for a known reason. Anything else it raises is a bug.

The name of the class stands before the error in the job's row, as in "DeliveryFailed: 550 no such mailbox".
"""

from __future__ import annotations

from datetime import datetime, timedelta


class JobFailed(Exception):
    """This attempt failed. `retryable`: try again by the schedule of core/delivery/retry.py; else the job is dead.

    `jitter`, from 0 to 1, lengthens the wait a little, so that what failed together does not come back together. `wait`
    is the least it must be, whatever the schedule says.
    """

    def __init__(self, error: str, *, retryable: bool, jitter: float = 0.0, wait: timedelta = timedelta(0)) -> None:
        self.retryable, self.jitter, self.wait = retryable, jitter, wait
        super().__init__(error)


class JobPostponed(Exception):
    """It could not be tried, or was tried ahead of its time: it waits until `not_before`, and no attempt is counted."""

    def __init__(self, error: str, not_before: datetime) -> None:
        self.not_before = not_before
        super().__init__(error)
