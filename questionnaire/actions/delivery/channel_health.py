"""What the answers of an endpoint or a Slack hook say about it: it works, it fails, it is gone. One that fails for days
or is gone is switched off, and administrators are told by email.

A delivery that waits for it is given up at its next attempt, and can be sent again once somebody looked after it.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from urllib.parse import urlsplit

from questionnaire.actions import channel_settings
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.base.roles import Role
from questionnaire.core.delivery.channel_settings import COMPANY, is_given_up
from questionnaire.notify.result import SENT, Delivered, Failed
from questionnaire.storage import Session
from questionnaire.storage.delivery import webhook_endpoints
from questionnaire.storage.people import settings_store, staff
from questionnaire.storage.tables import DeliveryRow, StaffRow

JOB = "channel_off"
KIND = "channel_off"
SLACK, WEBHOOK = "slack", "webhook"


def note(toolbox: Toolbox, session: Session, row: DeliveryRow, result: Delivered | Failed, now: datetime) -> None:
    """In the transaction that records the result of an attempt."""
    if row.channel == WEBHOOK:
        _note_endpoint(toolbox, session, row.recipient, result, now)
    elif row.channel == SLACK and isinstance(result, Failed) and result.gone:
        _note_hook(toolbox, session, row.recipient, result.error, now)


def _note_endpoint(
    toolbox: Toolbox, session: Session, endpoint_id: str, result: Delivered | Failed, now: datetime
) -> None:
    row = webhook_endpoints.lock(session, endpoint_id)
    if row is None or row.state != webhook_endpoints.ON:
        return
    if isinstance(result, Delivered):
        if result.state != SENT:
            return
        row.failing_since, row.last_error, row.succeeded_at = None, "", now
    else:
        row.failing_since, row.last_error = row.failing_since or now, result.error[:500]
        if result.gone or is_given_up(row.failing_since, now):
            row.state, row.off_at = webhook_endpoints.OFF, now
            row.off_reason = "gone" if result.gone else "failing"
            _tell(toolbox, session, WEBHOOK, endpoint_id, now)
    session.flush()


def _note_hook(toolbox: Toolbox, session: Session, address: str, error: str, now: datetime) -> None:
    stored = dict(settings_store.find(session, channel_settings.SLACK) or {})
    broken = dict(stored.get("broken") or {})
    if address in broken:
        return
    broken[address] = {"error": error[:500], "at": now.isoformat()}
    settings_store.keep(session, channel_settings.SLACK, {**stored, "broken": broken}, now)
    channel_settings.forget(toolbox)
    _tell(toolbox, session, SLACK, address, now)


def _tell(toolbox: Toolbox, session: Session, channel: str, address: str, now: datetime) -> None:
    # Keys stand in the log, and the address of a hook may be that of a person.
    named = hashlib.sha256(address.encode()).hexdigest()[:16]
    key = f"{JOB}:{channel}:{named}:{now.isoformat()}"
    toolbox.queue.enqueue(session, JOB, key, {"channel": channel, "address": address})


def administrators(session: Session) -> tuple[StaffRow, ...]:
    return tuple(staff.with_role(session, Role.ADMIN))


def name_and_error(session: Session, channel: str, address: str) -> tuple[str, str]:
    """What people call it, and its last answer. A URL may hold a password in its path: only its host is told."""
    if channel == WEBHOOK:
        row = webhook_endpoints.get(session, address)
        return (urlsplit(row.url).hostname or "", row.last_error) if row is not None else ("", "")
    stored = settings_store.find(session, channel_settings.SLACK) or {}
    error = (stored.get("broken") or {}).get(address, {}).get("error", "")
    return "Slack" if address == COMPANY else address, str(error)
