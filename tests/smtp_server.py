"""A real mail server on the loopback, which keeps what it is given and refuses what it is told to refuse."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Session


@dataclass(slots=True)
class Letter:
    """One delivery: the addresses of the envelope and the bytes."""

    sender: str
    recipients: list[str]
    content: bytes


# Without slots: the server looks at every member, which fails on a slotted class in Debian's Python 3.11.2.
@dataclass
class PostOffice:
    """`answers` maps a recipient to what the server says to it, as in "450 come back later"."""

    port: int
    letters: list[Letter] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)

    async def handle_RCPT(  # noqa: N802 (the name aiosmtpd calls)
        self, server: SMTP, session: Session, envelope: Any, address: str, options: list[str]
    ) -> str:
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Any) -> str:  # noqa: N802
        self.letters.append(Letter(envelope.mail_from, list(envelope.rcpt_tos), envelope.content))
        return self.answers.get("DATA", "250 taken")


def free_port() -> int:
    """A port nobody listens on: connecting to it is refused at once."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def open_post_office(port: int | None = None, **options: Any) -> Iterator[PostOffice]:
    """Open while the block runs; `options` go to aiosmtpd."""
    office = PostOffice(port or free_port())
    controller = Controller(office, hostname="127.0.0.1", port=office.port, **options)
    controller.start()
    try:
        yield office
    finally:
        controller.stop()
