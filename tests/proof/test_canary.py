"""Canary words in every field, and trouble of every kind: none of them comes up in what the processes log."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
import structlog
from flask import Flask

from questionnaire import bootstrap
from questionnaire.actions.handoff import notifications
from questionnaire.actions.respond import acceptance
from questionnaire.actions.toolbox import Toolbox
from questionnaire.jobs.execute import perform
from questionnaire.jobs.registry import JOB_TYPES
from questionnaire.storage.delivery import job_queue
from tests.web.client import ANNA, PAGE, SLUG, answered, csrf, submit

CANARY = "kanarienvogel"


@pytest.fixture
def logged(toolbox: Toolbox, capfd: pytest.CaptureFixture[str]) -> Iterator[pytest.CaptureFixture[str]]:
    """The log of the product as operators see it, with everything said."""
    bootstrap.start_log(replace(toolbox.settings, log_level="debug"))
    yield capfd
    structlog.reset_defaults()


def test_nothing_a_person_sent_comes_up_in_the_log(
    app: Flask, toolbox: Toolbox, logged: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    client = app.test_client()
    typed = {name: f"{CANARY} {name}" for name in ("first_name", "last_name", "company", "job_title")}
    mine = {**typed, "email": f"{CANARY}@nordwind.example", "linkedin": f"https://l.example/{CANARY}"}
    token = submit(client, key=f"{CANARY}-key", **mine).removeprefix("/r/")
    client.get(f"/r/{token}?note={CANARY}")
    client.get(f"/r/{token[:-4]}{CANARY}")
    client.get(f"/s/{SLUG}?utm_source={CANARY}", headers={"Cookie": f"a={CANARY}", "User-Agent": CANARY})
    client.post(PAGE, data=answered(**{CANARY: CANARY}), headers={"Referer": f"https://{CANARY}.example"})
    saved = {"draft": "d" * 32, "visit": "e" * 32, "employees": "50_199", "linkedin": CANARY, "at": CANARY}
    client.post(PAGE, data={**saved, "step": "save", "source": f'{{"last": {{"utm_source": "{CANARY}"}}}}'})
    client.post(PAGE, data={**saved, "step": "later", "later": f"{CANARY}@nordwind.example"})
    client.get(f"{PAGE}?k={CANARY}&resume={CANARY}")
    client.get(f"/{CANARY}", headers={"Host": f"{CANARY}.example"})
    form = {"csrf_token": csrf(client.get("/sign-in")), "email": mine["email"], "password": f"{CANARY} {CANARY}"}
    client.post("/sign-in", data=form)

    def fail(*_: object) -> None:
        raise ValueError(f"cannot read {CANARY} of {ANNA['email']}")

    with monkeypatch.context() as broken:
        broken.setattr(acceptance, "accept", fail)
        assert client.post(PAGE, data=answered(key="other")).status_code == 500
        broken.setattr(notifications, "notify", fail)
        with toolbox.database.writing() as session:
            (job, *_) = job_queue.due_jobs(session, ("tell",), toolbox.now(), 5)
            job_queue.claim(session, job)
        perform(toolbox, JOB_TYPES, job.key, job.turn)
    said = "".join(logged.readouterr())
    assert '"event": "unhandled"' in said
    assert '"event": "job_failed"' in said
    for secret in (CANARY, token, ANNA["email"], "nordwind"):
        assert secret not in said, said
