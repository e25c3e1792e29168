"""Compares the lead projection with the events and rewrites rows that differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from questionnaire.actions.toolbox import Toolbox
from questionnaire.storage.leads import projection


@dataclass(frozen=True, slots=True)
class ComparedBatch:
    """`leads`: number of leads compared. `differences`: lead id -> column -> (value of the row, that of the events)."""

    leads: int
    differences: Mapping[str, Mapping[str, tuple[Any, Any]]]


def compare(toolbox: Toolbox) -> Iterator[ComparedBatch]:
    """Compares all leads in batches, one read transaction per batch. Writes nothing."""
    ids: tuple[str, ...] = ("",)
    while ids:
        with toolbox.database.reading() as session:
            ids = projection.lead_ids(session, ids[-1])
            differences = projection.differences(session, ids)
        yield ComparedBatch(len(ids), differences)


def rebuild(toolbox: Toolbox) -> Iterator[ComparedBatch]:
    """Compares all leads; each that differs is compared again and rewritten in its own transaction.

    Safe while the installation is running: only that row is locked.
    """
    for batch in compare(toolbox):
        changed = {lead_id: _rebuild_lead(toolbox, lead_id) for lead_id in batch.differences}
        yield ComparedBatch(batch.leads, {lead_id: columns for lead_id, columns in changed.items() if columns})


def _rebuild_lead(toolbox: Toolbox, lead_id: str) -> Mapping[str, tuple[Any, Any]]:
    with toolbox.database.writing() as session:
        return projection.rebuild(session, lead_id)
