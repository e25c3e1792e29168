"""E-mail as a channel: over SMTP when the operator named a server, else into the mailbox page."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import Protocol

from questionnaire.core.identity.email_address import deliverable_email
from questionnaire.notify.channel import Delivery, Payload, Preview
from questionnaire.notify.mail.mail_look import MailPicture
from questionnaire.notify.mail.mail_rendering import render_mail
from questionnaire.notify.mail.mailbox import Mailbox
from questionnaire.notify.mail.message import CALENDAR_FILE, Envelope, HeadersDiffer, Mail, envelope
from questionnaire.notify.mail.smtp import Smtp
from questionnaire.notify.notification import Notification, Recipient
from questionnaire.notify.result import Delivered, Failed
from questionnaire.settings import Settings

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Transport(Protocol):
    @property
    def destination(self) -> str: ...

    def takes_utf8(self) -> bool:
        """Whether it takes addresses with letters beyond ASCII before the `@` (SMTPUTF8)."""
        ...

    def send(self, envelope: Envelope) -> Delivered | Failed: ...


@dataclass(frozen=True, slots=True)
class MailChannel:
    """`sender` is `Name <address>`, `reply_to` gets the replies to mails that name nobody else, "" for the sender. The
    payload is a Mail without its address."""

    transport: Transport
    sender: str
    reply_to: str = ""

    @classmethod
    def of(cls, settings: Settings) -> MailChannel:
        return cls(Smtp(settings.smtp) if settings.smtp else Mailbox(), settings.mail_from, settings.reply_to)

    def address(self, recipient: Recipient) -> str:
        return recipient.email

    def destination(self, address: str) -> str:
        return self.transport.destination

    def reaches(self, address: str) -> bool:
        to = deliverable_email(address)
        if to is None or not (to.isascii() or self.transport.takes_utf8()):
            return False
        try:
            envelope(Mail("", address, "", "", ""), "<reaches@localhost>", self.sender, _EPOCH)
        except HeadersDiffer:
            return False
        return True

    def render(self, notification: Notification) -> Payload:
        return payload_of(render_mail(notification))

    def send(self, delivery: Delivery) -> Delivered | Failed:
        try:
            mail = mail_of(delivery.kind, delivery.recipient, delivery.payload)
            mail = replace(mail, reply_to=mail.reply_to or self.reply_to)
            ready = envelope(mail, delivery.message_id, self.sender, delivery.created_at, delivery.images)
        except HeadersDiffer as error:
            return Failed(f"the message cannot be written: {error}", retryable=False, destination_down=False)
        return self.transport.send(ready)

    def preview(self, payload: Payload) -> Preview:
        fields = [(str(name), str(value)) for name, value in payload.get("headers", {}).items()]
        if payload.get("reply_to"):
            fields.insert(0, ("Reply-To", str(payload["reply_to"])))
        if payload.get("calendar"):
            fields.append(("Attachment", CALENDAR_FILE))
        return Preview(str(payload["subject"]), str(payload["text"]), tuple(fields))


def payload_of(mail: Mail) -> Payload:
    return {
        "subject": mail.subject,
        "text": mail.text,
        "html": mail.html,
        "headers": dict(mail.headers),
        "reply_to": mail.reply_to,
        **({"calendar": mail.calendar} if mail.calendar else {}),
        **({"pictures": [asdict(picture) for picture in mail.pictures]} if mail.pictures else {}),
    }


def mail_of(kind: str, recipient: str, payload: Payload) -> Mail:
    return Mail(
        kind=kind,
        to=recipient,
        subject=payload["subject"],
        text=payload["text"],
        html=payload["html"],
        reply_to=payload["reply_to"],
        headers=payload["headers"],
        calendar=payload.get("calendar", ""),
        pictures=pictures_of(payload),
    )


def pictures_of(payload: Payload) -> tuple[MailPicture, ...]:
    """The pictures that a message needs when it is sent; none of another channel's."""
    return tuple(MailPicture(**one) for one in payload.get("pictures", ()))
