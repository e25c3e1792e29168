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


def read_sites(text: str) -> tuple[tuple[str, ...], str]:
    """Returns the origins of the sites that somebody lists, and the first entry that is none, "" if there is none.

    An entry is what people paste: `www.example.com` without https://, or the address of a page of the site.
    """
    origins: list[str] = []
    for entry in re.split(r"[\s,]+", text.strip()):
        if entry:
            scheme, mark, rest = entry.partition("://")
            host = (rest if mark else entry).partition("/")[0]
            origin = read_origin(f"{scheme if mark else 'https'}://{host}")
            if origin is None:
                return (), entry
            origins.append(origin)
    return tuple(dict.fromkeys(origins)), ""
