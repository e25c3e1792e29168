"""Networks for rate limits."""

from __future__ import annotations

import pytest

from questionnaire.core.identity.networks import UNKNOWN, Network, is_loopback, network_of


@pytest.mark.parametrize(
    ("address", "near", "wide"),
    [
        ("203.0.113.7", "203.0.113.7", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64", "2001:db8:1::/48"),
        ("fe80::1%eth0", "fe80::/64", "fe80::/48"),
    ],
)
def test_an_address_belongs_to_a_network(address: str, near: str, wide: str) -> None:
    assert network_of(address) == Network(near, wide)


@pytest.mark.parametrize("address", ["", "unix:", "203.0.113.7, 10.0.0.1", "x" * 100])
def test_unreadable_addresses_count_as_one_network(address: str) -> None:
    assert network_of(address) is UNKNOWN


def test_loopback_addresses_are_recognised() -> None:
    assert is_loopback("127.0.0.1")
    assert is_loopback("::1")
    assert not is_loopback("203.0.113.7")
    assert not is_loopback("unix:")
