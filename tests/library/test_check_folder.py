"""The check of a folder: files, surveys with their policies, and cases."""

from __future__ import annotations

from pathlib import Path

import pytest

from questionnaire.core.brand.theme import DEFAULT_THEME, Theme
from questionnaire.library.check_folder import FolderCheck, check_files
from questionnaire.library.domains import known_domains
from tests.conventions.checkout import ROOT

BROKEN = ROOT / "tests" / "broken"


def _proof(*paths: Path) -> FolderCheck:
    return check_files(paths, known_domains())


def test_the_samples_have_no_problems_and_their_cases_pass() -> None:
    proof = _proof(ROOT / "surveys")
    assert proof.sorted == ()
    assert proof.surveys > 20
    assert proof.policies >= 4
    assert proof.cases > 35


def test_every_mistake_of_a_folder_is_reported_with_file_line_and_fix(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(BROKEN)
    told = [str(problem) for problem in _proof(Path()).sorted]
    expected = (BROKEN / "expected.txt").read_text(encoding="utf-8").splitlines()
    assert told == expected
    assert len(told) >= 40
    # Whoever makes a mistake reads what to write: after a dash, or in the words of the field itself.
    assert [one for one in told if " — " not in one and "does not fit here. Enter " not in one] == []


def test_a_theme_among_the_surveys_is_read_too(tmp_path: Path) -> None:
    theme = tmp_path / "theme.yaml"
    theme.write_text('name: Nordlicht\naccent: "#ffffff"\n', encoding="utf-8")
    problems = [str(problem) for problem in _proof(tmp_path).sorted]
    assert len(problems) == 1
    assert problems[0].startswith(f"{theme}:2: ")
    theme.write_text('name: Nordlicht\naccent: "#1f3f73"\n', encoding="utf-8")
    assert _proof(tmp_path).sorted == ()


def test_the_colours_of_a_survey_are_judged_on_the_theme_of_the_site_or_the_one_beside_it(tmp_path: Path) -> None:
    survey, text = tmp_path / "survey.yaml", (ROOT / "surveys/features/text.yaml").read_text(encoding="utf-8")
    survey.write_text(text.replace("title: Text\n", 'title: Text\ntheme:\n  accent: "#7db4ee"\n', 1), encoding="utf-8")

    def faint(theme: Theme | None = None) -> list[str]:
        found = check_files([survey], known_domains(), theme=theme).sorted
        return [str(problem) for problem in found if problem.code.startswith("theme")]

    (told,) = faint()
    assert told.startswith(f"{survey}:8: theme_contrast: `#7db4ee` has a contrast of `2.17` : 1 on `#ffffff`")
    assert "did you mean `#" in told
    beside = tmp_path / "theme.yaml"
    beside.write_text('paper: "#101418"\nink: "#eceae5"\naccent: "#7db4ee"\n', encoding="utf-8")
    assert faint() == []
    assert len(faint(DEFAULT_THEME)) == 1


def test_problems_of_a_policy_shared_by_two_surveys_are_reported_once(tmp_path: Path) -> None:
    (tmp_path / "policies").mkdir()
    (tmp_path / "policies" / "default.yaml").write_text("schema: policy/1\nid: default\n", encoding="utf-8")
    for name in ("one", "two"):
        text = (ROOT / "surveys" / "sales-marketing-alignment" / "survey.yaml").read_text(encoding="utf-8")
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    lines = [str(problem) for problem in _proof(tmp_path).sorted]
    assert len(lines) == len(set(lines))
    assert {line.split(":")[0] for line in lines} == {str(tmp_path / "policies" / "default.yaml")}


def test_one_file_of_cases_is_run_with_the_survey_beside_it() -> None:
    proof = _proof(ROOT / "surveys" / "sales-marketing-alignment" / "cases.yaml")
    assert proof.sorted == ()
    assert (proof.surveys, proof.cases) == (1, 5)


def test_a_bare_case_without_a_survey_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "lead.cases.yaml"
    path.write_text("at: 2026-10-05T10:00:00Z\nanswers: {a: 1}\n", encoding="utf-8")
    (problem,) = _proof(path).sorted
    assert problem.code == "unknown_survey"


def test_an_empty_folder_is_reported(tmp_path: Path) -> None:
    (problem,) = _proof(tmp_path).sorted
    assert problem.code == "folder_empty"


def test_a_missing_file_is_reported(tmp_path: Path) -> None:
    (problem,) = _proof(tmp_path / "survey.yaml").sorted
    assert problem.code == "file_missing"
