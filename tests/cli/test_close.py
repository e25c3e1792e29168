"""`questionnaire close` and `questionnaire reopen`, as an operator types them."""

from __future__ import annotations

import pytest

from questionnaire.actions.respond import acceptance
from questionnaire.actions.toolbox import Toolbox
from questionnaire.cli import main

SLUG = "sales-marketing-alignment"


def _closed(box: Toolbox) -> bool:
    found = acceptance.get_publication(box, SLUG)
    assert found is not None
    return found.closed


def test_a_closed_survey_is_reopened(installation: Toolbox, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["close", SLUG]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith(f"Closed: {SLUG} (“")
    assert f"questionnaire reopen {SLUG}" in shown
    assert _closed(installation)
    assert main(["close", SLUG]) == 0
    assert capsys.readouterr().out == f"{SLUG} was already closed.\n"
    assert main(["reopen", SLUG]) == 0
    assert f"https://q.example/s/{SLUG}" in capsys.readouterr().out
    assert not _closed(installation)
    assert main(["reopen", SLUG]) == 0
    assert capsys.readouterr().out == f"{SLUG} was not closed.\n"


@pytest.mark.parametrize("command", ["close", "reopen"])
@pytest.mark.usefixtures("installation")
def test_an_unknown_survey_is_a_problem_with_the_nearest_name(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command, "sales-marketing-alinement"]) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "unknown_survey" in shown.err
    assert f"did you mean `{SLUG}`?" in shown.err
