"""Once a day: leads that wait for a clock or a day of their own get the job that nobody planned for them.

Jobs are planned with the events that call for them. Leads from before a version that plans them, or from a restored
database, have none: nothing may wait unseen.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from questionnaire.actions.handoff import clock_jobs, consequences
from questionnaire.actions.handoff.lead_case import lead_case
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.base.stage import Stage
from questionnaire.storage.leads import leads

WITH_CLOCKS = (Stage.REVIEW, Stage.SQL_READY, Stage.ASSIGNED, Stage.WORKING)
AHEAD = timedelta(days=2)
"""Leads asleep are looked at when their day is near; the next run sees the others."""
BATCH = 100


def plan_overlooked(toolbox: Toolbox) -> None:
    """Plans what is missing, a batch in each transaction. What is planned already stays as it is."""
    for ids in _batches(toolbox, toolbox.now() + AHEAD):
        with toolbox.database.writing() as session:
            for lead_id in ids:
                lead = leads.find(session, lead_id)
                if lead is None:
                    continue
                consequences.plan_wake_up(toolbox, session, lead)
                if lead.stage in WITH_CLOCKS:
                    clock_jobs.plan(toolbox, session, lead_case(toolbox, session, lead).policy, lead.id)


def _batches(toolbox: Toolbox, until: datetime) -> Iterator[tuple[str, ...]]:
    for stage in WITH_CLOCKS:
        after: tuple[datetime, str] | None = None
        while True:
            with toolbox.database.reading() as session:
                rows = leads.batch_in_stage(session, stage, after, BATCH)
            yield tuple(row.id for row in rows)
            if len(rows) < BATCH:
                break
            after = rows[-1].newest_at, rows[-1].id
    after = None
    while True:
        with toolbox.database.reading() as session:
            rows = leads.batch_asleep(session, until, after, BATCH)
        yield tuple(row.id for row in rows)
        if len(rows) < BATCH or rows[-1].next_at is None:
            return
        after = rows[-1].next_at, rows[-1].id
