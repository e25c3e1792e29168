"""The channels there are, and which of them takes a notification."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

from questionnaire.notify.channel import Channel, Payload, Preview
from questionnaire.notify.mail.mail_channel import MailChannel
from questionnaire.notify.notification import Notification, Recipient
from questionnaire.settings import Settings

CHANNELS: dict[str, Callable[[Settings], Channel]] = {
    "mail": MailChannel.of,
}


@dataclass(frozen=True, slots=True)
class ChannelMessage:
    """A notification rendered for one channel, ready to be stored: `recipient` is an address of that channel."""

    kind: str
    channel: str
    recipient: str
    destination: str
    payload: Payload


def channels_for(kind: str, recipient: Recipient) -> tuple[str, ...]:  # noqa: ARG001 (what a choice would go by)
    """The channels that take a notification of this kind for this person, by their names in CHANNELS."""
    return ("mail",)


def open_channel(name: str, settings: Settings) -> Channel:
    return CHANNELS[name](settings)


def render(notification: Notification, settings: Settings) -> tuple[ChannelMessage, ...]:
    """One message for each channel that takes the notification and reaches its recipient."""
    messages = []
    for name in channels_for(notification.kind, notification.recipient):
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
