"""Authored texts: paragraphs, lists and placeholders, as HTML, as lines and as plain text."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from questionnaire.markdown import markdown, markdown_inline, markdown_text

LONG = """Before you start:

- the **list** of customers
- a pen

1. Read
2. Answer for {{company|your company}}

Thank you."""


def test_paragraphs_and_lists_stay_where_there_is_room_for_them() -> None:
    html = markdown(LONG, {})
    for part in (
        "<p>Before you start:</p>",
        "<ul>\n<li>the <strong>list</strong> of customers</li>",
        "<ol>\n<li>Read</li>",
    ):
        assert part in html
    assert "<li>Answer for your company</li>" in html


def test_they_become_lines_in_a_label_and_in_a_plain_mail() -> None:
    lines = (
        "Before you start:<br><br>• the <strong>list</strong> of customers<br>• a pen<br><br>1. Read<br>2. Answer for"
    )
    assert str(markdown_inline(LONG, {})).startswith(lines)
    assert markdown_text(LONG, {"company": "Nordwind"}) == (
        "Before you start:\n\n• the list of customers\n• a pen\n\n1. Read\n2. Answer for Nordwind\n\nThank you."
    )


def test_a_title_of_one_line_is_no_list() -> None:
    assert markdown_inline("1. First of all") == "1. First of all"


def test_a_value_in_the_address_of_a_link_is_quoted() -> None:
    html = markdown("[Book](https://book.example/?name={{name|you}})", {"name": "A&B c/../"})
    assert 'href="https://book.example/?name=A%26B%20c%2F..%2F"' in html
    assert "?name=you" in markdown("[Book](https://book.example/?name={{name|you}})", {})


def test_a_page_that_fills_texts_again_knows_name_and_fallback() -> None:
    assert markdown_inline("Hi {{name|<you>}}", {}, live=True) == (
        'Hi <bdi data-p="name" data-f="&lt;you&gt;">&lt;you&gt;</bdi>'
    )


@given(st.text(), st.text(alphabet=st.characters(exclude_characters="{}"), max_size=50))
def test_no_value_and_no_fallback_becomes_markup_or_is_filled_again(value: str, fallback: str) -> None:
    source = "**a** {{name|" + fallback + "}} [b](https://x.example)"
    for live in (False, True):
        html = str(markdown(source, {"name": value, "secret": "SECRET"}, live=live))
        assert set(re.findall(r"</?([a-z]+)", html)) <= {"p", "strong", "a", "bdi"}
        assert "SECRET" not in html
