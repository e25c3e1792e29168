"""Loading of authored files by kind: returns the survey, policy or cases, or every mistake with file and line."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from questionnaire.core import cases, policy
from questionnaire.core.base.partial_reading import PartialValue, read_parts
from questionnaire.core.base.problems import Problem, did_you_mean, errors
from questionnaire.core.cases import Cases
from questionnaire.core.policy import Policy
from questionnaire.core.survey import survey
from questionnaire.core.survey.survey import Survey
from questionnaire.library.yaml.reader import LARGEST, read_source
from questionnaire.library.yaml.source import Source

Value = TypeVar("Value")
Problems = tuple[Problem, ...]

SURVEY, POLICY, CASES = "survey/1", "policy/1", "cases/1"
KINDS: Mapping[str, str] = {SURVEY: "a survey", POLICY: "a policy", CASES: "a file of cases"}
_SCHEMA = re.compile(rb"""^schema:[ ]*["']?([a-z]+)/""", re.MULTILINE)
READERS: Mapping[str, Callable[[object], tuple[Any, Problems]]] = {
    SURVEY: survey.read, POLICY: policy.read, CASES: cases.read,
}  # fmt: skip
NAMES: Mapping[str, str] = {"survey": SURVEY, "policy": POLICY, "cases": CASES}


@dataclass(frozen=True, slots=True)
class AuthoredFile(Generic[Value]):
    """A loaded file: its value, and its lines, so that later problems get file and line too."""

    path: Path
    value: Value
    source: Source

    def placed(self, problems: Problems) -> Problems:
        return self.source.placed(problems)


def load_survey(path: Path) -> tuple[AuthoredFile[Survey] | None, Problems]:
    return _load(path, SURVEY, survey.read)


def load_policy(path: Path) -> tuple[AuthoredFile[Policy] | None, Problems]:
    return _load(path, POLICY, policy.read)


def load_cases(path: Path) -> tuple[AuthoredFile[Cases] | None, Problems]:
    """Loads a `cases/1` file, or one case without the envelope."""
    return _load(path, CASES, cases.read)


def kind_of(path: Path) -> str | None:
    """Returns the kind that the file declares (`survey/1`), else the one its name implies; None when neither does."""
    try:
        with path.open("rb") as file:
            declared = _SCHEMA.search(file.read(LARGEST))
    except OSError:
        declared = None
    word = declared[1].decode() if declared else path.stem.rpartition(".")[2]
    return NAMES.get(word)


def _load(
    path: Path, kind: str, read: Callable[[object], tuple[Value | None, Problems]]
) -> tuple[AuthoredFile[Value] | None, Problems]:
    source, problems = read_source(path)
    if source is None:
        return None, problems
    wrong_kind = _wrong_kind(source, kind)
    if wrong_kind:
        return None, (*problems, *source.placed((wrong_kind,)))
    parts = read_parts(source.raw, read)
    problems = (*problems, *source.placed(parts.problems))
    if parts.value is None or not parts.is_whole or errors(problems):
        return None, tuple(sorted(problems, key=lambda problem: problem.line))
    return AuthoredFile(path, parts.value, source), problems


def load_parts(path: Path, kind: str) -> tuple[AuthoredFile[Any], PartialValue[Any]] | None:
    """Loads what can be read of a survey, policy or file of cases with mistakes; None when nothing can."""
    source, _ = read_source(path)
    if source is None or _wrong_kind(source, kind):
        return None
    parts = read_parts(source.raw, READERS[kind])
    return None if parts.value is None else (AuthoredFile(path, parts.value, source), parts)


def _wrong_kind(source: Source, kind: str) -> Problem | None:
    """A file of another kind gives one problem, instead of forty unknown keys."""
    raw: Any = source.raw
    if not isinstance(raw, dict):
        hint = f"start the file with `schema: {kind}`"
        return Problem("wrong_schema", (), f"{KINDS[kind]} is expected here, as keys and values", hint)
    if "schema" not in raw:
        is_bare_case = kind == CASES and "cases" not in raw
        hint = f"start the file with `schema: {kind}`"
        return None if is_bare_case else Problem("wrong_schema", (), "the file does not say what it is", hint)
    schema = str(raw["schema"])
    if schema == kind:
        return None
    if schema in KINDS:
        return Problem("wrong_schema", ("schema",), f"this is {KINDS[schema]}, and {KINDS[kind]} is expected here",
                       "name another file")  # fmt: skip
    hint = did_you_mean(schema, KINDS, f"write `schema: {kind}`")
    return Problem("wrong_schema", ("schema",), f"the schema `{schema}` is not known", hint)
