"""A test email to the administrator who asks for it, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from questionnaire.actions import company_settings
from questionnaire.actions.delivery import delivery
from questionnaire.actions.toolbox import Toolbox
from questionnaire.notify import compose, registry
from questionnaire.notify.channel import Preview
from questionnaire.storage.delivery import outbox

KIND = "test_email"


@dataclass(frozen=True, slots=True)
class MailTest:
    """`state`: queued, sent or delivered_to_mailbox, or dead when it was given up. `error` is the last answer of the
    server, and `next_at` when it is tried again. `is_encrypted` is None without a server.
    """

    id: str
    state: str
    error: str
    at: datetime
    next_at: datetime | None
    is_encrypted: bool | None

    @property
    def is_waiting(self) -> bool:
        """Nobody knows yet."""
        return self.state == "queued" and not self.error


def send(toolbox: Toolbox, to: str, language: str, now: datetime) -> str:
    """Puts the email into the outbox, and returns its id; it leaves at once, by the worker."""
    name = company_settings.company(toolbox, fresh=True).name
    messages = delivery.render(
        toolbox, compose.test_email(to, name, f"{toolbox.settings.public_url}/desk/settings/email", language)
    )
    with toolbox.database.writing() as session:
        posted = delivery.post(toolbox, session, messages, f"{KIND} {now.isoformat()} {toolbox.new_id()}")
    return posted[0]


def find(toolbox: Toolbox, delivery_id: str, to: str) -> MailTest | None:
    """What became of it; None when there is none with this id to this address."""
    with toolbox.database.reading() as session:
        found = outbox.get_with_job(session, delivery_id) if delivery_id else None
    if found is None or found[0].kind != KIND or found[0].recipient != to:
        return None
    row, job = found
    is_dead = job is not None and job.state == "dead" and row.state == "queued"
    waits = job is not None and job.state == "waiting" and bool(row.last_error)
    server = toolbox.settings.smtp
    return MailTest(
        id=row.id,
        state="dead" if is_dead else row.state,
        error=row.last_error,
        at=row.finished_at or row.created_at,
        next_at=job.not_before if job is not None and waits else None,
        is_encrypted=None if server is None else server.security != "none",
    )


def preview(toolbox: Toolbox, language: str) -> Preview:
    """The email with which a prospect gets the report, as it would leave now."""
    public, name = toolbox.settings.public_url, company_settings.company(toolbox, fresh=True).name
    theme = toolbox.theme.model_copy(update={"name": name})
    link = f"{public}/r/…"
    notification = compose.report_ready(
        "anna.keller@nordwind.example", "Anna", link, f"{link}/report.pdf", theme, language
    )
    channel = registry.open_channel(delivery.MAIL, toolbox.settings)
    return channel.preview(channel.render(notification))
