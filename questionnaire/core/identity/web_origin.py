"""The origin of a site, as browsers name it: scheme, host and perhaps a port, as in `https://www.example.com`.

It is written into a page's content policy, so nothing else may stand in it. `https://*.example.com` is every host
below.
"""

from __future__ import annotations

import re

_ORIGIN = re.compile(r"https?://(\*\.)?[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*(:[0-9]{1,5})?")


def read_origin(text: str) -> str | None:
    """In small letters; None when it is none. A host with other letters is written in its `xn--` form."""
    lowered = text.strip().lower()
    return lowered if len(lowered) < 300 and _ORIGIN.fullmatch(lowered) else None
