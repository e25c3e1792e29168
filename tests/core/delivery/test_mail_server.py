"""The address of a mail server, as operators write it."""

from __future__ import annotations

import pytest

from questionnaire.core.delivery.mail_server import SmtpServer, read_smtp_server


@pytest.mark.parametrize(
    ("text", "server"),
    [
        ("smtp://localhost:1025", SmtpServer("localhost", 1025, "none")),
        ("smtp://mail.example.com", SmtpServer("mail.example.com", 25, "none")),
        ("smtp://me:p%40ss@mail.example.com", SmtpServer("mail.example.com", 587, "starttls", "me", "p@ss")),
        ("smtp://me:pass@localhost", SmtpServer("localhost", 25, "none", "me", "pass")),
        ("starttls://mail.example.com", SmtpServer("mail.example.com", 587, "starttls")),
        ("smtps://me:pass@mail.example.com", SmtpServer("mail.example.com", 465, "tls", "me", "pass")),
        ("https://mail.example.com", None),
        ("smtp://", None),
        ("smtp://mail.example.com:0", None),
        ("smtp://[mail", None),
    ],
)
def test_a_password_travels_encrypted_to_any_other_machine(text: str, server: SmtpServer | None) -> None:
    assert read_smtp_server(text) == server
    assert "pass" not in repr(server)
