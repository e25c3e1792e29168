"""Pages of the lead list, read by key: each page begins where the last one ended, however long the list is.

Each order has a key, which is a column with an index that ends with the lead's id. The order by label is one list after
the other: those of each label, the newest first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from sqlalchemy import func, literal, tuple_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from questionnaire.core.base.roles import Role
from questionnaire.storage.db.positions import read_position, write_position
from questionnaire.storage.db.statements import execute_core
from questionnaire.storage.leads import facet_counts, search_index
from questionnaire.storage.leads.facet_counts import FacetCounts
from questionnaire.storage.leads.leads import SEES_ALL, Viewer, visible_to
from questionnaire.storage.leads.sort_keys import microseconds, moment
from questionnaire.storage.tables import LeadRow

PAGE_SIZE = 50


class Sort(Enum):
    """The orders of the lead list. Leads with the same label: the newest first; with the same other key: by id."""

    NEWEST = "newest"
    URGENCY = "urgency"
    LABEL = "label"
    COMPANY = "company"


_KEYS: Mapping[Sort, str] = {
    Sort.NEWEST: "newest_at",
    Sort.URGENCY: "urgency",
    Sort.LABEL: "newest_at",
    Sort.COMPANY: "company_sort",
}
_PLACES: Mapping[Sort, tuple[type[str] | type[int], ...]] = {
    Sort.NEWEST: (int, str),
    Sort.URGENCY: (int, str),
    Sort.LABEL: (str, int, str),
    Sort.COMPANY: (str, str),
}


@dataclass(frozen=True, slots=True)
class ListPosition:
    """The place of a lead in an order: the page after it, or the page before it. `text` is what `position_of` wrote."""

    text: str
    is_before: bool = False


@dataclass(frozen=True, slots=True)
class LeadFilter:
    """A filter of the lead list. "" means any.

    Each word of `search` begins a word of name, company, title, email address or domain, ignoring accents.
    """

    stage: str = ""
    label: str = ""
    owner: str = ""
    search: str = ""
    sort: Sort = Sort.NEWEST
    size: int = PAGE_SIZE
    position: ListPosition | None = None


@dataclass(frozen=True, slots=True)
class LeadListPage:
    """One page. `matching` is the number of leads in the list; there are more if `is_capped`.

    `facets` count all leads that the viewer sees. `before` and `after` are the positions of the pages before and after
    this one, None when there is none.
    """

    leads: tuple[LeadRow, ...]
    matching: int
    facets: FacetCounts
    is_capped: bool = False
    before: ListPosition | None = None
    after: ListPosition | None = None


@dataclass(frozen=True, slots=True)
class _Place:
    """A position as values: the key of a lead, its id, and its label when the order begins with the label."""

    key: datetime | int | str
    id: str
    label: str = ""


def page(session: Session, viewer: Viewer, criteria: LeadFilter) -> LeadListPage:
    """Returns one page of the leads that the viewer may see. A position that cannot be read gives the first page."""
    facets = counts(session, viewer)
    query = _filtered(session, visible_to(viewer), criteria, viewer)
    if query is None or not facets.total:
        return LeadListPage((), 0, facets)
    matching, is_capped = _matching(session, viewer, criteria, facets)
    found = _slice(session, query, criteria, _labels(criteria, facets))
    return LeadListPage(found.leads, matching, facets, is_capped, found.before, found.after)


def position_of(lead: LeadRow, sort: Sort) -> str:
    """Returns the place of a lead in this order."""
    key = getattr(lead, _KEYS[sort])
    values = (microseconds(key) if isinstance(key, datetime) else key, lead.id)
    return write_position(*((lead.label or "", *values) if sort is Sort.LABEL else values))


# --- what is in the list ---------------------------------------------------------------------------------------------


def _filtered(
    session: Session, query: SelectOfScalar[LeadRow], criteria: LeadFilter, viewer: Viewer
) -> SelectOfScalar[LeadRow] | None:
    """Returns the query of the list; None when nothing can match, as for a search without a letter."""
    for column, value in (
        (col(LeadRow.owner), criteria.owner),
        (col(LeadRow.stage), criteria.stage),
        (col(LeadRow.label), criteria.label),
    ):
        if value:
            query = query.where(column == value)
    if criteria.search.strip():
        found = _search(session, viewer, criteria)
        if found is None:
            return None
        query = query.where(col(LeadRow.id).in_(found.matches))
        query = query.params(most=search_index.MOST_MATCHES, **found.values)
    return query


def _search(session: Session, viewer: Viewer, criteria: LeadFilter) -> search_index.SearchQuery | None:
    wanted = [("owner", value) for value in {_owner_of(viewer), criteria.owner} if value]
    wanted += [(kind, value) for kind, value in (("stage", criteria.stage), ("label", criteria.label)) if value]
    return search_index.search(session, criteria.search, [search_index.tag(kind, value) for kind, value in wanted])


def _owner_of(viewer: Viewer) -> str | None:
    """Returns whose leads the viewer sees; None for everyone's."""
    return None if viewer.role in SEES_ALL else viewer.rep or ""


