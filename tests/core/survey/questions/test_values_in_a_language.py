"""An answer is told as the language of its reader writes it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from questionnaire.core.survey.questions import Value
from tests.core.authoring import question

THIN, WIDE = "\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("keys", "value", "language", "told"),
    [
        ("type: number, unit: EUR", 1200, "fr", f"1{THIN}200{WIDE}EUR"),
        ("type: number, unit: EUR", 1200, "en", f"1,200{WIDE}EUR"),
        ("type: number, unit: EUR", 1200, "de", f"1.200{WIDE}EUR"),
        ("type: number, unit: EUR", 1200, "tlh", f"1,200{WIDE}EUR"),
        ("type: number, unit: EUR", 1200, "not a tag", f"1,200{WIDE}EUR"),
        ("type: number", Decimal("0.125"), "fr", "0,125"),
        ("type: number", -12480, "en", "-12,480"),
        ("type: number", 1998, "en", "1998"),
        ("type: slider, unit: h", Decimal("2.50"), "fr", f"2,5{WIDE}h"),
        ("type: date", "2026-10-02", "en", "2 October 2026"),
        ("type: date", "2026-10-01", "fr", "1er octobre 2026"),
        ("type: country", "DE", "en", "Germany"),
        ("type: country", "DE", "fr", "Allemagne"),
        ("type: scale", 4, "fr", "4/5"),
        ("type: consent", True, "fr", "✓"),
        ("type: email", "a@b.example", "fr", "a@b.example"),
    ],
)
def test_a_value_is_told_as_its_language_writes_it(keys: str, value: Value, language: str, told: str) -> None:
    assert question(keys).say(value, language) == told
