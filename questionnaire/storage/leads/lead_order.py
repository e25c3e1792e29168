"""The orders of the lead list, and the place of a lead in each.

Each order has a key, which is a column with an index that ends with the lead's id. The order by label is one list after
the other: those of each label, the newest first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from questionnaire.storage.db.positions import read_position, write_position
from questionnaire.storage.leads.sort_keys import microseconds, moment
from questionnaire.storage.tables import LeadRow


class Sort(Enum):
    """The orders of the lead list. Leads with the same label: the newest first; with the same other key: by id."""

    NEWEST = "newest"
    URGENCY = "urgency"
    LABEL = "label"
    COMPANY = "company"


KEYS: Mapping[Sort, str] = {
    Sort.NEWEST: "newest_at",
    Sort.URGENCY: "urgency",
    Sort.LABEL: "newest_at",
    Sort.COMPANY: "company_sort",
}
_PLACES: Mapping[Sort, tuple[type[str] | type[int], ...]] = {
    Sort.NEWEST: (int, str),
    Sort.URGENCY: (int, str),
    Sort.LABEL: (str, int, str),
    Sort.COMPANY: (str, str),
}


@dataclass(frozen=True, slots=True)
class ListPosition:
    """The place of a lead in an order: the page after it, or the page before it. `text` is what `position_of` wrote."""

    text: str
    is_before: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """A position as values: the key of a lead, its id, and its label when the order begins with the label."""

    key: Any
    id: str
    label: str = ""


def position_of(lead: LeadRow, sort: Sort) -> str:
    """Returns the place of a lead in this order."""
    key = getattr(lead, KEYS[sort])
    values = (microseconds(key) if isinstance(key, datetime) else key, lead.id)
    return write_position(*((lead.label or "", *values) if sort is Sort.LABEL else values))


def sorted_places(places: Iterable[Place], sort: Sort) -> list[Place]:
    """Returns the places in this order, as a database reads them."""
    order = sorted(places, key=lambda place: (place.key, place.id), reverse=KEYS[sort] == "newest_at")
    return sorted(order, key=_label_rank) if sort is Sort.LABEL else order


def follows(place: Place, other: Place, sort: Sort) -> bool:
    """Whether a place comes after another one in this order."""
    if sort is Sort.LABEL and place.label != other.label:
        return _label_rank(place) > _label_rank(other)
    here, there = (place.key, place.id), (other.key, other.id)
    return here < there if KEYS[sort] == "newest_at" else here > there


def read_place(position: str, sort: Sort) -> Place | None:
    """Returns the place that `position_of` wrote; None when it cannot be read."""
    values = read_position(position, *_PLACES[sort])
    if values is None:
        return None
    label = str(values[0]) if sort is Sort.LABEL else ""
    key, lead_id = values[-2], str(values[-1])
    try:
        return Place(moment(int(key)) if KEYS[sort] == "newest_at" else key, lead_id, label)
    except OverflowError:
        return None


def _label_rank(place: Place) -> tuple[bool, str]:
    return not place.label, place.label
