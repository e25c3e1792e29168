"""The text gate: what a person types is cleaned once, or refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaire.core.gate import clean


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Nordwind   Software ", "Nordwind Software"),
        ("one\r\ntwo", "one two"),
        ("a\u2028b", "a b"),
        ("zero\x00 bell\x07 mark\ufeff", "zero bell mark"),
        ("e\u0301cole", "école"),
        ("\u202eright", "\u202eright"),
        ("", ""),
    ],
)
def test_a_line_is_cleaned(typed: str, kept: str) -> None:
    assert clean(typed, 100) == kept


def test_lines_are_kept_where_they_are_wanted() -> None:
    assert clean("one\r\ntwo\rthree\x85four", 100, lines=True) == "one\ntwo\nthree\nfour"


@pytest.mark.parametrize("typed", ["lone \ud800", "Z" + "\u0334" * 7, "x" * 101, "x" * 2000])
def test_what_cannot_be_kept_is_refused(typed: str) -> None:
    assert clean(typed, 100) is None


def test_words_that_need_a_few_marks_are_welcome() -> None:
    assert clean("Việt Nam ẫ", 100) is not None
    assert clean("Z" + "\u0334" * 6, 100) is not None


@given(st.text(max_size=200), st.booleans())
def test_cleaning_twice_is_cleaning_once(typed: str, lines: bool) -> None:
    once = clean(typed, 150, lines)
    if once is not None:
        assert clean(once, 150, lines) == once
        assert len(once) <= 150
        assert lines or "\n" not in once
