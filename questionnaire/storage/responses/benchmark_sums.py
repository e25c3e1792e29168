"""The sums results are compared with: read and written under their locks, always in the order of the groups.

"Everybody" ("") comes before every other group, so that two who count at once never wait for each other in a ring.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import bindparam, update
from sqlmodel import Session, col, select

from questionnaire.storage.db.statements import connection, execute_core, insert_values
from questionnaire.storage.tables import BenchmarkSumRow, ResponseRow

MOST = 3
"""Everybody, the group somebody belongs to, and the one they belonged to before."""

NOTHING: Mapping[str, Any] = {"overall": 0, "dimensions": {}}

# Several of the three may be the same group. Statements are made once: making one costs more than running it.
_SOME = (
    select(col(BenchmarkSumRow.group), col(BenchmarkSumRow.people), col(BenchmarkSumRow.sums))
    .where(
        col(BenchmarkSumRow.survey_id) == bindparam("survey"),
        col(BenchmarkSumRow.group).in_([bindparam(f"group{number}") for number in range(MOST)]),
    )
    .order_by(col(BenchmarkSumRow.group))
    .with_for_update()
)
_WRITE = (
    update(BenchmarkSumRow)
    .where(col(BenchmarkSumRow.survey_id) == bindparam("survey"), col(BenchmarkSumRow.group) == bindparam("which"))
    .values(people=bindparam("now_people"), sums=bindparam("now_sums"))
)
_FREEZE = (
    update(ResponseRow).where(col(ResponseRow.id) == bindparam("response")).values(shown_benchmark=bindparam("shown"))
)
_COUNT = (
    update(ResponseRow).where(col(ResponseRow.id) == bindparam("response")).values(benchmark_entry=bindparam("entry"))
)
_STANDING = select(col(ResponseRow.survey_id), col(ResponseRow.id), col(ResponseRow.benchmark_entry)).where(
    col(ResponseRow.lead_id) == bindparam("lead"), col(ResponseRow.benchmark_entry).is_not(None)
)


def turn(session: Session, survey_id: str, groups: Iterable[str]) -> dict[str, tuple[int, Mapping[str, Any]]]:
    """Group -> people and sums, of everybody ("") and these groups, MOST in all.

    Nobody else counts in this survey before our transaction ends: whoever comes locks everybody's row first.
    """
    wanted = sorted({"", *groups})
    found = _read(session, survey_id, wanted)
    for group in wanted:
        if group not in found:
            empty = {"survey_id": survey_id, "group": group, "people": 0, "sums": dict(NOTHING)}
            insert_values(session, BenchmarkSumRow, empty, ("survey_id", "group"))
            # Locked before the next one is added: somebody who holds it may be waiting for that one.
            found = _read(session, survey_id, wanted)
    return found


def _read(session: Session, survey_id: str, wanted: list[str]) -> dict[str, tuple[int, Mapping[str, Any]]]:
    names = {f"group{number}": wanted[min(number, len(wanted) - 1)] for number in range(MOST)}
    rows = execute_core(session, _SOME, {"survey": survey_id, **names}).all()
    return {group: (people, sums) for group, people, sums in rows}


_LOOK = select(col(BenchmarkSumRow.group), col(BenchmarkSumRow.people), col(BenchmarkSumRow.sums)).where(
    col(BenchmarkSumRow.survey_id) == bindparam("survey"),
    col(BenchmarkSumRow.group).in_([bindparam("group0"), bindparam("group1")]),
)


def look(session: Session, survey_id: str, group: str) -> dict[str, tuple[int, Mapping[str, Any]]]:
    """Group -> people and sums of everybody ("") and this group, without a lock; a group without anyone is left out."""
    rows = execute_core(session, _LOOK, {"survey": survey_id, "group0": "", "group1": group}).all()
    return {name: (people, sums) for name, people, sums in rows}


def keep(session: Session, survey_id: str, now: Mapping[str, tuple[int, Mapping[str, Any]]]) -> None:
    """Writes what `turn` gave, changed."""
    values = [
        {"survey": survey_id, "which": group, "now_people": people, "now_sums": dict(sums)}
        for group, (people, sums) in sorted(now.items())
    ]
    if values:
        connection(session).execute(_WRITE, values)


def standing(session: Session, lead_id: str) -> dict[str, tuple[str, Mapping[str, Any]]]:
    """Survey -> the response of a person that counts in its sums now, and what it adds to them."""
    rows = execute_core(session, _STANDING, {"lead": lead_id}).all()
    return {survey: (response_id, counted) for survey, response_id, counted in rows}


def freeze(session: Session, response_id: str, told: Mapping[str, Any] | None) -> None:
    """What a response's result shows for ever."""
    execute_core(session, _FREEZE, {"response": response_id, "shown": told})


def count(session: Session, response_id: str, counted: Mapping[str, Any] | None) -> None:
    """What a response adds to the sums from now on."""
    execute_core(session, _COUNT, {"response": response_id, "entry": counted})
