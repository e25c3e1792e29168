"""Number of leads with each combination of owner, stage and label, kept with every change.

Lists show these numbers, and routing reads the open leads of a rep from them, so that neither counts leads. A
transaction adds what it changed right before its commit, in the order of the keys: two transactions never wait for each
other in a cycle, and a row that many change is locked only as long as a commit takes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, String, bindparam, func, literal, text, true, union_all
from sqlmodel import Session, col, select

from questionnaire.core.base.stage import OPEN
from questionnaire.storage.db.statements import connection, execute_core, is_postgres
from questionnaire.storage.tables import LeadCountRow, LeadRow

# Owner, stage and label of a lead; "" for none.
Cell = tuple[str, str, str]

_COUNT = func.sum(col(LeadCountRow.count))
_OPEN_LEADS = (
    select(col(LeadCountRow.owner), _COUNT)
    .where(col(LeadCountRow.owner) != "", col(LeadCountRow.stage).in_([str(stage) for stage in OPEN]))
    .group_by(col(LeadCountRow.owner))
    .having(_COUNT > 0)
)
_KEPT = select(col(LeadCountRow.owner), col(LeadCountRow.stage), col(LeadCountRow.label), col(LeadCountRow.count))
_COUNTED = select(col(LeadRow.owner), col(LeadRow.stage), col(LeadRow.label), func.count()).group_by(
    col(LeadRow.owner), col(LeadRow.stage), col(LeadRow.label)
)


@dataclass(frozen=True, slots=True)
class FacetCounts:
    """Number of leads by stage, owner and label. Values without a lead, and leads without a value, are left out."""

    stages: Mapping[str, int]
    owners: Mapping[str, int]
    labels: Mapping[str, int]

    @property
    def total(self) -> int:
        return sum(self.stages.values())


def cell_of(lead: LeadRow) -> Cell:
    return lead.owner or "", lead.stage, lead.label or ""


def facet_counts(session: Session, owner: str | None = None) -> FacetCounts:
    """Counts the leads of an owner, or of everyone."""
    facets: dict[str, dict[str, int]] = {"stage": {}, "owner": {}, "label": {}}
    statement = _FACETS if owner is None else _FACETS_OF_OWNER
    for facet, value, number in execute_core(session, statement, {} if owner is None else {"of_owner": owner}):
        if value:
            facets[facet][value] = int(number)
    return FacetCounts(facets["stage"], facets["owner"], facets["label"])


def _facets(condition: ColumnElement[bool]) -> Any:
    columns = {"stage": LeadCountRow.stage, "owner": LeadCountRow.owner, "label": LeadCountRow.label}
    return union_all(
        *(
            select(literal(name, String), col(column), _COUNT).where(condition).group_by(col(column)).having(_COUNT > 0)
            for name, column in columns.items()
        )
    )


_FACETS = _facets(true())
_FACETS_OF_OWNER = _facets(col(LeadCountRow.owner) == bindparam("of_owner"))


def count(session: Session, owner: str = "", stage: str = "", label: str = "") -> int:
    """Returns the number of leads with these values; "" is any."""
    wanted = {"owner": owner, "stage": stage, "label": label}
    chosen = {f"of_{name}": value for name, value in wanted.items() if value}
    return int(execute_core(session, _count_statement(tuple(chosen)), chosen).scalar_one())


@lru_cache(maxsize=8)
def _count_statement(names: tuple[str, ...]) -> Any:
    columns = LeadCountRow.__table__.c  # type: ignore[attr-defined]  # SQLModel types no tables
    conditions = [columns[name.removeprefix("of_")] == bindparam(name) for name in names]
    return select(func.coalesce(_COUNT, 0)).where(*conditions)


def open_leads(session: Session) -> dict[str, int]:
    """Returns rep -> number of open leads, for the caps of routing. Reps without open leads are left out."""
    return {str(rep): int(number) for rep, number in execute_core(session, _OPEN_LEADS)}


def add(session: Session, changes: Mapping[Cell, int]) -> None:
    """Adds these numbers, some of them negative."""
    values = [
        {"owner": owner, "stage": stage, "label": label, "count": number}
        for (owner, stage, label), number in sorted(changes.items())
        if number
    ]
    if values:
        connection(session).execute(_add_statement(is_postgres(session)), values)


@lru_cache(maxsize=2)
def _add_statement(postgres: bool) -> Any:
    if postgres:
        # Imported here, because the dialect costs a web process on SQLite 50 ms for nothing.
        from sqlalchemy.dialects.postgresql import insert as dialect_insert
    else:
        from sqlalchemy.dialects.sqlite import insert as dialect_insert  # type: ignore[assignment]  # same interface
    statement = dialect_insert(LeadCountRow)
    return statement.on_conflict_do_update(
        index_elements=["owner", "stage", "label"], set_={"count": col(LeadCountRow.count) + statement.excluded.count}
    )


def changes_of(cells: Iterable[tuple[Cell | None, Cell]]) -> Counter[Cell]:
    """Returns what these changes add to each count: from the cell before, None for a new lead, to the cell after."""
    changes: Counter[Cell] = Counter()
    for before, after in cells:
        if before != after:
            changes[after] += 1
            if before is not None:
                changes[before] -= 1
    return changes


def differences(session: Session) -> dict[Cell, tuple[int, int]]:
    """Returns the cells whose count is wrong, with the stored and the counted number. Reads all leads."""
    kept, counted = _numbers(session, _KEPT), _numbers(session, _COUNTED)
    pairs = {cell: (kept.get(cell, 0), counted.get(cell, 0)) for cell in sorted(kept.keys() | counted.keys())}
    return {cell: pair for cell, pair in pairs.items() if pair[0] != pair[1]}


def rebuild(session: Session) -> dict[Cell, tuple[int, int]]:
    """Corrects the counts and returns what differed. Others wait with their changes until the transaction ends."""
    if is_postgres(session):
        # Whoever added already is waited for; a change not added yet is not counted either, and is added afterwards.
        session.connection().execute(text("LOCK TABLE lead_count IN EXCLUSIVE MODE"))
    wrong = differences(session)
    add(session, {cell: counted - kept for cell, (kept, counted) in wrong.items()})
    return wrong


def _numbers(session: Session, statement: Any) -> dict[Cell, int]:
    rows = execute_core(session, statement)
    return {(owner or "", stage, label or ""): int(number) for owner, stage, label, number in rows}
