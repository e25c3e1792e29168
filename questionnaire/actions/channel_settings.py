"""What administrators set for Slack and webhooks, as the channels need it: decrypted, by the addresses of people.

Hooks and secrets are stored encrypted with the secret key (encryption.py). They are decrypted here and nowhere else,
and stand neither in logs nor on pages.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from questionnaire.actions import company_settings
from questionnaire.actions.errors import DatabaseUnavailable, SchemaOutdated
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.delivery.channel_settings import (
    FULL,
    ChannelSettings,
    SlackPerson,
    SlackSettings,
    WebhookEndpoint,
    live_secrets,
)
from questionnaire.encryption import decrypt, encrypt
from questionnaire.settings import Settings
from questionnaire.storage import Session
from questionnaire.storage.delivery import webhook_endpoints
from questionnaire.storage.people import settings_store, staff
from questionnaire.storage.tables import WebhookEndpointRow

SLACK = "slack"
"""Name of the stored setting: hooks encrypted, people by their id on the staff, broken hooks by address."""
_SLACK_HOOK, _WEBHOOK_SECRET = "slack hook", "webhook secret"


def settings(toolbox: Toolbox, *, fresh: bool = False) -> Settings:
    """Everything the channels read. `fresh`: as it is stored now, for what is about to be sent."""
    return replace(company_settings.settings(toolbox), channels=channels(toolbox, fresh=fresh))


def channels(toolbox: Toolbox, *, fresh: bool = False) -> ChannelSettings:
    """A process reads them again after two seconds; the one that stores a change goes by it at once (`forget`)."""
    now, known = toolbox.now(), toolbox.versions.channels
    if known is not None and not fresh and now < known[1]:
        return known[0]
    try:
        with toolbox.database.reading() as session:
            found = ChannelSettings(slack(toolbox, session), _webhooks(toolbox, session, now))
    except (DatabaseUnavailable, SchemaOutdated):
        return known[0] if known is not None else ChannelSettings()
    toolbox.versions.channels = (found, now + company_settings.FRESH_FOR)
    return found


def forget(toolbox: Toolbox) -> None:
    """After a change."""
    toolbox.versions.channels = None


def slack(toolbox: Toolbox, session: Session) -> SlackSettings:
    stored = settings_store.find(session, SLACK) or {}
    people: Mapping[str, Mapping[str, Any]] = stored.get("people") or {}
    emails = {person.id: person.email for person in staff.all_staff(session)} if people else {}
    return SlackSettings(
        hook=read_hook(toolbox, stored.get("hook")),
        shows=stored.get("shows") or FULL,
        people={
            emails[staff_id]: SlackPerson(read_hook(toolbox, own.get("hook")), own.get("member") or "")
            for staff_id, own in people.items()
            if staff_id in emails
        },
        broken=frozenset(stored.get("broken") or ()),
    )


def _webhooks(toolbox: Toolbox, session: Session, now: datetime) -> dict[str, WebhookEndpoint]:
    return {
        row.id: WebhookEndpoint(row.id, row.url, _secrets(toolbox, row, now), row.state == webhook_endpoints.ON)
        for row in webhook_endpoints.all_endpoints(session)
    }


def _secrets(toolbox: Toolbox, row: WebhookEndpointRow, now: datetime) -> tuple[str, ...]:
    secret, former = read_secret(toolbox, row.secret), read_secret(toolbox, row.former_secret)
    # Without the newest one, a receiver that has it could verify nothing.
    return live_secrets(secret, former, row.former_until, now) if secret else ()


def read_hook(toolbox: Toolbox, token: str | None) -> str:
    """ "" without a hook, and when the secret key that encrypted it is gone."""
    return decrypt(toolbox.settings.secret_keys, _SLACK_HOOK, token) or "" if token else ""


def write_hook(toolbox: Toolbox, hook: str) -> str:
    return encrypt(toolbox.settings.secret_keys, _SLACK_HOOK, hook) if hook else ""


def read_secret(toolbox: Toolbox, token: str) -> str:
    return decrypt(toolbox.settings.secret_keys, _WEBHOOK_SECRET, token) or "" if token else ""


def write_secret(toolbox: Toolbox, secret: str) -> str:
    return encrypt(toolbox.settings.secret_keys, _WEBHOOK_SECRET, secret)
