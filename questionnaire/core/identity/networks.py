"""The network of a request's IP address, for rate limits.

A household or a server has a whole /64 of IPv6 addresses and may use another address for every request. A rented /48
has 65,536 of them. IPv4 is counted per address.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Network:
    """`near` is the IPv4 address or the IPv6 /64, `wide` the IPv6 /48. For IPv4 both are the address."""

    near: str
    wide: str


UNKNOWN = Network("unknown", "unknown")


def network_of(address: str) -> Network:
    """Returns the network of an address given as text. All unreadable addresses are one network, UNKNOWN."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return UNKNOWN
    if isinstance(ip, ipaddress.IPv6Address):
        mapped = ip.ipv4_mapped
        if mapped is None:
            return Network(*(str(ipaddress.ip_network((int(ip), bits), strict=False)) for bits in (64, 48)))
        ip = mapped
    return Network(str(ip), str(ip))


def is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
