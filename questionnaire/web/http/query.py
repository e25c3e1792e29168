"""Whole numbers that come as text, in the query string or in a form field, and positions in lists."""

from __future__ import annotations

import re

from flask import request

LONGEST_POSITION = 4000
_POSITION = re.compile(r"[A-Za-z0-9_-]+")

MOST_DIGITS = 18


def int_arg(name: str, least: int, most: int, default: int) -> int:
    """The number in the query string, cut to `least`..`most`; `default` when there is none."""
    return parse_int(request.args.get(name, ""), least, most, default)


def parse_int(text: str, least: int, most: int, default: int) -> int:
    """ASCII digits only: no sign, no spaces, no other scripts' digits; anything else is `default`."""
    digits = text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS
    return min(max(int(text), least), most) if digits else default


def position_arg(name: str) -> str:
    """A position in a list, from the link of another page; "" when it cannot be one."""
    text = request.args.get(name, "")
    return text if len(text) <= LONGEST_POSITION and _POSITION.fullmatch(text) else ""
