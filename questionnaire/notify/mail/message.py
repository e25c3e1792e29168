"""A Mail as the bytes that go over the wire, checked by reading them again."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes, policy
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from types import MappingProxyType

from questionnaire.core.identity.email_address import deliverable_email
from questionnaire.notify.mail.headers import answer_address, header_text
from questionnaire.notify.mail.mail_look import MailPicture

# RFC 5322 allows 998 octets.
_LONGEST_LINE = 990
NO_IMAGES: Mapping[str, bytes] = MappingProxyType({})
CALENDAR_FILE = "call.ics"
LINK_HEADER = "List-Unsubscribe"
# A server that answers mails by machine should leave these alone (RFC 3834).
_AUTOMATIC = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}


class HeadersDiffer(Exception):
    """What a receiver would read is not what was meant; such a message is never sent."""


@dataclass(frozen=True, slots=True)
class Mail:
    """One message to one address. `text` and `html` say the same; `headers` are further ones, such as References.

    `calendar` is an iCalendar file that is attached, "" for none; `pictures` are those that `html` shows.
    """

    kind: str
    to: str
    subject: str
    text: str
    html: str
    reply_to: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    calendar: str = ""
    pictures: tuple[MailPicture, ...] = ()


@dataclass(frozen=True, slots=True)
class Envelope:
    """What a channel carries: the addresses of the envelope, and the serialised message."""

    sender: str
    recipient: str
    content: bytes


def envelope(
    mail: Mail, identity: str, sender: str, at: datetime, images: Mapping[str, bytes] = NO_IMAGES
) -> Envelope:  # fmt: skip
    """The message with its headers. `identity` is its Message-ID, `sender` is `Name <address>`, `at` its date, `images`
    are the pictures of the mail as PNG, by their cid; of one that is missing its reader sees the alternative text.

    HeadersDiffer when the message cannot be written, or when reading the bytes again gives other headers than were
    put in. A Reply-To that cannot be written is left out: the mail matters more.
    """
    name, address = parseaddr(sender)
    to = deliverable_email(mail.to) or mail.to
    try:
        meant = _headers(mail, to, identity, header_text(name), address, at)
    except (MessageError, ValueError) as error:
        raise HeadersDiffer(f"the sender cannot be written: {type(error).__name__}") from error
    try:
        content = _written(mail, meant, identity, images)
    except HeadersDiffer:
        if "Reply-To" not in meant:
            raise
        del meant["Reply-To"]
        content = _written(mail, meant, identity, images)
    return Envelope(address, to, content)


def _written(mail: Mail, meant: Mapping[str, str], identity: str, images: Mapping[str, bytes]) -> bytes:
    try:
        # Python writes a link that is longer than a line as an encoded word, which mail programs do not open.
        folded = _LONGEST_LINE if LINK_HEADER in meant else policy.SMTP.max_line_length or _LONGEST_LINE
        return _bytes(mail, meant, identity, folded, images)
    except HeadersDiffer:
        # Python loses a blank where it folds some subjects that are not all ASCII: unfolded, they come out whole.
        return _bytes(mail, meant, identity, _LONGEST_LINE, images)


def _bytes(
    mail: Mail, meant: Mapping[str, str], identity: str, line_length: int, images: Mapping[str, bytes]
) -> bytes:  # fmt: skip
    try:
        message = EmailMessage(policy=policy.SMTP.clone(utf8=not meant["To"].isascii(), max_line_length=line_length))
        message.set_content(mail.text, cte="quoted-printable")
        message.add_alternative(mail.html, subtype="html", cte="quoted-printable")
        _add_images(message, mail, images)
        if mail.calendar:
            message.add_attachment(mail.calendar.encode(), "text", "calendar", cte="base64", filename=CALENDAR_FILE,
                                   params={"charset": "utf-8", "method": "PUBLISH"})  # fmt: skip
        # Python draws boundaries by chance; the same mail should be the same bytes.
        for level, part in enumerate(part for part in message.walk() if part.is_multipart()):
            named = f"{identity} {level}" if level else identity
            part.set_boundary(f"=_{hashlib.sha256(named.encode()).hexdigest()[:32]}")
        # After the bodies, which would take Content-Language along into the first of them.
        for header, value in meant.items():
            message[header] = value
        content = message.as_bytes()
        _compare(meant, content)
    except (MessageError, ValueError, LookupError, AttributeError, TypeError) as error:
        # Python's mail package raises all of these for addresses it cannot read.
        raise HeadersDiffer(f"{type(error).__name__}") from error
    return content


def _add_images(message: EmailMessage, mail: Mail, images: Mapping[str, bytes]) -> None:
    """Puts the pictures beside the HTML that shows them: they are no attachments."""
    html = message.get_body(("html",))
    for cid in (picture.cid for picture in mail.pictures if picture.cid in images):
        assert html is not None
        html.add_related(images[cid], "image", "png", cid=f"<{cid}>", filename=f"{cid}.png", disposition="inline")


def _headers(mail: Mail, to: str, identity: str, name: str, address: str, at: datetime) -> dict[str, str]:
    headers = {
        "From": str(Address(display_name=name, addr_spec=address)),
        "To": to,
        "Subject": header_text(mail.subject),
        "Date": format_datetime(at),
        "Message-ID": identity,
        **_AUTOMATIC,
    }
    if answer := answer_address(mail.reply_to):
        headers["Reply-To"] = answer
    return {**headers, **{key: _value(key, value) for key, value in mail.headers.items()}}


def _value(header: str, value: str) -> str:
    """A link of ours is left whole: a cut one would unsubscribe nobody."""
    return value if header == LINK_HEADER else header_text(value)


def _compare(meant: Mapping[str, str], content: bytes) -> None:
    read = message_from_bytes(content, policy=policy.default)
    there = [(name, str(value)) for name, value in read.items()]
    ours = [(name, value) for name, value in there if name in meant]
    strange = {name for name, _ in there} - set(meant) - {"MIME-Version", "Content-Type"}
    if strange or ours != list(meant.items()) or read.defects:
        raise HeadersDiffer(
            f"headers that differ: {sorted({name for name, _ in set(ours) ^ set(meant.items())} | strange)}"
        )
