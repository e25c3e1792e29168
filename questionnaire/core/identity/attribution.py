"""Campaign attribution: campaign, click ids, referrer and landing page of the first and the last touchpoint.

Anyone can write these parameters into a URL. The rep sees them unchanged; they prove nothing. Names follow Google
Analytics (utm_*) and the click ids of the large advertising systems. Source: domain.md 3.2.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from questionnaire.core.base.text_cleaning import clean_text

CAMPAIGN = ("utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content", "utm_id")
CLICKS = ("gclid", "gbraid", "wbraid", "fbclid", "msclkid", "li_fat_id")
PLACES = ("referrer", "landing")
NAMES = (*CAMPAIGN, *CLICKS, *PLACES)
LONGEST = 300
MOST_TEXT = 8_000

Touchpoint = Mapping[str, str]


def read_touch(raw: object) -> Touchpoint:
    """Returns the values of NAMES that are not empty, cleaned and cut to LONGEST. A URL loses its query string."""
    if not isinstance(raw, Mapping):
        return {}
    touch: dict[str, str] = {}
    for name in NAMES:
        value = raw.get(name)
        if isinstance(value, str) and value:
            text = clean_text(value.split("?")[0] if name in PLACES else value[:LONGEST], LONGEST)
            if text and (name not in PLACES or text.startswith(("https://", "http://", "android-app://"))):
                touch[name] = text
    return touch


def continue_touches(earlier: Mapping[str, Touchpoint], current: Mapping[str, Touchpoint]) -> Mapping[str, Touchpoint]:
    """Returns the touches of a visit that goes on with an earlier one.

    The first touch stays. The last one is replaced by one with a campaign or a click id only: the mailed link, or an
    address typed by hand, brought nobody here.
    """
    if not earlier:
        return current
    first = earlier.get("first") or current.get("first") or {}
    last = current.get("last") or {}
    if not any(name in last for name in (*CAMPAIGN, *CLICKS)):
        last = earlier.get("last") or last
    return {position: touch for position, touch in (("first", first), ("last", last)) if touch}


def read_touches(text: str) -> Mapping[str, Touchpoint]:
    """Parses `{"first": …, "last": …}` from the page's JSON. Unreadable parts are ignored without an error."""
    if not text or len(text) > MOST_TEXT:
        return {}
    try:
        raw = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(raw, Mapping):
        return {}
    touches = {position: read_touch(raw.get(position)) for position in ("first", "last")}
    return {position: touch for position, touch in touches.items() if touch}
