from __future__ import annotations

import threading
from datetime import timedelta

import pytest

from questionnaire.storage.db.engine import Database
from questionnaire.storage.leads import events, leads, projection, round_robin
from questionnaire.storage.leads.facet_counts import open_leads
from questionnaire.storage.leads.ownership import change_owner, current
from questionnaire.storage.leads.projection import Becomes
from questionnaire.storage.tables import AssignmentRow, LeadRow
from tests.rows import FRIDAY, add_lead

WHY = {"rule": "dach"}
GONE: Becomes = {"stage": "nurture", "reason": "recycled", "until": "2027-04-02"}
DUE = FRIDAY + timedelta(hours=64)


def given(rep: str | None, queue: str | None = None) -> AssignmentRow:
    return AssignmentRow(lead_id="lead-anna", rep=rep, queue=queue, rule="dach", why="turn", at=FRIDAY, due_at=DUE)


def test_assigning_a_lead_updates_lead_assignment_and_events_together(database: Database) -> None:
    with database.writing() as session:
        lead = add_lead(session)
        assert change_owner(
            session, lead.id, lead.version, given("lena"), "e1", "assigned", FRIDAY, data={"rule": "dach"}
        )
    with database.reading() as session:
        row = leads.by_address(session, "anna@nordwind.example")
        assert row is not None
        assert (row.owner, row.stage, row.call_by, row.version) == ("lena", "assigned", DUE, 1)
        now = current(session, "lead-anna")
        assert now is not None
        assert now.rep == "lena"
        assert [event.data for event in events.of_lead(session, "lead-anna")] == [WHY]
        assert open_leads(session) == {"lena": 1}
        assert projection.differences(session) == {}


def test_a_lead_assigned_to_a_queue_then_to_no_one_has_no_second_owner(database: Database) -> None:
    with database.writing() as session:
        lead = add_lead(session)
        assert change_owner(session, lead.id, lead.version, given(None, "inbound"), "e1", "assigned", FRIDAY)
        assert (lead.owner, lead.queue) == (None, "inbound")
        assert change_owner(session, lead.id, lead.version, given("max"), "e2", "assigned", FRIDAY)
        assert (lead.owner, lead.queue) == ("max", None)
        assert change_owner(
            session, lead.id, lead.version, None, "e3", "rejected", FRIDAY, actor="staff:max", becomes=GONE
        )
        assert current(session, "lead-anna") is None
        assert (lead.owner, lead.stage, lead.until, lead.call_by, lead.version) == (
            None,
            "nurture",
            "2027-04-02",
            None,
            3,
        )
    with database.reading() as session:
        assert open_leads(session) == {}
        assert projection.differences(session) == {}


def test_a_change_of_owner_with_a_stale_version_is_refused(database: Database) -> None:
    with database.writing() as session:
        add_lead(session)
    with database.reading() as session:
        stale = leads.by_address(session, "anna@nordwind.example")
        assert stale is not None
    with database.writing() as session:
        assert change_owner(session, "lead-anna", 0, given("lena"), "e1", "assigned", FRIDAY)
    with database.writing() as session:
        assert not change_owner(session, stale.id, stale.version, given("max"), "e2", "assigned", FRIDAY)
    with database.reading() as session:
        assert open_leads(session) == {"lena": 1}
        assert len(events.of_lead(session, "lead-anna")) == 1


def test_ten_concurrent_assignments_leave_one_owner_and_one_event(database: Database) -> None:
    with database.writing() as session:
        add_lead(session)
    start, won = threading.Barrier(10), list[str]()

    def take(number: int) -> None:
        with database.reading() as session:
            seen = session.get_one(LeadRow, "lead-anna")
        start.wait()
        with database.writing() as session:
            if change_owner(session, seen.id, seen.version, given(f"rep{number}"), f"e{number}", "assigned", FRIDAY):
                won.append(f"rep{number}")

    threads = [threading.Thread(target=take, args=(number,)) for number in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.reading() as session:
        owner = session.get_one(LeadRow, "lead-anna").owner
        assert won == [owner]
        assert len(events.of_lead(session, "lead-anna")) == 1


def test_an_assignment_of_another_lead_raises(database: Database) -> None:
    with pytest.raises(ValueError, match="another lead's"), database.writing() as session:  # noqa: PT012
        tom = add_lead(session, "tom")
        change_owner(session, tom.id, 0, given("lena"), "e1", "assigned", FRIDAY)


def test_concurrent_round_robin_turns_are_fair(database: Database) -> None:
    def take_turns() -> None:
        for _ in range(10):
            with database.writing() as session:
                has = round_robin.lock_credits(session, "dach")
                round_robin.write_credits(session, "dach", {"lena": has.get("lena", 0) + 1})

    threads = [threading.Thread(target=take_turns) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.writing() as session:
        assert round_robin.lock_credits(session, "dach") == {"lena": 60}


def test_credits_written_before_they_are_read_raise(database: Database) -> None:
    with pytest.raises(LookupError, match="before they were read"), database.writing() as session:
        round_robin.write_credits(session, "dach", {"lena": 1})
