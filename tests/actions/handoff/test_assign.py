"""Assignment of leads: the owner, the notifications, and a fair round robin."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from questionnaire.actions.delivery import staff_links
from questionnaire.actions.handoff import lead_list
from questionnaire.actions.publishing import publish_version
from questionnaire.actions.respond import acceptance
from questionnaire.actions.views import LeadQuery, Person
from questionnaire.storage.people import staff
from questionnaire.storage.tables import AssessmentRow as StoredAssessment
from questionnaire.storage.tables import AssignmentRow, LeadRow
from tests.actions.installation import SLUG, Office, everything, typed
from tests.authored import authored_file
from tests.cast import anna, bruno, marc, tom

ADMIN = Person("x", "Ada", "ada@n.example", "admin")


def test_a_ready_lead_is_assigned_to_a_rep_who_is_notified_with_a_deadline(office: Office) -> None:
    office.accept(typed(anna().filled), anna().at)
    lead = office.lead()
    assert (lead.stage, lead.owner, lead.label) == ("assigned", "lena", "A1")
    assert lead.call_by == datetime.fromisoformat("2026-10-05T09:30:00+02:00")
    mails = {mail.kind: mail for mail in office.mails()}
    assert set(mails) == {"report_ready", "lead_assigned"}
    assert mails["lead_assigned"].to == "lena@nordlicht.example"
    assert mails["report_ready"].to == "anna.keller@nordwind.example"
    token = re.findall(r"https://q\.example/l/(\S+)", mails["lead_assigned"].text)[0]
    link = staff_links.read(office.toolbox, token, anna().at)
    assert link is not None
    assert (link.target, link.due_at) == (f"/desk/leads/{lead.id}", lead.call_by)
    for inward in ("FIT", "INTENT", "TIMING", "A1", "Lena"):
        assert inward not in mails["report_ready"].text
    assert {event.data.get("what") for event in office.events("notified")} == {"report_ready", "lead_assigned"}


@pytest.mark.parametrize("somebody", [marc, bruno])
def test_a_competitor_or_student_is_disqualified_and_no_rep_is_notified(office: Office, somebody: type) -> None:
    office.accept(typed(somebody().filled), somebody().at)
    lead = office.lead()
    assert (lead.stage, lead.owner, lead.queue, lead.call_by) == ("disqualified", None, None, None)
    assert [mail.kind for mail in office.mails()] == ["report_ready"]
    assert not office.events("assigned")
    with office.toolbox.database.reading() as session:
        assert everything(session, AssignmentRow) == []


def test_an_mql_is_not_assigned(office: Office) -> None:
    office.accept(typed(tom().filled), tom().at)
    assert (office.lead().stage, office.lead().owner) == ("mql", None)
    assert [mail.kind for mail in office.mails()] == ["report_ready"]


def test_a_lead_without_an_available_rep_waits_in_a_queue_and_a_manager_is_notified(office: Office) -> None:
    with office.toolbox.database.writing() as session:
        for rep in ("lena", "max"):
            person = staff.by_rep(session, rep)
            assert person is not None
            staff.set_active(session, person.id, False)
    office.accept(typed(anna().filled), anna().at)
    lead = office.lead()
    assert (lead.stage, lead.owner, lead.queue) == ("sql_ready", None, "inbound")
    assert lead.call_by is not None
    queued = [mail for mail in office.mails() if mail.kind == "lead_in_queue"]
    assert [mail.to for mail in queued] == ["ines@nordlicht.example"]
    assert office.is_what_the_events_say()


def test_a_high_value_lead_is_in_review_and_marketing_ops_is_notified(office: Office) -> None:
    office.hire("olga", "ops")
    office.accept(typed(anna().filled, employees="501_1000"), anna().at)
    lead = office.lead()
    assert (lead.stage, lead.owner, lead.next_what) == ("review", None, "review")
    assert lead.next_at is not None
    waiting = [mail for mail in office.mails() if mail.kind == "review_waiting"]
    assert [mail.to for mail in waiting] == ["olga@nordlicht.example"]


def test_a_colleague_is_assigned_to_the_account_owner_outside_the_round_robin(office: Office) -> None:
    office.accept(typed(anna().filled), anna().at)
    office.accept(typed(anna().filled, email="ben@nordwind.example", first_name="Ben"), anna().at)
    office.accept(typed(anna().filled, email="eva@elsewhere.example"), anna().at)
    assert {lead.email.partition("@")[0]: lead.owner for lead in office.leads()} == {
        "anna.keller": "lena",
        "ben": "lena",
        "eva": "max",
    }


def test_round_robin_follows_the_weights_over_a_hundred_leads(office: Office) -> None:
    for number in range(100):
        given = typed(anna().filled, country="FR", email=f"p{number}@company{number}.example")
        office.accept(given, anna().at + timedelta(minutes=number))
        if number % 10 == 9:
            office.win_everything()
    with office.toolbox.database.reading() as session:
        turns = Counter(event.data["rep"] for event in office.events("assigned"))
        assert len(everything(session, AssignmentRow)) == 100
    # The weight of Camille is twice that of Hugo.
    assert turns["camille"] + turns["hugo"] == 100
    assert abs(turns["camille"] - 2 * turns["hugo"]) <= 2
    assert office.is_what_the_events_say()


def test_a_rep_at_the_cap_gets_no_more_leads(office: Office) -> None:
    for number in range(17):
        office.accept(typed(anna().filled, country="GB", email=f"p{number}@company{number}.example"))
    assert Counter(lead.owner or lead.queue for lead in office.leads()) == {"oliver": 15, "inbound": 2}


def test_a_rep_sees_only_leads_assigned_to_the_rep(office: Office) -> None:
    for number in range(4):
        office.accept(typed(anna().filled, email=f"p{number}@company{number}.example"))
    lena = Person("l", "Lena", "lena@n.example", "rep", rep="lena")
    page = lead_list.leads(office.toolbox, lena, LeadQuery())
    assert (page.matching, page.total) == (2, 2)
    assert lead_list.leads(office.toolbox, ADMIN, LeadQuery()).total == 4
    other = next(lead for lead in office.leads() if lead.owner == "max")
    assert lead_list.lead(office.toolbox, lena, other.id) is None
    assert lead_list.dossier_pdf(office.toolbox, lena, other.id) is None
    assert not lead_list.queue_dossier(office.toolbox, lena, other.id)
    nobody = Person("n", "N", "n@n.example", "rep")
    assert lead_list.leads(office.toolbox, nobody, LeadQuery()).total == 0


def test_an_explanation_is_stored_as_a_code_and_shown_in_the_language_of_the_reader(office: Office) -> None:
    office.accept(typed(anna().filled), anna().at)
    lead, (assigned,) = office.lead(), office.events("assigned")
    turn = {"code": "pool_turn", "params": {"rule": "dach", "pool": "dach", "rep": "lena"}}
    with office.toolbox.database.reading() as session:
        (held,) = everything(session, AssignmentRow)
        (alone, judged) = everything(session, StoredAssessment)
    assert json.loads(held.why) == assigned.data["why"] == turn
    assert [why["params"]["rule"] for why in assigned.data["passed_over"]] == ["account-owner", "healthcare-emea"]
    stored = json.loads(lead.why or "")
    assert stored == judged.content["verdict"]["why"]
    assert (stored["code"], stored["params"]["profile"]["seniority"]) == ("sql_ready", "vp")
    assert alone.content["verdict"]["why"]["code"] == "sql_ready"
    for language, asked in (("en", "asked for a demo"), ("fr", "a demandé une démo")):
        (row,) = lead_list.leads(office.toolbox, replace(ADMIN, language=language), LeadQuery()).rows
        assert asked in row.why


def test_a_sentence_of_an_older_row_is_still_shown_in_the_language_of_the_reader(office: Office) -> None:
    office.accept(typed(anna().filled), anna().at)
    old = {"en": "VP at an ICP company.", "fr": "VP dans une entreprise ICP."}
    with office.toolbox.database.writing() as session:
        session.get_one(LeadRow, office.lead().id).why = json.dumps(old, ensure_ascii=False)
        session.get_one(AssignmentRow, office.lead().id).why = "named by the rule"
    for language, sentence in old.items():
        person = replace(ADMIN, language=language)
        assert [row.why for row in lead_list.leads(office.toolbox, person, LeadQuery()).rows] == [sentence]
        view = lead_list.lead(office.toolbox, person, office.lead().id)
        assert view is not None
        assert view.dossier.section("brief").routed == "named by the rule"


def test_the_desk_shows_the_lead_its_dossier_and_its_history(office: Office) -> None:
    office.accept(typed(anna().filled), anna().at)
    office.mails()
    view = lead_list.lead(office.toolbox, ADMIN, office.lead().id)
    assert view is not None
    assert (view.row.name, view.row.owner, view.row.label) == ("Anna Keller", "Lena Vogt", "A1")
    assert [line.kind for line in view.events] == ["submitted", "assessed", "assigned", "notified", "notified"]
    assert "Lena Vogt" in view.events[2].text
    assert not view.dossier_ready
    query = LeadQuery(search="kéller nordwind", stage="assigned", label="A1", owner="lena", sort="company")
    assert lead_list.leads(office.toolbox, ADMIN, query).matching == 1
    assert lead_list.leads(office.toolbox, ADMIN, LeadQuery(search="100%_")).matching == 0


def test_a_segment_routes_and_promises_by_its_own_terms(office: Office) -> None:
    policy = authored_file("policies/default.yaml")
    enterprise = {
        "id": "enterprise",
        "when": {"size": "core", "zone": "core"},
        "sla": {"first_contact": [{"within": "2bh"}]},
        "routing": {"rules": [{"id": "key-accounts", "assign": {"rep": "max"}}]},
    }
    changed = {**policy, "version": 6, "segments": [enterprise]}
    assert publish_version.publish(office.toolbox, "policy", changed, office.clock.at) is None
    publication = acceptance.get_publication(office.toolbox, SLUG)
    assert publication is not None
    office = replace(office, publication=publication)
    office.accept(typed(anna().filled), anna().at)
    lead = office.lead()
    assert (lead.stage, lead.owner) == ("assigned", "max")
    assert lead.call_by == datetime.fromisoformat("2026-10-05T10:30:00+02:00")
    with office.toolbox.database.reading() as session:
        (row,) = [one for one in everything(session, StoredAssessment) if one.lead_id == lead.id]
        assert row.content["segment"] == "enterprise"
