"""Notifications to programs: what happened, for an endpoint of webhooks; and to administrators: a channel is off."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from questionnaire.notify.mail.headers import header_text
from questionnaire.notify.notification import Notification, Recipient


def webhook_event(
    endpoint: str, event_type: str, at: datetime, facts: Mapping[str, Any], sequence: int | None = None
) -> Notification:
    """To an endpoint, by its id. `facts` are JSON: ids, codes and links. `at` is when it happened."""
    values = {"type": event_type, "at": at, "facts": dict(facts), "sequence": sequence}
    return Notification("webhook_event", Recipient("", endpoint=endpoint), values)


def channel_off(to: str, channel: str, name: str, error: str, link: str, language: str) -> Notification:
    """To an administrator: nothing more is sent to a Slack hook or an endpoint of webhooks (`channel`), until somebody
    looks after it. `name` says which, `error` is its last answer, `link` leads to its settings."""
    values = {"channel": channel, "name": header_text(name), "error": header_text(error), "link": link}
    return Notification("channel_off", Recipient(to, language), values)


def slack_test(to: str, link: str, language: str) -> Notification:
    """To the administrator who asked for it, where their Slack messages go: the hook works."""
    return Notification("slack_test", Recipient(to, language), {"link": link})


KINDS: Mapping[str, Callable[..., Notification]] = {
    "webhook_event": webhook_event,
    "channel_off": channel_off,
    "slack_test": slack_test,
}
