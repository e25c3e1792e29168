"""Jobs nobody tries any more: what they were about, why they failed, and doing them again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.base.translation import Translator, gettext_noop
from questionnaire.storage import Session
from questionnaire.storage.delivery import job_queue, outbox
from questionnaire.storage.leads import leads
from questionnaire.storage.responses import responses
from questionnaire.storage.tables import JobRow

MOST_SHOWN = 50
MOST_COUNTED = 1000
LONGEST_DETAIL = 200
KINDS: Mapping[str, str] = {
    "judge": gettext_noop("Score and assign a lead"),
    "wake_up": gettext_noop("Score a lead again that comes back from nurturing"),
    "hand_over": gettext_noop("Hand over the leads of a deactivated account"),
    "reassess": gettext_noop("Score a lead again after it was merged or separated, or its person unsubscribed"),
    "sla_clock": gettext_noop("Check an SLA deadline"),
    "deliver": gettext_noop("Send a message"),
    "announce": gettext_noop("Tell webhooks about an event"),
    "channel_off": gettext_noop("Tell administrators that a channel is off"),
    "tell": gettext_noop("Create a notification email"),
    "digest": gettext_noop("Email a digest"),
    "mail_draft": gettext_noop("Email a link to continue later"),
    "mail_password_link": gettext_noop("Email a link to choose a password"),
    "publish_plan": gettext_noop("Publish a survey at its date"),
    "clean_up": gettext_noop("Delete old data"),
    "render_report": gettext_noop("Create a report (PDF)"),
    "render_dossier": gettext_noop("Create a dossier (PDF)"),
    "print_agreement": gettext_noop("Create an agreement (PDF)"),
    "policy_effect": gettext_noop("Compute the effect of a policy’s draft"),
    "policy_in_force": gettext_noop("Put a signed policy in force"),
    "prove_draft": gettext_noop("Search a draft for problems"),
    "print_trial": gettext_noop("Print the report of a tried draft"),
}
PDF_FAILED = gettext_noop("The PDF couldn’t be created, not even with the plain template.")
# Name of an exception, which stands before the colon of a job's last error -> what it means.
ERRORS: Mapping[str, str] = {
    "WorkerDied": gettext_noop("The worker process stopped five times during this job."),
    "DeliveryFailed": gettext_noop("The server didn’t accept the message."),
    "CapReached": gettext_noop("A sending limit was reached."),
    "PdfFailed": PDF_FAILED,
    # The name before 26 November 2026, in the last error of old jobs.
    "PaperFailed": PDF_FAILED,
}
UNEXPECTED = gettext_noop("An unexpected error.")


@dataclass(frozen=True, slots=True)
class DeadJob:
    """`name` is the code of its kind; `about` an address, "" when unknown; `lead_id` opens the lead; `error` is as the
    job left it, "Exception: text".
    """

    key: str
    name: str
    since: datetime
    attempts: int
    error: str
    about: str = ""
    lead_id: str | None = None


@dataclass(frozen=True, slots=True)
class DeadJobs:
    """The newest ones, and how many there are in all; more if `is_capped`."""

    jobs: tuple[DeadJob, ...]
    total: int
    is_capped: bool = False


def dead_jobs(toolbox: Toolbox) -> DeadJobs:
    with toolbox.database.reading() as session:
        jobs = tuple(_line(session, job) for job in job_queue.dead(session, MOST_SHOWN))
        number = job_queue.count_dead(session, MOST_COUNTED)
        return DeadJobs(jobs, min(number, MOST_COUNTED), number > MOST_COUNTED)


def replay(toolbox: Toolbox, key: str) -> bool:
    """The job gets all its attempts again, at once; False when it is not dead."""
    with toolbox.database.writing() as session:
        return job_queue.replay(session, key, toolbox.now())


def counts(toolbox: Toolbox) -> tuple[tuple[str, str, int], ...]:
    """(name, state, how many) of all jobs that are kept."""
    with toolbox.database.reading() as session:
        return job_queue.counts(session)


def oldest_due(toolbox: Toolbox) -> datetime | None:
    """Since when the longest waiting job could have been done; None when none could."""
    with toolbox.database.reading() as session:
        return job_queue.oldest_due_at(session, toolbox.now())


def kind_name(name: str, words: Translator) -> str:
    return words(KINDS[name]) if name in KINDS else name.replace("_", " ")


def error_words(error: str, words: Translator) -> str:
    """What went wrong, for a person who does not read programs."""
    return words(ERRORS.get(error.partition(":")[0], UNEXPECTED))


def error_detail(error: str) -> str:
    """The same for whoever looks into it, at a length a page can bear."""
    return error if len(error) <= LONGEST_DETAIL else f"{error[: LONGEST_DETAIL - 1]}…"


def _line(session: Session, job: JobRow) -> DeadJob:
    about, lead_id = _about(session, job)
    since = job.finished_at or job.not_before
    return DeadJob(job.key, job.name, since, job.attempt, job.last_error, about, lead_id)


def _about(session: Session, job: JobRow) -> tuple[str, str | None]:
    """Whom it is for, and the lead."""
    given = {name: str(value) for name, value in job.args.items()}
    if "delivery" in given:
        delivery = outbox.get(session, given["delivery"])
        return (delivery.recipient, delivery.lead_id) if delivery else ("", None)
    if "response" in given:
        lead = leads.of_response(session, responses.get(session, given["response"]))
        return (lead.email, lead.id) if lead else ("", None)
    return given.get("to", ""), None
