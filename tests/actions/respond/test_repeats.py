"""One person, many forms: what a repeat may do, and what nobody may do under somebody else's address (safety 24a)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from questionnaire.actions.assessing.links import sign
from questionnaire.actions.documents import dossiers, reports
from questionnaire.actions.handoff import lead_acts
from questionnaire.actions.respond import confirmation
from questionnaire.actions.views import Person
from questionnaire.core.documents.dossier import DossierContext
from questionnaire.core.handoff import acts
from questionnaire.storage.leads import events
from questionnaire.storage.responses import responses
from questionnaire.storage.tables import ResponseRow
from tests.actions.installation import Office, own, typed
from tests.cast import anna, anna_again, sofia, tom

TUESDAY = datetime.fromisoformat("2026-10-06T11:00:00+02:00")
LATER = TUESDAY + timedelta(hours=1)


def case(office: Office, response_id: str) -> DossierContext:
    with office.toolbox.database.reading() as session:
        row = responses.get(session, response_id)
        assert row is not None
        return dossiers.case_of(office.toolbox, session, office.lead(), row, "en", "Europe/Berlin")


def test_p5_is_merged_into_p1_and_the_owner_is_told(office: Office) -> None:
    own(office, typed(anna().filled), anna().at)
    before = office.lead()
    office.mails()
    second = own(office, typed(anna_again()), TUESDAY)
    after = office.lead()
    assert (after.stage, after.owner, after.call_by, after.version) == (
        "assigned", before.owner, before.call_by, before.version,
    )  # fmt: skip
    assert (before.owner, before.call_by) == ("lena", datetime.fromisoformat("2026-10-05T07:30:00+00:00"))
    assert (after.fit, after.timing, after.label) == (60, 40, "A1")
    assert len(office.events("assigned")) == 1
    # Lena has tried to call, so that the lead stays hers.
    lead_acts.perform(office.toolbox, Person("lena", "Lena Vogt", "", "rep", "lena"), after.id, acts.LogAttempt())
    (told,) = [mail for mail in office.mails() if mail.kind == "new_answers"]
    assert told.to == "lena@nordlicht.example"
    assert told.text.count("(was “") == 4, told.text
    assert office.response(second).lead_id == after.id
    # The next lead of the pool still goes to Max: nobody lost or gained a turn.
    office.accept(typed(anna().filled, email="other@elsewhere.example", company="Elsewhere"), TUESDAY)
    assert {lead.owner for lead in office.leads()} == {"lena", "max"}
    assert office.is_what_the_events_say()


REPEATS: dict[str, dict[str, object]] = {
    "says competitor": {"industry": "lead_gen_vendor", "company": "LeadForge"},
    "is of a country to be sent elsewhere": {"country": "BR", "employees": "1_9"},
    "says not now and lowers everything": {"employees": "1_9", "industry": "other", "timeline": "none",
                                           "next_step": "report_only"},
    "raises everything": {"buying_role": "decision_maker", "timeline": "lt_3m", "budget": "allocated",
                          "next_step": "demo"},
}  # fmt: skip


@pytest.mark.parametrize("change", REPEATS.values(), ids=list(REPEATS))
def test_an_unconfirmed_repeat_to_a_confirmed_address_changes_nothing_of_the_lead(
    office: Office, change: dict[str, object]
) -> None:
    own(office, typed(tom().filled), tom().at)
    before = office.lead().model_dump()
    forged = office.accept(typed(tom().filled, **change), LATER)
    assert office.lead().model_dump() == before
    last = office.events()[-1]
    assert (last.kind, last.data["unconfirmed"], last.becomes) == ("submitted", True, {})
    assert case(office, forged.response_id).assessment.verdict.stage == "mql"
    assert office.is_what_the_events_say()


def test_unconfirmed_responses_that_contradict_each_other_go_to_a_person(office: Office) -> None:
    office.hire("olga", "ops")
    office.accept(typed(tom().filled, industry="lead_gen_vendor", phone="+49301111111"), tom().at)
    assert (office.lead().stage, office.lead().reason) == ("disqualified", "competitor")
    scores = (office.lead().fit, office.lead().intent, office.lead().timing, office.lead().label)
    office.accept(typed(tom().filled, phone="+49302222222"), LATER)
    lead = office.lead()
    assert (lead.stage, lead.reason, lead.next_what) == ("review", "contradictory", "review")
    assert (lead.fit, lead.intent, lead.timing, lead.label) == scores
    assert "contradict" in (lead.why or "")
    (asked,) = [mail for mail in office.mails() if mail.kind == "review_waiting"]
    assert asked.to == "olga@nordlicht.example"
    assert office.is_what_the_events_say()


def test_the_time_to_review_is_not_started_again_by_new_answers(office: Office) -> None:
    large = typed(anna().filled, employees="501_1000")
    own(office, large, anna().at)
    before = office.lead()
    assert before.stage == "review"
    for hours in range(1, 6):
        office.accept(large, anna().at + timedelta(hours=hours))
    assert office.lead().next_at == before.next_at
    own(office, typed(anna().filled, employees="501_1000", timeline="m6_12"), anna().at + timedelta(hours=8))
    after = office.lead()
    assert (after.stage, after.next_what, after.next_at) == ("review", "review", before.next_at)
    assert after.timing != before.timing


def test_what_unconfirmed_answers_alone_had_decided_is_withdrawn_by_the_first_confirmed_ones(office: Office) -> None:
    office.accept(typed(tom().filled, industry="lead_gen_vendor", phone="+49301111111"), tom().at)
    mine = office.accept(typed(tom().filled, phone="+49302222222"), LATER)
    office.confirm(mine, LATER + timedelta(minutes=5))
    lead = office.lead()
    assert (lead.stage, lead.reason, lead.phone) == ("mql", "fit_not_good", "+49302222222")
    assert office.is_what_the_events_say()
    view = case(office, mine.response_id)
    assert "competitor" not in view.assessment.evidence.flags
    assert [claim.phone for claim in view.claims] == ["+49 30 1111111"]


def test_a_disqualified_lead_comes_back_by_a_signed_link_and_the_history_says_why(office: Office) -> None:
    office.accept(typed(tom().filled, industry="lead_gen_vendor"), tom().at)
    mine = office.accept(typed(tom().filled, industry="lead_gen_vendor"), LATER)
    assert office.lead().stage == "disqualified", "two that agree contradict nothing"
    with office.toolbox.database.writing() as session:
        row = session.get_one(ResponseRow, mine.response_id)
        row.answers = {**row.answers, "industry": "saas"}
    office.confirm(mine, LATER + timedelta(minutes=5))
    assert office.lead().stage == "mql"
    (event,) = office.events("withdrawn")
    assert event.data == {"stage": "disqualified", "reason": "competitor"}


def test_what_a_person_decided_is_not_moved_by_claims(office: Office) -> None:
    office.accept(typed(tom().filled, industry="lead_gen_vendor"), tom().at)
    lead = office.lead()
    with office.toolbox.database.writing() as session:
        events.append(session, "by-hand", lead.id, "reviewed", LATER, actor="staff:olga",
                      becomes={"stage": "nurture", "reason": "not_now"})  # fmt: skip
    office.accept(typed(anna().filled, email="tom.reed@harbor.example"), LATER + timedelta(hours=1))
    assert (office.lead().stage, office.lead().reason) == ("nurture", "not_now")


def test_an_unconfirmed_repeat_cannot_overwrite_contact_data(office: Office) -> None:
    own(office, typed(anna().filled), anna().at)
    forged = typed(anna_again(), first_name="Mallory", last_name="Evil", company="Evil Inc", phone="+4930123456",
                   job_title="Intern", country="BR")  # fmt: skip
    done = office.accept(forged, TUESDAY)
    lead = office.lead()
    assert (lead.name, lead.company, lead.phone, lead.title, lead.country, lead.email) == (
        "Anna Keller", "Nordwind Software", "+49305550100", "VP Sales", "DE", "anna.keller@nordwind.example",
    )  # fmt: skip
    contact = case(office, done.response_id).assessment.evidence.contact
    assert contact["company"] == "Nordwind Software"


def test_the_page_of_an_unconfirmed_repeat_shows_nothing_of_earlier_answers(office: Office) -> None:
    office.accept(typed(anna().filled, company="Nordwind Software"), anna().at)
    stranger = typed(anna_again(), first_name="M", last_name="M", company="Mine", timeline="none", budget=None)
    done = office.accept(stranger, TUESDAY)
    view = reports.result(office.toolbox, done.token, TUESDAY)
    assert view is not None
    assert "Nordwind" not in repr(view.report)
    assert "Keller" not in repr(view.report)
    # Anna asked for a demo in her first answers; the page must not know.
    assert "demo" not in repr(view.report).lower()
    assert not view.confirmable


def test_only_the_mailed_link_confirms(office: Office) -> None:
    office.accept(typed(anna().filled), anna().at)
    done = office.accept(typed(anna_again(), job_title="Intern"), TUESDAY)
    assert not confirmation.confirm_address(office.toolbox, done.token, LATER)
    assert office.lead().title == "VP Sales"
    row = office.response(done)
    mailed = sign(office.toolbox.settings.secret_keys, "mailed", row.id, row.at)
    view = reports.result(office.toolbox, mailed, LATER)
    assert view is not None
    assert view.confirmable
    assert office.response(done).confirmed_at is None
    assert office.confirm(done, LATER)
    assert office.lead().title == "Intern"
    assert office.response(done).confirmed_at == LATER


def test_a_confirmed_repeat_counts_fully(office: Office) -> None:
    own(office, typed(tom().filled), tom().at)
    forged = typed(tom().filled, industry="lead_gen_vendor", company="LeadForge")
    done = office.accept(forged, LATER)
    assert office.lead().stage == "mql"
    office.confirm(done, LATER + timedelta(minutes=5))
    lead = office.lead()
    assert (lead.stage, lead.reason, lead.company) == ("disqualified", "competitor", "LeadForge")
    assert office.is_what_the_events_say()


def test_the_button_pressed_twice_is_one_confirmation(office: Office) -> None:
    office.accept(typed(anna().filled), anna().at)
    done = office.accept(typed(anna_again()), TUESDAY)
    assert office.confirm(done, LATER)
    assert office.confirm(done, LATER + timedelta(hours=1))
    assert len(office.events("address_confirmed")) == 1
    assert office.response(done).confirmed_at == LATER


def test_a_first_answer_is_no_more_confirmed_than_a_second_and_its_confirmation_moves_nothing(office: Office) -> None:
    done = office.accept(typed(anna().filled), anna().at)
    held = office.lead()
    assert not case(office, done.response_id).confirmed
    assert office.confirm(done, LATER)
    assert case(office, done.response_id).confirmed
    assert len(office.events("assessed")) == 1
    assert (office.lead().owner, office.lead().call_by) == (held.owner, held.call_by)


def test_confirming_an_older_repeat_later_does_not_bring_back_old_data(office: Office) -> None:
    office.accept(typed(anna().filled), anna().at)
    older = office.accept(typed(anna_again(), job_title="Director of Sales"), TUESDAY)
    newer = office.accept(typed(anna_again(), job_title="Chief Revenue Officer", timeline="lt_3m"), LATER)
    office.confirm(newer, LATER + timedelta(minutes=1))
    office.confirm(older, LATER + timedelta(minutes=2))
    assert office.lead().title == "Chief Revenue Officer"
    assert office.lead().timing == 60


def test_what_somebody_forged_is_not_held_against_the_person_who_answers_again(office: Office) -> None:
    office.accept(typed(tom().filled), tom().at)
    office.accept(typed(tom().filled, industry="lead_gen_vendor"), TUESDAY)
    own(office, typed(tom().filled), LATER)
    assert office.lead().stage == "mql"


def test_an_unconfirmed_repeat_may_raise_a_verdict(office: Office) -> None:
    office.accept(typed(sofia().filled, next_step="report_only", timeline="none", industry="other"), sofia().at)
    low = office.lead()
    office.accept(typed(anna().filled, email="sofia.rossi@fintrust.example"), LATER)
    assert low.stage in ("nurture", "mql", "lead", "review")
    assert office.lead().stage in ("review", "assigned", "sql_ready")


@pytest.mark.parametrize("address", ["anna.keller@nordwind.example", "ANNA.KELLER+a+b@nordwind.EXAMPLE"])
def test_the_mail_of_a_repeat_goes_to_the_address_that_was_typed(office: Office, address: str) -> None:
    office.accept(typed(anna().filled), anna().at)
    office.mails()
    office.accept(typed(anna_again(), email=address), TUESDAY)
    sent = [mail.to for mail in office.mails() if mail.kind == "report_ready"]
    assert len(sent) == 2
    assert sent[-1].lower() == address.lower()
