"""Leads: found or added by address, listed through what the viewer may see."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from sqlalchemy import bindparam, false, func
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from questionnaire.storage.db.statements import add_new, locked, quick
from questionnaire.storage.tables import Lead

# Who sees every lead; a rep sees the own ones.
SEES_ALL = frozenset({"admin", "marketing", "ops", "manager"})
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
    TOTAL = "total"
    NAME = "name"
    COMPANY = "company"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A filter of the desk. Empty means any. `overdue_at`: whose call-by is before this moment.

    `search` is looked for, word by word, in name, company, title and address, whatever the accents.
    """

    stages: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    queues: tuple[str, ...] = ()
    overdue_at: datetime | None = None
    search: str = ""
    sort: Sort = Sort.NEWEST
    page: int = 1
    size: int = PAGE_SIZE


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list: `of` rows in all, page numbers from 1."""

    leads: tuple[Lead, ...]
    number: int
    size: int
    of: int

    @property
    def last(self) -> int:
        return max(1, -(-self.of // self.size))


def folded(*words: str) -> str:
    """How text is searched: small letters without accents, one space between words."""
    decomposed = unicodedata.normalize("NFKD", " ".join(words).casefold())
    return " ".join("".join(sign for sign in decomposed if not unicodedata.combining(sign)).split())


def find_or_add(session: Session, lead: Lead) -> tuple[Lead, bool]:
    """The lead under this canonical address, and whether it is new; nobody else changes it before we are through.

    Contact data of one that was there is left as it is: whether to overwrite it is not decided here.
    """
    lead.search = folded(lead.name, lead.company, lead.title, lead.email)
    if add_new(session, lead, "canonical_email"):
        return lead, True
    mine = select(Lead).where(col(Lead.canonical_email) == lead.canonical_email)
    row = session.exec(mine.with_for_update().execution_options(populate_existing=True)).one()
    return row, False


def lock(session: Session, lead_id: str) -> Lead | None:
    """The lead as it is now, ours until the transaction ends. For verbs of the system; pages use `one`."""
    return locked(session, Lead, lead_id)


def by_address(session: Session, canonical_email: str) -> Lead | None:
    return session.exec(select(Lead).where(col(Lead.canonical_email) == canonical_email)).first()


def of_account(session: Session, domain: str) -> tuple[Lead, ...]:
    """Everybody known of one company's domain, oldest first."""
    mine = select(Lead).where(col(Lead.account_domain) == domain).order_by(col(Lead.created_at))
    return tuple(session.exec(mine).all())


_COLLEAGUES = (
    select(col(Lead.owner), col(Lead.stage))
    .where(col(Lead.account_domain) == bindparam("domain"), col(Lead.id) != bindparam("lead"))
    .order_by(col(Lead.created_at))
)


def colleagues(session: Session, lead: Lead) -> tuple[tuple[str | None, str], ...]:
    """Owner and stage of everybody else known of the lead's company, oldest first."""
    rows = quick(session, _COLLEAGUES, {"domain": lead.account_domain, "lead": lead.id}).all()
    return tuple((owner, stage) for owner, stage in rows)


def write_contact(session: Session, lead: Lead, columns: Mapping[str, Any], newest_at: datetime) -> None:
    """Contact data in the place of what was there: `contact` as it was asked for, the others for lists."""
    for name in ("name", "title", "company", "country", "phone", "email", "language"):
        setattr(lead, name, str(columns.get(name) or ""))
    lead.contact = dict(columns["contact"])
    lead.search = folded(lead.name, lead.company, lead.title, lead.email)
    lead.newest_at = newest_at
    session.flush()


def visible_to(viewer: Viewer) -> SelectOfScalar[Lead]:
    """The start of every query a page makes: leads outside of it do not exist for this person."""
    if viewer.role in SEES_ALL:
        return select(Lead)
    if viewer.role == "rep" and viewer.rep:
        return select(Lead).where(col(Lead.owner) == viewer.rep)
    return select(Lead).where(false())


def one(session: Session, viewer: Viewer, lead_id: str) -> Lead | None:
    """A lead the viewer may see; None for one that is not there, or not theirs: nobody can tell which."""
    return session.exec(visible_to(viewer).where(col(Lead.id) == lead_id)).first()


def page(session: Session, viewer: Viewer, wanted: Wanted) -> Page:
    """One page of the leads the viewer may see; a number past the end is the last page."""
    chosen = _narrowed(visible_to(viewer), wanted)
    of = session.execute(select(func.count()).select_from(chosen.subquery())).scalar_one()
    size = min(max(wanted.size, 1), 200)
    number = min(max(wanted.page, 1), max(1, -(-of // size)))
    rows = session.exec(chosen.order_by(*_order(wanted.sort)).offset((number - 1) * size).limit(size)).all()
    return Page(tuple(rows), number, size, of)


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


def _narrowed(chosen: SelectOfScalar[Lead], wanted: Wanted) -> SelectOfScalar[Lead]:
    for column, values in (
        (col(Lead.stage), wanted.stages),
        (col(Lead.label), wanted.labels),
        (col(Lead.owner), wanted.owners),
        (col(Lead.queue), wanted.queues),
    ):
        if values:
            chosen = chosen.where(column.in_(values))
    if wanted.overdue_at is not None:
        chosen = chosen.where(col(Lead.call_by) < wanted.overdue_at)
    for word in folded(wanted.search).split()[:8]:
        chosen = chosen.where(col(Lead.search).contains(word, autoescape=True))
    return chosen


def _order(sort: Sort) -> tuple[Any, ...]:
    newest = (col(Lead.newest_at).desc(), col(Lead.id))
    first: dict[Sort, tuple[Any, ...]] = {
        Sort.NEWEST: (),
        Sort.CALL_BY: (col(Lead.call_by).is_(None), col(Lead.call_by)),
        Sort.LABEL: (col(Lead.label).is_(None), col(Lead.label)),
        Sort.TOTAL: (col(Lead.total).is_(None), col(Lead.total).desc()),
        Sort.NAME: (func.lower(col(Lead.name)),),
        Sort.COMPANY: (func.lower(col(Lead.company)),),
    }
    return (*first[sort], *newest)