def counts(session: Session, viewer: Viewer) -> FacetCounts:
    """Returns the number of the viewer's leads by stage, owner and label."""
    if viewer.role in SEES_ALL:
        return facet_counts.facet_counts(session)
    if viewer.role == Role.REP and viewer.rep:
        return facet_counts.facet_counts(session, viewer.rep)
    return FacetCounts({}, {}, {})


def _matching(session: Session, viewer: Viewer, criteria: LeadFilter, facets: FacetCounts) -> tuple[int, bool]:
    """Returns the number of leads in the list, and whether there are more than a search looks at."""
    found = _search(session, viewer, criteria)
    if found is not None:
        counted = select(func.count()).select_from(found.matches.subquery())
        values = {**found.values, "most": search_index.MOST_MATCHES + 1}
        number = int(execute_core(session, counted, values).scalar_one())
        return min(number, search_index.MOST_MATCHES), number > search_index.MOST_MATCHES
    owner = _owner_of(viewer)
    if owner and criteria.owner and criteria.owner != owner:
        return 0, False
    if not (criteria.stage or criteria.label or criteria.owner):
        return facets.total, False
    return facet_counts.count(session, owner or criteria.owner, criteria.stage, criteria.label), False


def _labels(criteria: LeadFilter, facets: FacetCounts) -> Sequence[str | None]:
    """Returns the labels whose lists follow one another in the order by label; the leads without a label are last."""
    if criteria.sort is not Sort.LABEL:
        return ()
    return (criteria.label,) if criteria.label else (*sorted(facets.labels), None)


# --- one page of it --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Slice:
    leads: tuple[LeadRow, ...]
    before: ListPosition | None
    after: ListPosition | None


def _slice(
    session: Session, query: SelectOfScalar[LeadRow], criteria: LeadFilter, labels: Sequence[str | None]
) -> _Slice:
    sort, size = criteria.sort, min(max(criteria.size, 1), 200)
    position = criteria.position
    place = _read(position.text, sort) if position is not None else None
    is_before = place is not None and position is not None and position.is_before
    # One more than the page: whether there is another page.
    found = list(_rows(session, query, sort, labels, place, is_before, size + 1))
    has_more, found = len(found) > size, found[:size]
    if place is not None and (not found or (is_before and not has_more)):
        # Nothing on the page that was asked for, or less than a full first page: the list as it begins now.
        found = list(_rows(session, query, sort, labels, None, False, size + 1))
        has_more, found, place, is_before = len(found) > size, found[:size], None, False
    if is_before:
        found.reverse()
    if not found:
        return _Slice((), None, None)
    before = has_more if is_before else place is not None
    after = True if is_before else has_more
    return _Slice(
        tuple(found),
        ListPosition(position_of(found[0], sort), is_before=True) if before else None,
        ListPosition(position_of(found[-1], sort)) if after else None,
    )


def _rows(
    session: Session,
    query: SelectOfScalar[LeadRow],
    sort: Sort,
    labels: Sequence[str | None],
    place: _Place | None,
    is_before: bool,
    number: int,
) -> Iterator[LeadRow]:
    """The leads after a place, or before it, nearest first."""
    if sort is not Sort.LABEL:
        yield from _ordered(session, query, _KEYS[sort], place, is_before, number)
        return
    here = labels.index(place.label or None) if place is not None and (place.label or None) in labels else None
    if place is not None and here is None:
        return
    order = list(labels)[: here + 1 if is_before and here is not None else None]
    order = order[::-1] if is_before else order[here or 0 :]
    for label in order:
        column = col(LeadRow.label)
        of_label = query.where(column.is_(None) if label is None else column == label)
        for lead in _ordered(session, of_label, "newest_at", place, is_before, number):
            yield lead
            number -= 1
        if number <= 0:
            return
        place = None


def _ordered(
    session: Session,
    query: SelectOfScalar[LeadRow],
    name: str,
    place: _Place | None,
    is_before: bool,
    number: int,
) -> Sequence[LeadRow]:
    columns = LeadRow.__table__.c  # type: ignore[attr-defined]  # SQLModel types no tables
    key, lead_id = columns[name], columns.id
    descending = (name == "newest_at") != is_before
    if place is not None:
        there = tuple_(literal(place.key, key.type), literal(place.id, lead_id.type))
        here = tuple_(key, lead_id)
        query = query.where(here < there if descending else here > there)
    order = (key.desc(), lead_id.desc()) if descending else (key, lead_id)
    return session.exec(query.order_by(*order).limit(number)).all()


def _read(position: str, sort: Sort) -> _Place | None:
    """Returns the place that `position_of` wrote; None when it cannot be read."""
    values = read_position(position, *_PLACES[sort])
    if values is None:
        return None
    label = str(values[0]) if sort is Sort.LABEL else ""
    key, lead_id = values[-2], str(values[-1])
    try:
        return _Place(moment(int(key)) if _KEYS[sort] == "newest_at" else key, lead_id, label)
    except OverflowError:
        return None
