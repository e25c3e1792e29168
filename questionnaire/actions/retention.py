"""Retention: what is deleted once nobody needs it any more. docs/operating.md has the table of what is kept how long.

The job runs once a day and deletes a batch per transaction, so that nobody waits for it. Leads, responses, assessments,
consents, events and documents are kept.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

import structlog

from questionnaire.actions.toolbox import Toolbox
from questionnaire.storage import Session
from questionnaire.storage.delivery import digest_entries, job_queue, outbox, rate_counts
from questionnaire.storage.people import sign_in_codes, staff
from questionnaire.storage.publishing import drafts as authored
from questionnaire.storage.publishing import trial_reports, unused_images
from questionnaire.storage.responses import form_states, partial_responses, test_data, visit_counts, visits

JOB = "clean_up"
BATCH = 2000
TEST_ANSWERS = timedelta(days=30)
KEPT_EDITS = 1000
"""Changes of a draft that its history keeps: more than undo looks at, and enough for weeks of work."""
# Longer than any counted period (actions/delivery/caps.py).
COUNTS = timedelta(days=2)
TRIALS = timedelta(days=1)
# An upload is stored right before it is named.
NEW_PICTURES = timedelta(hours=20)
REPLACED_PICTURES = timedelta(days=30)
"""How long the history of a draft can bring back a picture that was replaced."""
PICTURES = 50
_log = structlog.get_logger("questionnaire.retention")


def plan(toolbox: Toolbox) -> None:
    """Enqueues the job of today, unless that was done before."""
    with toolbox.database.writing() as session:
        toolbox.queue.enqueue(session, JOB, f"{JOB}:{toolbox.now().date().isoformat()}", {})


def clean_up(toolbox: Toolbox) -> None:
    """The job. Interrupted, it goes on where it stopped."""
    deleted: dict[str, int] = {}
    for name, delete in _deletions(toolbox, toolbox.now()).items():
        number = BATCH
        while number == BATCH:
            with toolbox.database.writing() as session:
                number = delete(session)
            deleted[name] = deleted.get(name, 0) + number
    deleted["pictures"] = _forget_pictures(toolbox, toolbox.now())
    _log.info("cleaned_up", **{name: number for name, number in deleted.items() if number})


def _forget_pictures(toolbox: Toolbox, now: datetime) -> int:
    """Deletes pictures of drafts that nothing names any more, and returns how many.

    What names them is read before the writing begins, and again only for those that may go.
    """
    since, before, gone = now - REPLACED_PICTURES, now - NEW_PICTURES, 0
    number = PICTURES
    while number == PICTURES:
        with toolbox.database.reading() as session:
            looked = unused_images.to_look_at(session, before, PICTURES)
            uses = {image: unused_images.use_of(session, image, since) for image in looked}
        number = len(looked)
        with toolbox.database.writing() as session:
            for image, use in uses.items():
                use = use or unused_images.use_of(session, image, since)
                if use == "version":
                    unused_images.note_version(session, image)
                elif use:
                    unused_images.note_use(session, image, now)
                else:
                    gone += unused_images.forget(session, image, before)
    return gone


def _deletions(toolbox: Toolbox, now: datetime) -> Mapping[str, Callable[[Session], int]]:
    """Returns what is deleted: name -> function that deletes a batch and returns its size."""
    settings = toolbox.settings
    jobs = now - timedelta(days=settings.keep_jobs_days)
    texts = now - timedelta(days=settings.keep_emails_days)
    day = (now - timedelta(days=settings.keep_visits_days)).date()
    return {
        "jobs": lambda session: job_queue.delete_finished(session, jobs, BATCH),
        "digest_entries": lambda session: digest_entries.delete_sent(session, jobs, BATCH),
        "email_texts": lambda session: outbox.delete_texts(session, texts, now, BATCH),
        "drafts": lambda session: partial_responses.forget_expired(session, now, BATCH),
        "form_states": lambda session: form_states.forget_expired(session, now, BATCH),
        "visit_counts": lambda session: visit_counts.forget_before(session, day, BATCH),
        "test_answers": lambda session: test_data.forget_before(session, now - TEST_ANSWERS, BATCH),
        "draft_edits": lambda session: authored.forget_edits(session, KEPT_EDITS, BATCH),
        "visits": lambda session: visits.forget_before(session, day, BATCH),
        "sessions": lambda session: staff.forget_expired(session, now, BATCH),
        "sign_in_codes": lambda session: sign_in_codes.forget_expired(session, now, BATCH),
        "trial_reports": lambda session: trial_reports.forget_before(session, now - TRIALS, BATCH),
        "rate_counts": lambda session: rate_counts.forget_before(session, now - COUNTS, BATCH),
    }
