"""`questionnaire due`."""

from __future__ import annotations

import json

import pytest

from questionnaire.cli import main
from tests.conventions.checkout import ROOT

POLICY = str(ROOT / "surveys" / "policies" / "default.yaml")


def _due(start: str, within: str, calendar: str = "berlin", *more: str) -> int:
    typed = ["due", "--policy", POLICY, "--calendar", calendar, "--from", start, "--within", within]
    return main([*typed, *more])


def test_an_hour_on_friday_evening_ends_on_monday_morning(capsys: pytest.CaptureFixture[str]) -> None:
    assert _due("2026-10-02T17:30", "1bh", "berlin", "--format", "json") == 0
    assert json.loads(capsys.readouterr().out) == {
        "due": "2026-10-05T09:30:00+02:00",
        "warn": ["2026-10-02T18:00:00+02:00", "2026-10-05T09:18:00+02:00"],
    }


def test_the_text_output_shows_the_warning_shares(capsys: pytest.CaptureFixture[str]) -> None:
    assert _due("2026-10-02T17:30:00+02:00", "4bh") == 0
    assert capsys.readouterr().out.splitlines() == [
        "due   2026-10-05T12:30:00+02:00",
        "warn  2026-10-05T10:30:00+02:00  (50 %)",
        "warn  2026-10-05T11:42:00+02:00  (80 %)",
    ]


@pytest.mark.parametrize(
    ("start", "within", "calendar", "said"),
    [
        ("tomorrow", "1bh", "berlin", "is not a date and time"),
        ("2026-10-02T17:30", "soon", "berlin", "is not a duration"),
        ("2026-10-02T17:30", "1bh", "berln", "did you mean `berlin`?"),
    ],
)
def test_unreadable_arguments_are_usage_errors(
    start: str, within: str, calendar: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _due(start, within, calendar) == 2
    assert said in capsys.readouterr().err


def test_problems_of_the_policy_are_reported(capsys: pytest.CaptureFixture[str]) -> None:
    broken = str(ROOT / "tests" / "broken" / "policy_keys.yaml")
    assert main(["due", "--policy", broken, "--calendar", "x", "--from", "2026-10-02", "--within", "1h"]) == 1
    assert "policy_keys.yaml:5: timezone" in capsys.readouterr().err
