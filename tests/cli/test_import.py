"""`questionnaire import`: a folder with a draft and its notes, and a sentence where there is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from questionnaire.cli import main
from questionnaire.library.load import load_survey

EXPORTS = Path(__file__).parents[1] / "exports"


def test_an_export_becomes_a_folder_with_a_draft_and_its_notes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "new" / "survey"
    assert main(["import", str(EXPORTS / "typeform-score.json"), "--out", str(out)]) == 0
    survey, problems = load_survey(out / "survey.yaml")
    assert survey is not None, problems
    assert survey.value.languages == ("fr",)
    notes = (out / "import-notes.txt").read_text("utf-8")
    assert notes.startswith("Left out (")
    printed = capsys.readouterr().out
    assert printed.startswith("3 questions imported. Left out: ")
    assert notes in printed


def test_a_draft_is_never_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "survey.yaml").write_text("mine", "utf-8")
    assert main(["import", str(EXPORTS / "typeform-score.json"), "--out", str(tmp_path)]) == 2
    assert (tmp_path / "survey.yaml").read_text("utf-8") == "mine"
    assert "exists already" in capsys.readouterr().err


def test_what_cannot_be_imported_is_said_with_its_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    export = tmp_path / "export.json"
    export.write_text('{"title": "Nothing is asked", "pages": []}', "utf-8")
    assert main(["import", str(export), "--out", str(tmp_path / "out")]) == 1
    assert f"{export}:0: import_empty: no question was found" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
    assert main(["import", str(tmp_path / "missing.json"), "--out", str(tmp_path / "out")]) == 2
    assert main(["import", str(export), "--from", "limesurvey", "--out", str(tmp_path / "out")]) == 1
    assert "import_unreadable" in capsys.readouterr().err


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    assert main(["import", str(EXPORTS / "typeform-score.json"), "--out", str(tmp_path / "file" / "out")]) == 1
    assert "cannot be written" in capsys.readouterr().err
