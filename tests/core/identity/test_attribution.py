"""First and last touch: what an address may say of where somebody comes from, and nothing else."""

from __future__ import annotations

import json

import pytest

from questionnaire.core.identity.attribution import read_touch, read_touches


def test_campaign_clicks_and_places_are_kept_and_the_rest_is_not() -> None:
    raw = {
        "utm_source": " News\u0000letter ",
        "gclid": "abc",
        "referrer": "https://www.nordlicht.example/blog?email=anna@nordwind.example",
        "landing": "javascript:alert(1)",
        "email": "anna@nordwind.example",
        "utm_medium": "",
        "utm_term": 7,
    }
    assert read_touch(raw) == {
        "utm_source": "Newsletter",
        "gclid": "abc",
        "referrer": "https://www.nordlicht.example/blog",
    }


def test_a_long_value_is_cut_and_an_unreadable_one_left_out() -> None:
    assert read_touch({"utm_source": "x" * 900}) == {"utm_source": "x" * 300}
    assert read_touch({"utm_source": "\ud800"}) == {}


def test_both_touches_are_read() -> None:
    text = json.dumps({"first": {"utm_source": "a"}, "last": {"utm_source": "b"}, "other": {"utm_source": "c"}})
    assert read_touches(text) == {"first": {"utm_source": "a"}, "last": {"utm_source": "b"}}


@pytest.mark.parametrize("text", ["", "no json", "[]", "{", '{"first": [1]}', '{"first": {}}', "[" * 7000, "x" * 9000])
def test_what_cannot_be_read_is_left_out_without_a_word(text: str) -> None:
    assert read_touches(text) == {}
