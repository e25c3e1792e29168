"""The outbox as a page: what the product wrote, by whatever channel, and what was given up and can be sent again."""

from __future__ import annotations

from questionnaire.actions.delivery import delivery
from questionnaire.actions.toolbox import Toolbox
from questionnaire.actions.views import PER_PAGE, MailLine, MailPage, MailView
from questionnaire.notify import registry
from questionnaire.notify.channel import Preview
from questionnaire.storage.delivery import outbox
from questionnaire.storage.tables import DeliveryRow, JobRow


def mails(toolbox: Toolbox, page: int) -> MailPage:
    """One page of what was written, the newest first, and everything that was given up."""
    with toolbox.database.reading() as session:
        found = outbox.count(session)
        pages = max(1, -(-found // PER_PAGE))
        page = min(page, pages)
        newest = outbox.newest(session, PER_PAGE, (page - 1) * PER_PAGE)
        lines = tuple(_line(toolbox, row, job) for row, job in newest)
        dead = tuple(_line(toolbox, row, job) for row, job in outbox.dead(session))
        return MailPage(lines, dead, found, page, pages)


def mail(toolbox: Toolbox, delivery_id: str) -> MailView | None:
    with toolbox.database.reading() as session:
        found = outbox.get_with_job(session, delivery_id)
    if found is None:
        return None
    row, preview = found[0], _preview(toolbox, found[0])
    return MailView(_line(toolbox, *found), preview.text, (("Message-ID", row.message_id), *preview.fields))


def replay(toolbox: Toolbox, delivery_id: str) -> bool:
    """A message that was given up gets all its attempts again; False when it was not."""
    with toolbox.database.writing() as session:
        return delivery.replay(toolbox, session, delivery_id)


def _preview(toolbox: Toolbox, row: DeliveryRow) -> Preview:
    return registry.preview(row.channel, row.kind, row.payload, toolbox.settings)


def _line(toolbox: Toolbox, row: DeliveryRow, job: JobRow | None) -> MailLine:
    state = _state(row, job)
    attempts = 0 if job is None else job.attempt + (row.state != "queued")
    title = _preview(toolbox, row).title
    return MailLine(row.id, row.kind, row.recipient, title, row.created_at, state, attempts, _error(row, job))


def _state(row: DeliveryRow, job: JobRow | None) -> str:
    """That of the row, but for what its job knows better: dead, and sending."""
    if row.state != "queued" or job is None:
        return row.state
    return {"dead": "dead", "running": "sending"}.get(job.state, row.state)


def _error(row: DeliveryRow, job: JobRow | None) -> str:
    """The last answer of the destination; without one, what its job says."""
    return row.last_error or (job.last_error if job is not None else "")
