"""Leads: found or added by address, listed through what the viewer may see."""

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

# Who sees every lead; a rep sees the own ones.
SEES_ALL = frozenset({Role.ADMIN, Role.MARKETING, Role.OPS, Role.MANAGER})
PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Viewer:
    """Somebody who is signed in: the role, and the id as a rep where there is one."""

    role: str
    rep: str | None = None


class Sort(Enum):
    """What the desk can sort by, each a column or two; ties go to the newest, then to the id."""

    NEWEST = "newest"
    CALL_BY = "call_by"
    LABEL = "label"
    COMPANY = "company"


@dataclass(frozen=True, slots=True)
class LeadFilter:
    """A filter of the desk. Empty means any.

    `search` is looked for, word by word, in name, company, title and address, whatever the accents.
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
    """One page of a list: `of` rows in all, page numbers from 1."""

    leads: tuple[LeadRow, ...]
    number: int
    size: int
    of: int

    @property
    def last(self) -> int:
        return max(1, -(-self.of // self.size))


def folded(*words: str) -> str:
    """How text is searched: small letters without accents, one space between words."""
    return " ".join(fold(" ".join(words)).split())


def find_or_add(session: Session, lead: LeadRow) -> tuple[LeadRow, bool]:
    """The lead under this canonical address, and whether it is new; nobody else changes it before we are through.

    Contact data of one that was there is left as it is: whether to overwrite it is not decided here.
    """
    lead.search = folded(lead.name, lead.company, lead.title, lead.email)
    if insert_if_absent(session, lead, "canonical_email"):
        return lead, True
    mine = select(LeadRow).where(col(LeadRow.canonical_email) == lead.canonical_email)
    row = session.exec(mine.with_for_update().execution_options(populate_existing=True)).one()
    return row, False


def lock(session: Session, lead_id: str) -> LeadRow | None:
    """The lead as it is now, ours until the transaction ends. For verbs of the system; pages use `one`."""
    return lock_row(session, LeadRow, lead_id)


def by_address(session: Session, canonical_email: str) -> LeadRow | None:
    return session.exec(select(LeadRow).where(col(LeadRow.canonical_email) == canonical_email)).first()


_COLLEAGUES = (
    select(col(LeadRow.owner), col(LeadRow.stage))
    .where(col(LeadRow.account_domain) == bindparam("domain"), col(LeadRow.id) != bindparam("lead"))
    .order_by(col(LeadRow.created_at))
)


def colleagues(session: Session, lead: LeadRow) -> tuple[tuple[str | None, str], ...]:
    """Owner and stage of everybody else known of the lead's company, oldest first."""
    rows = execute_core(session, _COLLEAGUES, {"domain": lead.account_domain, "lead": lead.id}).all()
    return tuple((owner, stage) for owner, stage in rows)


def write_contact(session: Session, lead: LeadRow, columns: Mapping[str, Any], newest_at: datetime) -> None:
    """Contact data in the place of what was there: `contact` as it was asked for, the others for lists."""
    for name in ("name", "title", "company", "country", "phone", "email", "language"):
        setattr(lead, name, str(columns.get(name) or ""))
    lead.contact = dict(columns["contact"])
    lead.search = folded(lead.name, lead.company, lead.title, lead.email)
    lead.newest_at = newest_at
    session.flush()


def visible_to(viewer: Viewer) -> SelectOfScalar[LeadRow]:
    """The start of every query a page makes: leads outside of it do not exist for this person."""
    if viewer.role in SEES_ALL:
        return select(LeadRow)
    if viewer.role == Role.REP and viewer.rep:
        return select(LeadRow).where(col(LeadRow.owner) == viewer.rep)
    return select(LeadRow).where(false())


def get_visible(session: Session, viewer: Viewer, lead_id: str) -> LeadRow | None:
    """A lead the viewer may see; None for one that is not there, or not theirs: nobody can tell which."""
    return session.exec(visible_to(viewer).where(col(LeadRow.id) == lead_id)).first()


def page(session: Session, viewer: Viewer, wanted: LeadFilter) -> LeadListPage:
    """One page of the leads the viewer may see; a number past the end is the last page."""
    chosen = _narrowed(visible_to(viewer), wanted)
    of = session.execute(select(func.count()).select_from(chosen.subquery())).scalar_one()
    size = min(max(wanted.size, 1), 200)
    number = min(max(wanted.page, 1), max(1, -(-of // size)))
    rows = session.exec(chosen.order_by(*_order(wanted.sort)).offset((number - 1) * size).limit(size)).all()
    return LeadListPage(tuple(rows), number, size, of)


class Facet(Enum):
    """What a list can be narrowed by."""

    STAGE = "stage"
    OWNER = "owner"
    LABEL = "label"


def counts(session: Session, viewer: Viewer, facet: Facet = Facet.STAGE) -> dict[str, int]:
    """Value -> how many of the viewer's leads have it; values without any lead, and leads without one, are left out."""
    mine = visible_to(viewer).subquery()
    column = mine.c[facet.value]
    rows = session.execute(select(column, func.count()).where(column.is_not(None)).group_by(column)).all()
    return {str(value): int(n) for value, n in rows}


def _narrowed(chosen: SelectOfScalar[LeadRow], wanted: LeadFilter) -> SelectOfScalar[LeadRow]:
    for column, values in (
        (col(LeadRow.stage), wanted.stages),
        (col(LeadRow.label), wanted.labels),
        (col(LeadRow.owner), wanted.owners),
    ):
        if values:
            chosen = chosen.where(column.in_(values))
    for word in folded(wanted.search).split()[:8]:
        chosen = chosen.where(col(LeadRow.search).contains(word, autoescape=True))
    return chosen


def _order(sort: Sort) -> tuple[Any, ...]:
    newest = (col(LeadRow.newest_at).desc(), col(LeadRow.id))
    first: dict[Sort, tuple[Any, ...]] = {
        Sort.NEWEST: (),
        Sort.CALL_BY: (col(LeadRow.call_by).is_(None), col(LeadRow.call_by)),
        Sort.LABEL: (col(LeadRow.label).is_(None), col(LeadRow.label)),
        Sort.COMPANY: (func.lower(col(LeadRow.company)),),
    }
    return (*first[sort], *newest)
