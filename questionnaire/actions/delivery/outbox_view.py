"""The mails the product wrote, as a mailbox; those that gave up can be sent again."""

from __future__ import annotations

from questionnaire.actions.delivery import delivery
from questionnaire.actions.toolbox import Toolbox
from questionnaire.actions.views import PER_PAGE, MailLine, MailPage, MailView
from questionnaire.storage.delivery import outbox as post
from questionnaire.storage.tables import MailRow


def mails(toolbox: Toolbox, page: int) -> MailPage:
    """One page of what was written, the newest first, and everything that gave up."""
    with toolbox.database.reading() as session:
        found = post.count(session)
        pages = max(1, -(-found // PER_PAGE))
        page = min(page, pages)
        rows = post.newest(session, PER_PAGE, (page - 1) * PER_PAGE)
        return MailPage(tuple(map(_line, rows)), tuple(map(_line, post.dead(session))), found, page, pages)


def mail(toolbox: Toolbox, mail_id: str) -> MailView | None:
    with toolbox.database.reading() as session:
        row = post.get(session, mail_id)
        if row is None:
            return None
        headers = [("Message-ID", row.message_id), *((name, str(value)) for name, value in row.headers.items())]
        if row.reply_to:
            headers.insert(0, ("Reply-To", row.reply_to))
        return MailView(_line(row), row.text, row.html, tuple(headers))


def replay(toolbox: Toolbox, mail_id: str) -> bool:
    """A mail that gave up gets all its attempts again; False when it did not give up."""
    with toolbox.database.writing() as session:
        return delivery.replay(toolbox, session, mail_id)


def _line(row: MailRow) -> MailLine:
    return MailLine(row.id, row.kind, row.to, row.subject, row.created_at, row.state, row.attempts, row.last_error)
