"""Surveys that begin as a copy: of a sample or of another survey, with the cases that say what the copy is to do."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from questionnaire.actions.editing import cases, new_survey
from questionnaire.actions.editing.drafts import Draft
from questionnaire.actions.editing.export import export
from questionnaire.actions.editing.trial import readable
from questionnaire.actions.publishing.publish_version import publish
from questionnaire.actions.toolbox import Toolbox
from questionnaire.settings import bundle_dir
from questionnaire.storage.db.engine import Database
from tests.authored import authored_file
from tests.rows import FRIDAY
from tests.toolboxes import Clock, still_toolbox

SAMPLE = "revenue-data-readiness"
MIA = "mia@nordlicht.example"


@pytest.fixture
def toolbox(database: Database, tmp_path: Path) -> Toolbox:
    """With one sample, so that no others are read."""
    for name in (SAMPLE, "policies"):
        shutil.copytree(bundle_dir("surveys") / name, tmp_path / name)
    box = still_toolbox(database, Clock(), QUESTIONNAIRE_SURVEYS_DIR=str(tmp_path))
    assert publish(box, "policy", authored_file("policies/default.yaml"), FRIDAY) is None
    return box


def _failing(toolbox: Toolbox, draft: Draft) -> list[object]:
    tried, problems = readable(toolbox, draft)
    assert tried is not None, problems
    return [(one.name, one.problems, [value for value in one.values if not value.is_met])
            for one in cases.run_cases(toolbox, draft, tried) if not one.passes]  # fmt: skip


def test_a_sample_is_copied_with_cases_that_pass_and_so_is_a_copy_of_it(toolbox: Toolbox) -> None:
    draft = new_survey.from_sample(toolbox, SAMPLE, MIA, FRIDAY).draft
    assert draft is not None
    assert draft.name != SAMPLE
    written = cases.raw_cases(cases.find_cases(toolbox, draft.name))
    assert len(written) == len(authored_file(f"{SAMPLE}/cases.yaml")["cases"])
    assert _failing(toolbox, draft) == []
    copy = new_survey.duplicate(toolbox, draft.name, MIA, FRIDAY).draft
    assert copy is not None
    assert cases.raw_cases(cases.find_cases(toolbox, copy.name)) == written
    exported, _problems = export(toolbox, copy.name, draft=True)
    assert exported is not None
    assert exported.cases.startswith(f"schema: cases/1\nsurvey: {copy.name}\n")


def test_earlier_answers_to_a_survey_are_earlier_answers_to_its_copy(toolbox: Toolbox) -> None:
    assert publish(toolbox, "survey", authored_file(f"{SAMPLE}/survey.yaml"), FRIDAY) is None
    draft = new_survey.duplicate(toolbox, SAMPLE, MIA, FRIDAY).draft
    assert draft is not None
    assert cases.find_cases(toolbox, draft.name) is None
    case = {"name": "Again", "responses": [{"survey": draft.name}, {"survey": "another"}]}
    assert cases.add_case(toolbox, draft.name, case, MIA, FRIDAY).problems == ()
    copy = new_survey.duplicate(toolbox, draft.name, MIA, FRIDAY).draft
    assert copy is not None
    (copied,) = cases.raw_cases(cases.find_cases(toolbox, copy.name))
    assert [one["survey"] for one in copied["responses"]] == [copy.name, "another"]
