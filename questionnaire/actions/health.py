"""Whether the product can take answers."""

from __future__ import annotations

from datetime import datetime

from questionnaire.actions.toolbox import Toolbox
from questionnaire.storage import health
from questionnaire.storage.health import Health

UNKNOWN = Health(("unknown",))
"""Before the first probe: not ready."""


def probe(toolbox: Toolbox, now: datetime) -> Health:
    """Takes the write lock for a moment; never raises for a database that is busy, full or away."""
    return health.probe(toolbox.database, now)


__all__ = ["UNKNOWN", "Health", "probe"]
