"""Accepting an answer: what is taken, what is refused and in which words, and what is kept of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlmodel import select

from questionnaire.actions.handoff import lead_list
from questionnaire.actions.respond import acceptance, judgement, validate
from questionnaire.actions.respond.acceptance import AcceptedResponse, RejectedResponse, SubmissionContext
from questionnaire.actions.respond.validate import validate_form
from questionnaire.actions.views import Person
from questionnaire.core.base.roles import Role
from questionnaire.core.base.texts import literal_text
from questionnaire.core.delivery.mail_server import SmtpServer
from questionnaire.storage.publishing import survey_statuses
from questionnaire.storage.tables import AssessmentRow, ConsentRow, JobRow, LeadRow, ResponseRow
from tests.actions.installation import Office, everything, send_form, typed
from tests.cast import anna, bruno, tom
from tests.smtp_server import open_post_office


def test_an_accepted_answer_is_a_response_a_lead_and_the_jobs_of_it(office: Office) -> None:
    done = office.accept(typed(anna().filled))
    row, lead = office.response(done), office.lead()
    assert (row.survey_id, row.survey_version, row.policy_version) == ("sales-marketing-alignment", 4, 5)
    assert row.answers["employees"] == "50_199"
    assert (lead.canonical_email, lead.name, lead.company) == (
        "anna.keller@nordwind.example", "Anna Keller", "Nordwind Software",
    )  # fmt: skip
    with office.toolbox.database.reading() as session:
        names = sorted(job.name for job in everything(session, JobRow))
    assert names == ["judge", "render_dossier", "render_report", "sla_clock", "tell", "tell"]
    assert office.is_what_the_events_say()


def test_the_cleaned_address_is_stored_shown_and_written_to(office: Office) -> None:
    done = office.accept(typed(anna().filled, email="\u200b Anna.Keller＠Nordwind.example.\xa0"))
    row, lead = office.response(done), office.lead()
    assert row.contact["email"] == lead.email == "anna.keller@nordwind.example"
    assert {mail.to for mail in office.mails() if mail.kind == "report_ready"} == {"anna.keller@nordwind.example"}


def test_a_telephone_number_keeps_its_extension_apart_for_the_rep(office: Office) -> None:
    office.accept(typed(anna().filled, phone="030 5550100 ext. 12"))
    lead = office.lead()
    assert (lead.phone, lead.contact["phone_extension"]) == ("+49305550100", "12")
    mails = {mail.kind: mail for mail in office.mails()}
    assert "+49 30 5550100 ext.\xa012" in mails["lead_assigned"].text
    assert 'href="tel:+49305550100;ext=12"' in mails["lead_assigned"].html
    view = lead_list.lead(
        office.toolbox, Person("someone", "Ines", "ines@n.example", Role.ADMIN, language="fr"), lead.id
    )
    assert view is not None
    assert (view.phone, view.phone_link) == ("+49 30 5550100 poste\xa012", "tel:+49305550100;ext=12")
    assert "+49 30 5550100 poste" in str(view.dossier)


def test_an_address_our_mail_server_cannot_send_to_is_refused_at_its_field(office: Office) -> None:
    with open_post_office(enable_SMTPUTF8=False) as server:
        smtp = SmtpServer("127.0.0.1", server.port, "none")
        toolbox = replace(office.toolbox, settings=replace(office.toolbox.settings, smtp=smtp))
        survey = office.publication.survey
        refused = validate_form(toolbox, survey, typed(anna().filled, email="zoë@nordwind.example"), {}, "en").problems
        taken = validate_form(toolbox, survey, typed(anna().filled, email="zoe@müller.example"), {}, "en")
    assert [(problem.code, problem.where) for problem in refused] == [("not_reachable", ("email",))]
    assert "letters from a to z" in refused[0].message
    assert (taken.problems, taken.contact["email"]) == ((), "zoe@müller.example")


def test_accepting_writes_the_response_its_own_assessment_and_one_job(office: Office) -> None:
    office.send(typed(anna().filled))
    with office.toolbox.database.reading() as session:
        (row,), (assessment,) = everything(session, ResponseRow), everything(session, AssessmentRow)
        assert (row.lead_id, row.judged_at, assessment.lead_id) == (None, None, None)
        assert assessment.content["verdict"]["stage"] == "sql_ready"
        assert [job.name for job in everything(session, JobRow)] == ["judge"]
        assert everything(session, LeadRow) == []
    office.mails()
    assert office.lead().stage == "assigned"


def test_a_response_that_is_judged_twice_is_judged_once(office: Office) -> None:
    done = office.accept(typed(anna().filled))
    before = (office.lead().model_dump(), len(office.events()))
    judgement.judge_response(office.toolbox, done.response_id)
    judgement.judge_response(office.toolbox, "nobody")
    assert (office.lead().model_dump(), len(office.events())) == before


def test_the_same_press_twice_is_one_response_and_the_same_link(office: Office) -> None:
    first = office.accept(typed(anna().filled), key="one")
    office.clock.forward(seconds=5)
    assert office.accept(typed(anna().filled), key="one") == first
    assert len(office.events("submitted")) == 1


def test_the_same_key_with_other_answers_is_a_conflict_and_the_first_stays(office: Office) -> None:
    first = office.accept(typed(anna().filled), key="one")
    second = office.send(typed(anna().filled, timeline="m6_12"), key="one")
    assert isinstance(second, RejectedResponse)
    assert second.conflict
    assert office.response(first).answers["timeline"] == "lt_3m"
    assert len(office.events("submitted")) == 1


@pytest.mark.parametrize("key", ["score", "fit", "employees.level", "stage", "consent.evil", "consent.report_delivery"])
def test_what_nobody_asked_for_is_refused(office: Office, key: str) -> None:
    assert office.refused(typed(anna().filled, **{key: "100"})) == {key: "unknown_answer"}


def test_an_answer_of_a_branch_that_does_not_show_is_dropped(office: Office) -> None:
    done = office.accept(typed(anna().filled, timeline="m6_12", budget="allocated"))
    assert "budget" not in office.response(done).answers


def test_a_wrong_answer_of_a_branch_that_does_not_show_is_no_mistake(office: Office) -> None:
    office.accept(typed(anna().filled, timeline="m6_12", budget="a fortune"))


def test_what_is_required_on_the_path_and_at_the_gate_is_asked_for_all_at_once(office: Office) -> None:
    given = typed(anna().filled, employees=None, email=None, company="   ")
    assert office.refused(given) == {"employees": "required", "email": "required", "company": "required"}


def test_a_private_address_is_refused_where_the_author_asks_for_a_business_one(office: Office) -> None:
    survey = office.publication.survey
    assert survey.contact is not None
    fields = tuple(
        field.model_copy(update={"business_only": True}) if field.name == "email" else field
        for field in survey.contact.fields
    )
    strict = survey.model_copy(update={"contact": survey.contact.model_copy(update={"fields": fields})})
    publication = acceptance.Publication(office.publication.id, strict)
    context = acceptance.SubmissionContext(publication, "k")
    done = send_form(office.toolbox, context, typed(bruno().filled), office.clock.at)
    assert isinstance(done, RejectedResponse)
    assert [problem.code for problem in done.problems] == ["not_business"]
    assert isinstance(send_form(office.toolbox, context, typed(anna().filled), office.clock.at), AcceptedResponse)


def test_a_number_without_its_code_is_read_by_the_country_beside_it(office: Office) -> None:
    done = office.accept(typed(anna().filled, phone="030 5550100", country="DE"))
    assert office.response(done).contact["phone"] == "+49305550100"


def test_a_number_that_no_country_knows_is_refused(office: Office) -> None:
    assert set(office.refused(typed(anna().filled, phone="030 1", country="DE"))) == {"phone"}


def test_fields_of_the_address_are_claims_and_never_trusted(office: Office) -> None:
    done = office.accept(typed(anna().filled), utm_source="letter\x00\u202e", trigger_event="hiring", gclid="x")
    row = office.response(done)
    assert row.claims["utm_source"].startswith("letter")
    assert "\x00" not in row.claims["utm_source"]
    assert row.claims["trigger_event"] == "hiring"
    assert "gclid" not in row.claims
    assert row.hidden == {}
    assert office.lead().timing == 60


def test_consents_are_kept_word_for_word(office: Office) -> None:
    office.accept({**typed(anna().filled), "consent.marketing_email": "yes", "consent.tracking": ""})
    with office.toolbox.database.reading() as session:
        kept = {row.name: row for row in session.exec(select(ConsentRow))}
    contact = office.publication.survey.contact
    assert contact is not None
    assert {name: row.text for name, row in kept.items()} == {one.name: one.text.say("en") for one in contact.consents}
    assert {name: (row.granted, row.method) for name, row in kept.items()} == {
        "report_delivery": (True, "shown"),
        "sales_contact": (True, "shown"),
        "marketing_email": (True, "ticked"),
        "tracking": (False, "left"),
    }
    assert all(row.survey_version == 4 and row.at == office.clock.at for row in kept.values())


def test_a_version_one_began_with_is_the_version_one_is_held_to(office: Office) -> None:
    found = acceptance.get_publication(office.toolbox, "sales-marketing-alignment", "sales-marketing-alignment@4")
    assert found is not None
    assert found.id == "sales-marketing-alignment@4"
    for strange in ("sales-marketing-alignment@99", "other@3", "sales-marketing-alignment@٤", "@", "x@-1"):
        asked = acceptance.get_publication(office.toolbox, "sales-marketing-alignment", strange)
        assert asked is None or asked.id == "sales-marketing-alignment@4"
    assert acceptance.get_publication(office.toolbox, "never-published") is None


def test_a_closed_survey_is_known_to_be_closed(office: Office) -> None:
    with office.toolbox.database.writing() as session:
        survey_statuses.set_state(session, "sales-marketing-alignment", "closed", "", office.clock.at)
    found = acceptance.get_publication(office.toolbox, "sales-marketing-alignment")
    assert found is not None
    assert found.closed


def test_everybody_is_one_lead_however_they_write_their_address(office: Office) -> None:
    for address in ("tom.reed@harbor.example", "Tom.Reed@HARBOR.example", "tom.reed+news@harbor.example"):
        office.accept(typed(tom().filled, email=address))
    assert [lead.canonical_email for lead in office.leads()] == ["tom.reed@harbor.example"]
    with office.toolbox.database.reading() as session:
        assert len(everything(session, LeadRow)) == 1


def test_the_record_of_a_consent_is_per_text_even_under_one_name(office: Office) -> None:
    survey = office.publication.survey
    contact = survey.contact
    assert contact is not None
    second = contact.consents[2].model_copy(update={"text": literal_text("May we call {{company|you}}?")})
    twice = contact.model_copy(update={"consents": (contact.consents[2], second)})
    publication = replace(office.publication, survey=survey.model_copy(update={"contact": twice}))
    form = {**typed(anna().filled), "consent.marketing_email": "yes"}
    validated = validate.validate_form(office.toolbox, publication.survey, form, {}, "en")
    done = acceptance.accept(office.toolbox, validated, SubmissionContext(publication), office.clock.at)
    assert isinstance(done, AcceptedResponse), done
    with office.toolbox.database.reading() as session:
        kept = {row.name: (row.text, row.granted) for row in session.exec(select(ConsentRow))}
    assert kept == {
        "marketing_email": (contact.consents[2].text.say("en"), True),
        "marketing_email-2": ("May we call Nordwind Software?", False),
    }
