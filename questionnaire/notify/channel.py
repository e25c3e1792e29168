"""What every channel must be able to do."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from questionnaire.notify.notification import Notification, Recipient
from questionnaire.notify.result import Delivered, Failed

Payload = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message to send. `recipient` is the channel's own address of the person, `payload` what the channel rendered,
    `message_id` the same for every attempt, so that a receiver can drop a second copy. `attempt_at` is now.
    `images` are the pictures that the payload names, as PNG, by its id for them."""

    kind: str
    recipient: str
    payload: Payload
    message_id: str
    created_at: datetime
    attempt_at: datetime
    images: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Preview:
    """A message as the outbox shows it: plain text, and fields with a name."""

    title: str
    text: str
    fields: tuple[tuple[str, str], ...] = ()


class Channel(Protocol):
    """A way out, made from the settings."""

    def address(self, recipient: Recipient) -> str:
        """Where this person is reached on this channel; "" when nowhere."""
        ...

    def destination(self, address: str) -> str:
        """The name of the server that takes messages for this address: what a circuit breaker is kept for."""
        ...

    def reaches(self, address: str) -> bool:
        """Whether a message can go to this address at all, so that none is announced that never leaves. May ask the
        server, briefly."""
        ...

    def render(self, notification: Notification) -> Payload:
        """The message as a JSON object. Reads templates; no network, no database."""
        ...

    def send(self, delivery: Delivery) -> Delivered | Failed:
        """One attempt. Raises nothing for what servers and networks do."""
        ...

    def preview(self, payload: Payload) -> Preview: ...


def message_id(cause: str, host: str) -> str:
    """`<…@host>`, the same for the same cause, so that a message sent twice by accident is shown once by its reader's
    program."""
    return f"<{hashlib.sha256(cause.encode()).hexdigest()[:40]}@{host}>"
