"""The contact step: fields are parsed like questions of their type."""

from __future__ import annotations

from questionnaire.core.base.translation import ENGLISH, Translator
from questionnaire.core.survey.contact import ConsentText, Contact, ContactField
from questionnaire.core.survey.questions import Mistake
from tests.core.authoring import QUESTIONS, notation, refused_survey


def field(written: str) -> ContactField:
    return ContactField.model_validate(notation(written))


def test_a_contact_field_is_parsed_by_its_type() -> None:
    assert field("{name: country, type: country}").question.read("de") == "DE"
    assert field("{name: phone, type: phone}").question.read("+49 30 5550100") == "+49305550100"
    assert isinstance(field("{name: email, type: email}").question.read("nobody"), Mistake)
    choices = "choices: [{value: a, text: A, level: core}]"
    assert field(f"{{name: team, type: dropdown, {choices}}}").question.levels("a") == ("core",)


def test_a_contact_field_without_a_title_has_the_default_label() -> None:
    german = Translator("de", {"Job title": "Position"}.get)  # type: ignore[arg-type]
    assert field("{name: job_title, type: text}").label("en", ENGLISH) == "Job title"
    assert field("{name: job_title, type: text}").label("de", german) == "Position"
    assert field("{name: vat_number, type: text}").label("en", ENGLISH) == "Vat number"
    assert field("{name: team, type: text, title: {en: Team, fr: Équipe}}").label("fr", ENGLISH) == "Équipe"


def test_a_problem_in_a_contact_field_has_its_path() -> None:
    problems = refused_survey(QUESTIONS, "contact: {fields: [{name: team, type: dropdown}]}")
    assert [(one.code, one.where) for one in problems] == [("missing_key", ("contact", "fields", 0))]


def test_a_field_without_a_type_is_told_which_there_are() -> None:
    (problem,) = refused_survey(QUESTIONS, "contact: {fields: [{name: email}]}")
    assert problem.hint.startswith("add `type: …`, with one of `text`, `email`, `country`")


def test_business_only_goes_with_an_e_mail_field() -> None:
    problems = refused_survey(QUESTIONS, "contact: {fields: [{name: team, type: text, business_only: true}]}")
    assert [problem.code for problem in problems] == ["business_only"]
    assert field("{name: email, type: email, business_only: true}").business_only


def test_consents_of_one_name_are_told_apart() -> None:
    texts = (("news", "A"), ("news", "B"), ("ads", "C"))
    consents = [ConsentText.model_validate({"name": name, "basis": "consent", "text": text}) for name, text in texts]
    contact = Contact.model_construct(consents=tuple(consents))
    assert [(consent.name, consent.text.say("en")) for consent in contact.distinct_consents] == [
        ("news", "A"), ("news-2", "B"), ("ads", "C"),
    ]  # fmt: skip
