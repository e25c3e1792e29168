"""Stored secrets: worth nothing without the secret key, and readable while it is rotated."""

from __future__ import annotations

from questionnaire.encryption import decrypt, encrypt

OLD, NEW = b"correct-horse-battery-staple-0123456789", b"another-horse-battery-staple-0123456789"


def test_a_secret_is_read_by_the_key_and_the_purpose_it_was_written_with() -> None:
    token = encrypt((OLD,), "slack hook", "https://hooks.slack.example/x")
    assert "slack" not in token
    assert decrypt((OLD,), "slack hook", token) == "https://hooks.slack.example/x"
    assert decrypt((NEW, OLD), "slack hook", token) == "https://hooks.slack.example/x"
    assert decrypt((OLD,), "webhook secret", token) is None
    assert decrypt((NEW,), "slack hook", token) is None
    assert decrypt((OLD,), "slack hook", token[:-4] + "AAA=") is None
    assert decrypt((OLD,), "slack hook", "no token") is None
