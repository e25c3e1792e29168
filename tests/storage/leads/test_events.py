from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from questionnaire.storage.db.engine import Database
from questionnaire.storage.leads import events, leads, projection
from tests.rows import FRIDAY, add_lead


def test_a_lead_is_what_its_events_say(database: Database) -> None:
    with database.writing() as session:
        add_lead(session)
        events.append(session, "e1", "lead-anna", "submitted", FRIDAY, actor="prospect")
        events.append(
            session,
            "e2",
            "lead-anna",
            "assessed",
            FRIDAY,
            data={"assessment": "a1"},
            becomes={"stage": "nurture", "reason": "not_now", "until": "2026-12-02", "label": "A1", "fit": 53},
        )
        events.append(
            session,
            "e3",
            "lead-anna",
            "assessed",
            FRIDAY + timedelta(days=1),
            becomes={"stage": "sql_ready", "reason": None, "until": None, "fit": 62, "next_at": FRIDAY},
        )
    with database.reading() as session:
        row = leads.by_address(session, "anna@nordwind.example")
        assert row is not None
        assert (row.stage, row.reason, row.until, row.label, row.fit) == ("sql_ready", None, None, "A1", 62)
        assert row.next_at == FRIDAY
        assert [event.kind for event in events.of_lead(session, "lead-anna")] == ["submitted", "assessed", "assessed"]
        assert projection.differences(session) == {}


def test_a_projection_that_went_wrong_is_found_and_put_right(database: Database) -> None:
    with database.writing() as session:
        add_lead(session)
        add_lead(session, "tom")
        events.append(session, "e1", "lead-anna", "assessed", FRIDAY, becomes={"stage": "mql", "call_by": FRIDAY})
    with database.writing() as session:
        session.connection().execute(text("UPDATE lead SET stage = 'lost', call_by = NULL WHERE id = 'lead-anna'"))
    with database.writing() as session:
        assert projection.differences(session) == {"lead-anna": {"stage": ("lost", "mql"), "call_by": (None, FRIDAY)}}
        assert projection.rebuild(session, "lead-anna") == {"stage": ("lost", "mql"), "call_by": (None, FRIDAY)}
        assert projection.rebuild(session, "lead-anna") == {}
        assert projection.rebuild(session, "nobody") == {}
        assert projection.differences(session) == {}


def test_leads_are_compared_in_batches_and_none_is_left_out(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(projection, "BATCH", 2)
    names = ("anna", "bea", "carl", "dora", "emil")
    with database.writing() as session:
        for name in names:
            add_lead(session, name)
        session.connection().execute(text("UPDATE lead SET stage = 'lost'"))
    with database.reading() as session:
        assert len(projection.lead_ids(session)) == 2
        assert set(projection.differences(session)) == {f"lead-{name}" for name in names}


def test_the_same_event_is_not_written_twice(database: Database) -> None:
    with database.writing() as session:
        add_lead(session)
        events.append(session, "e1", "lead-anna", "submitted", FRIDAY)
    with pytest.raises(IntegrityError), database.writing() as session:
        events.append(session, "e1", "lead-anna", "submitted", FRIDAY)


def test_an_event_of_an_unknown_kind_is_refused_by_the_database(database: Database) -> None:
    with pytest.raises(IntegrityError), database.writing() as session:  # noqa: PT012
        add_lead(session)
        events.append(session, "e1", "lead-anna", "daydreamed", FRIDAY)


def test_an_event_needs_a_lead_and_changes_no_owner(database: Database) -> None:
    with database.writing() as session:
        with pytest.raises(LookupError, match="no lead"):
            events.append(session, "e1", "lead-404", "submitted", FRIDAY)
        add_lead(session)
        with pytest.raises(ValueError, match="change_owner"):
            events.append(session, "e1", "lead-anna", "assessed", FRIDAY, becomes={"owner": "me"})
        strange = {"email": "x"}
        with pytest.raises(ValueError, match="do not change email"):
            events.append(session, "e1", "lead-anna", "assessed", FRIDAY, becomes=strange)  # type: ignore[arg-type]
