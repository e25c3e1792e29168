"""The channels there are, and which of them takes a notification."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from questionnaire.notify.channel import Channel, Delivery, Payload, Preview
from questionnaire.notify.mail.mail_channel import MailChannel
from questionnaire.notify.notification import Notification, Recipient
from questionnaire.notify.result import IN_MAILBOX, Delivered
from questionnaire.notify.slack.slack_channel import SlackChannel
from questionnaire.notify.webhook.webhook_channel import WebhookChannel
from questionnaire.settings import Settings

CHANNELS: dict[str, Callable[[Settings], Channel]] = {
    "mail": MailChannel.of,
    "slack": SlackChannel.of,
    "webhook": WebhookChannel.of,
}
OF_OWNERS = frozenset(
    {"lead_assigned", "lead_in_queue", "new_answers", "sla_warning", "sla_breached", "lead_moved", "feedback_due"}
)
"""Kinds about a lead that is handed to a rep, or waits for one: these go to Slack too."""
DIGESTS_OF_OWNERS = OF_OWNERS - {"lead_in_queue", "sla_breached"}
"""What digests on Slack are of. Of the others each manager has a digest of their own, all of one channel."""

_ALONE: Mapping[str, str] = {"webhook_event": "webhook", "slack_test": "slack"}
"""Kinds that one channel alone takes."""


@dataclass(frozen=True, slots=True)
class ChannelMessage:
    """A notification rendered for one channel, ready to be stored: `recipient` is an address of that channel."""

    kind: str
    channel: str
    recipient: str
    destination: str
    payload: Payload


@dataclass(frozen=True, slots=True)
class DemoChannel:
    """Any channel in the demo: what it would send is shown in the outbox and sent nowhere."""

    channel: Channel

    def address(self, recipient: Recipient) -> str:
        return self.channel.address(recipient)

    def destination(self, address: str) -> str:
        return "mailbox"

    def reaches(self, address: str) -> bool:
        return True

    def render(self, notification: Notification) -> Payload:
        return self.channel.render(notification)

    def send(self, delivery: Delivery) -> Delivered:
        return Delivered(IN_MAILBOX)

    def preview(self, payload: Payload) -> Preview:
        return self.channel.preview(payload)


def channels_for(kind: str, recipient: Recipient, of: str = "") -> tuple[str, ...]:  # noqa: ARG001 (a choice may go by the recipient)
    """The channels that take a notification of this kind for this recipient, by their names in CHANNELS. `of` is the
    kind that a digest gathers."""
    if kind in _ALONE:
        return (_ALONE[kind],)
    return ("mail", "slack") if kind in OF_OWNERS or of in DIGESTS_OF_OWNERS else ("mail",)


def channels_of(notification: Notification) -> tuple[str, ...]:
    return channels_for(notification.kind, notification.recipient, str(notification.context.get("what", "")))


def open_channel(name: str, settings: Settings) -> Channel:
    channel = CHANNELS[name](settings)
    return DemoChannel(channel) if settings.demo else channel


def render(notification: Notification, settings: Settings) -> tuple[ChannelMessage, ...]:
    """One message for each channel that takes the notification and reaches its recipient."""
    messages = []
    for name in channels_of(notification):
        channel = open_channel(name, settings)
        if address := channel.address(notification.recipient):
            payload = channel.render(notification)
            messages.append(ChannelMessage(notification.kind, name, address, channel.destination(address), payload))
    return tuple(messages)


def preview(channel: str, kind: str, payload: Payload, settings: Settings) -> Preview:
    """What the outbox shows; the bare payload when its channel is no longer registered."""
    if channel not in CHANNELS:
        return Preview(kind, json.dumps(dict(payload), ensure_ascii=False, indent=2))
    return open_channel(channel, settings).preview(payload)
