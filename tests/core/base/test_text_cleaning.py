"""Cleaning of user input: text is cleaned once, or refused."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaire.core.base.text_cleaning import clean_text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Nordwind   Software ", "Nordwind Software"),
        ("one\r\ntwo", "one two"),
        ("a\u2028b", "a b"),
        ("zero\x00 bell\x07 mark\ufeff", "zero bell mark"),
        ("e\u0301cole", "école"),
        ("\u202eright", "right"),
        ("Nord\u200bwind \u2066GmbH\u2069", "Nordwind GmbH"),
        ("Nord\u00adwind\u2060", "Nordwind"),
        ("An\u200dna \u200cKel\u200cler", "Anna Keller"),
        ("A\ufe0fnna\U000e0041\U000e007f", "Anna"),
        ("Anna\u3164\u115f\u2800 \u034fK", "Anna K"),
        ("\ue000logo\uffff\U000f0000\u0378", "logo"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("क्\u200dष क्\u200cष", "क्\u200dष क्\u200cष"),
        ("\u200cمی\u200c", "می"),
        ("👩\u200d💻 👩🏽\u200d🚀 ❤\ufe0f\u200d🔥", "👩\u200d💻 👩🏽\u200d🚀 ❤\ufe0f\u200d🔥"),
        ("1\ufe0f\u20e3 2\ufe0f 👩\u200d", "1\ufe0f\u20e3 2 👩"),
        ("葛\U000e0100城 a\U000e0100", "葛\U000e0100城 a"),
        ("ᠠ\u180b a\u180b ᠠ\u180e", "ᠠ\u180b a ᠠ"),
        ("\ufe0f\u200d\ufe0fx", "x"),
        ("🩷 \U0001faff", "🩷 \U0001faff"),
        ("שלום עולם", "שלום עולם"),
        ("", ""),
    ],
)
def test_a_line_is_cleaned(typed: str, kept: str) -> None:
    assert clean_text(typed, 100) == kept


def test_line_breaks_stay_when_allowed() -> None:
    assert clean_text("one\r\ntwo\rthree\x85four", 100, lines=True) == "one\ntwo\nthree\nfour"


@pytest.mark.parametrize("typed", ["lone \ud800", "Z" + "\u0334" * 7, "x" * 101, "x" * 2000])
def test_text_with_surrogates_or_stacked_marks_is_refused(typed: str) -> None:
    assert clean_text(typed, 100) is None


def test_words_with_a_few_combining_marks_are_accepted() -> None:
    assert clean_text("Việt Nam ẫ", 100) is not None
    assert clean_text("Z" + "\u0334" * 6, 100) is not None


UNSEEN = (
    "\u200b\u200c\u200d\u200e\u202e\u2066\u2069\u00ad\ufe0e\ufe0f\u034f\u3164\u180b\u180e\ufeff\U000e0061\U000e0100"
)
SPELLED = "aé1#*\u20e3\u0301 \n👩🏽💻❤🔥میخक्षᠠ葛가\u1100\u1161\U0001faff"


@given(st.text(st.one_of(st.sampled_from(UNSEEN + SPELLED), st.characters()), max_size=60))
def test_invisible_characters_stay_only_where_a_script_or_emoji_needs_them(typed: str) -> None:
    kept = clean_text(typed, 150, lines=True)
    for place, char in enumerate(kept or ""):
        if unicodedata.category(char) in ("Cf", "Cc", "Co"):
            assert char in "\u200c\u200d\t\n"
        if char in "\u200c\u200d":
            assert kept is not None
            assert 0 < place < len(kept) - 1
            assert not any(side.isascii() for side in (kept[place - 1], kept[place + 1]))


@given(st.one_of(st.text(max_size=200), st.text(st.sampled_from(UNSEEN + SPELLED), max_size=40)), st.booleans())
def test_cleaning_a_text_twice_changes_nothing(typed: str, lines: bool) -> None:
    once = clean_text(typed, 150, lines)
    if once is not None:
        assert clean_text(once, 150, lines) == once
        assert len(once) <= 150
        assert lines or "\n" not in once


def test_invisible_characters_that_only_justify_each_other_are_removed() -> None:
    """A selector after a joiner, a joiner before a filler: when one is removed, its neighbour is removed too."""
    assert clean_text("\U0001f000\u200d\ufe0f", 100) == "\U0001f000\ufe0f"
    assert clean_text("\u1780\u200c\u17b4", 100) == "\u1780"
    assert clean_text("x\u200d" + "\ufe0f\u200d" * 40, 500) == "x"
