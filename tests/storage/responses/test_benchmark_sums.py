"""The sums results are compared with, on both databases."""

from __future__ import annotations

import threading

from sqlmodel import select

from questionnaire.storage.db.engine import Database
from questionnaire.storage.responses import benchmark_sums, responses
from questionnaire.storage.tables import BenchmarkSumRow
from tests.rows import add_lead, add_response


def _count_one(database: Database, *groups: str) -> None:
    with database.writing() as session:
        found = benchmark_sums.turn(session, "alignment", groups)
        grown = {
            group: (people + 1, {**sums, "overall": sums["overall"] + 7}) for group, (people, sums) in found.items()
        }
        benchmark_sums.keep(session, "alignment", grown)


def test_a_race_of_twelve_in_four_groups_counts_everybody_once(database: Database) -> None:
    start, wrong = threading.Barrier(12), list[Exception]()

    def press(number: int) -> None:
        start.wait()
        try:
            # Named in different orders on purpose: the locks are taken in one.
            groups = ["", f"part={number % 3}", f"part={(number + 1) % 3}"]
            _count_one(database, *(groups if number % 2 else reversed(groups)))
        except Exception as error:  # noqa: BLE001 (told below, whatever it is)
            wrong.append(error)

    threads = [threading.Thread(target=press, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    with database.reading() as session:
        found = {row.group: (row.people, row.sums["overall"]) for row in session.exec(select(BenchmarkSumRow))}
    assert found == {"": (12, 84), "part=0": (8, 56), "part=1": (8, 56), "part=2": (8, 56)}


def test_sums_keep_every_digit(database: Database) -> None:
    large = 10**21 + 1
    with database.writing() as session:
        benchmark_sums.turn(session, "alignment", [""])
        benchmark_sums.keep(session, "alignment", {"": (1, {"overall": large, "dimensions": {"speed": [1, large]}})})
    with database.writing() as session:
        assert benchmark_sums.turn(session, "alignment", [""]) == {
            "": (1, {"overall": large, "dimensions": {"speed": [1, large]}})
        }
        benchmark_sums.keep(session, "alignment", {})


def test_what_a_response_adds_is_found_by_its_person_and_survey(database: Database) -> None:
    with database.writing() as session:
        lead = add_lead(session)
        add_response(session, "r1", lead.id)
        add_response(session, "r2", lead.id)
        assert benchmark_sums.standing(session, lead.id) == {}
        benchmark_sums.freeze(session, "r1", {"peers": {}})
        benchmark_sums.count(session, "r1", {"group": ""})
        assert benchmark_sums.standing(session, lead.id) == {"alignment": ("r1", {"group": ""})}
        benchmark_sums.count(session, "r1", None)
        benchmark_sums.count(session, "r2", {"group": "part=signs"})
        assert benchmark_sums.standing(session, lead.id) == {"alignment": ("r2", {"group": "part=signs"})}
    with database.reading() as session:
        first, second = responses.get(session, "r1"), responses.get(session, "r2")
        assert first is not None
        assert second is not None
        assert (first.shown_benchmark, first.benchmark_entry, second.shown_benchmark) == ({"peers": {}}, None, None)
