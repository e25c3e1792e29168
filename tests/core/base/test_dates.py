from __future__ import annotations

from datetime import date

from questionnaire.core.base.dates import day_name
from questionnaire.core.base.translation import ENGLISH
from questionnaire.templating import words_for


def test_a_date_is_written_in_the_language_of_the_reader() -> None:
    assert day_name(date(2026, 10, 2), ENGLISH) == "2 October 2026"
    assert day_name(date(2026, 10, 1), ENGLISH) == "1 October 2026"
    assert day_name(date(2026, 8, 2), words_for("fr")) == "2 août 2026"


def test_the_first_of_a_month_is_an_ordinal_in_french() -> None:
    assert day_name(date(2026, 10, 1), words_for("fr")) == "1er octobre 2026"


def test_every_day_is_an_ordinal_in_german() -> None:
    assert day_name(date(2026, 10, 1), words_for("de")) == "1. Oktober 2026"
    assert day_name(date(2026, 3, 12), words_for("de")) == "12. März 2026"
