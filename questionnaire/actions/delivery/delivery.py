"""Messages on their way: into the outbox with what caused them, out by their channel, again later when that fails.

Each message is a row (`delivery`) and one job, which is retried, given up and replayed as every job is. The circuit
breaker of the destination is asked first: while it is open, attempts pass without a connection, and one message is
tried ahead every few minutes to see whether the destination answers. When it does, everything that waits for it is due.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, NoReturn
from urllib.parse import urlsplit

from questionnaire.actions import channel_settings, company_settings
from questionnaire.actions.delivery import caps, channel_health, suppressions
from questionnaire.actions.delivery.job_errors import JobFailed, JobPostponed
from questionnaire.actions.delivery.mail_images import images_of
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.base.rates import Rate
from questionnaire.core.delivery.retry import LAST_PROBE
from questionnaire.notify import registry
from questionnaire.notify.audience import Audience, audience_of, is_to_prospects
from questionnaire.notify.channel import Channel, Delivery, message_id
from questionnaire.notify.mail.message import LINK_HEADER
from questionnaire.notify.notification import UNSUBSCRIBE, Notification, Recipient
from questionnaire.notify.registry import ChannelMessage
from questionnaire.notify.result import Delivered, Failed
from questionnaire.storage import Session
from questionnaire.storage.delivery import circuit_breakers, job_queue, outbox
from questionnaire.storage.tables import DeliveryRow

JOB = "deliver"
MAIL = "mail"
CAP_REACHED = "CapReached"
REPORT = "report_ready"
SUPPRESSED = "suppressed"
_BREAKER_OPEN = "the destination does not answer; the message waits until it does"


class DeliveryFailed(JobFailed):
    """A message was not accepted."""


class DeliveryPostponed(JobPostponed):
    """A message that was tried ahead of its time was not accepted either."""


def render(toolbox: Toolbox, notification: Notification, *, fresh: bool = False) -> tuple[ChannelMessage, ...]:
    """The notification as its channels send it. Called before writing: templates take longer than a writer may hold.

    What was not requested gets the link with which its reader unsubscribes. `fresh`: by the channels' settings as they
    are stored now.
    """
    if audience_of(notification.kind) is Audience.UNREQUESTED:
        link = suppressions.unsubscribe_address(toolbox, notification.recipient, toolbox.now())
        notification = replace(notification, context={**notification.context, UNSUBSCRIBE: link})
    return registry.render(notification, channel_settings.settings(toolbox, fresh=fresh))


def post(
    toolbox: Toolbox,
    session: Session,
    messages: Sequence[ChannelMessage],
    cause: str,
    *,
    lead_id: str | None = None,
    response_id: str | None = None,
    counted: bool = False,
) -> tuple[str, ...]:
    """Puts messages and their jobs into the session's transaction; the ids of those that were not there before.

    `cause` says what brought them about (an id of a response or an event): the same kind, cause, channel and address is
    one message. A mail to a prospect beyond a cap is kept as dead, and says why; `counted`: the caller counted it.
    UndeclaredKind for a kind that does not say whom it is for.
    """
    posted = []
    for message in messages:
        if audience_of(message.kind) is Audience.UNREQUESTED and not _has_way_out(message):
            raise ValueError(f"`{message.kind}` was not requested and lacks its link: render it with delivery.render()")
        row = _row(toolbox, message, cause, lead_id, response_id)
        if outbox.add(session, row):
            _enqueue(toolbox, session, row, counted=counted)
            posted.append(row.id)
    return tuple(posted)


def _has_way_out(message: ChannelMessage) -> bool:
    return message.channel != MAIL or LINK_HEADER in message.payload["headers"]


def _row(
    toolbox: Toolbox, message: ChannelMessage, cause: str, lead_id: str | None, response_id: str | None
) -> DeliveryRow:
    host = urlsplit(toolbox.settings.public_url).hostname or "localhost"
    delivery_id = id_of(message.kind, cause, message.recipient, message.channel)
    return DeliveryRow(
        id=delivery_id,
        kind=message.kind,
        channel=message.channel,
        destination=message.destination,
        recipient=message.recipient,
        payload=dict(message.payload),
        message_id=message_id(delivery_id, host),
        job_key=f"{JOB}:{delivery_id}",
        lead_id=lead_id,
        response_id=response_id,
        created_at=toolbox.now(),
    )


def _enqueue(toolbox: Toolbox, session: Session, row: DeliveryRow, *, counted: bool) -> None:
    now = toolbox.now()
    toolbox.queue.enqueue(session, JOB, row.job_key, {"delivery": row.id}, now)
    if row.channel == MAIL and is_to_prospects(row.kind) and not counted:
        over = caps.take_mail(toolbox, session, row.recipient, now)
        if over is not None:
            _stop(session, row, over, now)


def _stop(session: Session, row: DeliveryRow, over: Rate, now: datetime) -> None:
    """Beyond a cap: kept, and not sent unless an operator says so."""
    hours = int(over.period.total_seconds()) // 3600
    row.last_error = f"the cap of {over.most} mails in {hours} h for one {over.name} is reached"
    job_queue.stop(session, row.job_key, f"{CAP_REACHED}: {row.last_error}", now)
    session.flush()


def id_of(kind: str, cause: str, address: str, channel: str = MAIL) -> str:
    """Mails are named without their channel, as they were before there were others."""
    parts = [kind, cause, address] if channel == MAIL else [kind, cause, address, channel]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


def is_posted(toolbox: Toolbox, session: Session, kind: str, cause: str, recipient: Recipient) -> bool:
    """Whether this person was told this by every channel. One alone says nothing of the person: a Slack channel may be
    that of several."""
    settings = channel_settings.settings(toolbox)
    names = registry.channels_for(kind, recipient)
    addresses = {name: registry.open_channel(name, settings).address(recipient) for name in names}
    ids = [id_of(kind, cause, address, name) for name, address in addresses.items() if address]
    return bool(ids) and all(outbox.get(session, delivery_id) is not None for delivery_id in ids)


def reaches(toolbox: Toolbox, email: str, kind: str = REPORT) -> bool:
    """Whether mail of ours can go to this address: it can be written, and the mail server takes such addresses."""
    recipient = Recipient(email)
    channels = [
        registry.open_channel(name, company_settings.settings(toolbox))
        for name in registry.channels_for(kind, recipient)
    ]
    return any(channel.reaches(channel.address(recipient)) for channel in channels)


def is_announced(toolbox: Toolbox, session: Session, kind: str, cause: str, to: str) -> bool:
    """Whether a mail to a prospect may be spoken of as coming: it is on its way, or would go out now."""
    dead = outbox.is_dead(session, id_of(kind, cause, to))
    if dead is not None:
        return not dead
    return reaches(toolbox, to, kind) and not caps.spent(toolbox, session, caps.of_mail(toolbox, to), toolbox.now())


def deliver(toolbox: Toolbox, args: Mapping[str, Any], run: str) -> None:
    """The job: one attempt. DeliveryFailed or DeliveryPostponed when the message was not accepted.

    This is the one place where a message leaves, and where the suppression list is asked.

    `run` names this run of the job. A worker that is killed between the server's answer and the commit makes the next
    one send the message once more, under the same message id.
    """
    with toolbox.database.reading() as session:
        row = outbox.get(session, str(args["delivery"]))
        if row is None or row.state != "queued":
            return
        is_held_back = audience_of(row.kind) is Audience.UNREQUESTED and suppressions.is_suppressed(
            session, row.recipient
        )
        channel = _channel(toolbox, row)
        # Another one than the row's when the operator named another server since.
        destination = channel.destination(row.recipient)
        breaker = circuit_breakers.breaker(session, destination)
        planned_at = circuit_breakers.probe_planned_at(session, destination, row.job_key)
    if is_held_back:
        _hold_back(toolbox, row)
        return
    if not breaker.lets_through(probe=planned_at is not None):
        _skip(toolbox, row, destination, run)
    images = images_of(toolbox, row.payload)
    sent = Delivery(row.kind, row.recipient, row.payload, row.message_id, row.created_at, toolbox.now(), images)
    result = channel.send(sent)
    _record(toolbox, row, destination, result)
    if isinstance(result, Failed):
        if planned_at is not None and result.destination_down:
            raise DeliveryPostponed(result.error, planned_at)
        raise DeliveryFailed(result.error, retryable=result.retryable, jitter=_jitter(run), wait=result.wait)


def _channel(toolbox: Toolbox, row: DeliveryRow) -> Channel:
    if row.channel not in registry.CHANNELS:
        raise JobFailed(f"there is no channel {row.channel}", retryable=False)
    return registry.open_channel(row.channel, channel_settings.settings(toolbox, fresh=row.channel != MAIL))


def _hold_back(toolbox: Toolbox, row: DeliveryRow) -> None:
    """The recipient wants no such mail: it is done, and not tried again."""
    with toolbox.database.writing() as session:
        outbox.finish(session, row.id, row.destination, SUPPRESSED, toolbox.now())


def _skip(toolbox: Toolbox, row: DeliveryRow, destination: str, run: str) -> NoReturn:
    """The breaker is open: this attempt passes without a connection."""
    with toolbox.database.writing() as session:
        outbox.set_error(session, row.id, destination, _BREAKER_OPEN)
    raise DeliveryFailed(_BREAKER_OPEN, retryable=True, jitter=_jitter(run))


def _record(toolbox: Toolbox, row: DeliveryRow, destination: str, result: Delivered | Failed) -> None:
    with toolbox.database.writing() as session:
        now, breaker = toolbox.now(), circuit_breakers.lock(session, destination)
        if isinstance(result, Delivered):
            outbox.finish(session, row.id, destination, result.state, now)
        else:
            outbox.set_error(session, row.id, destination, result.error)
            if result.unknown_recipient and is_to_prospects(row.kind):
                suppressions.add_bounce(toolbox, session, row.recipient, result.error, now)
        if isinstance(result, Failed) and result.destination_down:
            circuit_breakers.keep(session, destination, breaker.failed(now), result.error)
        elif breaker.failures:
            circuit_breakers.keep(session, destination, breaker.answered())
            job_queue.bring_forward(session, outbox.waiting_jobs(session, destination), now)
        channel_health.note(toolbox, session, row, result, now)


def _jitter(run: str) -> float:
    """From 0 to 1, its own for each message and run, and the same whenever asked."""
    return int.from_bytes(hashlib.sha256(run.encode()).digest()[:4]) / 2**32


def probe_destinations(toolbox: Toolbox) -> None:
    """Tries one waiting message ahead for each destination whose probe is due; every few seconds."""
    now = toolbox.now()
    with toolbox.database.reading() as session:
        if not circuit_breakers.to_probe(session, now):
            return
    with toolbox.database.writing() as session:
        for name in circuit_breakers.to_probe(session, now):
            _probe(session, name, now)


def _probe(session: Session, name: str, now: datetime) -> None:
    breaker = circuit_breakers.lock(session, name)
    if breaker.probe_at is None or breaker.probe_at > now:
        # Another worker was here first.
        return
    planned = job_queue.bring_forward(session, outbox.waiting_jobs(session, name, 1), now)
    for key, planned_at in planned.items():
        # One at a time: the next one only after the result of this one, or when it got lost.
        circuit_breakers.start_probe(session, name, key, planned_at, now + LAST_PROBE)
    if not planned and not outbox.is_queued(session, name):
        # Nothing is left to try it with: the next message finds out.
        circuit_breakers.keep(session, name, breaker.answered())


def replay(toolbox: Toolbox, session: Session, delivery_id: str) -> bool:
    """A message that was given up gets all its attempts again. False when it was not given up."""
    row = outbox.get(session, delivery_id)
    return row is not None and job_queue.replay(session, row.job_key, toolbox.now())
