"""From which network a request comes, as limits count it.

A household or a server is given a whole /64 of IPv6 addresses and may use another one for every request; who rents a
/48 has 65,536 of those. IPv4 is counted by the address.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Network:
    """`near` is the address or its /64, `wide` the /48 around it; the same for IPv4."""

    near: str
    wide: str


UNKNOWN = Network("unknown", "unknown")


def network_of(address: str) -> Network:
    """The network of an address as text; what cannot be read counts as one network, UNKNOWN."""
    try:
        read = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return UNKNOWN
    if isinstance(read, ipaddress.IPv6Address):
        mapped = read.ipv4_mapped
        if mapped is None:
            return Network(*(str(ipaddress.ip_network((int(read), bits), strict=False)) for bits in (64, 48)))
        read = mapped
    return Network(str(read), str(read))


def is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
