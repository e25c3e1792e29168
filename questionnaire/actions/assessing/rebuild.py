"""Comparing the projection of the leads with their events, and putting right what differs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from questionnaire.actions.toolbox import Toolbox
from questionnaire.storage.leads import projection


@dataclass(frozen=True, slots=True)
class ComparedBatch:
    """Of `leads` compared leads, those that differ: lead id -> column -> (what the row says, what the events say)."""

    leads: int
    differences: Mapping[str, Mapping[str, tuple[Any, Any]]]


def compare(toolbox: Toolbox) -> Iterator[ComparedBatch]:
    """Every lead, in batches with a read transaction of their own. Nothing is written."""
    ids: tuple[str, ...] = ("",)
    while ids:
        with toolbox.database.reading() as session:
            ids = projection.lead_ids(session, ids[-1])
            found = projection.differences(session, ids)
        yield ComparedBatch(len(ids), found)


def rebuild(toolbox: Toolbox) -> Iterator[ComparedBatch]:
    """The same, and each lead that differs is written in a transaction of its own, after a second look at it.

    An installation may go on working meanwhile: nothing is locked but the one row.
    """
    for batch in compare(toolbox):
        changed = {lead_id: _rebuild_lead(toolbox, lead_id) for lead_id in batch.differences}
        yield ComparedBatch(batch.leads, {lead_id: columns for lead_id, columns in changed.items() if columns})


def _rebuild_lead(toolbox: Toolbox, lead_id: str) -> Mapping[str, tuple[Any, Any]]:
    with toolbox.database.writing() as session:
        return projection.rebuild(session, lead_id)
