from __future__ import annotations

from datetime import timedelta
from typing import Any

from questionnaire.storage.db.engine import Database
from questionnaire.storage.responses import visit_counts, visits
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


def test_starts_and_completions_are_counted_once_a_visit_whatever_the_order(database: Database) -> None:
    steps: list[dict[str, Any]] = [
        {"seen": ["size"]},
        {"answered": ["size"]},
        {"answered": ["size", "plans"], "days": 2},
        {"answered": ["size", "plans"], "days": 2, "completed": True},
        {"answered": ["size"], "days": 3},
    ]
    with database.writing() as session:
        for name in ("0a", "1b", "2f"):
            for step in steps:
                visits.note(session, visit(name, **step))
        visits.note(session, visit("3c", answered=["size"], completed=True, survey_id="other"))
        visits.note(session, visit("4d", seen=["size"]))
        visits.note(session, visit("5e", answered=["size"], ending="too_small"))
    with database.reading() as session:
        assert visit_counts.since(session, FRIDAY.date()) == {"alignment": (4, 3), "other": (1, 1)}
        assert visit_counts.since(session, FRIDAY.date() + timedelta(days=1)) == {}
        assert visit_counts.differences(session, FRIDAY.date()) == {}
    with database.writing() as session:
        assert visit_counts.forget_before(session, FRIDAY.date() + timedelta(days=1)) > 0
        assert visit_counts.since(session, FRIDAY.date()) == {}
