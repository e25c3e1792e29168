"""What pydantic finds, in words an author can act on."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

import pytest
from pydantic import AfterValidator, Field

from questionnaire.core.base.authored import Authored
from questionnaire.core.policy.calendar import read_week
from questionnaire.core.survey.questions import Slug


class Everything(Authored):
    """One key for each kind of value an author writes."""

    whole: int = Field(default=1, ge=1, lt=10)
    exact: Decimal | None = None
    near: float = Field(default=1, gt=0, le=5)
    text: str = Field(default="abc", min_length=2, max_length=4)
    slug: Slug = "a"
    odd: str = Field(default="x", pattern="^x$")
    truth: bool = True
    day: date = date(2026, 1, 1)
    names: tuple[str, ...] = Field(default=("a",), min_length=1, max_length=2)
    map: dict[str, int] = Field(default_factory=dict)


@pytest.mark.parametrize(
    ("raw", "said", "advice"),
    [
        ({"whole": "many"}, "a whole number is expected here, and `many` is none", "such as `3`"),
        ({"whole": 1.5}, "a whole number is expected here, and `1.5` is none", "such as `3`"),
        ({"whole": [1]}, "a whole number is expected here", "such as `3`"),
        ({"whole": 0}, "`0` is out of range", "write a number at least 1"),
        ({"whole": 10}, "`10` is out of range", "write a number below 10"),
        ({"near": 0}, "`0` is out of range", "write a number above 0"),
        ({"near": 6}, "`6` is out of range", "write a number at most 5"),
        ({"near": "x"}, "a number is expected here, and `x` is none", "`0.5`"),
        ({"exact": "x"}, "a number is expected here, and `x` is none", "`0.5`"),
        ({"text": 5}, "a text is expected here", "quote it"),
        ({"text": "a"}, "this text does not have the right length", "keep to 2 characters"),
        ({"text": "abcde"}, "this text does not have the right length", "keep to 4 characters"),
        ({"slug": "A b"}, "`A b` cannot stand here", "such as `data-check-up`"),
        ({"odd": "y"}, "`y` cannot stand here", "use other letters"),
        ({"truth": "perhaps"}, "`true` or `false` is expected here, and `perhaps` is none", "write one of them"),
        ({"truth": None}, "`true` or `false` is expected here", "write one of them"),
        ({"day": "soon"}, "a date is expected here, and `soon` is none", "`2026-09-01`"),
        ({"names": "a"}, "a list is expected here", "`[a, b]`"),
        ({"names": []}, "this list is empty or too short", "add what is missing"),
        ({"names": ["a", "b", "c"]}, "this list is too long", "leave some out"),
        ({"map": "a"}, "a mapping is expected here", "`{key: value}`"),
    ],
)
def test_a_slip_is_told_with_what_to_write(raw: dict[str, Any], said: str, advice: str) -> None:
    _, (problem,) = Everything.from_raw(raw)
    assert problem.message == said
    assert advice in problem.hint


def test_a_reader_with_words_of_its_own_keeps_them() -> None:
    _, (problem,) = Calendar.from_raw({"hours": {"mon-fry": "09:00-18:00"}})
    assert (problem.message, problem.hint) == ("`mon-fry` does not name days of the week", "did you mean `fri`?")


class Calendar(Authored):
    """Hours as a policy writes them, with a mistake that is raised as a plain ValueError."""

    hours: Annotated[dict[str, str], AfterValidator(read_week)]
