"""The outbox as people see it: what was written, what became of it, and sending again what gave up."""

from __future__ import annotations

from datetime import datetime

from questionnaire.actions.toolbox import Toolbox
from questionnaire.actions.views import MailLine, MailPage, MailView, Person
from questionnaire.storage import mails as store
from questionnaire.storage.tables import Mail

PER_PAGE = 50
REPLAYERS = ("admin", "ops")


def mails(toolbox: Toolbox, viewer: Person, page: int) -> MailPage:
    """One page of the outbox, the newest first, and all that gave up."""
    if not _may_see(toolbox, viewer):
        return MailPage((), (), 0, 1, 1)
    with toolbox.database.reading() as session:
        found = store.count(session)
        pages = max(1, -(-found // PER_PAGE))
        number = min(max(page, 1), pages)
        rows = store.newest(session, PER_PAGE, (number - 1) * PER_PAGE)
        dead = store.dead(session) if viewer.role in REPLAYERS else ()
        return MailPage(tuple(map(_line, rows)), tuple(map(_line, dead)), found, number, pages)


def mail(toolbox: Toolbox, viewer: Person, mail_id: str) -> MailView | None:
    if not _may_see(toolbox, viewer):
        return None
    with toolbox.database.reading() as session:
        row = store.get(session, mail_id)
        return MailView(_line(row), row.text, row.html) if row else None


def replay(toolbox: Toolbox, viewer: Person, mail_id: str, now: datetime) -> bool:
    """A dead mail gets all its attempts again. False when it is not dead, or not this person's to send."""
    if viewer.role not in REPLAYERS:
        return False
    with toolbox.database.writing() as session:
        row = store.replay(session, mail_id, now)
        if row is None:
            return False
        key = f"send_mail:{row.id}:{row.turn}"
        toolbox.queue.enqueue(session, "send_mail", key, {"mail": row.id, "turn": row.turn})
        return True


def _may_see(toolbox: Toolbox, viewer: Person) -> bool:
    """In the demo everybody: its mails go nowhere else. Otherwise those who look after the post."""
    return toolbox.settings.demo or viewer.role in REPLAYERS


def _line(row: Mail) -> MailLine:
    return MailLine(row.id, row.kind, row.to, row.subject, row.created_at, row.state, row.attempts, row.last_error)
