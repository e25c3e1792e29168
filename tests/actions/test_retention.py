"""What is deleted when, and what never is."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.exc import DBAPIError
from sqlmodel import col, select

from questionnaire.actions import retention
from questionnaire.actions.delivery import outbox_view
from questionnaire.actions.views import MailPage
from questionnaire.jobs.execute import perform
from questionnaire.jobs.registry import JOB_TYPES
from questionnaire.storage.db.engine import Database
from questionnaire.storage.delivery import job_queue, outbox, rate_counts
from questionnaire.storage.publishing import images, publications, trial_reports
from questionnaire.storage.responses import visits
from questionnaire.storage.tables import (
    DraftEditRow,
    DraftRow,
    ImageRow,
    JobRow,
    PublicationPlanRow,
    TrialReportRow,
    UnpublishedPictureRow,
    VisitRow,
)
from tests.rows import FRIDAY, delivery
from tests.toolboxes import Clock, still_toolbox


def test_what_nobody_needs_is_deleted_batch_by_batch_and_the_rest_stays(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "BATCH", 2)
    clock = Clock()
    toolbox = still_toolbox(database, clock, QUESTIONNAIRE_KEEP_EMAILS_DAYS="90")
    with database.writing() as session:
        for number in range(5):
            toolbox.queue.enqueue(session, "deliver", f"deliver:m{number}", {})
            outbox.add(session, delivery(f"m{number}"))
            visits.note(session, VisitRow(id=f"v{number}", survey_id="a", survey_version=1, language="en",
                                          day=FRIDAY.date()))  # fmt: skip
            rate_counts.add(session, f"s{number}", FRIDAY)
        for number in range(4):
            outbox.finish(session, f"m{number}", "mail.example:25", "sent", FRIDAY)
        # The job of m4 failed: somebody has yet to look at the message.
        job_queue.stop(session, "deliver:m4", "DeliveryFailed: no", FRIDAY)
        for job in session.exec(select(JobRow).where(col(JobRow.state) == "waiting")):
            job.state, job.finished_at = "done", FRIDAY

    def left() -> tuple[list[str], list[bool], int, int]:
        retention.clean_up(toolbox)
        with database.reading() as session:
            keys = sorted(session.exec(select(JobRow.key)).all())
            texts = [outbox.get(session, f"m{number}").payload != {} for number in range(5)]  # type: ignore[union-attr]  # they exist
            seen = len(list(visits.of_survey(session, "a", 1)))
            return keys, texts, seen, rate_counts.total(session, "s1", FRIDAY - timedelta(days=1))

    assert left() == ([f"deliver:m{number}" for number in range(5)], [True] * 5, 5, 1)
    clock.forward(days=31)
    assert left() == (["deliver:m4"], [True] * 5, 5, 0)
    clock.forward(days=60)
    assert left() == (["deliver:m4"], [False] * 4 + [True], 5, 0)
    clock.forward(days=310)
    assert left() == (["deliver:m4"], [False] * 4 + [True], 0, 0)
    page = outbox_view.mails(toolbox)
    assert sorted((line.id, line.subject) for line in page.mails)[3:] == [("m3", ""), ("m4", "Your report")]
    emptied = outbox_view.mail(toolbox, "m0")
    assert emptied is not None
    assert (emptied.text, emptied.emptied_at) == ("", FRIDAY + timedelta(days=91))


def test_the_job_is_planned_once_a_day(database: Database) -> None:
    toolbox = still_toolbox(database, clock := Clock())
    for _ in range(2):
        retention.plan(toolbox)
    clock.forward(days=1)
    retention.plan(toolbox)
    with database.writing() as session:
        (first, second) = job_queue.due_jobs(session, (retention.JOB,), clock.at, 10)
        assert [first.key, second.key] == ["clean_up:2026-10-02", "clean_up:2026-10-03"]
        job_queue.claim(session, first)
    perform(toolbox, JOB_TYPES, first.key, first.turn, first.claims)
    with database.reading() as session:
        assert session.get_one(JobRow, first.key).state == "done"


def test_the_outbox_is_read_page_by_page_and_back(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox_view, "PER_PAGE", 2)
    monkeypatch.setattr(outbox_view, "MOST_COUNTED", 4)
    toolbox = still_toolbox(database, Clock())
    with database.writing() as session:
        for number in range(5):
            outbox.add(session, delivery(f"m{number}", created_at=FRIDAY + timedelta(minutes=number // 2)))

    def ids(page: MailPage) -> list[str]:
        return [line.id for line in page.mails]

    first = outbox_view.mails(toolbox)
    second = outbox_view.mails(toolbox, first.after)
    third = outbox_view.mails(toolbox, second.after)
    assert (ids(first), ids(second), ids(third)) == (["m4", "m3"], ["m2", "m1"], ["m0"])
    assert (first.before, third.after, first.total, first.is_capped) == ("", "", 4, True)
    assert ids(outbox_view.mails(toolbox, before=third.before)) == ["m2", "m1"]
    assert ids(outbox_view.mails(toolbox, before=second.before)) == ["m4", "m3"]
    for text in ("x", first.before, "W10", "WyJhIiwiYiJd"):
        assert ids(outbox_view.mails(toolbox, text)) == ["m4", "m3"]


def _picture(number: int) -> str:
    return f"{number:032x}-8x8.webp"


def _naming(number: int) -> dict[str, object]:
    return {"pages": [{"questions": [{"choices": [{"image": _picture(number)}]}]}]}


def _put_pictures(database: Database) -> None:
    """0 is named nowhere; 1 by a draft, 2 by its history, 3 by a version, 4 by one to come, 5 by a tried report."""
    with database.writing() as session:
        for number in range(6):
            images.keep_unpublished(session, _picture(number), b"webp", FRIDAY)
        session.add(DraftRow(id="d", kind="survey", name="s", revision=1, content=_naming(1), opened_at=FRIDAY,
                             opened_by="mia", changed_at=FRIDAY, changed_by="mia"))  # fmt: skip
        session.flush()
        session.add(DraftEditRow(draft_id="d", revision=1, author="mia", at=FRIDAY, change=[_naming(1)],
                                 inverse=[_naming(2)]))  # fmt: skip
        publications.publish(session, "survey", "s", 1, _naming(3), FRIDAY)
        session.add(PublicationPlanRow(id="p", survey_id="s", revision=1, content=_naming(4), planned_by="mia",
                                       go_live_at=FRIDAY + timedelta(days=90), planned_at=FRIDAY))  # fmt: skip
        trial_reports.add(session, TrialReportRow(id="t", asked_by="mia", asked_at=FRIDAY, survey="s", language="en",
                                                  view=_naming(5), phrases=[]))  # fmt: skip


def test_a_picture_goes_once_no_draft_no_version_and_no_trial_names_it(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "PICTURES", 2)
    toolbox = still_toolbox(database, clock := Clock())
    _put_pictures(database)

    def left() -> tuple[list[int], list[int]]:
        """The pictures that are there, and those that are looked at again."""
        retention.clean_up(toolbox)
        with database.reading() as session:
            rows = (sorted(session.exec(select(table.name)).all()) for table in (ImageRow, UnpublishedPictureRow))
            there, watched = ([int(name[:32], 16) for name in names] for names in rows)
            return there, watched

    # What was uploaded a moment ago is about to be named.
    assert left() == ([0, 1, 2, 3, 4, 5], [0, 1, 2, 3, 4, 5])
    clock.forward(hours=22)
    assert left() == ([1, 2, 3, 4, 5], [1, 2, 4, 5])
    clock.forward(days=2)
    assert left() == ([1, 2, 3, 4], [1, 2, 4])
    with database.writing() as session:
        images.keep_unpublished(session, _picture(0), b"webp", clock.at)
    clock.forward(days=29)
    # The history brings back nothing that was replaced longer ago.
    assert left() == ([1, 3, 4], [1, 4])
    with pytest.raises(DBAPIError, match="never changed"), database.writing() as session:
        session.exec(update(ImageRow).values(content=b"other"))
