"""Pictures and logos of surveys and the sender's logo, under addresses that change with what they show."""

from __future__ import annotations

import re

from flask import Blueprint, Response, abort, g, make_response

from questionnaire.actions.publishing import publish_version
from questionnaire.web.http.access import public
from questionnaire.web.http.context import theme, toolbox
from questionnaire.web.http.rendering import logo_address
from questionnaire.web.http.security_headers import YEAR

_OURS = re.compile(r"[0-9a-f]{32}-\d{1,5}x\d{1,5}\.webp")

blueprint = Blueprint("images", __name__)


@blueprint.get("/pictures/<name>")
@public
def show(name: str) -> Response:
    sender = theme()
    if logo_address(sender) == f"/pictures/{name}":
        return _lasting(sender.logo, "image/png" if sender.logo.startswith(b"\x89PNG") else "image/jpeg")
    content = publish_version.picture(toolbox(), name) if _OURS.fullmatch(name) else None
    return _lasting(content, "image/webp") if content else abort(404)


def _lasting(content: bytes, kind: str) -> Response:
    response = make_response(content)
    response.content_type = kind
    response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    g.cacheable = True
    return response
