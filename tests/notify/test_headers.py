from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaire.notify.mail.headers import first_name, header_text


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Anna Keller", "Anna Keller"),
        ("  Anna\t Keller ", "Anna Keller"),
        ("Anna\r\nBcc: all@example.com", "Anna Bcc: all@example.com"),
        ("Anna\u2028Bcc: x\u0085y\x00z", "Anna Bcc: x y z"),
        ("=?utf-8?q?=0ABcc:_x?=", "= ?utf-8?q?=0ABcc:_x?="),
        ("株式会社 日本", "株式会社 日本"),
        ("\u202eevil", "evil"),
        ("Nordwind\u00a0: une démo", "Nordwind\u00a0: une démo"),
    ],
)
def test_words_for_a_header_are_one_line_that_nobody_decodes_again(typed: str, read: str) -> None:
    assert header_text(typed) == read


@given(st.text())
def test_a_header_never_holds_a_line_end_or_an_encoded_word(typed: str) -> None:
    words = header_text(typed)
    assert len(words) <= 200
    assert not set(words) & set("\r\n\x00\x85\u2028\u2029")
    assert "=?" not in words
    assert words == words.strip()


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Anna", "Anna"),
        ("Jean-Pierre", "Jean-Pierre"),
        ("J.R.", "J. R."),
        ("Anna https://evil.example/x", "Anna"),
        ("www.evil.example", ""),
        ("evil.example", "evil. example"),
        ("me@evil.example", ""),
        ("<b>Anna</b>", ""),
        ("You have won a prize click here", "You have won"),
        ("x" * 300, "x" * 40),
        ("", ""),
        ("Zoë\nKeller", "Zoë Keller"),
    ],
)
def test_a_first_name_in_a_mail_is_short_and_cannot_be_clicked(typed: str, name: str) -> None:
    assert first_name(typed) == name
