"""Exports of each format, written after the public descriptions: the draft and the list of losses are golden files."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from questionnaire.core.base.translation import ENGLISH
from questionnaire.core.importing.note_words import note_lines
from questionnaire.core.importing.readable import ImportedSurvey
from questionnaire.core.survey import survey
from questionnaire.library.check_folder import check_files
from questionnaire.library.domains import known_domains
from questionnaire.library.imports.child import read
from questionnaire.library.imports.formats import guess
from questionnaire.library.yaml.writer import write_yaml
from tests.core.importing.source_trees import NAMES, content_of
from tests.documents.golden import check

POLICY = Path(__file__).parents[3] / "surveys" / "policies" / "default.yaml"


def imported(name: str) -> ImportedSurvey:
    content = content_of(name)
    format_name = guess(content)
    assert format_name is not None
    assert name.startswith(format_name)
    return read(content, format_name)


@pytest.mark.parametrize("name", NAMES)
def test_an_export_becomes_a_draft_and_a_list_of_losses(name: str) -> None:
    result = imported(name)
    assert result.document is not None, result.problems
    value, problems = survey.read(result.document)
    assert value is not None, problems
    stem = name.rpartition(".")[0]
    check(f"imports/{stem}.yaml", write_yaml(result.document))
    check(f"imports/{stem}.txt", "".join(f"{line}\n" for line in note_lines(result.notes, ENGLISH)))


@pytest.mark.no_cover
def test_drafts_have_no_mistake_that_a_check_finds(tmp_path: Path) -> None:
    for name in NAMES:
        document = imported(name).document
        assert document is not None
        folder = tmp_path / name.rpartition(".")[0]
        folder.mkdir()
        (folder / "survey.yaml").write_text(write_yaml(document), "utf-8")
    (tmp_path / "policies").mkdir()
    shutil.copy(POLICY, tmp_path / "policies")
    found = check_files([tmp_path], known_domains())
    assert [str(problem) for problem in found.errors] == []
