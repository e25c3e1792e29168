"""Readiness probe: whether the database accepts writes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from questionnaire.actions.toolbox import Toolbox
from questionnaire.storage import health


@dataclass(frozen=True, slots=True)
class Readiness:
    """`problems` are codes for the log: level, write, disk, jobs. Late jobs alone do not make it unready."""

    ready: bool
    problems: tuple[str, ...] = ()


UNKNOWN = Readiness(ready=False, problems=("unknown",))
"""The state before the first probe."""


def readiness(toolbox: Toolbox, now: datetime) -> Readiness:
    """Probes the database; takes the write lock briefly. Never raises for a database that is busy or unreachable."""
    state = health.probe(toolbox.database, now)
    return Readiness(state.ready, state.problems)
