"""`questionnaire assess`."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from questionnaire.cli import main
from tests.conventions.checkout import ROOT

EXAMPLE = ROOT / "surveys" / "sales-marketing-alignment"
POLICY = ROOT / "surveys" / "policies" / "default.yaml"
BOTH = [str(EXAMPLE / "survey.yaml"), str(EXAMPLE / "cases.yaml")]
BARE = """
name: a bare case
answers: {employees: "50_199", industry: saas, buying_role: decision_maker, timeline: lt_3m, budget: allocated,
  next_step: demo}
contact: {email: a@firm.example, job_title: CEO, country: DE}
"""


def _json(capsys: pytest.CaptureFixture[str], *typed: str) -> Any:
    assert main(["assess", *typed, "--format", "json"]) == 0
    told = capsys.readouterr()
    assert told.err == ""
    return json.loads(told.out)


@pytest.fixture
def bare(tmp_path: Path) -> str:
    path = tmp_path / "case.yaml"
    path.write_text(f'at: "2026-10-02T17:30:00+02:00"\n{BARE}', encoding="utf-8")
    return str(path)


def test_several_cases_are_an_array_in_the_order_of_the_file(capsys: pytest.CaptureFixture[str]) -> None:
    told = _json(capsys, *BOTH)
    assert [one["name"][:2] for one in told] == ["P1", "P2", "P3", "P4", "P6"]
    assert [one["label"] for one in told] == ["A1", "B2", "A1", "C1", "A1"]


def test_one_case_is_an_object(capsys: pytest.CaptureFixture[str], bare: str) -> None:
    told = _json(capsys, BOTH[0], bare)
    assert (told["name"], told["verdict"]["stage"]) == ("a bare case", "sql_ready" if not _open(told) else "review")
    assert _json(capsys, *BOTH, "--case", "P3 said not now four months ago")["verdict"]["until"] == "2026-12-02"
    assert _json(capsys, *BOTH, "--case", "P6")["verdict"]["reason"] == "competitor"


def _open(told: dict[str, Any]) -> list[str]:
    return [box["id"] for box in told["checklist"] if box["state"] != "checked"]


def test_the_at_option_replaces_the_time_of_the_case(capsys: pytest.CaptureFixture[str]) -> None:
    told = _json(capsys, *BOTH, "--case", "P1", "--at", "2026-12-24T17:30:00+01:00")
    assert told["at"] == "2026-12-24T17:30:00+01:00"
    assert [seen["signal"] for seen in told["intent"]["signals"]] == ["demo_request", "survey_completed"]
    assert told["first_contact_due"] == "2026-12-28T09:30:00+01:00"


def test_a_case_without_a_time_uses_the_at_option(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(BARE, encoding="utf-8")
    assert main(["assess", BOTH[0], str(path)]) == 1
    assert f"{path}:1: missing_key: `at` is missing" in capsys.readouterr().err
    assert _json(capsys, BOTH[0], str(path), "--at", "2026-10-02T17:30")["at"] == "2026-10-02T17:30:00+02:00"


def test_another_policy_judges_differently(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = tmp_path / "stricter.yaml"
    text = POLICY.read_text(encoding="utf-8").replace("grades: {A: 42,", "grades: {A: 63,")
    other.write_text(text.replace("id: default", "id: stricter"), encoding="utf-8")
    told = _json(capsys, *BOTH, "--case", "P1", "--policy", str(other))
    assert (told["policy"]["id"], told["label"], told["verdict"]["reason"]) == ("stricter", "B1", "fit_not_good")


def test_the_page_starts_with_the_verdict_and_why(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["assess", *BOTH]) == 0
    told = capsys.readouterr().out
    assert "SQL-READY (label A1, total 147)" in told
    assert "Goes to Lena Vogt: rule dach routes to pool dach" in told
    assert "First contact due Monday 05 October 2026, 09:30 +0200." in told
    assert "  [ ] FIT-3  No negative signal (competitor, partner, blocklist) (blocking)" in told
    assert "NURTURING (not now until 2026-12-02, label A1, total 103)" in told


def test_the_page_shows_calculated_values_and_where_a_survey_ends_early(capsys: pytest.CaptureFixture[str]) -> None:
    hiring = ROOT / "surveys" / "hiring-process"
    assert main(["assess", str(hiring / "survey.yaml"), str(hiring / "cases.yaml")]) == 0
    pages = {page[:3].strip(): page for page in re.split(r"\n(?=H\d)", capsys.readouterr().out)}
    assert "  interview_hours       324\N{NO-BREAK SPACE}hours" in pages["H2"]
    assert "Next step  " in pages["H2"]
    ended = pages["H8"]
    assert "Ends early at not_hiring: no report, and no lead unless the person was known already." in ended
    assert "  interview_hours       unknown" in ended
    assert "Next step" not in ended


def test_the_page_shows_caps_queues_and_unknown_maturity(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(
        'at: "2026-10-02T17:30:00+02:00"\n'
        'answers: {employees: "50_199", industry: saas, timeline: lt_3m, budget: allocated, next_step: demo}\n'
        "contact: {email: a@firm.example, job_title: CEO, country: ES, linkedin: linkedin.com/in/a}\n"
        'signals: [{name: demo_request, at: "2026-10-01T10:00:00+02:00"}]\n'
        "hidden: {trigger_event: hiring}\n",
        encoding="utf-8",
    )
    assert main(["assess", BOTH[0], str(path)]) == 0
    told = capsys.readouterr().out
    assert "group hand_raise: 100 points, capped at 50" in told
    assert "Maturity   nothing answered that shows any" in told


def test_documents_are_written_for_one_case(tmp_path: Path) -> None:
    out = tmp_path / "new" / "folder"
    assert main(["assess", *BOTH, "--case", "P1", "--out", str(out)]) == 0
    assert {path.name: path.read_bytes()[:5] for path in out.iterdir()} == {
        "report.pdf": b"%PDF-", "dossier.pdf": b"%PDF-",
    }  # fmt: skip


def test_documents_of_several_cases_are_wrong_usage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["assess", *BOTH, "--out", str(tmp_path / "out")]) == 2
    assert "choose one with --case" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_an_unwritable_folder_is_reported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert main(["assess", *BOTH, "--case", "P1", "--out", str(tmp_path / "file")]) == 1
    assert "cannot be written" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["--case", "P9"], "there is no case `P9`"),
        (["--case", "P"], "there is no case `P`"),
        (["--at", "tomorrow"], "is not a date and time"),
    ],
)
def test_a_wrong_argument_is_a_usage_error(typed: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["assess", *BOTH, *typed]) == 2
    assert said in capsys.readouterr().err


def test_every_problem_is_a_line_on_standard_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "cases.yaml"
    path.write_text(
        "schema: cases/1\ncases:\n  - {name: a, at: 2026-10-05, answers: {employes: x, industry: y}}\n"
        "  - {name: b, at: 2026-10-05, signals: [{name: demo, at: 2026-10-05}]}\n",
        encoding="utf-8",
    )
    assert main(["assess", BOTH[0], str(path), "--format", "json"]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert [line.split(": ")[:2] for line in told.err.splitlines()] == [
        [f"{path}:3", "unknown_answer"], [f"{path}:3", "not_a_choice"], [f"{path}:4", "unknown_signal"],
    ]  # fmt: skip


def test_wrong_and_missing_files_are_all_reported_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["assess", "gone.yaml", BOTH[0], "--policy", BOTH[1]]) == 1
    told = capsys.readouterr().err
    assert "gone.yaml:1: file_missing" in told
    assert "survey.yaml:3: wrong_schema: this is a survey, and a file of cases is expected here" in told
    assert "cases.yaml:3: wrong_schema: this is a file of cases, and a policy is expected here" in told


def test_cases_of_another_survey_are_reported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "cases.yaml"
    path.write_text("schema: cases/1\nsurvey: other\ncases: [{name: a}]\n", encoding="utf-8")
    assert main(["assess", BOTH[0], str(path)]) == 1
    assert f"{path}:2: other_survey" in capsys.readouterr().err


def test_a_missing_policy_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    survey = tmp_path / "alone" / "below" / "survey.yaml"
    survey.parent.mkdir(parents=True)
    shutil.copy(BOTH[0], survey)
    monkeypatch.setenv("QUESTIONNAIRE_SURVEYS_DIR", str(tmp_path))
    assert main(["assess", str(survey), BOTH[1]]) == 1
    assert f"{survey}:6: unknown_policy: there is no policy `default`" in capsys.readouterr().err


def test_an_unknown_level_is_reported_instead_of_scoring_zero(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    survey = tmp_path / "survey.yaml"
    text = (EXAMPLE / "survey.yaml").read_text(encoding="utf-8").replace("level: micro", "level: mikro")
    survey.write_text(text, encoding="utf-8")
    assert main(["assess", str(survey), BOTH[1], "--policy", str(POLICY)]) == 1
    assert f"{survey}:45: unknown_level: `mikro` is not a level of `size`" in capsys.readouterr().err


def test_earlier_answers_to_another_survey_are_found_beside_this_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("one", "two"):
        folder = tmp_path / name
        folder.mkdir()
        text = (EXAMPLE / "survey.yaml").read_text(encoding="utf-8")
        (folder / "survey.yaml").write_text(text.replace("id: sales-marketing-alignment", f"id: {name}", 1), "utf-8")
    (tmp_path / "policies").mkdir()
    (tmp_path / "policies" / "default.yaml").write_text(POLICY.read_text(encoding="utf-8"), encoding="utf-8")
    case = tmp_path / "one" / "cases.yaml"
    case.write_text(
        "schema: cases/1\nsurvey: one\ncases:\n- {name: again, at: '2026-10-02T12:00', answers: {industry: saas},\n"
        "   responses: [{survey: two, at: '2026-09-02T12:00', answers: {employees: 50_199}}]}\n",
        encoding="utf-8",
    )
    told = _json(capsys, str(tmp_path / "one" / "survey.yaml"), str(case))
    assert [item["criterion"] for item in told["fit"]["contributions"]] == ["size", "sector"]
    case.write_text(case.read_text(encoding="utf-8").replace("survey: two", "survey: too"), encoding="utf-8")
    assert main(["check", str(tmp_path / "one")]) == 1
    assert "unknown_survey: there is no survey `too` here" in capsys.readouterr().out
