"""Addresses of examples."""

from __future__ import annotations

from questionnaire.core.identity.reserved_domains import is_reserved


def test_addresses_that_no_mail_can_reach_are_known() -> None:
    reserved = ("lena@nordlicht.example", "A@Example.ORG", "a@b.test", "a@x.example.com")
    assert all(map(is_reserved, reserved))
    assert not any(map(is_reserved, ("a@firm.com", "a@myexample.com", "")))
