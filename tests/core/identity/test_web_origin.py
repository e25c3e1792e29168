from __future__ import annotations

import pytest

from questionnaire.core.identity.web_origin import read_origin, read_sites


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("https://WWW.Example.com:8443", "https://www.example.com:8443"),
        ("https://*.example.com", "https://*.example.com"),
        ("http://localhost:8001", "http://localhost:8001"),
        (" https://xn--mnchen-3ya.example ", "https://xn--mnchen-3ya.example"),
    ],
)
def test_an_origin_is_parsed_in_lower_case(written: str, read: str) -> None:
    assert read_origin(written) == read


@pytest.mark.parametrize(
    "written",
    [
        "www.example.com",
        "ftp://example.com",
        "https://example.com/page",
        "https://a@example.com",
        "https://*",
        "*",
        "'self'",
        "https://a.example; script-src *",
        "https://a.example;report-uri",
        "https://a..example",
        "https://münchen.example",
        "https://" + "a" * 300,
    ],
)
def test_text_that_could_change_a_content_security_policy_is_refused(written: str) -> None:
    assert read_origin(written) is None


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("", ((), "")),
        ("www.example.com", (("https://www.example.com",), "")),
        ("https://EXAMPLE.com/contact?x=1\n*.example.org, example.com", (
            ("https://example.com", "https://*.example.org"), "")),
        ("http://localhost:8001", (("http://localhost:8001",), "")),
        ("www.example.com b&c d&e", ((), "b&c")),
    ],
)  # fmt: skip
def test_sites_are_read_as_people_paste_them(written: str, read: tuple[tuple[str, ...], str]) -> None:
    assert read_sites(written) == read
