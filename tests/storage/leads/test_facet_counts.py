from __future__ import annotations

import random
import threading
from datetime import timedelta

from sqlalchemy import text
from sqlmodel import Session, select

from questionnaire.core.base.stage import Stage
from questionnaire.storage.db.engine import Database
from questionnaire.storage.leads import events, facet_counts, leads, projection
from questionnaire.storage.leads.ownership import change_owner
from questionnaire.storage.leads.projection import Becomes
from questionnaire.storage.tables import AssignmentRow, LeadRow
from tests.rows import FRIDAY, add_lead


def _act(session: Session, chance: random.Random, number: int) -> None:
    """Something that happens to a lead: it is new, has other contact data, is assessed, or gets another owner."""
    name = f"p{chance.randrange(12)}"
    lead = add_lead(session, name, company=chance.choice(["Nordwind", "Harbor", ""]))
    what, at = chance.randrange(3), FRIDAY + timedelta(minutes=number)
    if what == 0:
        columns = {"name": f"New {number}", "email": lead.email, "company": f"C{number}", "contact": {}}
        leads.write_contact(session, lead, columns, at)
    elif what == 1:
        becomes: Becomes = {"stage": str(chance.choice(list(Stage))), "label": chance.choice(["A1", "C3", None])}
        events.append(session, f"e{number}", lead.id, "assessed", at, becomes=becomes)
    else:
        rep = chance.choice(["lena", "max", None])
        given = AssignmentRow(lead_id=lead.id, rep=rep, queue=None if rep else "inbound", at=at, due_at=at)
        assert change_owner(session, lead.id, lead.version, given, f"e{number}", "assigned", at)


def test_kept_counts_sort_keys_and_search_terms_agree_with_the_leads_after_any_history(database: Database) -> None:
    chance = random.Random(11)
    for number in range(0, 90, 3):
        with database.writing() as session:
            for step in range(3):
                _act(session, chance, number + step)
            if chance.random() < 0.2:
                session.rollback()
    with database.reading() as session:
        assert facet_counts.differences(session) == {}
        assert projection.differences(session) == {}
        rows = session.exec(select(LeadRow)).all()
        everyone, lenas = facet_counts.facet_counts(session), facet_counts.facet_counts(session, "lena")
        assert everyone.total == len(rows)
        assert lenas.total == sum(row.owner == "lena" for row in rows) == everyone.owners.get("lena", 0)
        assert everyone.labels == {
            label: sum(row.label == label for row in rows) for label in ("A1", "C3") if label in {r.label for r in rows}
        }
        assert facet_counts.count(session, "lena", "assigned") == sum(
            (row.owner, row.stage) == ("lena", "assigned") for row in rows
        )
        assert facet_counts.count(session, stage="mql", label="A1") == sum(
            (row.stage, row.label) == ("mql", "A1") for row in rows
        )


def test_counts_and_search_terms_are_rebuilt_from_nothing(database: Database) -> None:
    with database.writing() as session:
        for name in ("anna", "tom"):
            add_lead(session, name)
    with database.writing() as session:
        before = facet_counts.facet_counts(session)
        for statement in ("DELETE FROM lead_count", "DELETE FROM lead_text", "UPDATE lead SET urgency = 1"):
            session.connection().execute(text(statement))
        session.connection().execute(text("INSERT INTO lead_count VALUES ('gone', 'sql', 'B2', 7)"))
    with database.writing() as session:
        wrong = projection.differences(session)
        assert {lead_id: sorted(columns) for lead_id, columns in wrong.items()} == {
            "lead-anna": ["terms", "urgency"],
            "lead-tom": ["terms", "urgency"],
        }
        for lead_id in wrong:
            projection.rebuild(session, lead_id)
        assert facet_counts.rebuild(session) == {("", "lead", ""): (0, 2), ("gone", "sql", "B2"): (7, 0)}
    with database.reading() as session:
        assert projection.differences(session) == {}
        assert facet_counts.facet_counts(session) == before


def test_threads_that_move_leads_between_the_same_counts_neither_lock_each_other_nor_lose_one(
    database: Database,
) -> None:
    with database.writing() as session:
        for number in range(8):
            add_lead(session, f"p{number}")
    wrong = list[Exception]()

    def move(number: int) -> None:
        try:
            for step in range(12):
                stage = ("mql", "review")[(step + number) % 2]
                with database.writing() as session:
                    events.append(
                        session, f"e{number}-{step}", f"lead-p{number}", "assessed", FRIDAY, becomes={"stage": stage}
                    )
        except Exception as error:  # noqa: BLE001 (asserted below, whatever it is)
            wrong.append(error)

    threads = [threading.Thread(target=move, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    with database.reading() as session:
        assert facet_counts.differences(session) == {}
        assert facet_counts.facet_counts(session).total == 8
