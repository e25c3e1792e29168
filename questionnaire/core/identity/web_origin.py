"""Web origins: scheme, host and optional port, such as `https://www.example.com`.

An origin is written into the Content-Security-Policy of a page, so it must contain nothing else.
`https://*.example.com` means every subdomain.
"""

from __future__ import annotations

import re

_ORIGIN = re.compile(r"https?://(\*\.)?[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*(:[0-9]{1,5})?")


def read_origin(text: str) -> str | None:
    """Returns the origin in lower case, or None when it is not one. A non-ASCII host needs its `xn--` form."""
    origin = text.strip().lower()
    return origin if len(origin) < 300 and _ORIGIN.fullmatch(origin) else None
