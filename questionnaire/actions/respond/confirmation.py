"""Confirming an email address with the mailed link: the response counts in full from then on."""

from __future__ import annotations

from datetime import datetime

from questionnaire.actions.assessing.links import open_link
from questionnaire.actions.documents import benchmark
from questionnaire.actions.respond import judgement
from questionnaire.actions.toolbox import Toolbox
from questionnaire.storage.responses import responses


def confirm_address(toolbox: Toolbox, token: str, now: datetime) -> bool:
    """Marks the response as confirmed and queues the job that judges it again. False for a link that was not mailed."""
    opened = open_link(toolbox.settings.secret_keys, token, now)
    if opened is None or not opened.mailed:
        return False
    with toolbox.database.writing() as session:
        # False when the button was pressed before: nothing is queued twice.
        first = responses.confirm(session, opened.response_id, now)
        row = responses.get(session, opened.response_id)
        if row is None or row.test:
            return False
        if first:
            toolbox.queue.enqueue(session, judgement.JOB, f"{judgement.JOB}:{row.id}:confirmed", {"response": row.id})
            if benchmark.changes_when_confirmed(row):
                # The stored PDF does not show the change since earlier answers; the page does from now on.
                toolbox.queue.enqueue(session, "render_report", f"report:{row.id}:confirmed", {"response": row.id})
    return True
