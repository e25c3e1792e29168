"""Answers in the prospect's own words, and the shapes some of them have."""

from __future__ import annotations

from typing import Any

import pytest

from questionnaire.core.identity.phone_number import read_phone
from questionnaire.core.survey.questions import REGISTRY, Mistake, Question
from tests.core.authoring import question, refused_survey


def outcome(read: Any) -> Any:
    return read.code if isinstance(read, Mistake) else read


@pytest.mark.parametrize("kind", ["text", "long_text", "hidden"])
def test_a_text_is_cleaned_and_capped(kind: str) -> None:
    asked = question(f"type: {kind}, max_length: 10, placeholder: Type here")
    assert asked.read("  Nord\x00wind ") == "Nordwind"
    assert asked.read(" x" + " " * 50) == "x"
    assert asked.read(["one", "two"]) == "one"
    assert asked.read(2026) == "2026"
    assert asked.read("") is asked.read(" ") is asked.read("\x00") is None
    assert outcome(asked.read("x" * 11)) == "too_long"
    assert outcome(asked.read("\ud800")) == outcome(asked.read(True)) == outcome(asked.read({"a": 1})) == "unreadable"
    assert asked.say("Nordwind", "en") == "Nordwind"
    assert "placeholder" in dict(asked.texts)


def test_only_a_long_text_keeps_its_lines() -> None:
    assert question("type: text").read("one\ntwo") == "one two"
    assert question("type: long_text").read("one\r\ntwo") == "one\ntwo"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("https://www.nordwind.example/a?b=c", "https://www.nordwind.example/a?b=c"),
        ("nordwind.example", "https://nordwind.example"), ("HTTP://Nordwind.example", "HTTP://Nordwind.example"),
        ("https://nordwind.example:8443/x", "https://nordwind.example:8443/x"), ("javascript:alert(1)", "not_a_url"),
        ("ftp://nordwind.example", "not_a_url"), ("https://user@nordwind.example", "not_a_url"),
        ("nordwind", "not_a_url"),
        ("https://nord wind.example", "not_a_url"), ("//nordwind.example", "not_a_url"),
    ],
)  # fmt: skip
def test_a_web_address_leads_to_the_web(typed: str, kept: str) -> None:
    assert outcome(question("type: url").read(typed)) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" Anna.Keller+diag@Nordwind.EXAMPLE.", "anna.keller+diag@nordwind.example"), ("anna@nordwind", "not_an_email"),
        ("anna", "not_an_email"), ("anna@@nordwind.example", "not_an_email"), ("a b@nordwind.example", "not_an_email"),
    ],
)  # fmt: skip
def test_an_address_is_kept_as_it_is_cleaned(typed: str, kept: str) -> None:
    assert outcome(question("type: email").read(typed)) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("+49 30 5550100", "+49305550100"), ("+33 1 70 18 00 00", "+33170180000"), ("030 5550100", "030 5550100"),
        ("(030) 555-0100", "(030) 555-0100"), ("1234", "not_a_phone"), ("call me", "not_a_phone"),
        ("+49", "not_a_phone"), ("+1 23", "not_a_phone"), ("1" * 16, "not_a_phone"),
        ("+49 30 5550100 ext. 12", "+49305550100;ext=12"), ("030 5550100 Durchwahl 12", "030 5550100;ext=12"),
        ("ext 12", "not_a_phone"),
    ],
)  # fmt: skip
def test_a_telephone_number_is_e_164_when_it_can_be_read(typed: str, kept: str) -> None:
    assert outcome(question("type: phone").read(typed)) == kept


def test_a_national_number_is_read_in_its_country() -> None:
    assert read_phone("030 5550100", "DE") == "+49305550100"
    assert read_phone("030 5550100") is None
    assert read_phone("+999 12345") is None


@pytest.mark.parametrize(
    ("limits", "typed", "expected"),
    [
        ("", "2026-10-02", "2026-10-02"), ("", " 20261002 ", "2026-10-02"), ("", "", None),
        ("", "02.10.2026", "not_a_date"),
        ("", "2026-02-30", "not_a_date"), ("", True, "not_a_date"), (", min: 2026-10-02", "2026-10-02", "2026-10-02"),
        (", min: 2026-10-02", "2026-10-01", "too_early"), (", max: 2026-10-02", "2026-10-02", "2026-10-02"),
        (", max: 2026-10-02", "2026-10-03", "too_late"),
    ],
)  # fmt: skip
def test_a_day_lies_between_its_limits(limits: str, typed: Any, expected: Any) -> None:
    assert outcome(question(f"type: date{limits}").read(typed)) == expected


def test_limits_of_days_follow_each_other() -> None:
    problems = refused_survey("[{name: it, title: It, type: date, min: 2026-10-02, max: 2026-10-01}]")
    assert [problem.code for problem in problems] == ["range"]


@pytest.mark.parametrize(
    ("typed", "kept"), [("de", "DE"), (" FR ", "FR"), ("", None), ("XX", "not_a_country"), ("Germany", "not_a_country")]
)
def test_a_country_is_its_two_letters(typed: str, kept: str | None) -> None:
    asked = question("type: country, first: [DE, FR]")
    assert outcome(asked.read(typed)) == kept
    options = asked.options()
    assert options is not None
    assert len(options) == 249


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("yes", True), ("on", True), (True, True), ("1", True), (["TRUE"], True), ("", None), (False, None), ("no", None),
     (None, None), ("perhaps", "not_a_tick")],
)  # fmt: skip
def test_a_box_is_ticked_or_nothing(typed: Any, kept: Any) -> None:
    asked = question("type: consent")
    assert outcome(asked.read(typed)) is kept or outcome(asked.read(typed)) == kept
    assert asked.say(True, "en") == "✓"
    assert asked.options() == (True,)


def test_a_statement_asks_nothing() -> None:
    asked = question("type: statement")
    assert asked.items == ()
    assert not asked.asks
    assert not question("type: hidden").asks


def test_a_type_that_shows_nothing_of_the_kind_says_so() -> None:
    asked = question("type: text, help: Briefly")
    assert asked.levels("x") == asked.emits("x") == asked.flags("x") == ()
    assert asked.worth("x") is asked.options() is None
    assert asked.is_known("x")
    assert [key for key, _ in asked.texts] == ["title", "help"]
    with pytest.raises(NotImplementedError):
        Question.read(asked, "x")


def test_the_register_names_each_type_by_its_file() -> None:
    for name, kind in REGISTRY.items():
        assert kind.__module__.endswith(f".{name}")
        assert kind.__doc__
