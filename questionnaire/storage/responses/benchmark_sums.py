"""Benchmark sums: read and written under row locks, always in the order of the groups.

The group of everyone ("") sorts before all others, so that two transactions never wait for each other in a cycle.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Text, bindparam, update
from sqlmodel import Session, col, select

from questionnaire.storage.db.statements import connection, execute_core, insert_values
from questionnaire.storage.responses.responses import of_person
from questionnaire.storage.tables import BenchmarkSumRow, ResponseRow

MAX_GROUPS = 3
"""Everyone, the group of a person, and the previous group of the person."""

NO_SUMS: Mapping[str, Any] = {"overall": 0, "dimensions": {}}

# Several of the three may be the same group. Statements are built once: building one costs more than running it.
_LOCKED_SUMS = (
    select(col(BenchmarkSumRow.group), col(BenchmarkSumRow.people), col(BenchmarkSumRow.sums))
    .where(
        col(BenchmarkSumRow.survey_id) == bindparam("survey"),
        col(BenchmarkSumRow.group).in_([bindparam(f"group{number}") for number in range(MAX_GROUPS)]),
    )
    .order_by(col(BenchmarkSumRow.group))
    .with_for_update()
)
_WRITE = (
    update(BenchmarkSumRow)
    .where(col(BenchmarkSumRow.survey_id) == bindparam("survey"), col(BenchmarkSumRow.group) == bindparam("which"))
    .values(people=bindparam("now_people"), sums=bindparam("now_sums"))
)
_STORE_COMPARISON = (
    update(ResponseRow).where(col(ResponseRow.id) == bindparam("response")).values(shown_benchmark=bindparam("shown"))
)
_STORE_ENTRY = (
    update(ResponseRow).where(col(ResponseRow.id) == bindparam("response")).values(benchmark_entry=bindparam("entry"))
)
_ENTRIES = select(col(ResponseRow.survey_id), col(ResponseRow.id), col(ResponseRow.benchmark_entry)).where(
    col(ResponseRow.lead_id).in_(of_person(bindparam("lead", type_=Text))),
    col(ResponseRow.benchmark_entry).is_not(None),
)


def lock_sums(session: Session, survey_id: str, groups: Iterable[str]) -> dict[str, tuple[int, Mapping[str, Any]]]:
    """Returns group -> people and sums, for everyone ("") and these groups, MAX_GROUPS in all, and locks the rows.

    No other transaction changes the sums of this survey meanwhile, because each locks the row of everyone first.
    """
    names = sorted({"", *groups})
    sums = _select_locked(session, survey_id, names)
    for group in names:
        if group not in sums:
            empty = {"survey_id": survey_id, "group": group, "people": 0, "sums": dict(NO_SUMS)}
            insert_values(session, BenchmarkSumRow, empty, ("survey_id", "group"))
            # Locked before the next row is inserted: another transaction that has this lock may be waiting for that
            # row.
            sums = _select_locked(session, survey_id, names)
    return sums


def _select_locked(
    session: Session, survey_id: str, group_names: list[str]
) -> dict[str, tuple[int, Mapping[str, Any]]]:
    names = {f"group{number}": group_names[min(number, len(group_names) - 1)] for number in range(MAX_GROUPS)}
    rows = execute_core(session, _LOCKED_SUMS, {"survey": survey_id, **names}).all()
    return {group: (people, sums) for group, people, sums in rows}


_SUMS = select(col(BenchmarkSumRow.group), col(BenchmarkSumRow.people), col(BenchmarkSumRow.sums)).where(
    col(BenchmarkSumRow.survey_id) == bindparam("survey"),
    col(BenchmarkSumRow.group).in_([bindparam("group0"), bindparam("group1")]),
)


def read_sums(session: Session, survey_id: str, group: str) -> dict[str, tuple[int, Mapping[str, Any]]]:
    """Returns group -> people and sums of everyone ("") and this group, without a lock.

    A group without people is left out.
    """
    rows = execute_core(session, _SUMS, {"survey": survey_id, "group0": "", "group1": group}).all()
    return {name: (people, sums) for name, people, sums in rows}


def write_sums(session: Session, survey_id: str, sums: Mapping[str, tuple[int, Mapping[str, Any]]]) -> None:
    """Writes the changed values of the rows that `lock_sums` returned."""
    values = [
        {"survey": survey_id, "which": group, "now_people": people, "now_sums": dict(group_sums)}
        for group, (people, group_sums) in sorted(sums.items())
    ]
    if values:
        connection(session).execute(_WRITE, values)


def benchmark_entries(session: Session, lead_id: str) -> dict[str, tuple[str, Mapping[str, Any]]]:
    """Returns survey -> the person's response in the benchmark, and its benchmark entry."""
    rows = execute_core(session, _ENTRIES, {"lead": lead_id}).all()
    return {survey: (response_id, counted) for survey, response_id, counted in rows}


def store_comparison(session: Session, response_id: str, comparison: Mapping[str, Any] | None) -> None:
    """Stores the comparison that the result of a response shows from now on."""
    execute_core(session, _STORE_COMPARISON, {"response": response_id, "shown": comparison})


def store_entry(session: Session, response_id: str, entry: Mapping[str, Any] | None) -> None:
    """Stores the benchmark entry of a response; None when it has none."""
    execute_core(session, _STORE_ENTRY, {"response": response_id, "entry": entry})
