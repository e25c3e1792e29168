"""Installations of an earlier version come up under this one: leads, emails, jobs, links and PDFs still work.

`installations/` holds an SQLite file and a PostgreSQL dump of schema version 0005, written by that version itself: five
responses of four people, three reports and emails done, four emails that wait for a mail server that was away, one
dossier that a job runner of that time had taken and not rendered.
"""

from __future__ import annotations

import html
import lzma
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from pathlib import Path

import psycopg
import pytest
from flask.testing import FlaskClient
from sqlalchemy.engine import make_url
from sqlmodel import select

from questionnaire.actions.assessing import rebuild
from questionnaire.actions.assessing.links import sign
from questionnaire.actions.toolbox import Toolbox
from questionnaire.documents import PdfRenderer
from questionnaire.jobs.execute import perform
from questionnaire.jobs.registry import JOB_TYPES
from questionnaire.storage.db.engine import Database, open_database
from questionnaire.storage.delivery import job_queue
from questionnaire.storage.schema.versions import migrate
from questionnaire.storage.tables import DeliveryRow, DocumentRow, JobRow, LeadRow, ResponseRow
from questionnaire.web import create_app
from tests.databases import KINDS, Databases
from tests.smtp_server import PostOffice, open_post_office
from tests.toolboxes import Clock, still_toolbox
from tests.web.client import csrf

FOLDER = Path(__file__).parent / "installations"
KEY = "an-old-installation-s-secret-key-0123456789-abcdefghij"
PASSWORD = "quartz violin harbor lemon"
# A minute after the old version was stopped; its links work for half a year.
NOW = datetime(2026, 11, 26, 18, 0, tzinfo=UTC)
STAGES = {
    "anna.keller@nordwind.example": "assigned",
    "eva.lang@suedwind.example": "assigned",
    "paul.petit@aurore.example": "mql",
    "tom@unsure.example": "nurture",
}
WAITING = {
    ("report_ready", "anna.keller@nordwind.example"),
    ("report_ready", "eva.lang@suedwind.example"),
    ("new_answers", "lena@nordlicht.example"),
    ("lead_assigned", "max@nordlicht.example"),
}


def _restore(databases: Databases, kind: str) -> str:
    """The address of a database as the old version left it."""
    url = databases.new_url(kind, migrated=False)
    if kind == "sqlite":
        content = lzma.decompress((FOLDER / "level-0005.sqlite3.xz").read_bytes())
        Path(make_url(url).database or "").write_bytes(content)
        return url
    dump = lzma.decompress((FOLDER / "level-0005.postgresql.sql.xz").read_bytes()).decode()
    # Lines of psql's own are no SQL.
    statements = "\n".join(line for line in dump.splitlines() if not line.startswith("\\"))
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statements.encode())
    return url


@pytest.fixture(params=KINDS)
def upgraded(request: pytest.FixtureRequest, databases: Databases) -> Iterator[Database]:
    opened = open_database(_restore(databases, request.param))
    migrate(opened)
    yield opened
    opened.close()


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with open_post_office() as opened:
        yield opened


@pytest.fixture
def installation(upgraded: Database, office: PostOffice) -> Toolbox:
    settings = {"QUESTIONNAIRE_SECRET_KEY": KEY, "SMTP_URL": f"smtp://127.0.0.1:{office.port}"}
    settings["QUESTIONNAIRE_PUBLIC_URL"] = "http://localhost"
    return still_toolbox(upgraded, Clock(NOW), **settings)


def _work(toolbox: Toolbox) -> None:
    """Does every job that is due within the next hour, as a worker does."""
    with PdfRenderer() as renderer:
        worker = replace(toolbox, renderer=renderer)
        for _ in range(50):
            with worker.database.writing() as session:
                jobs = job_queue.due_jobs(session, tuple(JOB_TYPES), NOW + timedelta(hours=1), 100)
                for job in jobs:
                    job_queue.claim(session, job)
            for job in jobs:
                perform(worker, JOB_TYPES, job.key, job.turn, job.claims)
            if not jobs:
                return
    raise AssertionError("the jobs do not end")


