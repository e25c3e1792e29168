"""Is it alive, is it ready. Strangers learn one word; the log learns why."""

from __future__ import annotations

import structlog
from flask import Blueprint, Response, jsonify

from questionnaire.storage.health import probe
from questionnaire.web.access import public
from questionnaire.web.here import now, toolbox

blueprint = Blueprint("health", __name__)


@blueprint.get("/health/live")
@public
def live() -> Response:
    return jsonify(status="alive")


@blueprint.get("/health/ready")
@public
def ready() -> Response:
    found = probe(toolbox().database, now())
    if found.problems:
        structlog.get_logger("web").warning("not_ready", ready=found.ready, why=list(found.problems))
    if found.ready:
        return jsonify(status="ready")
    response = jsonify(status="not ready")
    response.status_code = 503
    response.headers["Retry-After"] = "5"
    return response
