"""Compares the leads and what lists keep of them with the events, and rewrites what differs; counts of visits too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from questionnaire.actions.toolbox import Toolbox
from questionnaire.storage.leads import facet_counts, projection
from questionnaire.storage.responses import visit_counts


@dataclass(frozen=True, slots=True)
class ComparedBatch:
    """`leads`: number of leads compared; `last` is the id of the last one, "" at the end.

    `differences`: lead id -> column -> (value of the row, that of the events).
    """

    leads: int
    differences: Mapping[str, Mapping[str, tuple[Any, Any]]]
    last: str = ""


def compare(toolbox: Toolbox, after: str = "") -> Iterator[ComparedBatch]:
    """Compares the leads after this id in batches, one read transaction per batch. Writes nothing."""
    ids: tuple[str, ...] = (after,)
    while ids:
        with toolbox.database.reading() as session:
            ids = projection.lead_ids(session, ids[-1])
            differences = projection.differences(session, ids)
        yield ComparedBatch(len(ids), differences, ids[-1] if ids else "")


def rebuild(toolbox: Toolbox, after: str = "") -> Iterator[ComparedBatch]:
    """Compares the leads; each that differs is compared again and rewritten in its own transaction.

    Safe while the installation is running: only that row is locked.
    """
    for batch in compare(toolbox, after):
        changed = {lead_id: _rebuild_lead(toolbox, lead_id) for lead_id in batch.differences}
        different = {lead_id: columns for lead_id, columns in changed.items() if columns}
        yield ComparedBatch(batch.leads, different, batch.last)


def wrong_counts(toolbox: Toolbox, *, correct: bool) -> Mapping[tuple[str, str, str], tuple[int, int]]:
    """Compares the counts of the lead list with the leads: owner, stage and label -> (stored, counted).

    `correct`: also corrects them. Other changes of leads wait while they are counted, a second for a million leads.
    """
    with toolbox.database.reading() as session:
        wrong = facet_counts.differences(session)
    if not wrong or not correct:
        return wrong
    with toolbox.database.writing() as session:
        return facet_counts.rebuild(session)


def wrong_visit_counts(
    toolbox: Toolbox, now: datetime, *, correct: bool
) -> Mapping[tuple[str, date], tuple[tuple[int, int], tuple[int, int]]]:
    """Compares the starts and completions of each survey and day with the visits: survey and day -> (stored, counted).

    Days whose visits may be deleted already are left out. `correct`: also corrects them; visits wait meanwhile.
    """
    day = (now - timedelta(days=toolbox.settings.keep_visits_days)).date() + timedelta(days=1)
    with toolbox.database.reading() as session:
        wrong = visit_counts.differences(session, day)
    if not wrong or not correct:
        return wrong
    with toolbox.database.writing() as session:
        return visit_counts.rebuild(session, day)


def _rebuild_lead(toolbox: Toolbox, lead_id: str) -> Mapping[str, tuple[Any, Any]]:
    with toolbox.database.writing() as session:
        return projection.rebuild(session, lead_id)
