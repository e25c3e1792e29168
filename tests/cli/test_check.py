"""`questionnaire check`."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest

from questionnaire.cli import main
from questionnaire.cli.check import Progress
from tests.conventions.checkout import ROOT

SURVEYS = ROOT / "surveys"


def test_a_sample_is_clean(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(SURVEYS / "sales-marketing-alignment")]) == 0
    told = capsys.readouterr()
    assert told.out.splitlines()[-1].endswith(": clean.")
    assert told.err == ""


def test_without_a_path_the_folder_of_surveys_is_read(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("QUESTIONNAIRE_SURVEYS_DIR", str(SURVEYS / "policies"))
    assert main(["check"]) == 0
    assert "1 policy" in capsys.readouterr().out
    monkeypatch.delenv("QUESTIONNAIRE_SURVEYS_DIR")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "surveys").mkdir()
    assert main(["check"]) == 1
    assert "surveys:1: folder_empty" in capsys.readouterr().out


def test_a_failed_case_shows_expected_and_actual_values(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "policies").mkdir()
    for name in ("survey.yaml", "cases.yaml"):
        text = (SURVEYS / "sales-marketing-alignment" / name).read_text(encoding="utf-8")
        (tmp_path / name).write_text(text.replace("total: 147", "total: 148"), encoding="utf-8")
    text = (SURVEYS / "policies" / "default.yaml").read_text(encoding="utf-8")
    (tmp_path / "policy.yaml").write_text(text, encoding="utf-8")
    assert main(["check", str(tmp_path)]) == 1
    told = capsys.readouterr().out
    assert f"{tmp_path / 'cases.yaml'}:19: case_failed: P1 decision-maker" in told
    assert "total: expected 148, and 147 came" in told
    assert told.splitlines()[-1] == "Read 1 survey, 1 policy, 5 cases: 1 error, 0 warnings."


def test_a_missing_path_is_reported(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "nowhere.yaml"]) == 1
    assert "nowhere.yaml:1: file_missing" in capsys.readouterr().out


def test_ranges_of_calculated_values_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--bounds", str(SURVEYS / "features" / "counting.yaml")]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "yearly_cost 0 to 1248000" in told
    assert "saving between -1194 and 748572, which may not be reached" in told
    assert "not searched:" not in told


def test_reachable_verdicts_are_printed_with_an_example_each(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--bounds", str(SURVEYS / "sales-marketing-alignment")]) == 0
    told = capsys.readouterr().out
    rows = [" ".join(line.split()) for line in told.splitlines()]
    assert any(row.startswith("FIT, greatest 70 *") for row in rows)
    assert any(row.startswith("maturity, least 0 % *") for row in rows)
    assert any(row.startswith("verdict sql_ready possible *") for row in rows)
    assert any(row.startswith("verdict lead impossible") for row in rows)
    assert "*employees = 50_199" in told


def test_phrases_lists_every_choice_beside_its_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--phrases", str(ROOT / "surveys" / "sales-marketing-alignment")]) == 0
    lines = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    for line in (
        "sales-marketing-alignment v4, judged by default v5",
        "When do you want this fixed? (Timeline)",
        "In 3 to 6 months project in three to six months the product’s words",
        "Nothing planned –",
        "A 20-minute demo asked for a demo the product’s words",
        "Job title (Seniority)",
        "unsubscribed –",
    ):
        assert line in lines


def test_a_single_survey_is_checked_with_the_cases_beside_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(SURVEYS / "sales-marketing-alignment" / "survey.yaml")]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "Read 1 survey, 0 policies, 5 cases: clean."


def test_mistakes_of_shape_and_of_meaning_are_reported_in_one_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "policies").mkdir()
    changes = {
        "survey.yaml": [("type: dropdown", "type: dropdwn"), ("emits: demo_request", "emits: demo_reqest")],
        "cases.yaml": [("label: A1", "lable: A1"), ("industry: saas", "industry: sas")],
    }
    for name, pairs in changes.items():
        text = (SURVEYS / "sales-marketing-alignment" / name).read_text(encoding="utf-8")
        for old, new in pairs:
            text = text.replace(old, new, 1)
        (tmp_path / name).write_text(text, encoding="utf-8")
    text = (SURVEYS / "policies" / "default.yaml").read_text(encoding="utf-8")
    text = text.replace("mode: assisted", "mode: asisted").replace("rep: lena,", "rep: lenna,")
    (tmp_path / "policy.yaml").write_text(text, encoding="utf-8")
    assert main(["check", str(tmp_path)]) == 1
    told = capsys.readouterr().out
    for code in ("unknown_type", "unknown_signal", "unknown_key", "unknown_value", "unknown_rep"):
        assert told.count(f": {code}: ") == 1


class _Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def test_a_long_check_says_on_a_terminal_what_it_is_at(monkeypatch: pytest.MonkeyPatch) -> None:
    seconds = iter([0.0, 0.5, 2.0])
    monkeypatch.setattr("questionnaire.cli.check.time.monotonic", lambda: next(seconds))
    stream = _Terminal()
    progress = Progress(stream)
    progress.note("soon")
    progress.note("late")
    progress.clear()
    assert stream.getvalue() == "Checking late …" + "\r" + " " * 15 + "\r"
