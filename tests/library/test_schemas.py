"""The JSON Schemas that editors use."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from questionnaire.core.cases import CasesFile
from questionnaire.core.policy import Policy
from questionnaire.core.survey.survey import Survey
from questionnaire.library.catalogue import SurveyFolder
from questionnaire.library.load import kind_of
from questionnaire.library.schemas import schemas
from questionnaire.library.yaml.reader import read_source
from questionnaire.settings import bundle_dir
from tests.library.json_schema import wrong

SCHEMAS = schemas()
SAMPLES = [path for path in SurveyFolder(bundle_dir("surveys")).files() if path.stem != "theme"]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_every_sample_file_fits_its_schema(path: Path) -> None:
    source, problems = read_source(path)
    kind = kind_of(path)
    assert source is not None
    assert kind is not None
    assert problems == ()
    schema = SCHEMAS[kind]
    assert list(wrong(source.raw, schema, schema)) == []


def test_a_misspelt_key_violates_the_schema() -> None:
    schema = SCHEMAS["survey/1"]
    survey = {"schema": "survey/1", "id": "x", "version": 1, "policy": "p", "titel": "X", "pages": []}
    assert set(wrong(survey, schema, schema)) == {": title is missing", ": titel is not known", ".pages: too few items"}


def test_a_bare_case_fits_the_schema_of_cases() -> None:
    schema = SCHEMAS["cases/1"]
    assert list(wrong({"at": "2026-10-05T10:00:00Z", "answers": {"a": 1}}, schema, schema)) == []


def test_schemas_are_plain_json_with_a_title() -> None:
    told = json.loads(json.dumps(SCHEMAS))
    assert {kind: schema["title"] for kind, schema in told.items()} == {kind: kind for kind in told}
    assert set(told) == {"survey/1", "policy/1", "cases/1"}


@pytest.mark.parametrize("model", [Survey, Policy, CasesFile])
def test_every_pattern_brings_the_hint_its_author_reads(model: type[BaseModel]) -> None:
    """`pattern=` of pydantic has no hint; `core.patterns.Pattern` has one."""
    assert _bare_patterns(model.__pydantic_core_schema__) == set()


def _bare_patterns(value: Any) -> set[str]:
    """The patterns that pydantic itself compares texts with."""
    if isinstance(value, dict):
        mine = {str(value["pattern"])} if value.get("type") == "str" and "pattern" in value else set()
        return mine.union(*map(_bare_patterns, value.values()))
    return set().union(*map(_bare_patterns, value)) if isinstance(value, list | tuple) else set()
