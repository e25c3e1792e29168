"""Where somebody comes from: campaign, click ids, referrer and landing page, of the first and of the last touch.

Anybody can write these into an address: they are told to the rep as they came, and prove nothing. Names follow
Google Analytics (utm_*) and the click ids of the large advertising systems; source: domain.md 3.2.
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
    """The names above that hold something, cleaned and cut; a place without what follows its `?`."""
    if not isinstance(raw, Mapping):
        return {}
    found: dict[str, str] = {}
    for name in NAMES:
        given = raw.get(name)
        if isinstance(given, str) and given:
            text = clean_text(given.split("?")[0] if name in PLACES else given[:LONGEST], LONGEST)
            if text and (name not in PLACES or text.startswith(("https://", "http://", "android-app://"))):
                found[name] = text
    return found


def read_touches(text: str) -> Mapping[str, Touchpoint]:
    """`{"first": …, "last": …}` from what the page sent; whatever cannot be read is left out without a word."""
    if not text or len(text) > MOST_TEXT:
        return {}
    try:
        raw = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(raw, Mapping):
        return {}
    touches = {which: read_touch(raw.get(which)) for which in ("first", "last")}
    return {which: touch for which, touch in touches.items() if touch}
