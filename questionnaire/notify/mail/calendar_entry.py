"""An appointment as an iCalendar file (RFC 5545), for the program in which the recipient keeps their calendar."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from questionnaire.notify.notification import Appointment

LENGTH = timedelta(minutes=15)
"""The entry ends when the call is due; its reminder comes as long before it as it lasts."""

_LONGEST_LINE = 75
_ESCAPED = re.compile(r"([\\;,])")


def calendar_entry(appointment: Appointment, host: str) -> str:
    """One event with a reminder. The same appointment is the same bytes, so that a second copy replaces the first."""
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//questionnaire//handoff//EN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:{appointment.uid}@{host}",
        "SEQUENCE:0",
        f"DTSTAMP:{_moment(appointment.written_at)}",
        f"DTSTART:{_moment(appointment.due_at - LENGTH)}",
        f"DTEND:{_moment(appointment.due_at)}",
        f"SUMMARY:{_text(appointment.title)}",
        f"DESCRIPTION:{_text(appointment.link)}",
        f"URL:{appointment.link}",
        "TRANSP:OPAQUE",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"DESCRIPTION:{_text(appointment.title)}",
        f"TRIGGER:-PT{LENGTH // timedelta(minutes=1)}M",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
    )
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(words: str) -> str:
    return _ESCAPED.sub(r"\\\1", " ".join(words.split()))


def _folded(line: str) -> str:
    """No line is longer than 75 octets; a letter of several octets is not cut."""
    parts: list[str] = []
    part = ""
    for sign in line:
        if len((part + sign).encode()) > _LONGEST_LINE - bool(parts):
            parts.append(part)
            part = ""
        part += sign
    return "\r\n ".join([*parts, part])