def _responses(toolbox: Toolbox) -> list[ResponseRow]:
    with toolbox.database.reading() as session:
        return list(session.exec(select(ResponseRow)))


def _client(toolbox: Toolbox) -> FlaskClient:
    client = create_app(toolbox).test_client()
    form = {"csrf_token": csrf(client.get("/sign-in")), "email": "ada@nordlicht.example", "password": PASSWORD}
    assert client.post("/sign-in", data=form).status_code == 303
    return client


def test_leads_keep_their_stage_and_are_what_their_events_say(installation: Toolbox) -> None:
    with installation.database.reading() as session:
        assert {lead.email: lead.stage for lead in session.exec(select(LeadRow))} == STAGES
    batches = list(rebuild.compare(installation))
    assert sum(batch.leads for batch in batches) == len(STAGES)
    assert [batch.differences for batch in batches if batch.differences] == []


def test_links_open_the_result_and_the_very_pdf_that_was_stored(installation: Toolbox) -> None:
    client = create_app(installation).test_client()
    rows = _responses(installation)
    assert len(rows) == 5
    for row in rows:
        link = f"/r/{sign(installation.settings.secret_keys, 'result', row.id, row.at)}"
        assert "Sales–marketing alignment" in client.get(link).text
        with installation.database.reading() as session:
            stored = session.exec(
                select(DocumentRow).where(DocumentRow.response_id == row.id, DocumentRow.kind == "report")
            ).one()
        pdf = client.get(f"{link}/report.pdf")
        assert pdf.status_code == 200
        assert pdf.data == stored.content


def test_an_address_can_still_be_confirmed_with_a_link_that_was_mailed(installation: Toolbox) -> None:
    client = create_app(installation).test_client()
    repeat = max(_responses(installation), key=lambda row: (row.contact.get("first_name") == "Anna", row.at))
    link = f"/r/{sign(installation.settings.secret_keys, 'mailed', repeat.id, repeat.at)}"
    assert client.post(link).status_code == 303
    _work(installation)
    with installation.database.reading() as session:
        confirmed = session.get(ResponseRow, repeat.id)
        assert confirmed is not None
        assert confirmed.confirmed_at == NOW


def test_emails_that_waited_are_sent_once_and_those_of_before_can_be_read(
    installation: Toolbox, office: PostOffice
) -> None:
    with installation.database.reading() as session:
        before = {(row.kind, row.recipient): row.message_id for row in session.exec(select(DeliveryRow)) if
                  row.state == "queued"}  # fmt: skip
    assert set(before) == WAITING
    _work(installation)
    sent = [(letter.recipients[0], message_from_bytes(letter.content)["Message-ID"]) for letter in office.letters]
    assert sorted(sent) == sorted((recipient, message_id) for (_, recipient), message_id in before.items())
    outbox = _client(installation).get("/desk/mailbox").text
    addresses = sorted(set(re.findall(r'href="(/desk/mailbox/[^"?]+)"', outbox)))
    assert len(addresses) == 8
    client = _client(installation)
    assert all("Message-ID" in client.get(address).text for address in addresses)


def test_a_dossier_that_the_old_job_runner_had_taken_is_rendered(installation: Toolbox) -> None:
    _work(installation)
    with installation.database.reading() as session:
        jobs = [(job.key, job.state, job.last_error) for job in session.exec(select(JobRow)) if job.state != "done"]
    assert jobs == []
    client = _client(installation)
    pages = sorted(set(re.findall(r'href="(/desk/leads/[^"?#]+)"', client.get("/desk").text)))
    assert len(pages) == len(STAGES)
    eva = next(page for page in map(client.get, pages) if "Eva Lang" in page.text)
    # The policy of that time has no words for its signals: the choice is quoted as Eva read it.
    assert "“A 20-minute demo”" in html.unescape(re.sub(r"<[^>]*>", "", eva.text))
    pdf = client.get(f"{eva.request.path}/dossier.pdf")
    assert (pdf.status_code, pdf.data[:5]) == (200, b"%PDF-")
