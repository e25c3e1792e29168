"""`questionnaire export`, as an author types it."""

from __future__ import annotations

from pathlib import Path

import pytest

from questionnaire.actions.editing.drafts import edit, open_from_version
from questionnaire.actions.publishing.publish_version import publish
from questionnaire.actions.toolbox import Toolbox
from questionnaire.cli import main
from questionnaire.core.base.problems import errors
from questionnaire.core.editing.same import same
from questionnaire.library.images import read_pictures, with_pictures
from questionnaire.library.load import load_survey
from questionnaire.library.yaml.reader import read_source
from tests.authored import SURVEYS

SLUG = "sales-marketing-alignment"


def test_a_published_survey_is_written_as_its_author_wrote_it(
    installation: Toolbox, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "new" / "survey.yaml"
    assert main(["export", SLUG, "--out", str(file)]) == 0
    source, problems = read_source(file)
    original, _ = read_source(SURVEYS / SLUG / "survey.yaml")
    assert problems == ()
    assert source is not None
    assert original is not None
    assert same(source.raw, original.raw)
    assert main(["export", SLUG, "--out", str(file)]) == 2
    capsys.readouterr()
    assert main(["export", SLUG]) == 0
    assert capsys.readouterr().out == file.read_text("utf-8")


def test_a_draft_is_written_with_its_changes(installation: Toolbox, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", SLUG, "--draft"]) == 1
    now = installation.now()
    draft = open_from_version(installation, "survey", SLUG, "ana@nordlicht.example", now).draft
    assert draft is not None
    title = {"edit": "set", "path": "title", "value": "Another title"}
    edit(installation, draft.id, 0, [title], "ana@nordlicht.example", now)
    capsys.readouterr()
    assert main(["export", SLUG, "--draft"]) == 0
    assert "\ntitle: Another title\n" in capsys.readouterr().out


def test_pictures_are_written_beside_the_file(installation: Toolbox, tmp_path: Path) -> None:
    survey, _ = load_survey(SURVEYS / "features" / "picture-choice.yaml")
    assert survey is not None
    pictures, _ = read_pictures(survey)
    raw = with_pictures(survey.source.raw, pictures)
    assert publish(installation, "survey", raw, installation.now(), pictures.values()) is None
    file = tmp_path / "survey.yaml"
    assert main(["export", survey.value.id, "--out", str(file)]) == 0
    again, problems = load_survey(file)
    assert problems == ()
    assert again is not None
    assert {one.name for one in tmp_path.glob("*.webp")} == {one.name for one in pictures.values()}
    assert errors(read_pictures(again)[1]) == ()


def test_an_unknown_survey_is_a_problem(installation: Toolbox, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "sales-marketing-alignmen"]) == 1
    assert f"did you mean `{SLUG}`?" in capsys.readouterr().err
