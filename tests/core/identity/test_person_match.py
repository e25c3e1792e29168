"""What two leads have in common: profile, number, or name and company."""

from __future__ import annotations

import pytest

from questionnaire.core.base.translation import ENGLISH
from questionnaire.core.identity.person_match import evidence_name, match_keys, shared_evidence

ANNA = {
    "first_name": "Änna", "last_name": "Berg", "company": "Nordlicht GmbH", "phone": "+49305550100",
    "linkedin": "https://www.linkedin.com/in/Anna-Berg/?trk=x",
}  # fmt: skip


def test_keys_are_what_another_lead_of_the_person_would_have() -> None:
    assert match_keys(ANNA, "nordlicht.example") == {
        "phone:+49305550100", "linkedin:anna berg", "name:anna berg@nordlicht.example", "name:anna berg@nordlicht gmbh",
    }  # fmt: skip
    assert match_keys({"phone": "+49305550100", "phone_extension": "12"}, None) == {"phone:+49305550100;ext=12"}


@pytest.mark.parametrize(
    "contact",
    [
        {},
        {"first_name": "Anna", "company": "Nordlicht"},
        {"first_name": "Anna", "last_name": "Berg"},
        {"phone": "030 5550100"},
        {"linkedin": "https://www.linkedin.com/company/nordlicht"},
    ],
    ids=["nothing", "a first name alone", "a name without a company", "a number without its country", "no person"],
)
def test_what_many_people_share_is_no_key(contact: dict[str, str]) -> None:
    assert match_keys(contact, None) == set()


def test_a_profile_is_one_in_every_language_of_the_site() -> None:
    german = match_keys({"linkedin": "de.linkedin.com/de/in/anna-berg"}, None)
    assert german == match_keys({"linkedin": "https://linkedin.com/in/anna-berg"}, None) != set()


def test_colleagues_share_the_number_of_their_company() -> None:
    ben = {"first_name": "Ben", "last_name": "Roth", "phone": "+49305550100"}
    assert shared_evidence(ANNA, ben, {"phone:+49305550100"}) == ()
    assert shared_evidence(ANNA, {"phone": "+49305550100"}, {"phone:+49305550100"}) == ("phone",)


def test_the_surest_evidence_comes_first_and_has_words() -> None:
    found = shared_evidence(ANNA, ANNA, match_keys(ANNA, "nordlicht.example"))
    assert found == ("linkedin", "phone", "name")
    assert evidence_name("phone", ENGLISH) == "the same phone number"
