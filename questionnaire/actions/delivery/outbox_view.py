"""The outbox as a page: what the product wrote, by whatever channel, and what was given up and can be sent again."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit

from questionnaire.actions import channel_settings
from questionnaire.actions.delivery import delivery
from questionnaire.actions.toolbox import Toolbox
from questionnaire.actions.views import PER_PAGE, MailLine, MailPage, MailView
from questionnaire.notify import registry
from questionnaire.notify.channel import Preview
from questionnaire.notify.webhook.webhook_channel import webhook_id
from questionnaire.storage.db.positions import read_position, write_position
from questionnaire.storage.delivery import outbox, webhook_endpoints
from questionnaire.storage.tables import DeliveryRow, JobRow

MOST_COUNTED = 1000
MOST_OF_ENDPOINT = 20
SECRET_KINDS = ("invitation", "password_link", "sign_in_code")
"""Their links and codes open an account: who looks after the post must not be able to sign in as somebody else."""


def mails(toolbox: Toolbox, after: str = "", before: str = "") -> MailPage:
    """One page of what was written, the newest first, and everything that was given up.

    `after`, `before`: a position from another page. The first page when it cannot be read or nothing is left there.
    """
    with toolbox.database.reading() as session:
        number = outbox.count(session, MOST_COUNTED)
        place, is_before = _place(before or after), bool(before)
        found = list(outbox.newest(session, PER_PAGE + 1, place, before=is_before))
        if place is not None and (not found or (is_before and len(found) <= PER_PAGE)):
            place, is_before = None, False
            found = list(outbox.newest(session, PER_PAGE + 1))
        has_more, found = len(found) > PER_PAGE, found[:PER_PAGE]
        found = found[::-1] if is_before else found
        has_before, has_after = (has_more, True) if is_before else (place is not None, has_more)
        return MailPage(
            mails=tuple(_line(toolbox, row, job) for row, job in found),
            dead=tuple(_line(toolbox, row, job) for row, job in outbox.dead(session)),
            total=min(number, MOST_COUNTED),
            is_capped=number > MOST_COUNTED,
            before=_position(found[0][0]) if has_before else "",
            after=_position(found[-1][0]) if has_after else "",
        )


def _position(row: DeliveryRow) -> str:
    return write_position(row.created_at.isoformat(), row.id)


def _place(position: str) -> tuple[datetime, str] | None:
    values = read_position(position, str, str) if position else None
    try:
        moment = datetime.fromisoformat(str(values[0])) if values is not None else None
    except ValueError:
        return None
    return (moment, str(values[1])) if values is not None and moment is not None and moment.tzinfo else None


def mail(toolbox: Toolbox, delivery_id: str) -> MailView | None:
    with toolbox.database.reading() as session:
        found = outbox.get_with_job(session, delivery_id)
    if found is None:
        return None
    row, preview = found[0], _preview(toolbox, found[0])
    headers = (_sent_id(row), *preview.fields)
    secret = row.kind in SECRET_KINDS and not toolbox.settings.demo
    return MailView(_line(toolbox, *found), "" if secret else preview.text, headers, row.emptied_at, secret)


def _sent_id(row: DeliveryRow) -> tuple[str, str]:
    """The id that the receiver sees, under the name it has there."""
    if row.channel == "webhook":
        return "webhook-id", webhook_id(row.message_id)
    return "Message-ID", row.message_id


def _host(toolbox: Toolbox, row: DeliveryRow) -> str:
    endpoint = channel_settings.channels(toolbox).webhooks.get(row.recipient) if row.channel == "webhook" else None
    return urlsplit(endpoint.url).hostname or "" if endpoint is not None else ""


def of_endpoint(toolbox: Toolbox, endpoint_id: str) -> tuple[MailLine, ...]:
    """What was written for an endpoint of webhooks, the newest first."""
    with toolbox.database.reading() as session:
        found = webhook_endpoints.newest_deliveries(session, endpoint_id, MOST_OF_ENDPOINT)
        return tuple(_line(toolbox, row, job) for row, job in found)


def replay(toolbox: Toolbox, delivery_id: str) -> bool:
    """A message that was given up gets all its attempts again; False when it was not."""
    with toolbox.database.writing() as session:
        return delivery.replay(toolbox, session, delivery_id)


def _preview(toolbox: Toolbox, row: DeliveryRow) -> Preview:
    if row.emptied_at is not None:
        return Preview("", "")
    return registry.preview(row.channel, row.kind, row.payload, toolbox.settings)


def _line(toolbox: Toolbox, row: DeliveryRow, job: JobRow | None) -> MailLine:
    state = _state(row, job)
    attempts = 0 if job is None else job.attempt + (row.state != "queued")
    title = _preview(toolbox, row).title
    return MailLine(
        row.id,
        row.kind,
        row.recipient,
        title,
        row.created_at,
        state,
        attempts,
        _error(row, job),
        row.channel,
        _host(toolbox, row),
    )


def _state(row: DeliveryRow, job: JobRow | None) -> str:
    """That of the row, but for what its job knows better: dead, and sending."""
    if row.state != "queued" or job is None:
        return row.state
    return {"dead": "dead", "running": "sending"}.get(job.state, row.state)


def _error(row: DeliveryRow, job: JobRow | None) -> str:
    """The last answer of the destination; without one, what its job says."""
    return row.last_error or (job.last_error if job is not None else "")
