from __future__ import annotations

import itertools
import random
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event

from questionnaire.storage.db.engine import Database
from questionnaire.storage.leads import events, lead_page, leads, search_index
from questionnaire.storage.leads.lead_order import ListPosition, Sort, position_of
from questionnaire.storage.leads.lead_page import LeadFilter
from questionnaire.storage.leads.leads import AccountFacts, Viewer
from questionnaire.storage.leads.ownership import change_owner
from questionnaire.storage.tables import AssignmentRow
from tests.rows import FRIDAY, add_lead, lead

BOSS = Viewer("manager")
LENA, MAX = Viewer("rep", "lena"), Viewer("rep", "max")


@pytest.fixture
def desk(database: Database) -> Database:
    """Anna (hot, Lena's), Bruno (Max's), Çelik (without owner, in review)."""
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
        return [lead.name for lead in lead_page.page(session, viewer, wanted).leads]


@pytest.mark.parametrize("role", ["admin", "marketing", "ops", "manager"])
def test_these_roles_see_every_lead(desk: Database, role: str) -> None:
    assert names(desk, Viewer(role), LeadFilter()) == ["Çelik", "Bruno", "Anna"]


def test_a_rep_sees_only_their_own_leads(desk: Database) -> None:
    assert names(desk, LENA, LeadFilter()) == ["Anna"]
    assert names(desk, MAX, LeadFilter(search="anna")) == []
    with desk.reading() as session:
        assert leads.get_visible(session, LENA, "lead-anna") is not None
        assert leads.get_visible(session, MAX, "lead-anna") is None
        assert leads.get_visible(session, MAX, "lead-404") is None
        assert lead_page.counts(session, MAX).stages == {"assigned": 1}
        everyone = lead_page.counts(session, BOSS)
        assert (everyone.stages, everyone.owners) == ({"assigned": 2, "review": 1}, {"lena": 1, "max": 1})
        assert (everyone.labels, everyone.total) == ({"A1": 1, "B2": 1}, 3)


@pytest.mark.parametrize("viewer", [Viewer("rep"), Viewer("rep", ""), Viewer("visitor", "lena"), Viewer("")])
def test_a_viewer_without_role_or_rep_id_sees_no_leads(desk: Database, viewer: Viewer) -> None:
    assert names(desk, viewer, LeadFilter()) == []


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("ann", ["Anna"]),
        ("ANNA nordwind.example", ["Anna"]),
        ("celik", ["Çelik"]),
        ("unal", ["Çelik"]),
        ("Ünal_So", ["Çelik"]),
        ("100%", ["Bruno"]),
        ("nordwind.exa", ["Çelik", "Bruno", "Anna"]),
        ("bruno@nordwind", ["Bruno"]),
        ("bruno@nordwind.example", ["Bruno"]),
        ("bruno@nordwind.com", []),
        (".example", ["Çelik", "Bruno", "Anna"]),
        ("%", []),
        ("' OR 1=1 --", []),
        ("anna harbor", []),
        ("anna' & !'x", []),
        ('anna" OR "', []),
    ],
)
def test_each_word_of_a_search_begins_a_word_of_the_lead(desk: Database, search: str, found: list[str]) -> None:
    assert names(desk, BOSS, LeadFilter(search=search)) == found


