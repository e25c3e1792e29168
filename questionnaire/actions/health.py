"""Is the product fit to take answers."""

from __future__ import annotations

from datetime import datetime

from questionnaire.actions.toolbox import Toolbox
from questionnaire.storage import health


def troubles(toolbox: Toolbox, now: datetime) -> tuple[str, ...]:
    """What keeps it from taking answers, in words for the log; empty when it is ready. Late jobs do not."""
    found = health.probe(toolbox.database, now)
    return () if found.ready else found.problems
