"""Reading what is right in a file with mistakes."""

from __future__ import annotations

import pytest

from questionnaire.core import policy
from questionnaire.core.base import partial_reading
from questionnaire.core.base.partial_reading import read_parts
from questionnaire.core.base.problems import Problem
from questionnaire.core.checks import check_survey
from questionnaire.core.survey import survey
from tests.core.checks.example import raw_policy, raw_survey


def test_mistakes_of_shape_do_not_hide_those_of_meaning() -> None:
    raw = raw_survey()
    raw["pages"][0]["questions"][0]["titel"] = "x"
    del raw["pages"][1]["questions"][0]["title"]
    raw["pages"][1]["questions"][1]["dimension"] = "speeed"
    parts = read_parts(raw, survey.read)
    assert not parts.is_whole
    assert [problem.code for problem in parts.problems] == ["unknown_key", "missing_key"]
    assert parts.value is not None
    found = parts.real(check_survey(parts.value).problems)
    assert [(problem.code, problem.where) for problem in found] == [
        ("unknown_dimension", ("pages", 1, "questions", 1, "dimension"))
    ]


def test_a_mistake_behind_another_is_reported_too_at_its_place() -> None:
    raw = raw_survey()
    raw["pages"][0]["questions"][0]["type"] = "choose"
    raw["pages"][2]["questions"][2]["name"] = "budget"
    parts = read_parts(raw, survey.read)
    assert [(problem.code, problem.where) for problem in parts.problems] == [
        ("unknown_type", ("pages", 0, "questions", 0, "type")),
        ("duplicate_name", ("pages", 2, "questions", 2, "name")),
    ]


def test_what_speaks_of_a_part_of_something_left_out_follows_from_it() -> None:
    raw = raw_survey()
    raw["pages"][0]["questions"][0]["type"] = "choose"
    name = raw["pages"][0]["questions"][0]["name"]
    parts = read_parts(raw, survey.read)
    row = Problem("unknown_answer", ("answers", name), f"`{name}.first` is no question of this survey")
    other = Problem("unknown_answer", ("answers", "nobody"), "`nobody.where` is no question of this survey")
    assert parts.real([row, other]) == (other,)


def test_a_missing_translation_follows_from_no_part_that_has_one() -> None:
    raw = raw_survey()
    raw["languages"] = ["en", "fr"]
    raw["pages"][0]["questions"][0] |= {"type": "choose", "title": {"en": "Team", "fr": "Équipe"}}
    raw["pages"][1]["questions"][0]["title"] = {"en": "Which?"}
    raw["pages"][1]["questions"][1]["title"] = {"en": "Why?", "fr": "Pourquoi\N{NO-BREAK SPACE}?"}
    parts = read_parts(raw, survey.read)
    assert parts.value is not None
    found = parts.real(check_survey(parts.value).problems)
    assert ("text_missing", ("pages", 1, "questions", 0, "title")) in [(one.code, one.where) for one in found]


def test_of_a_file_without_a_head_nothing_is_left() -> None:
    raw = raw_survey()
    del raw["id"]
    parts = read_parts(raw, survey.read)
    assert parts.value is None
    assert [problem.code for problem in parts.problems] == ["missing_key"]


def test_a_whole_file_is_read_once() -> None:
    parts = read_parts(raw_survey(), survey.read)
    assert parts.is_whole
    assert parts.problems == ()
    problem = Problem("unknown_name", ("pages", 0), "there is no question `team`")
    assert parts.real([problem]) == (problem,), "nothing was left out, so it follows from nothing"


def test_a_mistake_at_a_place_that_is_not_written_costs_the_part_around_it() -> None:
    raw = raw_policy()
    code = raw["rejection_reasons"][0]["code"]
    raw["rejection_reasons"][0]["then"] = "disqualifies"
    parts = read_parts(raw, policy.read)
    assert [problem.where for problem in parts.problems] == [("rejection_reasons", 0, "then", "do")]
    assert parts.value is not None
    assert code not in {reason.code for reason in parts.value.rejection_reasons}


def test_reading_ends_after_some_rounds(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = raw_survey()
    raw["pages"][0]["questions"][0]["type"] = "choose"
    raw["pages"][2]["questions"][2]["name"] = "budget"
    monkeypatch.setattr(partial_reading, "MOST_ROUNDS", 1)
    assert read_parts(raw, survey.read).value is None
