"""Mails on their way: into the outbox with what caused them, out by the channel, again later when that fails.

Each attempt is a job of its own. The breaker of the destination is asked first; while it is open a mail's turn passes
without knocking, and one mail is sent ahead every few minutes to see whether somebody answers.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from questionnaire.actions.delivery import caps
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.base.rates import Rate
from questionnaire.core.delivery.retry import LAST_PROBE, next_attempt
from questionnaire.notify import channels
from questionnaire.notify.channels.outcome import Channel, NotSent, Sent
from questionnaire.notify.mail import Mail
from questionnaire.notify.message import HeadersDiffer, envelope, message_id
from questionnaire.storage import Session
from questionnaire.storage import tables as rows
from questionnaire.storage.delivery import circuit_breakers, outbox

JOB = "send_mail"
TO_PROSPECTS = ("report_ready", "resume_link")
_LEFT_ALONE = "the destination does not answer; the mail waits until it does"


def post(
    toolbox: Toolbox,
    session: Session,
    mail: Mail,
    cause: str,
    *,
    lead_id: str | None = None,
    response_id: str | None = None,
    counted: bool = False,
) -> str | None:
    """Puts a mail and its first job into the session's transaction; the mail's id, or None when it was there before.

    `cause` says what brought it about (an id of a response or an event): the same kind, cause and address is one mail.
    A mail to a prospect beyond a cap is kept as dead, and says why; `counted`: whoever asked counted it already.
    """
    now, channel = toolbox.now(), channels.chosen(toolbox.settings)
    host = urlsplit(toolbox.settings.public_url).hostname or "localhost"
    mail_id = id_of(mail.kind, cause, mail.to)
    row = rows.MailRow(
        id=mail_id,
        kind=mail.kind,
        to=mail.to,
        reply_to=mail.reply_to,
        subject=mail.subject,
        text=mail.text,
        html=mail.html,
        headers=dict(mail.headers),
        message_id=message_id(mail_id, host),
        lead_id=lead_id,
        response_id=response_id,
        destination=channel.destination,
        due_at=now,
        created_at=now,
    )
    if not outbox.add(session, row):
        return None
    over = None if counted or mail.kind not in TO_PROSPECTS else caps.take_mail(toolbox, session, mail.to, now)
    _enqueue(toolbox, session, row, now) if over is None else _stop(session, row, over, now)
    return mail_id


def _stop(session: Session, row: rows.MailRow, over: Rate, now: datetime) -> None:
    """Beyond a cap: kept, and not sent unless an operator says so."""
    hours = int(over.period.total_seconds()) // 3600
    row.state, row.due_at, row.finished_at = "dead", None, now
    row.last_error = f"the cap of {over.most} mails in {hours} h for one {over.name} is reached"
    session.flush()


def id_of(kind: str, cause: str, to: str) -> str:
    return hashlib.sha256(f"{kind}\n{cause}\n{to}".encode()).hexdigest()[:32]


def is_posted(session: Session, kind: str, cause: str, to: str) -> bool:
    return outbox.get(session, id_of(kind, cause, to)) is not None


def is_announced(toolbox: Toolbox, session: Session, kind: str, cause: str, to: str) -> bool:
    """Whether a mail to a prospect may be spoken of as coming: it is on its way, or would go out now."""
    state = outbox.state_of(session, id_of(kind, cause, to))
    if state is not None:
        return state != "dead"
    return not caps.spent(toolbox, session, caps.of_mail(toolbox, to), toolbox.now())


def _enqueue(toolbox: Toolbox, session: Session, row: rows.MailRow, not_before: datetime) -> None:
    args = {"mail": row.id, "turn": row.turn}
    toolbox.queue.enqueue(session, JOB, f"{JOB}:{row.id}:{row.turn}", args, not_before)


def send_mail(toolbox: Toolbox, args: Mapping[str, Any], by: str) -> None:
    """The job: one attempt. `by` names the job, so that the same one may go on where its worker was killed."""
    channel, probe = channels.chosen(toolbox.settings), bool(args.get("probe"))
    with toolbox.database.writing() as session:
        row = outbox.claim(session, str(args["mail"]), int(args["turn"]), by)
        if row is None:
            return
        if row.destination != channel.destination:
            # The operator named another server since.
            row.destination = channel.destination
        breaker = circuit_breakers.breaker(session, channel.destination)
        if not breaker.lets_through(probe):
            _later(toolbox, session, row, by, _LEFT_ALONE)
            return
    outcome = _carry(toolbox, channel, row)
    with toolbox.database.writing() as session:
        _record(toolbox, session, channel.destination, row, by, outcome, probe)


def _carry(toolbox: Toolbox, channel: Channel, row: rows.MailRow) -> Sent | NotSent:
    mail = Mail(
        kind=row.kind,
        to=row.to,
        subject=row.subject,
        text=row.text,
        html=row.html,
        reply_to=row.reply_to,
        headers=row.headers,
    )
    try:
        ready = envelope(mail, row.message_id, toolbox.settings.mail_from, row.created_at)
    except HeadersDiffer as error:
        return NotSent(f"the message cannot be written: {error}", again=False, whole=False)
    return channel.send(ready)


def _record(
    toolbox: Toolbox, session: Session, name: str, row: rows.MailRow, by: str, outcome: Sent | NotSent, probe: bool
) -> None:
    now, breaker = toolbox.now(), circuit_breakers.lock(session, name)
    if isinstance(outcome, NotSent) and outcome.whole:
        circuit_breakers.keep(session, name, breaker.failed(now), outcome.error)
        if probe:
            outbox.put_back(session, row.id, by, outcome.error)
        else:
            _later(toolbox, session, row, by, outcome.error)
        return
    if isinstance(outcome, Sent):
        outbox.delivered(session, row.id, by, outcome.state, now)
    elif outcome.again:
        _later(toolbox, session, row, by, outcome.error)
    else:
        outbox.failed(session, row.id, by, outcome.error, None, now)
    if breaker.failures:
        circuit_breakers.keep(session, name, breaker.answered())
        for waiting in outbox.release(session, name, now):
            _enqueue(toolbox, session, waiting, now)


def _later(toolbox: Toolbox, session: Session, row: rows.MailRow, by: str, error: str) -> None:
    now = toolbox.now()
    due = next_attempt(row.attempts + 1, now, _jitter(row))
    after = outbox.failed(session, row.id, by, error, due, now)
    if after is not None and due is not None:
        _enqueue(toolbox, session, after, due)


def _jitter(row: rows.MailRow) -> float:
    """From 0 to 1, its own for each mail and turn, and the same whenever asked."""
    return int.from_bytes(hashlib.sha256(f"{row.id} {row.turn}".encode()).digest()[:4]) / 2**32


def probe_destinations(toolbox: Toolbox) -> None:
    """Sends one waiting mail ahead to each destination that has been left alone for long enough; every few seconds."""
    now = toolbox.now()
    with toolbox.database.reading() as session:
        if not circuit_breakers.to_probe(session, now):
            return
    with toolbox.database.writing() as session:
        for name in circuit_breakers.to_probe(session, now):
            breaker = circuit_breakers.lock(session, name)
            for row in outbox.waiting(session, name, 1):
                args = {"mail": row.id, "turn": row.turn, "probe": True}
                toolbox.queue.enqueue(session, JOB, f"probe:{row.id}:{row.turn}:{breaker.probe_at}", args, now)
                # One at a time: the next one only after this one's answer, or when it got lost.
                circuit_breakers.keep(session, name, replace(breaker, probe_at=now + LAST_PROBE))


def replay(toolbox: Toolbox, session: Session, mail_id: str) -> bool:
    """A dead mail gets all its attempts again. False when it is not dead."""
    now = toolbox.now()
    row = outbox.replay(session, mail_id, now)
    if row is not None:
        _enqueue(toolbox, session, row, now)
    return row is not None
