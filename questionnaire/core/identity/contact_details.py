"""The contact details of one person out of several responses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from questionnaire.core.identity.phone_number import EXTENSION, join_extension


def dialled(details: Mapping[str, Any]) -> str:
    """The telephone number with its extension: `+49305550100;ext=12`."""
    return join_extension(str(details.get("phone") or ""), str(details.get("phone" + EXTENSION) or ""))


def newest_details(contacts: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Oldest first: a newer value that is not empty replaces an older one, and a newer telephone number the older
    extension with it."""
    details: dict[str, Any] = {}
    for contact in contacts:
        known = {name: value for name, value in contact.items() if value not in (None, "")}
        for name in known:
            details.pop(name + EXTENSION, None)
        details |= known
    return details
