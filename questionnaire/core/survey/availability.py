"""Who may answer a survey: while it is open anyone, while it is paused those who began before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, get_args

SurveyState = Literal["open", "paused", "closed", "archived"]
SURVEY_STATES: tuple[SurveyState, ...] = get_args(SurveyState)
TIME_TO_FINISH = timedelta(hours=1)
"""After a survey was paused, those who are answering can finish for this long."""


@dataclass(frozen=True, slots=True)
class Availability:
    """The state of a published survey, and since when; an open one names no moment."""

    state: SurveyState = "open"
    since: datetime | None = None

    @property
    def is_open(self) -> bool:
        return self.state == "open"

    def accepts(self, now: datetime, *, started: bool) -> bool:
        """Whether a visitor may go on; `started`: the request comes from a page that was open already."""
        if self.state == "paused" and started and self.since is not None:
            return now < self.since + TIME_TO_FINISH
        return self.is_open


OPEN = Availability()


def next_states(state: SurveyState, *, is_published: bool) -> tuple[SurveyState, ...]:
    """What people can make of a survey. One that was never published is a draft, or in the archive."""
    if not is_published:
        return ("open",) if state == "archived" else ("archived",)
    following: dict[SurveyState, tuple[SurveyState, ...]] = {
        "open": ("paused", "closed"),
        "paused": ("open", "closed"),
        "closed": ("open", "archived"),
        "archived": ("closed",),
    }
    return following[state]