def test_words_of_any_script_are_found_by_their_beginning(database: Database) -> None:
    people = {"anna": "Анна Қасымова", "kenji": "田中 健司", "zoe": "Zoë Øster", "nina": "नीना", "ida": "Ida Strauß"}
    with database.writing() as session:
        for name, written in people.items():
            row = lead(name, company="")
            row.name = written
            leads.find_or_add(session, row)
    for search, found in (("анн", "Анна Қасымова"), ("田", "田中 健司"), ("zoe", "Zoë Øster"), ("नी", "नीना"),
                          ("strauss", "Ida Strauß"), ("STRAUSS", "Ida Strauß")):  # fmt: skip
        assert names(database, BOSS, LeadFilter(search=search)) == [found], search


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (LeadFilter(stage="review"), ["Çelik"]),
        (LeadFilter(sort=Sort.LABEL), ["Anna", "Bruno", "Çelik"]),
        (LeadFilter(label="B2", sort=Sort.LABEL), ["Bruno"]),
        (LeadFilter(owner="max"), ["Bruno"]),
        (LeadFilter(sort=Sort.URGENCY), ["Anna", "Bruno", "Çelik"]),
        (LeadFilter(sort=Sort.URGENCY, size=2), ["Anna", "Bruno"]),
        (LeadFilter(sort=Sort.COMPANY), ["Bruno", "Anna", "Çelik"]),
        (LeadFilter(sort=Sort.URGENCY, size=0), ["Anna"]),
        (LeadFilter(search="nordwind", stage="assigned", sort=Sort.URGENCY), ["Anna", "Bruno"]),
        (LeadFilter(search="nordwind", owner="max"), ["Bruno"]),
        (LeadFilter(search="nordwind", label="A1", sort=Sort.LABEL), ["Anna"]),
    ],
)
def test_lists_are_filtered_and_sorted(desk: Database, wanted: LeadFilter, found: list[str]) -> None:
    assert names(desk, BOSS, wanted) == found


def test_every_sort_order_works(desk: Database) -> None:
    for sort in Sort:
        assert len(names(desk, BOSS, LeadFilter(sort=sort))) == 3


def _walk(database: Database, viewer: Viewer, wanted: LeadFilter) -> tuple[list[str], list[str]]:
    """The names on all pages, read by the links to the next page, then back by those to the page before."""
    forward, back = list[list[str]](), list[list[str]]()
    with database.reading() as session:
        page = lead_page.page(session, viewer, wanted)
        assert page.before is None
        while True:
            forward.append([lead.name for lead in page.leads])
            if page.after is None:
                break
            page = lead_page.page(session, viewer, replace(wanted, position=page.after))
        while True:
            back.append([lead.name for lead in page.leads])
            if page.before is None:
                break
            page = lead_page.page(session, viewer, replace(wanted, position=page.before))
    return list(itertools.chain(*forward)), list(itertools.chain(*reversed(back)))


def test_pages_lead_through_the_whole_list_and_back_without_gaps(database: Database) -> None:
    """Many leads share a label, a company or a deadline; some have none."""
    chance = random.Random(7)
    with database.writing() as session:
        for number in range(60):
            at = FRIDAY + timedelta(minutes=chance.randrange(20))
            company = chance.choice(["", "Nordwind", "Äther", "zeta", "Анна"])
            row = add_lead(session, f"p{number:02}", company=company, newest_at=at)
            if chance.random() < 0.6:
                due = FRIDAY + timedelta(hours=chance.randrange(3))
                given = AssignmentRow(lead_id=row.id, rep=chance.choice(["lena", "max"]), at=at, due_at=due)
                assert change_owner(session, row.id, 0, given, f"assigned-{number}", "assigned", at)
            if label := chance.choice(["A1", "B2", "C4", None]):
                events.append(session, f"assessed-{number}", row.id, "assessed", at, becomes={"label": label})
    for viewer, sort, size, search in itertools.product((BOSS, LENA), Sort, (1, 7, 60), ("", "p")):
        wanted = LeadFilter(sort=sort, size=200, search=search)
        whole = names(database, viewer, wanted)
        assert len(whole) == (60 if viewer is BOSS else len(set(whole)))
        forward, back = _walk(database, viewer, replace(wanted, size=size))
        assert forward == whole, (viewer, sort, size, search)
        assert back == whole or set(back) == set(whole), (viewer, sort, size, search)


@pytest.mark.parametrize("sort", list(Sort))
def test_a_position_that_cannot_be_read_gives_the_first_page(desk: Database, sort: Sort) -> None:
    for text in ("x", "====", "fg", "a" * 301, "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5fmFiYw", "fn5-", "\u00fc"):
        for is_before in (False, True):
            wanted = LeadFilter(sort=sort, position=ListPosition(text, is_before))
            assert names(desk, BOSS, wanted) == names(desk, BOSS, LeadFilter(sort=sort)), text


