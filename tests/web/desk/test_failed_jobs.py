"""Page of the failed jobs: listing and replaying, for administrators."""

from __future__ import annotations

from collections.abc import Callable

from flask.testing import FlaskClient
from sqlmodel import select

from questionnaire.actions.toolbox import Toolbox
from questionnaire.jobs.registry import JOB_TYPES
from questionnaire.storage.delivery import job_queue
from questionnaire.storage.tables import JobRow, LeadRow
from tests.web.client import csrf, submit

Desk = Callable[[str], FlaskClient]


def _die(toolbox: Toolbox, error: str) -> None:
    """Makes all queued jobs fail for good."""
    with toolbox.database.writing() as session:
        for job in job_queue.due_jobs(session, tuple(JOB_TYPES), toolbox.now(), 50):
            job_queue.claim(session, job, "worker-1")
            assert job_queue.fail(session, job.key, job.turn, error, None, toolbox.now())


def test_failed_jobs_of_every_kind_are_listed_with_label_error_and_lead(
    client: FlaskClient, as_role: Desk, toolbox: Toolbox
) -> None:
    submit(client)
    with toolbox.database.writing() as session:
        for name in JOB_TYPES:
            toolbox.queue.enqueue(session, name, f"{name}/<b>:1", {})
        lead = session.exec(select(LeadRow)).one()
    _die(toolbox, "PdfFailed: <script>alert(1)</script>" + "x" * 300)
    page = as_role("admin").get("/desk/jobs").text
    for words in ("Send a message", "Create a notification email", "Email a link to continue later",
                  "Create a report (PDF)", "Create a dossier (PDF)", "The PDF couldn’t be created"):  # fmt: skip
        assert words in page
    assert f'<a href="/desk/leads/{lead.id}">{lead.email}</a>' in page
    assert "<script>alert" not in page
    assert "x" * 250 not in page
    assert "/&lt;b&gt;:1" in page


def test_an_administrator_replays_a_failed_job_once_by_its_key(as_role: Desk, toolbox: Toolbox) -> None:
    with toolbox.database.writing() as session:
        for key in ("a/b?c#d", "other"):
            toolbox.queue.enqueue(session, "render_report", key, {"response": "nobody"})
    _die(toolbox, job_queue.WORKER_DIED)
    admin = as_role("admin")
    page = admin.get("/desk/jobs")
    assert "The worker process stopped five times during this job." in page.text
    token = csrf(page)
    done = admin.post("/desk/jobs/replay", data={"csrf_token": token, "key": "a/b?c#d"})
    assert done.headers["Location"] == "/desk/jobs?replayed=1"
    assert "Job replayed." in admin.get(done.headers["Location"]).text
    for key in ("a/b?c#d", "unknown", "", "x\x00y", "é" * 5000):
        assert admin.post("/desk/jobs/replay", data={"csrf_token": token, "key": key}).status_code == 404
    with toolbox.database.reading() as session:
        states = {job.key: (job.state, job.turn) for job in session.exec(select(JobRow))}
    assert states == {"a/b?c#d": ("waiting", 2), "other": ("dead", 1)}


def test_only_administrators_see_and_replay_jobs(as_role: Desk) -> None:
    for role in ("marketing", "ops", "rep", "manager"):
        assert as_role(role).get("/desk/jobs").status_code == 403
        assert "/desk/jobs" not in as_role(role).get("/desk").text
    admin = as_role("admin")
    assert "/desk/jobs" in admin.get("/desk").text
    assert "No failed jobs" in admin.get("/desk/jobs").text
