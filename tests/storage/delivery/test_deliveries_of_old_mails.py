"""Level 0009: the mails of earlier releases are in the outbox, and those that were under way still go out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import text
from sqlmodel import select

from questionnaire.actions.delivery import outbox_view
from questionnaire.actions.toolbox import Toolbox
from questionnaire.jobs.execute import perform
from questionnaire.jobs.registry import JOB_TYPES
from questionnaire.storage.db.engine import Database
from questionnaire.storage.delivery import circuit_breakers, job_queue
from questionnaire.storage.schema.versions import migrate
from questionnaire.storage.tables import DeliveryRow, JobRow
from tests.databases import KINDS, Databases
from tests.smtp_server import free_port, open_post_office
from tests.toolboxes import Clock, still_toolbox

AT = datetime(2026, 10, 2, 7, 30, tzinfo=UTC)
WRITTEN = {
    "kind": "lead_assigned", "to": "lena@n.example", "reply_to": "anna@b.example", "subject": "Ünïcode “lead”",
    "text": "Line 1\nLine 2 \\ “two”\n", "html": "<p title='x'>Zoë</p>", "headers": '{"References": "<lead-1@leads>"}',
    "attempts": 0, "turn": 0, "destination": "smtp old:25", "claimed_by": None, "due_at": None, "last_error": "",
    "finished_at": None,
}  # fmt: skip


def _mail(session: Any, name: str, state: str, **more: object) -> None:
    values = {**WRITTEN, "id": name, "message_id": f"<{name}@q.example>", "state": state, "created_at": AT, **more}
    _insert(session, "mail", values)


def _job(session: Any, key: str, state: str, **more: object) -> None:
    values = {"key": key, "name": "send_mail", "args": "{}", "state": state, "attempt": 0, "turn": 0, "claims": 0,
              "claimed_by": None, "not_before": AT, "created_at": AT, "finished_at": None, "last_error": "",
              **more}  # fmt: skip
    _insert(session, "job", values)


def _insert(session: Any, table: str, values: dict[str, Any]) -> None:
    if session.get_bind().dialect.name == "sqlite":
        # As the product writes moments into a file.
        values = {name: f"{value:%F %T.%f}" if isinstance(value, datetime) else value for name, value in values.items()}
    names = ", ".join(f'"{name}"' for name in values)
    places = ", ".join(f":{name}" for name in values)
    session.connection().execute(text(f"INSERT INTO {table} ({names}) VALUES ({places})"), values)


def _fill(database: Database) -> None:
    with database.write_engine.connect() as connection, connection.begin():
        config = Config()
        config.set_main_option("script_location", "questionnaire/storage/schema/migrations")
        config.set_main_option("path_separator", "os")
        config.attributes["connection"] = connection
        command.upgrade(config, "0008")
    with database.writing() as session:
        _mail(session, "sent", "sent", attempts=3, finished_at=AT)
        _mail(session, "kept", "delivered_to_mailbox", attempts=1, finished_at=AT)
        _mail(session, "waits", "queued", attempts=2, turn=2, due_at=AT + timedelta(minutes=5), last_error="450 busy")
        _mail(session, "going", "sending", claimed_by="send_mail:going:0", due_at=AT)
        _mail(session, "stuck", "sending", turn=1, claimed_by="send_mail:stuck:1", due_at=AT)
        _mail(session, "over", "dead", attempts=10, turn=10, last_error="550 no such mailbox", finished_at=AT)
        _job(session, "send_mail:sent:0", "done", finished_at=AT)
        _job(session, "send_mail:waits:2", "waiting")
        _job(session, "probe:waits:2:x", "waiting")
        _job(session, "send_mail:going:0", "running", claims=1, claimed_by="worker-1")
        _job(session, "send_mail:stuck:1", "dead", last_error="WorkerDied: 5 workers ended", finished_at=AT)
        _job(session, "tell:1", "waiting", name="tell")
        _insert(session, "destination", {"name": "smtp old:25", "failures": 4, "probe_at": AT, "last_error": "refused"})


@pytest.mark.parametrize("kind", KINDS)
def test_mails_of_earlier_releases_are_read_and_go_out(databases: Databases, kind: str) -> None:
    with databases.open(kind, migrated=False) as database, open_post_office(free_port()) as office:
        _fill(database)
        migrate(database)
        clock = Clock(AT)
        toolbox = still_toolbox(database, clock, SMTP_URL=f"smtp://127.0.0.1:{office.port}")
        with database.reading() as session:
            jobs = {job.key.removeprefix("deliver:"): job for job in session.exec(select(JobRow))}
            assert {key: (job.state, job.attempt) for key, job in jobs.items()} == {
                "sent": ("done", 2), "kept": ("done", 0), "waits": ("waiting", 2), "going": ("waiting", 0),
                "stuck": ("dead", 0), "over": ("dead", 10), "tell:1": ("waiting", 0),
            }  # fmt: skip
            assert (jobs["waits"].not_before, jobs["waits"].args) == (AT + timedelta(minutes=5), {"delivery": "waits"})
            assert jobs["stuck"].last_error.startswith("WorkerDied")
            assert circuit_breakers.breaker(session, "smtp old:25").failures == 4
            row = session.get_one(DeliveryRow, "waits")
            assert row.payload["headers"] == {"References": "<lead-1@leads>"}
            assert (row.recipient, row.last_error) == ("lena@n.example", "450 busy")
            assert row.payload["html"] == WRITTEN["html"]
        box = outbox_view.mails(toolbox)
        assert {line.id: (line.state, line.attempts) for line in box.mails} == {
            "sent": ("sent", 3), "kept": ("delivered_to_mailbox", 1), "waits": ("queued", 2), "going": ("queued", 0),
            "stuck": ("dead", 0), "over": ("dead", 10),
        }  # fmt: skip
        view = outbox_view.mail(toolbox, "over")
        assert view is not None
        assert (view.line.subject, view.text, view.line.error) == (
            WRITTEN["subject"], WRITTEN["text"], "550 no such mailbox"
        )  # fmt: skip
        assert dict(view.headers)["Reply-To"] == "anna@b.example"
        for name in ("over", "stuck"):
            assert outbox_view.replay(toolbox, name)
        clock.forward(minutes=5)
        _do_what_is_due(toolbox, clock)
        with database.reading() as session:
            states = {row.id: row.state for row in session.exec(select(DeliveryRow))}
        assert states == dict.fromkeys(states, "sent") | {"kept": "delivered_to_mailbox"}
        assert len(office.letters) == 4


def _do_what_is_due(toolbox: Toolbox, clock: Clock) -> None:
    with toolbox.database.writing() as session:
        due = job_queue.due_jobs(session, ("deliver",), clock.at, 10)
        for job in due:
            job_queue.claim(session, job, "worker-1")
    for job in due:
        perform(toolbox, JOB_TYPES, job.key, job.turn, job.claims)
