"""Readiness probe: whether the database accepts writes."""

from __future__ import annotations

from datetime import datetime

from questionnaire.actions.toolbox import Toolbox
from questionnaire.storage import health
from questionnaire.storage.health import Health

UNKNOWN = Health(("unknown",))
"""The state before the first probe: not ready."""


def probe(toolbox: Toolbox, now: datetime) -> Health:
    """Takes the write lock briefly. Never raises for a database that is busy, full or unreachable."""
    return health.probe(toolbox.database, now)


__all__ = ["UNKNOWN", "Health", "probe"]
