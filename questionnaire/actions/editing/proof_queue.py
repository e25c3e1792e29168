"""Has a draft searched by the worker, in the transaction that made its newest revision."""

from __future__ import annotations

from questionnaire.actions.toolbox import Toolbox
from questionnaire.storage import Session
from questionnaire.storage.tables import DraftRow

JOB = "prove_draft"


def queue_proof(toolbox: Toolbox, session: Session, row: DraftRow | None) -> None:
    """Once for each revision of a survey; policies and cases are not searched by themselves."""
    if row is not None and row.kind == "survey":
        args = {"draft": row.id, "revision": row.revision}
        toolbox.queue.enqueue(session, JOB, f"{JOB}:{row.id}:{row.revision}", args)
