from __future__ import annotations

from datetime import timedelta
from typing import Any

from questionnaire.storage.db.engine import Database
from questionnaire.storage.responses import visits
from questionnaire.storage.tables import VisitRow
from tests.rows import FRIDAY


def visit(name: str, days: int = 0, **more: Any) -> VisitRow:
    day = (FRIDAY + timedelta(days=days)).date()
    values: dict[str, Any] = {"survey_id": "alignment", "survey_version": 3, "language": "en", "day": day, **more}
    return VisitRow(id=name, **values)


def test_a_visit_keeps_its_first_day_and_stays_completed(database: Database) -> None:
    with database.writing() as session:
        visits.note(session, visit("v1", seen=["size"]))
        visits.note(session, visit("v1", days=2, seen=["size", "plans"], completed=True))
        visits.note(session, visit("v1", days=3, seen=["size"]))
    with database.reading() as session:
        (row,) = visits.of_survey(session, "alignment", 3)
        assert (row.day, row.completed, row.seen) == (FRIDAY.date(), True, ["size"])
        assert list(visits.of_survey(session, "alignment", 2)) == []


def test_old_visits_are_deleted(database: Database) -> None:
    with database.writing() as session:
        visits.note(session, visit("old", days=-500))
        visits.note(session, visit("new"))
        assert visits.forget_before(session, FRIDAY.date()) == 1
