"""The address of an outgoing mail server, as SMTP_URL has it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import SplitResult, unquote, urlsplit

LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True, slots=True)
class SmtpServer:
    """The outgoing mail server.

    `security`: "tls" (smtps://), "starttls" (starttls://, or smtp:// with a password) or "none".
    """

    host: str
    port: int
    security: Literal["tls", "starttls", "none"]
    user: str = ""
    password: str = field(default="", repr=False)


def split_address(text: str, schemes: tuple[str, ...]) -> SplitResult | None:
    """Parses a URL with one of these schemes, a host and, if any, a valid port. None for any other text."""
    try:
        url = urlsplit(text)
        is_valid = url.scheme in schemes and bool(url.hostname) and url.port != 0
    except ValueError:
        return None
    return url if is_valid else None


def read_smtp_server(text: str) -> SmtpServer | None:
    """None when this is not the address of a mail server."""
    url = split_address(text, ("smtp", "smtps", "starttls"))
    if url is None:
        return None
    host, port = url.hostname or "", url.port
    user, password = unquote(url.username or ""), unquote(url.password or "")
    if url.scheme == "smtps":
        return SmtpServer(host, port or 465, "tls", user, password)
    # A password is never sent unencrypted to another machine.
    encrypted = url.scheme == "starttls" or (bool(password) and host not in LOOPBACK)
    return SmtpServer(host, port or (587 if encrypted else 25), "starttls" if encrypted else "none", user, password)
