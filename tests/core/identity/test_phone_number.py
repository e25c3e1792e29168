"""Telephone numbers keep their extension, apart from the number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaire.core.identity.contact_details import dialled, newest_details
from questionnaire.core.identity.phone_number import (
    join_extension,
    phone_link,
    phone_text,
    read_national,
    read_phone,
    split_extension,
)
from tests.core.authoring import question

WRITTEN = (
    "+33 1 70 18 00 00 ext. 12", "+33 1 70 18 00 00 ext 12", "+33170180000x12", "+33 1 70 18 00 00 X 12",
    "+33 1 70 18 00 00 extension 12", "+33 1 70 18 00 00 poste 12", "+33 1 70 18 00 00, poste 12",
    "+33 1 70 18 00 00 (poste 12)", "+33 1 70 18 00 00 p. 12", "+33 1 70 18 00 00 Durchwahl: 12",
    "+33 1 70 18 00 00 DW 12", "+33170180000;ext=12", "+33 1 70 18 00 00 #12", "+33170180000,,12#", "+33170180000;12",
    "+33 1 70 18 00 00 int. 12", "+33 1 70 18 00 00 доб. 12", "＋３３ 1 70 18 00 00 ext ١٢",
    "+33\u20111\u201170180000 ext 12",
    "tel:+33-1-70-18-00-00;ext=12",
)  # fmt: skip


def test_an_extension_is_read_as_people_write_it() -> None:
    read = {text: read_phone(text) for text in WRITTEN}
    assert {text: found for text, found in read.items() if found != "+33170180000;ext=12"} == {}


@pytest.mark.parametrize(
    "typed", ["+33 1 70 18 00 00", "+33 (0)1 70 18 00 00", "+33.1.70.18.00.00", "+33-1-70-18-00-00"]
)
def test_a_number_without_an_extension_has_none(typed: str) -> None:
    assert read_phone(typed) == "+33170180000"


def test_a_national_number_keeps_its_extension_until_its_country_is_known() -> None:
    assert read_national("01 70 18 00 00 poste 12") == "01 70 18 00 00;ext=12"
    assert read_phone("01 70 18 00 00;ext=12", "FR") == "+33170180000;ext=12"
    assert read_phone("01 70 18 00 00") is None
    assert read_phone("+1 23") is None
    assert read_national("poste 12") is None


def test_an_extension_is_shown_in_the_readers_language_and_dialled() -> None:
    phone = "+33170180000;ext=12"
    assert phone_text(phone, "en") == "+33 1 70 18 00 00 ext.\xa012"
    assert phone_text(phone, "fr-CH") == "+33 1 70 18 00 00 poste\xa012"
    assert phone_text("+33170180000", "fr") == "+33 1 70 18 00 00"
    assert phone_text("+", "fr") == "+"
    assert phone_link(phone) == "tel:+33170180000;ext=12"
    assert phone_link("01 70 18 00 00") == "tel:0170180000"
    assert question("type: phone").say(phone, "fr") == "+33 1 70 18 00 00 poste\xa012"


def test_a_leads_details_hold_the_two_parts_apart() -> None:
    asked = question("type: phone")
    assert asked.details("+33170180000;ext=12") == {"it": "+33170180000", "it_extension": "12"}
    assert asked.details("+33170180000") == {"it": "+33170180000"}


def test_a_newer_number_takes_the_extension_of_the_older_one_with_it() -> None:
    old, new = {"phone": "+3311", "phone_extension": "12", "company": "A"}, {"phone": "+3322", "company": ""}
    assert newest_details([old]) == old
    assert newest_details([old, new]) == {"phone": "+3322", "company": "A"}
    assert newest_details([new, old]) == {"phone": "+3311", "phone_extension": "12", "company": "A"}
    assert (dialled(old), dialled(new), dialled({})) == ("+3311;ext=12", "+3322", "")


@given(st.text(max_size=60))
def test_whatever_is_pasted_is_a_number_or_none(text: str) -> None:
    for found in (read_phone(text), read_phone(text, "FR"), read_national(text)):
        if found is not None:
            assert join_extension(*split_extension(found)) == found
            assert read_phone(found, "FR") in (None, found) or not found.startswith("+")
