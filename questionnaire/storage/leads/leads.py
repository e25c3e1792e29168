"""Leads: found or created by email address, and listed according to what the viewer may see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from sqlalchemy import bindparam, false, func
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from questionnaire.core.base.roles import Role
from questionnaire.core.base.texts import fold
from questionnaire.storage.db.statements import execute_core, insert_if_absent, lock_row
from questionnaire.storage.tables import LeadRow

# Roles that see every lead; a rep sees their own leads.
SEES_ALL = frozenset({Role.ADMIN, Role.MARKETING, Role.OPS, Role.MANAGER})
PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Viewer:
    """The signed-in person: role, and id as a rep where there is one."""

    role: str
    rep: str | None = None


class Sort(Enum):
    """The sort orders of the lead list, one or two columns each. Ties: newest first, then by id."""

    NEWEST = "newest"
    CALL_BY = "call_by"
    LABEL = "label"
    COMPANY = "company"


@dataclass(frozen=True, slots=True)
class LeadFilter:
    """A filter of the lead list. Empty means any.

    Each word of `search` is searched in name, company, title and email address, ignoring accents.
    """

    stages: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    search: str = ""
    sort: Sort = Sort.NEWEST
    page: int = 1
    size: int = PAGE_SIZE


@dataclass(frozen=True, slots=True)
class LeadListPage:
    """One page of a list with `total` rows. Page numbers start at 1."""

    leads: tuple[LeadRow, ...]
    number: int
    size: int
    total: int

    @property
    def page_count(self) -> int:
        return max(1, -(-self.total // self.size))


def folded(*words: str) -> str:
    """Returns the search form of a text: lower case without accents, single spaces between words."""
    return " ".join(fold(" ".join(words)).split())


def find_or_add(session: Session, lead: LeadRow) -> tuple[LeadRow, bool]:
    """Returns the lead with this canonical address, and whether it is new.

    The row is locked until the transaction ends. The contact data of an existing lead is not changed: the caller
    decides whether to overwrite it.
    """
    lead.search = folded(lead.name, lead.company, lead.title, lead.email)
    if insert_if_absent(session, lead, "canonical_email"):
        return lead, True
    query = select(LeadRow).where(col(LeadRow.canonical_email) == lead.canonical_email)
    row = session.exec(query.with_for_update().execution_options(populate_existing=True)).one()
    return row, False


def lock(session: Session, lead_id: str) -> LeadRow | None:
    """Returns the current row, locked until the transaction ends. For system actions; pages use `get_visible`."""
    return lock_row(session, LeadRow, lead_id)


def by_address(session: Session, canonical_email: str) -> LeadRow | None:
    return session.exec(select(LeadRow).where(col(LeadRow.canonical_email) == canonical_email)).first()


_COLLEAGUES = (
    select(col(LeadRow.owner), col(LeadRow.stage))
    .where(col(LeadRow.account_domain) == bindparam("domain"), col(LeadRow.id) != bindparam("lead"))
    .order_by(col(LeadRow.created_at))
)


def colleagues(session: Session, lead: LeadRow) -> tuple[tuple[str | None, str], ...]:
    """Returns owner and stage of the other leads of the lead's company, oldest first."""
    rows = execute_core(session, _COLLEAGUES, {"domain": lead.account_domain, "lead": lead.id}).all()
    return tuple((owner, stage) for owner, stage in rows)


def write_contact(session: Session, lead: LeadRow, columns: Mapping[str, Any], newest_at: datetime) -> None:
    """Replaces the contact data: `contact` as it was submitted, the other columns for lists."""
    for name in ("name", "title", "company", "country", "phone", "email", "language"):
        setattr(lead, name, str(columns.get(name) or ""))
    lead.contact = dict(columns["contact"])
    lead.search = folded(lead.name, lead.company, lead.title, lead.email)
    lead.newest_at = newest_at
    session.flush()


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


def page(session: Session, viewer: Viewer, criteria: LeadFilter) -> LeadListPage:
    """Returns one page of the leads that the viewer may see; a page number past the end gives the last page."""
    query = _filtered(visible_to(viewer), criteria)
    total = session.execute(select(func.count()).select_from(query.subquery())).scalar_one()
    size = min(max(criteria.size, 1), 200)
    number = min(max(criteria.page, 1), max(1, -(-total // size)))
    rows = session.exec(query.order_by(*_order(criteria.sort)).offset((number - 1) * size).limit(size)).all()
    return LeadListPage(tuple(rows), number, size, total)


class Facet(Enum):
    """The columns that a list can be filtered by."""

    STAGE = "stage"
    OWNER = "owner"
    LABEL = "label"


def counts(session: Session, viewer: Viewer, facet: Facet = Facet.STAGE) -> dict[str, int]:
    """Returns value -> number of the viewer's leads with it.

    Values without a lead, and leads without a value, are left out.
    """
    visible = visible_to(viewer).subquery()
    column = visible.c[facet.value]
    rows = session.execute(select(column, func.count()).where(column.is_not(None)).group_by(column)).all()
    return {str(value): int(n) for value, n in rows}


def _filtered(query: SelectOfScalar[LeadRow], criteria: LeadFilter) -> SelectOfScalar[LeadRow]:
    for column, values in (
        (col(LeadRow.stage), criteria.stages),
        (col(LeadRow.label), criteria.labels),
        (col(LeadRow.owner), criteria.owners),
    ):
        if values:
            query = query.where(column.in_(values))
    for word in folded(criteria.search).split()[:8]:
        query = query.where(col(LeadRow.search).contains(word, autoescape=True))
    return query


def _order(sort: Sort) -> tuple[Any, ...]:
    newest = (col(LeadRow.newest_at).desc(), col(LeadRow.id))
    first: dict[Sort, tuple[Any, ...]] = {
        Sort.NEWEST: (),
        Sort.CALL_BY: (col(LeadRow.call_by).is_(None), col(LeadRow.call_by)),
        Sort.LABEL: (col(LeadRow.label).is_(None), col(LeadRow.label)),
        Sort.COMPANY: (func.lower(col(LeadRow.company)),),
    }
    return (*first[sort], *newest)