def test_a_page_after_the_last_lead_gives_the_first_page(desk: Database) -> None:
    with desk.reading() as session:
        anna = leads.by_address(session, "anna@nordwind.example")
        assert anna is not None
        last = ListPosition(position_of(anna, Sort.NEWEST))
    assert names(desk, BOSS, LeadFilter(position=last)) == ["Çelik", "Bruno", "Anna"]


def test_a_page_has_the_number_of_leads_in_its_list(desk: Database) -> None:
    cases = [
        (BOSS, LeadFilter(size=2), 3), (BOSS, LeadFilter(search="nobody"), 0), (BOSS, LeadFilter(search="nord"), 3),
        (BOSS, LeadFilter(stage="assigned"), 2), (BOSS, LeadFilter(stage="assigned", label="A1"), 1),
        (BOSS, LeadFilter(owner="max", label="A1"), 0), (LENA, LeadFilter(), 1), (LENA, LeadFilter(owner="max"), 0),
        (LENA, LeadFilter(stage="assigned"), 1), (LENA, LeadFilter(search="nord"), 1), (Viewer("rep"), LeadFilter(), 0),
    ]  # fmt: skip
    with desk.reading() as session:
        for viewer, wanted, number in cases:
            page = lead_page.page(session, viewer, wanted)
            assert (page.matching, page.is_capped) == (number, False), (viewer, wanted)


def test_a_search_that_finds_too_many_says_so(desk: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_index, "MOST_MATCHES", 2)
    with desk.reading() as session:
        page = lead_page.page(session, BOSS, LeadFilter(search="nordwind"))
        assert (page.matching, page.is_capped, len(page.leads)) == (2, True, 2)
        page = lead_page.page(session, BOSS, LeadFilter(search="nordwind bruno"))
        assert (page.matching, page.is_capped, len(page.leads)) == (1, False, 1)


@pytest.mark.parametrize("sort", list(Sort))
def test_a_page_of_a_search_asks_the_index_once(desk: Database, sort: Sort) -> None:
    """The index looks the owner up in all leads of a rep: asked for each label, a rep's search grew with the desk."""
    asked: list[str] = []

    def note(*given: Any) -> None:
        asked.append(given[2])

    with desk.reading() as session:
        connection = session.connection()
        event.listen(connection, "before_cursor_execute", note)
        page = lead_page.page(session, BOSS, LeadFilter(search="nord", sort=sort))
        event.remove(connection, "before_cursor_execute", note)
    assert page.matching == 3
    assert sum("lead_text" in statement for statement in asked) == 1


def test_the_account_of_a_lead_is_what_its_colleagues_say(desk: Database) -> None:
    with desk.writing() as session:
        new = add_lead(session, "dora")
        assert leads.account_of(session, new) == AccountFacts("lena", is_customer=False)
        events.append(session, "won", "lead-çelik", "won", FRIDAY, becomes={"stage": "customer"})
        assert leads.account_of(session, new) == AccountFacts("lena", is_customer=True)
        alone = add_lead(session, "eve", account_domain=None)
        assert leads.account_of(session, alone) == AccountFacts()


def test_new_contact_data_is_found_by_the_search(desk: Database) -> None:
    with desk.writing() as session:
        row = leads.lock(session, "lead-anna")
        assert row is not None
        leads.write_contact(session, row, {"name": "Anna", "email": "anna@nordwind.example", "company": "Südwind",
                                            "contact": {"linkedin": "in/anna"}}, FRIDAY)  # fmt: skip
    assert names(desk, BOSS, LeadFilter(search="sudwind")) == ["Anna"]
    with desk.reading() as session:
        anna = leads.by_address(session, "anna@nordwind.example")
        assert anna is not None
        assert (anna.company, anna.phone, anna.contact["linkedin"]) == ("Südwind", "", "in/anna")
