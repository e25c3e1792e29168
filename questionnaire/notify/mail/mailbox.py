"""No mail server is set: the outbox is the mailbox. Its page shows what would have been sent."""

from __future__ import annotations

from dataclasses import dataclass

from questionnaire.notify.mail.message import Envelope
from questionnaire.notify.result import IN_MAILBOX, Delivered


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Always accepts."""

    destination: str = "mailbox"

    def takes_utf8(self) -> bool:
        return True

    def send(self, envelope: Envelope) -> Delivered:
        return Delivered(IN_MAILBOX)
