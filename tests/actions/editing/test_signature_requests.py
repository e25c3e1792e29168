"""Heads are asked to sign what waits for them, and reminded after two and five working days, on both databases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from sqlmodel import select

from questionnaire.actions import retention
from questionnaire.actions.editing import agreements, signature_requests, signatures
from questionnaire.actions.toolbox import Toolbox
from questionnaire.jobs.execute import perform
from questionnaire.jobs.registry import JOB_TYPES
from questionnaire.storage.db.engine import Database
from questionnaire.storage.delivery import job_queue, outbox
from questionnaire.storage.tables import DeliveryRow, JobRow
from tests.actions.editing.test_signatures import INES, MIA, change, head, policy_toolbox, signed
from tests.rows import FRIDAY
from tests.searches import search_drafts
from tests.toolboxes import Clock

MOST = 50


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def toolbox(database: Database, clock: Clock) -> Toolbox:
    box = policy_toolbox(database, clock)
    change(box, "mql/threshold", 65)
    return box


def work(toolbox: Toolbox) -> list[str]:
    """A worker does what is due; the mails that it wrote are answered: who, and with which subject."""
    before = {row.id for row in mails(toolbox)}
    while True:
        with toolbox.database.writing() as session:
            due = job_queue.due_jobs(session, (signatures.REMIND_JOB,), toolbox.now(), MOST)
            keys = [(job.key, job.turn) for job in due]
            for job in due:
                job_queue.claim(session, job)
        if not keys:
            return sorted(f"{one.recipient}: {one.payload['subject']}" for one in mails(toolbox)
                          if one.id not in before)  # fmt: skip
        for key, turn in keys:
            perform(toolbox, JOB_TYPES, key, turn)


def mails(toolbox: Toolbox) -> tuple[DeliveryRow, ...]:
    with toolbox.database.reading() as session:
        return tuple(row for row, _job in outbox.newest(session, MOST))


def ask(toolbox: Toolbox, day: date | None = None) -> None:
    """Once the draft is searched."""
    search_drafts(toolbox)
    assert signatures.propose(toolbox, "default", day, "", MIA, toolbox.now()) == ()


def test_the_missing_signer_is_asked_then_reminded_after_two_and_five_working_days(
    toolbox: Toolbox, clock: Clock
) -> None:
    signed(toolbox, MIA)
    assert work(toolbox) == [f"{INES}: Please sign version 6 of the policy Default"]
    assert work(toolbox) == []
    letter = mails(toolbox)[0].payload["text"]
    assert "Mia Lorenz has signed version 6 of the policy Default" in letter
    assert "Thresholds: MQL, least total: 65 instead of 50" in letter
    assert "/desk/policies/default/draft/sign" in letter
    clock.forward(days=3)
    assert work(toolbox) == [], "a Friday and a weekend are one working day"
    clock.forward(days=2)
    assert work(toolbox) == [f"{INES}: Reminder: sign version 6 of the policy Default"]
    clock.forward(days=1)
    assert work(toolbox) == []
    clock.forward(days=2)
    assert work(toolbox) == [f"{INES}: Reminder: sign version 6 of the policy Default"]
    clock.forward(days=60)
    assert work(toolbox) == []


def test_a_proposed_draft_waits_for_both_and_is_not_asked_of_the_one_who_proposed_it(
    toolbox: Toolbox, clock: Clock
) -> None:
    assert requested(toolbox, INES) == []
    ask(toolbox)
    ask(toolbox)
    assert work(toolbox) == [f"{INES}: Please sign version 6 of the policy Default"]
    assert requested(toolbox, MIA) == requested(toolbox, INES) == [("default", 6, 1, None)]
    clock.forward(days=5)
    assert [line.partition(":")[0] for line in work(toolbox)] == [INES, MIA]
    signed(toolbox, MIA, clock() - FRIDAY)
    assert work(toolbox) == [], "Ines was asked already"
    assert (requested(toolbox, MIA), requested(toolbox, INES)) == ([], [("default", 6, 1, "Mia Lorenz")])


def requested(toolbox: Toolbox, email: str) -> list[tuple[str, int, int, str | None]]:
    found = signature_requests.requested_of(toolbox, head(toolbox, email))
    return [(one.name, one.version, one.changes, one.other.name if one.other else None) for one in found]


def test_a_worker_that_slept_sends_one_reminder_and_not_two(toolbox: Toolbox, clock: Clock) -> None:
    signed(toolbox, MIA)
    work(toolbox)
    clock.forward(days=30)
    assert work(toolbox) == [f"{INES}: Reminder: sign version 6 of the policy Default"]
    assert work(toolbox) == []


def test_nobody_is_reminded_of_what_was_changed_withdrawn_or_signed(toolbox: Toolbox, clock: Clock) -> None:
    change(toolbox, "fit/grades/A", 10)
    ask(toolbox)
    assert (work(toolbox), requested(toolbox, INES)) == ([], []), "with errors it can’t be signed"
    change(toolbox, "fit/grades/A", 42)
    for after in (
        lambda: change(toolbox, "mql/threshold", 66),
        lambda: signatures.withdraw(toolbox, "default"),
        lambda: ask(toolbox, date(2027, 3, 1)),
        lambda: [signed(toolbox, email, clock() - FRIDAY) for email in (MIA, INES)],
    ):
        ask(toolbox)
        assert requested(toolbox, INES) != []
        work(toolbox)
        after()
        work(toolbox)
        signatures.withdraw(toolbox, "default")
        clock.forward(days=30)
        assert work(toolbox) == []
        assert requested(toolbox, INES) == []


def test_a_version_is_printed_when_it_comes_in_force_and_kept_and_a_draft_s_print_is_deleted(
    toolbox: Toolbox, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = agreements.agreement_view(toolbox, "default", None, "en", clock(), draft=True)
    assert draft is not None
    agreements.request_print(toolbox, draft, clock())
    for email in (MIA, INES):
        signed(toolbox, email)
    with toolbox.database.reading() as session:
        jobs = [row.args for row in session.exec(select(JobRow).where(JobRow.name == agreements.JOB)).all()]
    printed: list[Any] = []
    monkeypatch.setattr(agreements, "renderer_of", lambda _toolbox: Press(printed))
    for args in (*jobs, {"policy": "gone", "version": 1, "language": "en"}):
        agreements.print_agreement(toolbox, args)
    assert [(one["language"], one["version"], one["is_draft"]) for one in printed] == [
        ("en", 6, True), ("en", 6, False), ("fr", 6, False)
    ]  # fmt: skip
    view = agreements.agreement_view(toolbox, "default", 6, "fr", clock.forward(days=30))
    assert view is not None
    assert agreements.agreement_pdf(toolbox, draft) == b"1"
    retention.clean_up(toolbox)
    assert agreements.agreement_pdf(toolbox, draft) is None
    assert agreements.agreement_pdf(toolbox, view) == b"3", "as it was on its first day, whatever holidays come now"


@dataclass
class Press:
    """Prints the number of the sheet instead of it; the real printer is tried in tests/documents."""

    printed: list[Any]

    def print(self, _kind: str, view: Any, *_how: Any, **_more: Any) -> Any:
        self.printed.append(view)
        return SimpleNamespace(pdf=str(len(self.printed)).encode())
