"""`questionnaire close` and `questionnaire reopen`, as an operator types them."""

from __future__ import annotations

from pathlib import Path

import pytest

from questionnaire import bootstrap
from questionnaire.actions.respond import acceptance
from questionnaire.actions.toolbox import Toolbox
from questionnaire.cli import main

SLUG = "sales-marketing-alignment"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("installation")
    found, _ = bootstrap.settings({"QUESTIONNAIRE_DATA_DIR": str(made), "QUESTIONNAIRE_SECRET_KEY": KEY})
    bootstrap.prepare(found)
    return made


KEY = "kJ8s-not-a-secret-0123456789-abcdefghijklmnop"


@pytest.fixture
def installation(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Toolbox:
    """An installation with the sample surveys published."""
    monkeypatch.setenv("QUESTIONNAIRE_DATA_DIR", str(folder))
    monkeypatch.setenv("QUESTIONNAIRE_SECRET_KEY", KEY)
    monkeypatch.setenv("QUESTIONNAIRE_PUBLIC_URL", "https://q.example")
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return bootstrap.ready_toolbox(bootstrap.settings()[0])


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
