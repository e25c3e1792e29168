"""Is it alive, is it ready. Strangers learn one word; the log learns why.

Whether it is ready is found out by taking the write lock, which a stranger must not be able to do at will: what was
found is kept for a few seconds, and one request at a time finds out again while the others are given what was known.
"""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

import structlog
from flask import Blueprint, Flask, Response, current_app, jsonify

from questionnaire.actions.health import UNKNOWN, Readiness, readiness
from questionnaire.actions.toolbox import Toolbox
from questionnaire.web.http.access import public
from questionnaire.web.http.context import now, toolbox

FRESH = timedelta(seconds=3)

blueprint = Blueprint("health", __name__)


class HealthCache:
    """The result of this process's last probe."""

    def __init__(self) -> None:
        self._probing = threading.Lock()
        self._found: Readiness = UNKNOWN
        self._until: datetime | None = None

    def look(self, toolbox: Toolbox, now: datetime) -> Readiness:
        """Not older than FRESH, unless somebody is finding out at this moment."""
        if self._until is not None and self._until - FRESH <= now < self._until:
            return self._found
        if not self._probing.acquire(blocking=False):
            return self._found
        try:
            self._found = readiness(toolbox, now)
            self._until = now + FRESH
            if self._found.problems:
                why = list(self._found.problems)
                structlog.get_logger("web").warning("not_ready", ready=self._found.ready, why=why)
            return self._found
        finally:
            self._probing.release()


def install(app: Flask) -> None:
    app.extensions["health"] = HealthCache()


@blueprint.get("/health/live")
@public
def live() -> Response:
    return jsonify(status="alive")


@blueprint.get("/health/ready")
@public
def ready() -> Response:
    cache: HealthCache = current_app.extensions["health"]
    if cache.look(toolbox(), now()).ready:
        return jsonify(status="ready")
    response = jsonify(status="not ready")
    response.status_code = 503
    response.headers["Retry-After"] = "5"
    return response
