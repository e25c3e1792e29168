"""Lookup of surveys, policies and cases in a folder."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from questionnaire.core.base.problems import Problem
from questionnaire.library.catalogue import SurveyFolder, find_policy, survey_beside
from questionnaire.library.load import CASES, POLICY, SURVEY, kind_of, load_cases, load_policy, load_survey
from tests.cast import example_policy
from tests.conventions.checkout import ROOT

SURVEYS = ROOT / "surveys"
BROKEN = ROOT / "tests" / "broken"


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """A surveys folder with the samples."""
    folder = tmp_path / "surveys"
    shutil.copytree(SURVEYS, folder)
    return folder


def _codes(problems: tuple[Problem, ...]) -> list[str]:
    return [problem.code for problem in problems]


def test_the_bundled_samples_are_found_without_feature_samples() -> None:
    shelf = SurveyFolder(SURVEYS)
    samples = {path.parent.name for path in shelf.surveys()}
    assert samples >= {"revenue-data-readiness", "sales-marketing-alignment", "hiring-process", "devops-maturity",
                       "cybersecurity-basics", "building-energy-efficiency"}  # fmt: skip
    assert {path.parent.name for path in shelf.cases()} == samples
    assert {path.parent.name for path in shelf.policies()} <= {"policies", *samples}
    assert len(shelf.surveys(features=True)) > len(samples) + 20


def test_hidden_folders_are_ignored(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "survey.yaml").write_text("schema: survey/1\n", encoding="utf-8")
    assert SurveyFolder(tmp_path).files() == ()


def test_a_policy_next_to_the_survey_precedes_the_shared_policy(shelf: Path) -> None:
    survey = shelf / "sales-marketing-alignment" / "survey.yaml"
    shared, _ = find_policy("default", survey)
    assert shared is not None
    assert shared.path == shelf / "policies" / "default.yaml"
    shutil.copy(shared.path, survey.with_name("policy.yaml"))
    own, _ = find_policy("default", survey)
    assert own is not None
    assert own.path == survey.with_name("policy.yaml")


def test_a_policy_with_another_id_next_to_the_survey_is_ignored(shelf: Path) -> None:
    survey = shelf / "sales-marketing-alignment" / "survey.yaml"
    shutil.copy(shelf / "features" / "policy.yaml", survey.with_name("policy.yaml"))
    found, _ = find_policy("default", survey)
    assert found is not None
    assert found.value.id == "default"


def test_a_published_policy_is_used_where_no_file_has_it(tmp_path: Path) -> None:
    near = tmp_path / "survey.yaml"
    assert find_policy("default", near) == (None, ())
    found, problems = find_policy("default", near, published={"default": example_policy()})
    assert problems == ()
    assert found is not None
    assert found.value is example_policy()


def test_policies_of_the_surveys_folder_are_found_from_elsewhere(tmp_path: Path) -> None:
    found, _ = find_policy("default", tmp_path / "survey.yaml", shelf=SURVEYS)
    assert found is not None


def test_a_policy_under_a_wrong_file_name_is_reported(shelf: Path) -> None:
    (shelf / "policies" / "default.yaml").rename(shelf / "policies" / "other.yaml")
    found, problems = find_policy("other", shelf / "x" / "survey.yaml")
    assert found is None
    assert _codes(problems) == ["policy_misnamed"]
    assert problems[0].line == 4


def test_an_unreadable_policy_is_reported(shelf: Path) -> None:
    (shelf / "policies" / "default.yaml").write_text("id: 'it's'\n", encoding="utf-8")
    found, problems = find_policy("default", shelf / "x" / "survey.yaml")
    assert found is None
    assert _codes(problems) == ["yaml_syntax"]


def test_cases_find_their_survey() -> None:
    folder = SURVEYS / "sales-marketing-alignment"
    assert survey_beside(folder / "cases.yaml") == folder / "survey.yaml"
    features = SURVEYS / "features"
    assert survey_beside(features / "matrix.cases.yaml") == features / "matrix.yaml"
    assert survey_beside(BROKEN / "stray.cases.yaml") is None


def test_the_kind_of_a_file_is_in_its_schema_key_or_its_name(tmp_path: Path) -> None:
    assert kind_of(SURVEYS / "policies" / "default.yaml") == POLICY
    assert kind_of(BROKEN / "kind.yaml") is None
    for name, kind in {"survey.yaml": SURVEY, "x.cases.yaml": CASES, "policy.yml": POLICY, "notes.yaml": None}.items():
        (tmp_path / name).write_text("a: 1\n", encoding="utf-8")
        assert kind_of(tmp_path / name) == kind
    assert kind_of(tmp_path / "gone" / "survey.yaml") == SURVEY


def test_a_file_of_another_kind_gives_one_problem() -> None:
    example = SURVEYS / "sales-marketing-alignment"
    policy = SURVEYS / "policies" / "default.yaml"
    wrong = [load_survey(policy), load_policy(example / "cases.yaml"), load_cases(example / "survey.yaml")]
    assert [_codes(problems) for _, problems in wrong] == [["wrong_schema"]] * 3
    assert wrong[0][1][0].message == "this is a policy, and a survey is expected here"
    assert wrong[0][1][0].line == 3
