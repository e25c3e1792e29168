"""`questionnaire schema`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from questionnaire.cli import main
from questionnaire.library.schemas import schemas


def test_schemas_are_printed_together(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema"]) == 0
    assert json.loads(capsys.readouterr().out) == schemas()


def test_schemas_are_written_one_file_each(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", "--out", str(tmp_path / "new")]) == 0
    written = [Path(line) for line in capsys.readouterr().out.splitlines()]
    assert [path.name for path in written] == ["survey-1.json", "policy-1.json", "cases-1.json"]
    assert json.loads(written[0].read_text(encoding="utf-8")) == schemas()["survey/1"]


def test_a_folder_that_cannot_be_created_is_reported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert main(["schema", "--out", str(tmp_path / "file")]) == 1
    assert "cannot be written" in capsys.readouterr().err
