"""The searches of drafts, done at once as the worker does them."""

from __future__ import annotations

from typing import Any

from sqlmodel import col, select

from questionnaire.actions.toolbox import Toolbox
from questionnaire.jobs.registry import JOB_TYPES
from questionnaire.storage.tables import JobRow


def search_drafts(toolbox: Toolbox) -> list[dict[str, Any]]:
    """Runs every job of a search that was queued, in the order of drafts and revisions; what each was asked."""
    with toolbox.database.reading() as session:
        rows = session.exec(select(JobRow).where(JobRow.name == "prove_draft").order_by(col(JobRow.key))).all()
        asked = [dict(row.args) for row in rows]
    for args in asked:
        JOB_TYPES["prove_draft"].do(toolbox, args, "turn")
    return asked
