"""An installation for tests of actions: the worked example is published, its reps are active, the clock is fixed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zlib import crc32

from sqlmodel import Session, col, select

from questionnaire.actions.assessing.links import sign
from questionnaire.actions.publishing import publish_version
from questionnaire.actions.respond import acceptance, confirmation, judgement
from questionnaire.actions.respond.acceptance import AcceptedResponse, Publication, RejectedResponse, SubmissionContext
from questionnaire.actions.respond.validate import validate_form
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.identity.email_address import canonical_email
from questionnaire.core.scoring.evidence import ResponseEvidence
from questionnaire.jobs.execute import perform
from questionnaire.jobs.registry import JOB_TYPES
from questionnaire.notify.mail.mail_channel import mail_of
from questionnaire.notify.mail.message import Mail
from questionnaire.storage.db.engine import Database
from questionnaire.storage.delivery import job_queue
from questionnaire.storage.leads import events, ownership, projection
from questionnaire.storage.people import staff as people
from questionnaire.storage.responses import responses
from questionnaire.storage.tables import AssignmentRow, DeliveryRow, EventRow, LeadRow, ResponseRow, StaffRow
from tests.authored import authored_file
from tests.cast import anna
from tests.toolboxes import Clock, still_toolbox

SLUG = "sales-marketing-alignment"
RENDER_JOBS = ("render_report", "render_dossier")


def typed(filled: ResponseEvidence, **more: object) -> dict[str, object]:
    """Form input with the answers and the contact data, with changes; None leaves a field out.

    Another address is another person's, with a last name and number of their own unless `more` has them.
    """
    values = {**filled.answers, **filled.contact}
    if more.get("email") and canonical_email(str(more["email"])) != canonical_email(str(filled.contact["email"])):
        number = crc32(str(more["email"]).encode()) % 10**7
        values |= {"last_name": f"{filled.contact.get('last_name')} {number}", "phone": f"+4930{number:07}"}
    values |= more
    return {name: value for name, value in values.items() if value is not None}


def send_form(
    toolbox: Toolbox,
    context: SubmissionContext,
    given: Mapping[str, object],
    at: datetime,
    fields: Mapping[str, str] | None = None,
) -> AcceptedResponse | RejectedResponse:
    """Submits a form in English. `fields` are the hidden fields from its URL."""
    form = validate_form(toolbox, context.publication.survey, given, fields or {}, "en", context.invitation)
    return acceptance.accept(toolbox, form, context, at)


@dataclass(slots=True)
class Office:
    toolbox: Toolbox
    clock: Clock
    publication: Publication
    count: int = 0

    def send(
        self, given: Mapping[str, object], at: datetime | None = None, key: str = "", **fields: str
    ) -> AcceptedResponse | RejectedResponse:
        """Submits a response. Without `key` each call is a new submission."""
        self.count += 1
        self.clock.at = at or self.clock.at
        press = key or f"key-{self.count}"
        return send_form(self.toolbox, SubmissionContext(self.publication, press), given, self.clock.at, fields)

    def accept(
        self, given: Mapping[str, object], at: datetime | None = None, key: str = "", **fields: str
    ) -> AcceptedResponse:
        done = self.send(given, at, key, **fields)
        assert isinstance(done, AcceptedResponse), done
        judgement.judge_response(self.toolbox, done.response_id)
        return done

    def refused(self, given: Mapping[str, object]) -> dict[str, str]:
        """Submits a response that must be refused: field -> problem code. Nothing is stored."""
        done = self.send(given)
        assert isinstance(done, RejectedResponse)
        with self.toolbox.database.reading() as session:
            assert session.exec(select(ResponseRow)).all() == []
        return {str(problem.where[-1]): problem.code for problem in done.problems}

    def confirm(self, accepted: AcceptedResponse, at: datetime) -> bool:
        """Confirms the address with the emailed link."""
        row, self.clock.at = self.response(accepted), at
        link = sign(self.toolbox.settings.secret_keys, "mailed", row.id, row.at)
        done = confirmation.confirm_address(self.toolbox, link, at)
        judgement.judge_response(self.toolbox, row.id)
        return done

    # --- what is stored --------------------------------------------------------------------------------------

    def response(self, accepted: AcceptedResponse) -> ResponseRow:
        with self.toolbox.database.reading() as session:
            row = responses.get(session, accepted.response_id)
        assert row is not None
        return row

    def leads(self) -> list[LeadRow]:
        with self.toolbox.database.reading() as session:
            return list(session.exec(select(LeadRow).order_by(col(LeadRow.created_at), col(LeadRow.email))).all())

    def lead(self) -> LeadRow:
        (row,) = self.leads()
        return row

    def events(self, kind: str = "") -> list[EventRow]:
        with self.toolbox.database.reading() as session:
            found = [event for lead in session.exec(select(LeadRow)) for event in events.of_lead(session, lead.id)]
        in_order = sorted(found, key=lambda event: event.seq or 0)
        return [event for event in in_order if kind in ("", event.kind)]

    def mails(self) -> list[Mail]:
        """All emails, after running the jobs that compose and send them."""
        self.work()
        order = (col(DeliveryRow.created_at), col(DeliveryRow.kind), col(DeliveryRow.recipient))
        with self.toolbox.database.reading() as session:
            rows = session.exec(select(DeliveryRow).order_by(*order)).all()
        return [mail_of(row.kind, row.recipient, row.payload) for row in rows]

    def work(self) -> None:
        """Runs the jobs that are due, except those that render documents."""
        names = tuple(name for name in JOB_TYPES if name not in RENDER_JOBS)
        while True:
            with self.toolbox.database.writing() as session:
                found = job_queue.due_jobs(session, names, self.clock.at, 100)
                for job in found:
                    job_queue.claim(session, job)
            for job in found:
                perform(self.toolbox, JOB_TYPES, job.key, job.turn, job.claims)
            if not found:
                return

    def hire(self, name: str, role: str) -> None:
        person = StaffRow(id=f"staff-{name}", email=f"{name}@nordlicht.example", name=name.title(), role=role,
                       created_at=self.clock.at)  # fmt: skip
        with self.toolbox.database.writing() as session:
            people.add(session, person)

    def win_everything(self) -> None:
        """Wins all assigned leads, so that no rep is at the cap."""
        with self.toolbox.database.writing() as session:
            for lead in session.exec(select(LeadRow).where(col(LeadRow.stage) == "assigned")).all():
                assignment = session.get_one(AssignmentRow, lead.id)
                ownership.change_owner(
                    session, lead.id, lead.version, AssignmentRow(**assignment.model_dump()), self.toolbox.new_id(),
                    "won",
                    self.clock.at, becomes={"stage": "customer"},
                )  # fmt: skip

    def is_what_the_events_say(self) -> bool:
        with self.toolbox.database.reading() as session:
            return projection.differences(session) == {}


def open_office(database: Database, **env: str) -> Office:
    clock = Clock(anna().at)
    toolbox = still_toolbox(database, clock, **env)
    for kind, path in (("policy", "policies/default.yaml"), ("survey", f"{SLUG}/survey.yaml")):
        assert publish_version.publish(toolbox, kind, authored_file(path), clock.at) is None  # type: ignore[arg-type]  # a literal
    publish_version.add_reps(toolbox, clock.at)
    publication = acceptance.get_publication(toolbox, SLUG)
    assert publication is not None
    return Office(toolbox, clock, publication)


def everything(session: Session, table: type[Any]) -> list[Any]:
    return list(session.exec(select(table)).all())


def own(office: Office, given: Mapping[str, object], at: datetime) -> AcceptedResponse:
    """Submits a response and confirms its address."""
    done = office.accept(given, at)
    office.confirm(done, at + timedelta(minutes=1))
    return done
