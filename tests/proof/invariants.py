"""The ledger of a fault test, and the checker that compares it with what is stored and what the mail server got."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from email import message_from_bytes

from sqlalchemy import text
from sqlmodel import Session, SQLModel, select

from questionnaire.core.identity.email_address import canonical_email
from questionnaire.storage.db.engine import Database
from questionnaire.storage.leads import projection
from questionnaire.storage.tables import AssignmentRow, DeliveryRow, DocumentRow, EventRow, LeadRow, ResponseRow
from tests.smtp_server import Letter


@dataclass(slots=True)
class Ledger:
    """Key -> address of every answer that was acknowledged; the client writes it down when it sees the reply."""

    acknowledged: dict[str, str] = field(default_factory=dict)
    results: list[str] = field(default_factory=list)
    refusals: Counter[int] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Found:
    """What is wrong, in words; and mails that arrived more than once, which a crash while sending may cause."""

    wrong: tuple[str, ...]
    twice: int
    responses: int


def check(database: Database, ledger: Ledger, letters: Iterable[Letter] | None = None) -> Found:
    """Everything acknowledged is stored once, with one lead, one owner at most, one report, and its mail."""
    arrived = (
        None if letters is None else Counter(str(message_from_bytes(one.content)["Message-ID"]) for one in letters)
    )
    with database.reading() as session:
        wrong = [
            *_responses(session, ledger),
            *_leads(session, ledger),
            *_owners(session),
            *([] if arrived is None else _papers_and_mails(session, arrived)),
            *(f"lead {name} is not what its events say" for name in projection.differences(session)),
        ]
        count = len(session.exec(select(ResponseRow)).all())
    return Found(tuple(wrong), sum(n - 1 for n in (arrived or {}).values()), count)


def _responses(session: Session, ledger: Ledger) -> Iterable[str]:
    stored = Counter(row.key for row in session.exec(select(ResponseRow)))
    yield from (f"{key} was acknowledged and is lost" for key in ledger.acknowledged if not stored[key])
    yield from (f"{key} is stored {n} times" for key, n in stored.items() if n > 1)


def _leads(session: Session, ledger: Ledger) -> Iterable[str]:
    people = Counter(lead.canonical_email for lead in session.exec(select(LeadRow)))
    for key, address in ledger.acknowledged.items():
        if people[canonical_email(address) or ""] != 1:
            yield f"{key}: {address} is {people[canonical_email(address) or '']} leads"
    submitted = Counter(event.response_id for event in _events(session, "submitted"))
    yield from (f"response {name} was submitted {n} times" for name, n in submitted.items() if n != 1)


def _owners(session: Session) -> Iterable[str]:
    given = Counter(event.lead_id for event in _events(session, "assigned"))
    held = {row.lead_id: row.rep for row in session.exec(select(AssignmentRow))}
    for lead in session.exec(select(LeadRow)):
        if given[lead.id] > 1:
            yield f"lead {lead.id} was given {given[lead.id]} times"
        if held.get(lead.id) != lead.owner:
            yield f"lead {lead.id} has two owners: {held.get(lead.id)} and {lead.owner}"


def _events(session: Session, kind: str) -> Iterable[EventRow]:
    return session.exec(select(EventRow).where(EventRow.kind == kind))


def _papers_and_mails(session: Session, arrived: Mapping[str, int]) -> Iterable[str]:
    papers = Counter(row.response_id for row in session.exec(select(DocumentRow)) if row.kind == "report")
    mails = list(session.exec(select(DeliveryRow)))
    announced = {mail.response_id for mail in mails if mail.kind == "report_ready"}
    for row in session.exec(select(ResponseRow)):
        if papers[row.id] != 1:
            yield f"response {row.id} has {papers[row.id]} reports"
        if row.id not in announced:
            yield f"response {row.id} was not announced by mail"
    for mail in mails:
        if mail.state != "sent" or not arrived.get(mail.message_id):
            yield f"mail {mail.kind} {mail.id} is {mail.state}, and arrived {arrived.get(mail.message_id, 0)} times"
    yield from (
        f"{name} arrived and is not in the outbox" for name in set(arrived) - {mail.message_id for mail in mails}
    )


def picture_of(database: Database) -> str:
    digest = hashlib.sha256()
    with database.reading() as session:
        for table in sorted(SQLModel.metadata.tables):
            rows = sorted(repr(tuple(row)) for row in session.execute(text(f'SELECT * FROM "{table}"')))
            digest.update(f"{table} {len(rows)} {rows}".encode())
    return digest.hexdigest()
