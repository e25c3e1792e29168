"""Durations as authors write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from questionnaire.core.base.durations import SlaTime


class Promise(BaseModel):
    within: SlaTime


@pytest.mark.parametrize(
    ("text", "amount", "unit", "shown"),
    [
        ("1h", 60, "m", "1h"),
        ("30m", 30, "m", "30m"),
        ("4bh", 240, "bm", "4bh"),
        ("90bm", 90, "bm", "90bm"),
        ("2bd", 2, "bd", "2bd"),
        ("1.5h", 90, "m", "90m"),
        ("0.5bh", 30, "bm", "30bm"),
        (" 2 BD ", 2, "bd", "2bd"),
        ("2.0bd", 2, "bd", "2bd"),
        ("PT1H", 60, "m", "1h"),
        ("PT30M", 30, "m", "30m"),
        ("pt1h30m", 90, "m", "90m"),
        ("0h", 0, "m", "0m"),
        ("0bd", 0, "bd", "0bd"),
        ("366bd", 366, "bd", "366bd"),
    ],
)
def test_a_duration_is_parsed_and_written_back(text: str, amount: int, unit: str, shown: str) -> None:
    read = SlaTime.parse(text)
    assert (read.amount, read.unit, str(read)) == (amount, unit, shown)
    assert SlaTime.parse(str(read)) == read
    assert Promise.model_validate({"within": text}).model_dump() == {"within": shown}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "is not a duration"),
        ("4", "is not a duration"),
        ("4 hours", "is not a duration"),
        ("-1h", "is not a duration"),
        ("1d", "is not a duration"),
        ("1h30m", "is not a duration"),
        ("P1D", "is not a duration"),
        ("٣h", "is not a duration"),
        ("9" * 10_000 + "h", "is not a duration"),
        ("PT", "names no time"),
        ("1.5bd", "whole business days; write hours instead"),
        ("0.01h", "whole minutes"),
        ("367bd", "longer than a year"),
        ("9000h", "longer than a year"),
        ("PT9999H", "longer than a year"),
    ],
)
def test_an_invalid_duration_is_refused_with_a_hint(text: str, says: str) -> None:
    with pytest.raises(ValueError, match=r"write|counts in") as refused:
        SlaTime.parse(text)
    assert says in str(refused.value)
    assert len(str(refused.value)) < 200


def test_a_number_without_a_unit_is_a_problem_at_its_path() -> None:
    with pytest.raises(ValidationError, match="`4` has no unit; write for example 30m, 1h, 4bh"):
        Promise.model_validate({"within": 4})


def test_a_parsed_duration_stays_and_json_has_its_text() -> None:
    promise = Promise(within=SlaTime.parse("4bh"))
    assert promise.model_dump_json() == '{"within":"4bh"}'
    assert Promise.model_json_schema()["properties"]["within"]["type"] == "string"


@given(st.builds(SlaTime, st.integers(0, 366), st.sampled_from(["m", "bm", "bd"])))
def test_every_duration_is_unchanged_after_writing_and_parsing(length: SlaTime) -> None:
    assert SlaTime.parse(str(length)) == length
