"""New surveys: from a blank page, from a sample, from a YAML file, or as a copy of another one. Each is a draft."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from questionnaire.actions.editing import drafts
from questionnaire.actions.editing.drafts import DraftResult
from questionnaire.actions.publishing.homes import KEPT_IN_FOLDER, home_of
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.base.problems import Problem
from questionnaire.core.editing.new_items import name_of, new_survey, unique
from questionnaire.core.editing.outline import languages_of, text_in
from questionnaire.library.catalogue import SurveyFolder, cases_beside
from questionnaire.library.imports.limited_process import read_yaml
from questionnaire.library.load import load_cases, load_survey
from questionnaire.storage import Session
from questionnaire.storage.publishing import drafts as stored
from questionnaire.storage.publishing import publications

FILE = "survey.yaml"


@dataclass(frozen=True, slots=True)
class Sample:
    """A survey that comes with the product. `minutes` is None when its author entered no estimate."""

    id: str
    title: str
    description: str
    questions: int
    minutes: int | None
    languages: tuple[str, ...]


def samples(toolbox: Toolbox, language: str) -> tuple[Sample, ...]:
    """The surveys of the folder that the installation reads, by title."""
    found = []
    for path in SurveyFolder(toolbox.settings.surveys_dir).surveys():
        file, _problems = load_survey(path)
        if file is not None:
            survey = file.value
            spoken = survey.language(language)
            description = survey.description.say(spoken) if survey.description else ""
            asked = sum(question.asks and question.visible for question in survey.questions)
            found.append(Sample(survey.id, survey.title.say(spoken), description, asked,
                                survey.display.estimate_minutes, survey.languages))  # fmt: skip
    return tuple(sorted(found, key=lambda one: one.title))


def policies(toolbox: Toolbox) -> tuple[str, ...]:
    """The ids of the policies that a survey can be judged under."""
    with toolbox.database.reading() as session:
        return tuple(row.id for row in publications.newest_of_all(session, "policy"))


def from_blank(
    toolbox: Toolbox, title: str, policy: str, language: str, actor: str, now: datetime, others: tuple[str, ...] = ()
) -> DraftResult:
    """`others`: further languages of the survey."""
    if not title.strip():
        return DraftResult(None, problems=(Problem("text_empty", ("title",), "the title is empty", "enter a title"),))
    document = new_survey(free_name(toolbox, title), title.strip(), policy, language, others)
    return drafts.open_content(toolbox, document, None, actor, now)


def from_sample(toolbox: Toolbox, id: str, actor: str, now: datetime) -> DraftResult:
    """A copy under a name of its own, with its cases; pictures come along once the sample is published."""
    # A survey mostly lies in a folder of its name: the others need not be read.
    paths = SurveyFolder(toolbox.settings.surveys_dir).surveys()
    for path in sorted(paths, key=lambda one: one.parent.name != id):
        file, _problems = load_survey(path)
        if file is not None and file.value.id == id:
            with toolbox.database.reading() as session:
                row = publications.find(session, "survey", id)
            raw: Mapping[str, Any] = row.content if row is not None else file.source.raw
            return _copy(toolbox, raw, _cases_beside(path), actor, now)
    return DraftResult(None, problems=(Problem("unknown_survey", (), f"there is no sample `{id}`", ""),))


def _cases_beside(survey: Path) -> list[Mapping[str, Any]]:
    """The cases in the files beside a survey's file, as they were written."""
    found: list[Mapping[str, Any]] = []
    for path in cases_beside(survey):
        file, _problems = load_cases(path)
        if file is not None:
            found += [file.source.raw] if file.value.bare else file.source.raw["cases"]
    return found


def duplicate(toolbox: Toolbox, name: str, actor: str, now: datetime) -> DraftResult:
    """A copy of the draft, else of the version in force, with the cases that are kept in the builder."""
    with toolbox.database.reading() as session:
        draft = stored.of_name(session, "survey", name)
        row = publications.find(session, "survey", name)
        cases = stored.of_name(session, "cases", name)
    content = draft.content if draft is not None else row.content if row is not None else None
    if content is None:
        return DraftResult(None, problems=(Problem("unknown_survey", (), f"there is no survey `{name}`", ""),))
    return _copy(toolbox, content, cases.content.get("cases", []) if cases is not None else [], actor, now)


def from_yaml(toolbox: Toolbox, content: bytes, actor: str, now: datetime) -> DraftResult:
    """The draft of a file, which is read in a limited process. One of a published survey goes on from the version in
    force."""
    raw, problems = read_yaml(content, FILE)
    if problems:
        return DraftResult(None, problems=problems)
    name = str(raw.get("id") or "") if isinstance(raw, Mapping) and raw.get("schema") == "survey/1" else ""
    if not name:
        wrong = Problem("not_authored", (), "this is no survey", "start it with `schema: survey/1` and an `id`")
        return DraftResult(None, problems=(wrong.at(FILE, 1),))
    with toolbox.database.reading() as session:
        is_draft = stored.of_name(session, "survey", name) is not None
        in_force = publications.newest_version(session, "survey", name)
        is_in_folder = in_force is not None and home_of(session, name) == "folder"
    if is_in_folder:
        return DraftResult(None, problems=(KEPT_IN_FOLDER,))
    if is_draft:
        hint = "open that draft, or change the id in the file"
        return DraftResult(None, problems=(Problem("name_taken", (), f"there is a draft of `{name}` already", hint),))
    return drafts.open_content(toolbox, raw, in_force, actor, now)


def _copy(
    toolbox: Toolbox, raw: Mapping[str, Any], cases: Sequence[Mapping[str, Any]], actor: str, now: datetime
) -> DraftResult:  # fmt: skip
    document, old = json.loads(json.dumps(raw)), str(raw.get("id", ""))
    title = text_in(document.get("title"), languages_of(document)[0])
    new = free_name(toolbox, title or old)
    document |= {"id": new, "version": 1}
    copied = _cases_of_copy(json.loads(json.dumps(cases, default=str)), old, new) if cases else None
    return drafts.open_content(toolbox, document, None, actor, now, copied)


def _cases_of_copy(cases: list[dict[str, Any]], old: str, new: str) -> Mapping[str, Any]:
    """Earlier answers to the survey are earlier answers to its copy."""
    for case in cases:
        for response in case.get("responses", ()):
            if response.get("survey") == old:
                response["survey"] = new
    return {"schema": "cases/1", "survey": new, "cases": cases}


def free_name(toolbox: Toolbox, title: str) -> str:
    """A name for the link that no survey and no draft has."""
    with toolbox.database.reading() as session:
        taken = _names(session)
    return unique(name_of(title, (), "survey").replace("_", "-"), taken, "-")


def _names(session: Session) -> frozenset[str]:
    published = {row.id for row in publications.newest_of_all(session, "survey")}
    return frozenset(published | {row.name for row in stored.every(session, "survey")})
