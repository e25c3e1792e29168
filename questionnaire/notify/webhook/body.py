"""The body of a webhook: type, time of the event, version of the format, and what happened."""

from __future__ import annotations

import json
from datetime import UTC
from typing import Any

from questionnaire.notify.notification import Notification

VERSION = 1
"""Of the format. A new field does not change it; a field that is renamed, removed or means something else does."""


def webhook_body(notification: Notification) -> dict[str, Any]:
    """`sequence` orders what happened to leads; it is there for those events only."""
    context = notification.context
    moment = context["at"].astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    sequence = {} if context["sequence"] is None else {"sequence": context["sequence"]}
    return {
        "type": context["type"],
        "timestamp": moment,
        "version": VERSION,
        **sequence,
        "data": context["facts"],
    }


def body_text(body: dict[str, Any]) -> str:
    """The same text for every attempt."""
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))
