"""Campaign attribution: the URL parameters of first and last touch that are stored."""

from __future__ import annotations

import json

import pytest

from questionnaire.core.identity.attribution import continue_touches, read_touch, read_touches


def test_campaign_click_ids_and_urls_are_stored_and_other_parameters_are_not() -> None:
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


def test_a_long_touchpoint_value_is_cut_and_an_unreadable_one_ignored() -> None:
    assert read_touch({"utm_source": "x" * 900}) == {"utm_source": "x" * 300}
    assert read_touch({"utm_source": "\ud800"}) == {}


def test_first_and_last_touch_are_parsed() -> None:
    text = json.dumps({"first": {"utm_source": "a"}, "last": {"utm_source": "b"}, "other": {"utm_source": "c"}})
    assert read_touches(text) == {"first": {"utm_source": "a"}, "last": {"utm_source": "b"}}


@pytest.mark.parametrize("text", ["", "no json", "[]", "{", '{"first": [1]}', '{"first": {}}', "[" * 7000, "x" * 9000])
def test_unreadable_touches_are_ignored_without_an_error(text: str) -> None:
    assert read_touches(text) == {}


def test_a_continued_visit_keeps_its_first_touch_and_takes_a_new_campaign() -> None:
    earlier = {"first": {"utm_source": "news"}, "last": {"utm_source": "news"}}
    by_mail, by_ad = {"last": {"referrer": "https://mail.example"}}, {"last": {"gclid": "x"}}
    assert continue_touches({}, by_ad) == by_ad
    assert continue_touches(earlier, by_mail) == earlier
    assert continue_touches(earlier, by_ad) == {"first": {"utm_source": "news"}, "last": {"gclid": "x"}}
    assert continue_touches({"last": {"ref": "a"}}, {}) == {"last": {"ref": "a"}}
