from __future__ import annotations

from datetime import timedelta

import pytest

from questionnaire.storage.db.engine import Database
from questionnaire.storage.leads import events, leads
from questionnaire.storage.leads.leads import LeadFilter, Sort, Viewer
from questionnaire.storage.leads.ownership import change_owner
from questionnaire.storage.tables import AssignmentRow
from tests.rows import FRIDAY, add_lead

BOSS = Viewer("manager")
LENA, MAX = Viewer("rep", "lena"), Viewer("rep", "max")


@pytest.fixture
def desk(database: Database) -> Database:
    """Anna (hot, Lena's), Bruno (Max's), Çelik (nobody's, in review)."""
    with database.writing() as session:
        for number, (name, company, rep, label, total) in enumerate(
            [
                ("anna", "Nordwind", "lena", "A1", 147),
                ("bruno", "Harbor 100%", "max", "B2", 68),
                ("çelik", "Ünal_Soft", None, None, None),
            ]
        ):
            at = FRIDAY + timedelta(hours=number)
            row = add_lead(session, name, company=company, newest_at=at, label=None)
            if rep:
                given = AssignmentRow(lead_id=row.id, rep=rep, at=at, due_at=at + timedelta(hours=1))
                assert change_owner(session, row.id, 0, given, f"assigned-{name}", "assigned", at)
                events.append(
                    session, f"assessed-{name}", row.id, "assessed", at, becomes={"label": label, "total": total}
                )
            else:
                events.append(session, f"review-{name}", row.id, "assessed", at, becomes={"stage": "review"})
    return database


def names(database: Database, viewer: Viewer, wanted: LeadFilter) -> list[str]:
    with database.reading() as session:
        return [lead.name for lead in leads.page(session, viewer, wanted).leads]


@pytest.mark.parametrize("role", ["admin", "marketing", "ops", "manager"])
def test_these_roles_see_every_lead(desk: Database, role: str) -> None:
    assert names(desk, Viewer(role), LeadFilter()) == ["Çelik", "Bruno", "Anna"]


def test_a_rep_sees_the_own_leads_and_the_others_do_not_exist(desk: Database) -> None:
    assert names(desk, LENA, LeadFilter()) == ["Anna"]
    assert names(desk, MAX, LeadFilter(search="anna")) == []
    with desk.reading() as session:
        assert leads.get_visible(session, LENA, "lead-anna") is not None
        assert leads.get_visible(session, MAX, "lead-anna") is None
        assert leads.get_visible(session, MAX, "lead-404") is None
        assert leads.counts(session, MAX) == {"assigned": 1}
        assert leads.counts(session, BOSS) == {"assigned": 2, "review": 1}


@pytest.mark.parametrize("viewer", [Viewer("rep"), Viewer("rep", ""), Viewer("visitor", "lena"), Viewer("")])
def test_whoever_is_nobody_sees_nothing(desk: Database, viewer: Viewer) -> None:
    assert names(desk, viewer, LeadFilter()) == []


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("ann", ["Anna"]),
        ("ANNA nordwind.example", ["Anna"]),
        ("celik", ["Çelik"]),
        ("unal", ["Çelik"]),
        ("100%", ["Bruno"]),
        ("%", ["Bruno"]),
        ("l_s", ["Çelik"]),
        ("' OR 1=1 --", []),
        ("anna harbor", []),
    ],
)
def test_the_search_takes_words_as_they_stand(desk: Database, search: str, found: list[str]) -> None:
    assert names(desk, BOSS, LeadFilter(search=search)) == found


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (LeadFilter(stages=("review",)), ["Çelik"]),
        (LeadFilter(labels=("A1", "B2"), sort=Sort.LABEL), ["Anna", "Bruno"]),
        (LeadFilter(owners=("max",)), ["Bruno"]),
        (LeadFilter(sort=Sort.CALL_BY), ["Anna", "Bruno", "Çelik"]),
        (LeadFilter(sort=Sort.CALL_BY, size=2), ["Anna", "Bruno"]),
        (LeadFilter(sort=Sort.CALL_BY, size=2, page=2), ["Çelik"]),
        (LeadFilter(sort=Sort.COMPANY), ["Bruno", "Anna", "Çelik"]),
        (LeadFilter(sort=Sort.CALL_BY, size=2, page=99), ["Çelik"]),
        (LeadFilter(sort=Sort.CALL_BY, size=0, page=-1), ["Anna"]),
    ],
)
def test_the_desk_filters_sorts_and_turns_pages(desk: Database, wanted: LeadFilter, found: list[str]) -> None:
    assert names(desk, BOSS, wanted) == found


def test_every_sort_is_possible(desk: Database) -> None:
    for sort in Sort:
        assert len(names(desk, BOSS, LeadFilter(sort=sort))) == 3


def test_a_page_knows_how_many_there_are(desk: Database) -> None:
    with desk.reading() as session:
        page = leads.page(session, BOSS, LeadFilter(size=2))
        assert (page.of, page.last, page.number) == (3, 2, 1)
        empty = leads.page(session, BOSS, LeadFilter(search="nobody"))
        assert (empty.of, empty.last, empty.number) == (0, 1, 1)


def test_new_contact_data_is_found_by_the_search(desk: Database) -> None:
    with desk.writing() as session:
        lead = leads.lock(session, "lead-anna")
        assert lead is not None
        leads.write_contact(session, lead, {"name": "Anna", "email": "anna@nordwind.example", "company": "Südwind",
                                            "contact": {"linkedin": "in/anna"}}, FRIDAY)  # fmt: skip
    assert names(desk, BOSS, LeadFilter(search="sudwind")) == ["Anna"]
    with desk.reading() as session:
        anna = leads.by_address(session, "anna@nordwind.example")
        assert anna is not None
        assert (anna.company, anna.phone, anna.contact["linkedin"]) == ("Südwind", "", "in/anna")
