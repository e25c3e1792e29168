"""Where requests of ours may go: which URLs, and which addresses a host name may have (safety rule 16).

Whoever enters a URL makes this machine connect to it from inside its network. So a host must have public addresses
only, unless the operator named it, and this is asked again at every request: a name may change its address.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

PORTS = {"http": 80, "https": 443}
LONGEST_URL = 2000
_HOST = re.compile(r"[a-z0-9]([a-z0-9._-]*[a-z0-9])?|\[[0-9a-f:.]+\]")
_ENTRY = re.compile(r"(?:(https?)://)?([^/:@\s\[\]]+|\[[0-9a-f:.]+\])(?::([0-9]{1,5}))?/?")

# Named one by one: what a library calls global differs between versions of Python.
_NOT_PUBLIC_4 = tuple(
    IPv4Network(network)
    for network in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
        "224.0.0.0/4", "240.0.0.0/4",
    )
)  # fmt: skip
_UNICAST_6 = IPv6Network("2000::/3")
# 2001::/23 holds Teredo and other assignments for protocols; 3fff::/20 and 2001:db8::/32 are for examples.
_NOT_PUBLIC_6 = tuple(IPv6Network(network) for network in ("2001::/23", "2001:db8::/32", "3fff::/20"))
_NAT64 = IPv6Network("64:ff9b::/96")


@dataclass(frozen=True, slots=True)
class AllowedHost:
    """A host that the operator named: it may be inside the network, and be asked without TLS if `scheme` is http."""

    scheme: str
    host: str
    port: int


@dataclass(frozen=True, slots=True)
class OutboundTarget:
    """A URL in parts. `path` is what stands in the request line; `is_named`: the operator named this host and port."""

    scheme: str
    host: str
    port: int
    path: str
    is_named: bool

    @property
    def authority(self) -> str:
        """The host as the Host header has it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        return f"{self.scheme}://{self.authority}{self.path}"


@dataclass(frozen=True, slots=True)
class UrlRefusal:
    """Why nothing is sent to a URL: `url` (it is none), `user` (it holds a password), `http` (no TLS), `port`,
    `address` (the host is inside a network)."""

    code: str


def read_allowed_host(text: str) -> AllowedHost | None:
    """`host`, `host:port`, `http://host` or `https://host:port`; None for anything else."""
    found = _ENTRY.fullmatch(text.strip().lower())
    if found is None or not _HOST.fullmatch(found[2]):
        return None
    scheme = found[1] or "https"
    port = int(found[3] or PORTS[scheme])
    return AllowedHost(scheme, found[2].strip("[]"), port) if 0 < port < 65536 else None


def read_target(url: str, allowed: Sequence[AllowedHost]) -> OutboundTarget | UrlRefusal:
    """The URL in parts, or why nothing is sent there. Addresses of its host are looked at later, by `is_public`."""
    text = url.strip()
    try:
        parts = urlsplit(text)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return UrlRefusal("url")
    written = f"[{host}]" if ":" in host else host
    if parts.scheme not in PORTS or not _HOST.fullmatch(written) or len(text) > LONGEST_URL or not _is_plain(text):
        return UrlRefusal("url")
    if parts.username is not None or parts.password is not None:
        return UrlRefusal("user")
    port = port or PORTS[parts.scheme]
    is_named = AllowedHost(parts.scheme, host, port) in allowed
    if parts.scheme == "http" and not is_named:
        return UrlRefusal("http")
    if port != PORTS[parts.scheme] and not is_named:
        return UrlRefusal("port")
    if not is_named and _is_literal_inside(host):
        return UrlRefusal("address")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return OutboundTarget(parts.scheme, host, port, path, is_named)


def _is_plain(text: str) -> bool:
    """Whether it is printable ASCII without a blank: nothing that ends a line of the request."""
    return text.isascii() and text.isprintable() and " " not in text


def _is_literal_inside(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
    return not is_public(host)


def is_public(address: str) -> bool:
    """Whether an IP address belongs to a host on the internet. An IPv4 address inside an IPv6 address counts."""
    return _is_public(ip_address(address.partition("%")[0]))


def _is_public(found: IPv4Address | IPv6Address) -> bool:
    if isinstance(found, IPv4Address):
        return not any(found in network for network in _NOT_PUBLIC_4)
    inner = found.ipv4_mapped or found.sixtofour or (IPv4Address(int(found) & 0xFFFFFFFF) if found in _NAT64 else None)
    if inner is not None:
        return _is_public(inner)
    return found in _UNICAST_6 and not any(found in network for network in _NOT_PUBLIC_6)
