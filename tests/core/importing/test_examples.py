"""Exports of each format, written after the public descriptions: the draft and the list of losses are golden files."""

from __future__ import annotations

from pathlib import Path

import pytest

from questionnaire.core.base.translation import ENGLISH
from questionnaire.core.importing.note_words import note_lines
from questionnaire.core.importing.readable import ImportedSurvey
from questionnaire.core.survey import survey
from questionnaire.library.imports.child import read
from questionnaire.library.imports.formats import guess
from questionnaire.library.yaml.writer import write_yaml
from tests.core.importing.spreadsheets import workbook
from tests.documents.golden import check

EXAMPLES = Path(__file__).parents[2] / "exports"
NAMES = sorted(path.name for path in EXAMPLES.iterdir())


def imported(name: str) -> ImportedSurvey:
    path = EXAMPLES / name
    content = workbook(path.read_text("utf-8")) if path.suffix == ".md" else path.read_bytes()
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
