"""One person, many forms: what a repeat may do, and what nobody may do under somebody else's address (safety 24a)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from questionnaire.actions import dossiers, intake
from questionnaire.actions.links import sign
from questionnaire.core.dossier import Case
from questionnaire.storage import responses
from tests.actions.office import Office, typed
from tests.cast import anna, anna_again, marc, sofia, tom

TUESDAY = datetime.fromisoformat("2026-10-06T11:00:00+02:00")
LATER = TUESDAY + timedelta(hours=1)


def case(office: Office, response_id: str) -> Case:
    with office.toolbox.database.reading() as session:
        row = responses.get(session, response_id)
        assert row is not None
        return dossiers.case_of(office.toolbox, session, office.lead(), row, "en", "Europe/Berlin")


def test_p5_is_merged_into_p1_and_the_owner_is_told(office: Office) -> None:
    office.accept(typed(anna().filled), anna().at)
    before = office.lead()
    office.mails()
    second = office.accept(typed(anna_again()), TUESDAY)
    after = office.lead()
    assert (after.stage, after.owner, after.call_by, after.version) == (
        "assigned", before.owner, before.call_by, before.version,
    )  # fmt: skip
    assert (before.owner, before.call_by) == ("lena", datetime.fromisoformat("2026-10-05T07:30:00+00:00"))
    assert (after.fit, after.timing, after.label) == (60, 40, "A1")
    assert len(office.events("assigned")) == 1
    (told,) = [mail for mail in office.mails() if mail.kind == "new_answers"]
    assert told.to == "lena@nordlicht.example"
    assert told.text.count("instead of") == 4, told.text
    assert office.response(second).lead_id == after.id
    # The next lead of the pool still goes to Max: nobody lost or gained a turn.
    office.accept(typed(anna().filled, email="other@elsewhere.example", company="Elsewhere"), TUESDAY)
    assert {lead.owner for lead in office.leads()} == {"lena", "max"}
    assert office.is_what_the_events_say()


def test_an_unconfirmed_repeat_cannot_disqualify(office: Office) -> None:
    office.accept(typed(tom().filled), tom().at)
    assert office.lead().stage == "mql"
    forged = typed(marc().filled, email="tom.reed@harbor.example", company="LeadForge")
    done = office.accept(forged, LATER)
    lead = office.lead()
    assert (lead.stage, lead.reason) != ("disqualified", "competitor")
    assert lead.stage in ("mql", "review", "sql_ready", "assigned")
    assert str(case(office, done.response_id).assessment.verdict.stage) != "disqualified"


def test_an_unconfirmed_repeat_cannot_divert(office: Office) -> None:
    """A partner's or customer's domain is read from the address; that of the lead counts, not the typed one."""
    office.accept(typed(tom().filled), tom().at)
    office.accept(typed(tom().filled, email="tom.reed+x@harbor.example", country="BR", employees="1_9"), LATER)
    assert office.lead().stage == "mql"


def test_an_unconfirmed_repeat_cannot_set_not_now_or_lower_a_verdict(office: Office) -> None:
    office.accept(typed(tom().filled), tom().at)
    held = office.lead()
    forged = typed(tom().filled, employees="1_9", industry="other", timeline="none", next_step="report_only")
    office.accept(forged, LATER)
    lead = office.lead()
    assert (lead.stage, lead.reason, lead.until, lead.next_at, lead.label) == (
        held.stage, held.reason, held.until, held.next_at, held.label,
    )  # fmt: skip
    last = office.events("assessed")[-1]
    assert last.data["held_back"] is True
    assert last.becomes == {}
    assert office.is_what_the_events_say()


def test_an_unconfirmed_repeat_cannot_overwrite_contact_data(office: Office) -> None:
    office.accept(typed(anna().filled), anna().at)
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
    view = intake.result(office.toolbox, done.token, TUESDAY)
    assert view is not None
    assert "Nordwind" not in repr(view.report)
    assert "Keller" not in repr(view.report)
    # Anna asked for a demo in her first answers; the page must not know.
    assert "demo" not in repr(view.report).lower()
    assert not view.confirmable


def test_only_the_mailed_link_confirms(office: Office) -> None:
    office.accept(typed(anna().filled), anna().at)
    done = office.accept(typed(anna_again(), job_title="Intern"), TUESDAY)
    assert not intake.confirm(office.toolbox, done.token, LATER)
    assert office.lead().title == "VP Sales"
    row = office.response(done)
    mailed = sign(office.toolbox.settings.secret_keys, "mailed", row.id, row.at)
    view = intake.result(office.toolbox, mailed, LATER)
    assert view is not None
    assert view.confirmable
    assert office.response(done).confirmed_at is None
    assert office.confirm(done, LATER)
    assert office.lead().title == "Intern"
    assert office.response(done).confirmed_at == LATER


def test_a_confirmed_repeat_counts_fully(office: Office) -> None:
    office.accept(typed(tom().filled), tom().at)
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


def test_a_first_answer_has_nothing_to_confirm_and_nothing_moves(office: Office) -> None:
    done = office.accept(typed(anna().filled), anna().at)
    held = office.lead()
    assert office.confirm(done, LATER)
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
    own = office.accept(typed(tom().filled), LATER)
    office.confirm(own, LATER + timedelta(minutes=1))
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
