"""Leads: found or created by email address, and read by who may see them. Their lists are in lead_page.py."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Text, Tuple, bindparam, false, literal, tuple_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from questionnaire.core.base.roles import Role
from questionnaire.core.base.stage import OPEN, Stage
from questionnaire.core.handoff.feedback import RESUME
from questionnaire.storage.db.column_types import UTCDateTime
from questionnaire.storage.db.statements import execute_core, insert_if_absent, lock_row
from questionnaire.storage.leads import same_person
from questionnaire.storage.leads.list_changes import note_change, sort_keys
from questionnaire.storage.leads.sort_keys import microseconds
from questionnaire.storage.tables import LeadRow, ResponseRow

# Roles that see every lead; a rep sees their own leads.
SEES_ALL = frozenset({Role.ADMIN, Role.MARKETING, Role.OPS, Role.MANAGER})


@dataclass(frozen=True, slots=True)
class Viewer:
    """The signed-in person: role, and id as a rep where there is one."""

    role: str
    rep: str | None = None


def find_or_add(session: Session, lead: LeadRow) -> tuple[LeadRow, bool]:
    """Returns the lead of the person with this canonical address, and whether it is new.

    The row is locked until the transaction ends. The contact data of an existing lead is not changed: the caller
    decides whether to overwrite it.
    """
    _set_sort_keys(lead)
    if insert_if_absent(session, lead, "canonical_email"):
        note_change(session, lead, is_new=True)
        same_person.write_keys(session, lead, is_new=True)
        return lead, True
    query = select(LeadRow).where(col(LeadRow.canonical_email) == lead.canonical_email)
    row = session.exec(query.with_for_update().execution_options(populate_existing=True)).one()
    stays = lock(session, row.merged_into) if row.merged_into else None
    return stays or row, False


def lock(session: Session, lead_id: str) -> LeadRow | None:
    """Returns the current row, locked until the transaction ends. For system actions; pages use `get_visible`."""
    return lock_row(session, LeadRow, lead_id)


def find(session: Session, lead_id: str) -> LeadRow | None:
    """Returns the row without a lock. For system actions; pages use `get_visible`."""
    return session.get(LeadRow, lead_id)


def with_address(session: Session, canonical_email: str) -> LeadRow | None:
    """Returns the lead with this address itself, merged or not."""
    return session.exec(select(LeadRow).where(col(LeadRow.canonical_email) == canonical_email)).first()


def by_address(session: Session, canonical_email: str) -> LeadRow | None:
    """Returns the lead of the person with this address: if it was merged, the one that stays."""
    row = with_address(session, canonical_email)
    return _that_stays(session, row) if row is not None else None


def of_response(session: Session, row: ResponseRow | None) -> LeadRow | None:
    """Returns the lead for which a response counts."""
    lead = find(session, row.lead_id) if row is not None and row.lead_id else None
    return _that_stays(session, lead) if lead is not None else None


def _that_stays(session: Session, lead: LeadRow) -> LeadRow:
    return (find(session, lead.merged_into) if lead.merged_into else None) or lead


# The other leads of a company may be thousands: each question is answered by one row of an index.
_OTHERS = (col(LeadRow.account_domain) == bindparam("domain"), col(LeadRow.id) != bindparam("lead"))
_ACCOUNT_OWNER = (
    select(col(LeadRow.owner))
    .where(*_OTHERS, col(LeadRow.owner).is_not(None))
    .order_by(col(LeadRow.created_at))
    .limit(1)
)
_CUSTOMER = select(col(LeadRow.id)).where(*_OTHERS, col(LeadRow.stage) == str(Stage.CUSTOMER)).limit(1)


@dataclass(frozen=True, slots=True)
class AccountFacts:
    """What the other leads of a company say: the owner of the oldest that has one, and whether one is a customer."""

    owner: str | None = None
    is_customer: bool = False


def account_of(session: Session, lead: LeadRow) -> AccountFacts:
    """Returns the company of a lead, without the lead itself."""
    if not lead.account_domain:
        return AccountFacts()
    values = {"domain": lead.account_domain, "lead": lead.id}
    owner = execute_core(session, _ACCOUNT_OWNER, values).scalar()
    return AccountFacts(owner, execute_core(session, _CUSTOMER, values).first() is not None)


MOST_OPEN = 200
"""Open leads of one rep on one page, far above what a cap allows."""


def open_of(session: Session, rep: str) -> tuple[LeadRow, ...]:
    """Returns the open leads of a rep and those with an opportunity, at most MOST_OPEN."""
    stages = [str(stage) for stage in (*OPEN, Stage.OPPORTUNITY)]
    rows = select(LeadRow).where(col(LeadRow.owner) == rep, col(LeadRow.stage).in_(stages))
    return tuple(session.exec(rows.order_by(col(LeadRow.urgency), col(LeadRow.id)).limit(MOST_OPEN)).all())


def in_stage(session: Session, stage: Stage, limit: int) -> tuple[LeadRow, ...]:
    """Returns leads of a stage that nobody owns, the longest waiting first."""
    rows = select(LeadRow).where(col(LeadRow.stage) == str(stage), col(LeadRow.owner).is_(None))
    return tuple(session.exec(rows.order_by(col(LeadRow.newest_at), col(LeadRow.id)).limit(limit)).all())


def overdue(session: Session, now: datetime, limit: int) -> tuple[LeadRow, ...]:
    """Returns leads whose first contact was due before `now`, the longest overdue first."""
    stages = [str(stage) for stage in (Stage.ASSIGNED, Stage.WORKING)]
    rows = select(LeadRow).where(col(LeadRow.stage).in_(stages), col(LeadRow.urgency) <= microseconds(now))
    return tuple(session.exec(rows.order_by(col(LeadRow.urgency), col(LeadRow.id)).limit(limit)).all())


def without_feedback(session: Session, now: datetime, limit: int) -> tuple[LeadRow, ...]:
    """Returns leads on which feedback was due before `now`, the longest overdue first."""
    rows = select(LeadRow).where(
        col(LeadRow.next_what) == "feedback", col(LeadRow.stage) == str(Stage.WORKING), col(LeadRow.next_at) <= now
    )
    return tuple(session.exec(rows.order_by(col(LeadRow.next_at), col(LeadRow.id)).limit(limit)).all())


def batch_in_stage(
    session: Session, stage: Stage, after: tuple[datetime, str] | None, limit: int
) -> tuple[LeadRow, ...]:
    """Returns some leads of a stage by their newest response, those after this one."""
    rows = select(LeadRow).where(col(LeadRow.stage) == str(stage))
    if after is not None:
        rows = rows.where(tuple_(col(LeadRow.newest_at), col(LeadRow.id)) > _place(after))
    return tuple(session.exec(rows.order_by(col(LeadRow.newest_at), col(LeadRow.id)).limit(limit)).all())


def batch_asleep(
    session: Session, until: datetime, after: tuple[datetime, str] | None, limit: int
) -> tuple[LeadRow, ...]:
    """Returns some leads that come back by then, the earliest first, those after this one."""
    rows = select(LeadRow).where(col(LeadRow.next_what) == RESUME, col(LeadRow.next_at) <= until)
    if after is not None:
        rows = rows.where(tuple_(col(LeadRow.next_at), col(LeadRow.id)) > _place(after))
    return tuple(session.exec(rows.order_by(col(LeadRow.next_at), col(LeadRow.id)).limit(limit)).all())


def _place(after: tuple[datetime, str]) -> Tuple:
    return tuple_(literal(after[0], UTCDateTime), literal(after[1], Text))


def write_contact(session: Session, lead: LeadRow, columns: Mapping[str, Any], newest_at: datetime) -> None:
    """Replaces the contact data: `contact` as it was submitted, the other columns for lists."""
    note_change(session, lead)
    for name in ("name", "title", "company", "country", "phone", "email", "language"):
        setattr(lead, name, str(columns.get(name) or ""))
    lead.contact = dict(columns["contact"])
    lead.newest_at = newest_at
    _set_sort_keys(lead)
    session.flush()
    same_person.write_keys(session, lead)


def _set_sort_keys(lead: LeadRow) -> None:
    for name, value in sort_keys(lead).items():
        setattr(lead, name, value)


def visible_to(viewer: Viewer) -> SelectOfScalar[LeadRow]:
    """Returns the base query for every page: leads outside it do not exist for this person."""
    if viewer.role in SEES_ALL:
        return select(LeadRow)
    if viewer.role == Role.REP and viewer.rep:
        return select(LeadRow).where(col(LeadRow.owner) == viewer.rep)
    return select(LeadRow).where(false())


def get_visible(session: Session, viewer: Viewer, lead_id: str) -> LeadRow | None:
    """Returns a lead that the viewer may see.

    None when it does not exist or is not visible: the viewer cannot tell which.
    """
    return session.exec(visible_to(viewer).where(col(LeadRow.id) == lead_id)).first()
