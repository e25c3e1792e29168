"""Pages of the lead list, read by key: each page begins where the last one ended, however long the list is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Protocol

from sqlalchemy import literal, tuple_
from sqlalchemy import select as sqlalchemy_select
from sqlmodel import Session, col
from sqlmodel.sql.expression import SelectOfScalar

from questionnaire.core.base.roles import Role
from questionnaire.storage.db.statements import execute_core, is_postgres
from questionnaire.storage.leads import facet_counts, search_index
from questionnaire.storage.leads.facet_counts import FacetCounts
from questionnaire.storage.leads.lead_order import (
    KEYS,
    ListPosition,
    Place,
    Sort,
    follows,
    position_of,
    read_place,
    sorted_places,
)
from questionnaire.storage.leads.leads import SEES_ALL, Viewer, visible_to
from questionnaire.storage.tables import LeadRow

PAGE_SIZE = 50
INDEXED_FILTERS = 2
"""There are indexes for one filter and for two, in the order owner, stage, label."""


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


def page(session: Session, viewer: Viewer, criteria: LeadFilter) -> LeadListPage:
    """Returns one page of the leads that the viewer may see. A position that cannot be read gives the first page."""
    facets = counts(session, viewer)
    if not facets.total:
        return LeadListPage((), 0, facets)
    if criteria.search.strip():
        matches, is_capped = _matches(session, viewer, criteria)
        found = _slice(partial(_found_rows, session, viewer, criteria.sort, matches), criteria)
        return LeadListPage(found.leads, len(matches), facets, is_capped, found.before, found.after)
    chosen = _Filtered(visible_to(viewer), _filters(criteria), is_postgres(session) and viewer.role in SEES_ALL)
    rows = partial(_rows, session, chosen, criteria.sort, _labels(criteria, facets))
    found = _slice(rows, criteria)
    return LeadListPage(
        found.leads, _matching(session, viewer, criteria, facets), facets, False, found.before, found.after
    )


# --- what is in the list ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Filtered:
    """What a person sees, and the filters of it: column -> value, in the order of the indexes.

    PostgreSQL takes the leads of a frequent stage for evenly spread over any order, and would look for them along the
    index of the whole list, where all others may come first. If `is_bounded`, it is told that the filtered columns lie
    between a value and the same value, and are part of the order: only the index of these filters has that order.
    """

    query: SelectOfScalar[LeadRow]
    filters: Mapping[str, str]
    is_bounded: bool

    def of_label(self, label: str | None) -> _Filtered:
        if label is None:
            return replace(self, query=self.query.where(col(LeadRow.label).is_(None)))
        return replace(self, filters={**self.filters, "label": label})


def _filters(criteria: LeadFilter) -> dict[str, str]:
    """Returns column -> value, in the order of the indexes."""
    wanted = {"owner": criteria.owner, "stage": criteria.stage, "label": criteria.label}
    return {name: value for name, value in wanted.items() if value}


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


def _matching(session: Session, viewer: Viewer, criteria: LeadFilter, facets: FacetCounts) -> int:
    """Returns the number of leads in a list without a search."""
    owner = _owner_of(viewer)
    if owner and criteria.owner and criteria.owner != owner:
        return 0
    if not (criteria.stage or criteria.label or criteria.owner):
        return facets.total
    return facet_counts.count(session, owner or criteria.owner, criteria.stage, criteria.label)


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


class _Rows(Protocol):
    """The leads after a place, or before it, nearest first; without a place from the beginning."""

    def __call__(self, place: Place | None, is_before: bool, number: int) -> Iterable[LeadRow]: ...


def _slice(rows: _Rows, criteria: LeadFilter) -> _Slice:
    sort, size = criteria.sort, min(max(criteria.size, 1), 200)
    position = criteria.position
    place = read_place(position.text, sort) if position is not None else None
    is_before = place is not None and position is not None and position.is_before
    # One more than the page: whether there is another page.
    found = list(rows(place, is_before, size + 1))
    has_more, found = len(found) > size, found[:size]
    if place is not None and (not found or (is_before and not has_more)):
        # Nothing on the page that was asked for, or less than a full first page: the list as it begins now.
        found = list(rows(None, False, size + 1))
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
    chosen: _Filtered,
    sort: Sort,
    labels: Sequence[str | None],
    place: Place | None,
    is_before: bool,
    number: int,
) -> Iterator[LeadRow]:
    """The leads after a place, or before it, nearest first."""
    if sort is not Sort.LABEL:
        yield from _ordered(session, chosen, KEYS[sort], place, is_before, number)
        return
    here = labels.index(place.label or None) if place is not None and (place.label or None) in labels else None
    if place is not None and here is None:
        return
    order = list(labels)[: here + 1 if is_before and here is not None else None]
    order = order[::-1] if is_before else order[here or 0 :]
    for label in order:
        for lead in _ordered(session, chosen.of_label(label), "newest_at", place, is_before, number):
            yield lead
            number -= 1
        if number <= 0:
            return
        place = None


def _ordered(
    session: Session,
    chosen: _Filtered,
    name: str,
    place: Place | None,
    is_before: bool,
    number: int,
) -> Sequence[LeadRow]:
    """Returns the leads that the filters leave, in the order of a column."""
    query, filters = chosen.query, chosen.filters
    columns = LeadRow.__table__.c  # type: ignore[attr-defined]  # SQLModel types no tables
    bounds = tuple(filters)[:INDEXED_FILTERS] if chosen.is_bounded else ()
    for filtered, value in filters.items():
        if filtered not in bounds:
            query = query.where(columns[filtered] == value)
    first, value_of_first = [columns[one] for one in bounds], [literal(filters[one]) for one in bounds]
    order = [*first, columns[name], columns.id]
    descending = (name == "newest_at") != is_before
    if place is not None:
        key, lead_id = literal(place.key, columns[name].type), literal(place.id, columns.id.type)
        here, there = tuple_(*order), tuple_(*value_of_first, key, lead_id)
        query = query.where(here < there if descending else here > there)
    if bounds and (place is None or descending):
        query = query.where(tuple_(*first) >= tuple_(*value_of_first))
    if bounds and (place is None or not descending):
        query = query.where(tuple_(*first) <= tuple_(*value_of_first))
    return session.exec(query.order_by(*(one.desc() for one in order) if descending else order).limit(number)).all()


# --- what a search found ---------------------------------------------------------------------------------------------


def _matches(session: Session, viewer: Viewer, criteria: LeadFilter) -> tuple[Sequence[Place], bool]:
    """Returns the places of the leads that a search finds, in their order, and whether there are more.

    The index is asked once, and the few leads it finds are ordered here: each order in the database would ask it again.
    """
    wanted = [("owner", value) for value in {_owner_of(viewer), criteria.owner} if value]
    wanted += [(kind, value) for kind, value in (("stage", criteria.stage), ("label", criteria.label)) if value]
    query = search_index.search(session, criteria.search, [search_index.tag(kind, value) for kind, value in wanted])
    if query is None:
        return (), False
    name, most = KEYS[criteria.sort], search_index.MOST_MATCHES
    columns = LeadRow.__table__.c  # type: ignore[attr-defined]  # SQLModel types no tables
    statement = sqlalchemy_select(columns.id, columns[name], columns.label).where(col(LeadRow.id).in_(query.matches))
    found = execute_core(session, statement, {**query.values, "most": most + 1}).all()
    by_label = criteria.sort is Sort.LABEL
    places = (Place(key, lead_id, (label or "") if by_label else "") for lead_id, key, label in found[:most])
    return sorted_places(places, criteria.sort), len(found) > most


def _found_rows(
    session: Session,
    viewer: Viewer,
    sort: Sort,
    matches: Sequence[Place],
    place: Place | None,
    is_before: bool,
    number: int,
) -> Iterable[LeadRow]:
    order = matches[::-1] if is_before else matches
    if place is not None:
        order = [one for one in order if one != place and follows(one, place, sort) != is_before]
    ids = [one.id for one in order[:number]]
    rows = {row.id: row for row in session.exec(visible_to(viewer).where(col(LeadRow.id).in_(ids)))}
    return [rows[lead_id] for lead_id in ids if lead_id in rows]
