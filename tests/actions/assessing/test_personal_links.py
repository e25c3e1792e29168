"""Personal links: values of a signed link are trusted and not asked; those of a modified link are claims."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from urllib.parse import parse_qs, urlsplit

import pytest

from questionnaire.actions.assessing import personal_links
from questionnaire.actions.assessing.personal_links import NO_INVITATION, Invitation
from questionnaire.actions.respond import judgement
from questionnaire.actions.respond.acceptance import AcceptedResponse, SubmissionContext
from questionnaire.core.survey.questions import Mistake
from tests.actions.installation import SLUG, Office, send_form, typed
from tests.actions.respond.test_repeats import TUESDAY, case
from tests.cast import anna, marc, tom
from tests.core.authoring import survey


def link(office: Office, days: int = 90, **fields: str) -> str:
    address, problems = personal_links.invite(office.toolbox, SLUG, fields, office.clock.at, days=days)
    assert problems == ()
    return parse_qs(urlsplit(address).query)["k"][0]


def opened(office: Office, token: str) -> Invitation:
    return personal_links.opened(office.toolbox, SLUG, token, office.clock.at)


def send(office: Office, token: str, given: dict[str, object], **fields: str) -> AcceptedResponse:
    office.count += 1
    context = SubmissionContext(office.publication, f"press-{office.count}", invitation=opened(office, token))
    done = send_form(office.toolbox, context, given, office.clock.at, fields)
    assert isinstance(done, AcceptedResponse), done
    judgement.judge_response(office.toolbox, done.response_id)
    return done


def test_values_of_a_signed_link_are_trusted(office: Office) -> None:
    token = link(office, email="anna.keller@nordwind.example", trigger_event="new_sales_head")
    known = {name: value for name, value in typed(anna().filled).items() if name != "email"}
    row = office.response(send(office, token, known))
    assert row.contact["email"] == "anna.keller@nordwind.example"
    assert (row.hidden, row.claims) == ({"trigger_event": "new_sales_head"}, {})
    assert row.confirmed_at == office.clock.at


def test_form_input_does_not_override_values_of_a_signed_link(office: Office) -> None:
    token = link(office, email="anna.keller@nordwind.example", trigger_event="new_sales_head")
    forged = typed(anna().filled, email="somebody@else.example")
    row = office.response(send(office, token, forged, trigger_event="forged"))
    assert row.contact["email"] == "anna.keller@nordwind.example"
    assert row.hidden == {"trigger_event": "new_sales_head"}
    assert row.claims == {}


def test_values_of_a_modified_link_are_stored_as_claims(office: Office) -> None:
    token = link(office, email="anna.keller@nordwind.example", trigger_event="new_sales_head")
    body, _, signature = token.rpartition(".")
    forged = f"{body}.{'A' if signature[0] != 'A' else 'B'}{signature[1:]}"
    assert opened(office, forged).trusted is False
    row = office.response(send(office, forged, typed(anna().filled)))
    assert (row.hidden, row.claims, row.confirmed_at) == ({}, {"trigger_event": "new_sales_head"}, None)


def test_values_of_an_expired_link_are_claims(office: Office) -> None:
    token = link(office, days=1, email="anna.keller@nordwind.example", trigger_event="new_sales_head")
    office.clock.forward(days=1)
    old = opened(office, token)
    assert (old.trusted, old.known(office.publication.survey)) == (False, {})
    assert old.claims(office.publication.survey) == {"trigger_event": "new_sales_head"}


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "W10.sig", "eyJhIjoxfQ.sig", "☂"])
def test_an_invalid_token_has_no_values(office: Office, token: str) -> None:
    assert opened(office, token) == NO_INVITATION


def test_a_link_to_another_survey_has_no_values_here(office: Office) -> None:
    token = link(office, email="anna.keller@nordwind.example")
    assert personal_links.opened(office.toolbox, "another", token, office.clock.at) == NO_INVITATION


def test_a_link_value_that_is_no_valid_answer_is_asked_again(office: Office) -> None:
    survey = office.publication.survey
    assert Invitation({"employees": "a_dozen", "industry": "saas"}, trusted=True).known(survey) == {
        "industry": ["saas"]
    }


def test_creating_a_link_returns_all_problems_at_once(office: Office) -> None:
    fields = {"emial": "a@b.example", "employees": "a_dozen", "email": "nobody", "country": "Atlantis"}
    address, problems = personal_links.invite(office.toolbox, SLUG, fields, office.clock.at, days=0)
    assert address == ""
    assert [problem.code for problem in problems] == [
        "unknown_link_field", "link_value", "link_value", "link_value", "link_days",
    ]  # fmt: skip
    assert "email" in problems[0].hint
    assert "50_199" in problems[1].hint


def test_creating_a_link_to_an_unpublished_survey_is_a_problem(office: Office) -> None:
    _, problems = personal_links.invite(office.toolbox, "sales-marketing-alingment", {"email": "a@b.example"}, TUESDAY)
    assert [problem.code for problem in problems] == ["unknown_survey"]
    assert SLUG in problems[0].hint


def test_contact_fields_of_a_known_lead_are_filled_in(office: Office) -> None:
    office.accept(typed(anna().filled), anna().at)
    fields, problems = personal_links.fields_of_lead(office.toolbox, SLUG, "Anna.Keller@nordwind.example")
    assert problems == ()
    assert fields["company"] == "Nordwind Software"
    assert fields["email"] == "anna.keller@nordwind.example"
    assert personal_links.fields_of_lead(office.toolbox, "nowhere", "anna.keller@nordwind.example") == ({}, ())
    _, problems = personal_links.fields_of_lead(office.toolbox, SLUG, "stranger@nordwind.example")
    assert [problem.code for problem in problems] == ["unknown_lead"]


def test_a_repeat_by_signed_link_counts_fully_and_changes_the_contact(office: Office) -> None:
    office.accept(typed(tom().filled), tom().at)
    office.clock.at = TUESDAY + timedelta(hours=1)
    token = link(office, email="tom.reed@harbor.example")
    done = send(office, token, typed(marc().filled, email="tom.reed@harbor.example", job_title="Chief of Sales"))
    lead = office.lead()
    assert lead.title == "Chief of Sales"
    # An unconfirmed response cannot disqualify. This one came by a signed link, so the address is confirmed.
    assert str(case(office, done.response_id).assessment.verdict.stage) == "disqualified"
    assert office.is_what_the_events_say()


ASKED = (
    "[{name: cost, title: Cost, type: number}, {name: mail, title: Mail, type: email}, "
    "{name: call, title: Call, type: phone}]"
)


def test_a_signed_link_holds_numbers_and_addresses_as_every_language_reads_them() -> None:
    asked = survey(ASKED)
    link = Invitation(
        {"cost": "1.234", "mail": " Anna＠Firm.example.", "call": "+33 1 70 18 00 00 ext 12"}, trusted=True
    )
    assert link.known(asked) == {
        "cost": ["1.2340"], "mail": ["anna@firm.example"], "call": ["+33170180000;ext=12"],
    }  # fmt: skip
    (cost,) = link.known(asked)["cost"]
    assert {asked.items["cost"].read(cost, language) for language in ("", "en", "fr", "de")} == {Decimal("1.234")}


def test_what_an_address_fills_in_is_read_in_the_language_of_the_page() -> None:
    typed = Invitation({"cost": "1.200"}, trusted=False)
    assert typed.typed(survey(ASKED), "de") == {"cost": ["1.200"]}
    assert typed.typed(survey(ASKED), "en") == {}


def test_a_number_with_two_readings_makes_no_link_and_both_are_named() -> None:
    read = personal_links.read_field(survey(ASKED), "cost", "1.200", "en")
    assert isinstance(read, Mistake)
    assert (read.code, read.values) == ("two_readings", {"low": "1.2", "high": "1,200"})
    assert personal_links.read_field(survey(ASKED), "cost", "1.200", "de") == ["1200"]
