"""Mails to staff that repeat are gathered: the first goes out at once, what follows within minutes is one digest.

When is decided in core/delivery/digests.py. What waits is a row (`notice`) written in the same transaction as its job,
under the row of the person and kind (`digest`), so that nothing waits without a job, and no job forgets what came
meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime

from questionnaire.actions.delivery import delivery
from questionnaire.actions.delivery.staff_links import list_link
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.base.stage import Stage
from questionnaire.core.delivery.digests import (
    MOST_LINES,
    PACES,
    DigestState,
    after_digest,
    after_mail,
    after_queued,
    is_sent_immediately,
)
from questionnaire.core.handoff.follow_up import FEEDBACK_DUE
from questionnaire.notify import compose
from questionnaire.notify.brief import Headline
from questionnaire.notify.compose import DigestLine
from questionnaire.notify.notification import Notification, Recipient
from questionnaire.notify.registry import ChannelMessage
from questionnaire.storage import Session
from questionnaire.storage.delivery import digest_entries
from questionnaire.storage.leads import events
from questionnaire.storage.tables import DigestEntryRow, DigestRow, LeadRow, ResponseRow, StaffRow

JOB = "digest"
MOST_AT_ONCE = 500

# Whether what was to be told still holds: the others were seen to meanwhile, and nobody need hear of them.
_STILL_HOLDS: Mapping[str, Callable[[LeadRow, StaffRow], bool]] = {
    "lead_assigned": lambda lead, reader: lead.owner is not None and lead.owner == reader.rep,
    "lead_in_queue": lambda lead, _reader: lead.owner is None and lead.stage == Stage.SQL_READY,
    "new_answers": lambda lead, reader: lead.owner is not None and lead.owner == reader.rep,
    "review_waiting": lambda lead, _reader: lead.stage == Stage.REVIEW,
    "sla_warning": lambda lead, reader: lead.call_by is not None and lead.owner == reader.rep,
    "sla_breached": lambda lead, _reader: lead.call_by is not None,
    "lead_moved": lambda lead, reader: lead.owner != reader.rep,
    "review_overdue": lambda lead, _reader: lead.stage == Stage.REVIEW,
    "feedback_due": lambda lead, reader: lead.next_what == FEEDBACK_DUE and lead.owner == reader.rep,
    "lead_rejected": lambda lead, _reader: lead.owner is None,
    "lead_diverted": lambda lead, _reader: lead.stage == Stage.DIVERTED,
    "owner_requested": lambda lead, _reader: lead.owner is not None,
}
_LISTS: Mapping[str, str] = {
    "lead_assigned": "/desk?sort=newest",
    "lead_in_queue": f"/desk?stage={Stage.SQL_READY.value}",
    "new_answers": "/desk?sort=newest",
    "review_waiting": f"/desk?stage={Stage.REVIEW.value}",
    "sla_warning": "/desk",
    "sla_breached": "/desk",
    "lead_moved": "/desk",
    "review_overdue": f"/desk?stage={Stage.REVIEW.value}",
    "feedback_due": f"/desk?stage={Stage.WORKING.value}",
    "lead_rejected": "/desk?sort=newest",
    "lead_diverted": f"/desk?stage={Stage.DIVERTED.value}",
    "owner_requested": "/desk",
}


_BY_NEXT = frozenset({"review_waiting", "review_overdue", "feedback_due"})
"""Kinds whose deadline is that of what comes next, not of the first contact."""


def goes_at_once(toolbox: Toolbox, session: Session, reader: StaffRow, what: str) -> bool:
    """Whether a mail of this kind would go out singly now, as far as can be seen before writing."""
    return is_sent_immediately(_mailed(digest_entries.digest(session, reader.id, what)), PACES[what], toolbox.now())


def post(
    toolbox: Toolbox,
    session: Session,
    reader: StaffRow,
    what: str,
    lead: LeadRow,
    row: ResponseRow,
    messages: Sequence[ChannelMessage],
    cause: str = "",
) -> tuple[str, ...]:
    """Posts the messages, or has the lead named in the next digest: the ids of what was posted, () when it waits or was
    sent before.

    `messages` is empty when nothing was composed, because a digest was to be expected. `cause` is the id of the event
    that is told, "" for the response itself.
    """
    cause = cause or row.id
    if delivery.is_posted(toolbox, session, what, cause, Recipient(reader.email, reader.language)):
        # A job that runs twice, its worker killed in between, tells nobody twice.
        return ()
    state, now = digest_entries.locked_digest(session, reader.id, what), toolbox.now()
    mailed = _mailed(state)
    if messages and is_sent_immediately(mailed, PACES[what], now):
        posted = delivery.post(toolbox, session, messages, cause, lead_id=lead.id, response_id=row.id)
        if posted:
            _keep(session, state, after_mail(mailed, PACES[what], now))
        return posted
    notice = DigestEntryRow(staff_id=reader.id, kind=what, cause=cause, response_id=row.id, lead_id=lead.id,
                            created_at=now)  # fmt: skip
    if digest_entries.add(session, notice):
        waiting = after_queued(mailed, PACES[what], now)
        _keep(session, state, waiting)
        if waiting.due_at != mailed.due_at:
            _enqueue(toolbox, session, reader.id, what, waiting)
    return ()


def send(toolbox: Toolbox, staff_id: str, what: str, due: str, cause: str) -> None:
    """The job: what waits for this person becomes one mail. Once another digest is due, this one is over."""
    with toolbox.database.reading() as session:
        reader = session.get(StaffRow, staff_id)
        found = digest_entries.waiting(session, staff_id, what, MOST_AT_ONCE)
        rows = {notice.lead_id: session.get(LeadRow, notice.lead_id) for notice in found}
    holds = _STILL_HOLDS[what]
    leads = [lead for lead in rows.values() if lead and reader and reader.active and holds(lead, reader)]
    messages = delivery.render(toolbox, compose_digest(toolbox, reader, what, leads)) if reader and leads else ()
    with toolbox.database.writing() as session:
        state, now = digest_entries.locked_digest(session, staff_id, what), toolbox.now()
        mailed = _mailed(state)
        if mailed.due_at is None or mailed.due_at.isoformat() != due:
            return
        posted = delivery.post(toolbox, session, messages, cause)
        digest_entries.mark_sent(
            session, staff_id, what, [notice.cause for notice in found], posted[0] if posted else ""
        )
        if posted:
            for notice in (notice for notice in found if any(lead.id == notice.lead_id for lead in leads)):
                events.append(session, toolbox.new_id(), notice.lead_id, "notified", now,
                              response_id=notice.response_id, data={"what": what, "mails": list(posted)})  # fmt: skip
        more = digest_entries.is_waiting(session, staff_id, what)
        after = after_digest(mailed, PACES[what], now, sent=bool(posted), more=more)
        _keep(session, state, after)
        if after.due_at is not None:
            _enqueue(toolbox, session, staff_id, what, after)


def compose_digest(toolbox: Toolbox, reader: StaffRow, what: str, leads: Sequence[LeadRow]) -> Notification:
    lines = [
        DigestLine(
            Headline(lead.name or lead.email, lead.title, lead.company, "", lead.country),
            lead.next_at if what in _BY_NEXT else lead.call_by,
        )
        for lead in leads[:MOST_LINES]
    ]
    address = list_link(toolbox, reader, _LISTS[what], toolbox.now())
    page = toolbox.settings.public_url + _LISTS[what]
    return compose.digest(reader.email, what, lines, len(leads), address, reader.timezone, reader.language, page)


def _mailed(state: DigestRow | None) -> DigestState:
    return DigestState() if state is None else DigestState(state.since, state.sent, state.due_at)


def _keep(session: Session, state: DigestRow, mailed: DigestState) -> None:
    for name, value in asdict(mailed).items():
        setattr(state, name, value)
    session.flush()


def _enqueue(toolbox: Toolbox, session: Session, staff_id: str, what: str, mailed: DigestState) -> None:
    due: datetime | None = mailed.due_at
    assert due is not None
    args = {"staff": staff_id, "what": what, "due": due.isoformat()}
    toolbox.queue.enqueue(session, JOB, f"{JOB}:{what}:{staff_id}:{due.isoformat()}", args, due)
