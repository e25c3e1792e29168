"""The cases of a survey's draft: saved from tried answers, judged at each change, mended, dropped, read and written.

They are a draft beside that of the survey, in the notation of a cases file, and are edited in the same way.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from questionnaire.actions.editing import drafts
from questionnaire.actions.editing.draft_check import MOST_KEPT
from questionnaire.actions.editing.drafts import Draft, DraftResult
from questionnaire.actions.editing.trial import ReadableDraft
from questionnaire.actions.publishing.publish_version import survey_of
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core import cases as authored
from questionnaire.core.base.problems import Problem
from questionnaire.core.cases import Case, conclude, lead_of
from questionnaire.core.cases.expectations import ExpectedValue, expected_values
from questionnaire.core.editing.edit import Edit, add, remove, rename, set_
from questionnaire.core.survey.survey import Survey
from questionnaire.library.yaml.reader import read_bytes
from questionnaire.storage.publishing import publications

KIND = "cases"
FILE = "cases.yaml"
MOST_CASES = 500


@dataclass(frozen=True, slots=True)
class CaseResult:
    """A case under the draft. `problems`: why it cannot be judged; without an expectation it expects nothing."""

    name: str
    raw: Mapping[str, Any]
    values: tuple[ExpectedValue, ...]
    problems: tuple[Problem, ...] = ()
    transcript: Mapping[str, Any] | None = None

    @property
    def passes(self) -> bool:
        return not self.problems and all(value.is_met for value in self.values)


def find_cases(toolbox: Toolbox, name: str) -> Draft | None:
    """None for a survey without cases."""
    return drafts.find_draft_of(toolbox, KIND, name)


def raw_cases(draft: Draft | None) -> tuple[Mapping[str, Any], ...]:
    found = draft.document.get("cases") if draft is not None else None
    return tuple(one for one in found if isinstance(one, Mapping)) if isinstance(found, Sequence) else ()


def run_cases(toolbox: Toolbox, draft: Draft, tried: ReadableDraft | None) -> tuple[CaseResult, ...]:
    """Judges every case under the draft of the survey; what was judged is kept as long as nothing changes."""
    every = raw_cases(find_cases(toolbox, draft.name))
    if tried is None or not every:
        return ()
    written, under = json.dumps([every, draft.document], ensure_ascii=False), (tried.policy.id, tried.policy.version)
    place = ("cases", written, under, draft.revision if not tried.is_newest else 0)
    kept = toolbox.versions.checks
    if place not in kept:
        while len(kept) >= MOST_KEPT:
            kept.pop(next(iter(kept)), None)
        others = _other_surveys(toolbox, every)
        kept[place] = tuple(_judged(toolbox, raw, tried, others) for raw in every)
    found: tuple[CaseResult, ...] = kept[place]
    return found


def _other_surveys(toolbox: Toolbox, every: Sequence[Mapping[str, Any]]) -> dict[str, Survey]:
    """The published surveys that earlier answers of the cases are of."""
    earlier = [one for raw in every for one in raw.get("responses") or () if isinstance(one, Mapping)]
    names = {str(one["survey"]) for one in earlier if one.get("survey")}
    with toolbox.database.reading() as session:
        versions = {name: publications.newest_version(session, "survey", name) for name in names}
        return {name: survey_of(toolbox, session, name, version) for name, version in versions.items() if version}


def _judged(
    toolbox: Toolbox, raw: Mapping[str, Any], tried: ReadableDraft, others: Mapping[str, Survey]
) -> CaseResult:  # fmt: skip
    name, expect = str(raw.get("name") or ""), raw.get("expect")
    wanted = expect if isinstance(expect, Mapping) else {}
    case, problems = Case.from_raw(raw)
    lead, more = lead_of(case, tried.survey, tried.policy, None, others) if case is not None else (None, ())
    wrong = tuple(one for one in (*problems, *more) if one.is_error)
    if lead is None:
        return CaseResult(name, raw, expected_values(wanted, None), wrong)
    transcript = conclude(lead, tried.policy, toolbox.domains).transcript
    return CaseResult(name, raw, expected_values(wanted, transcript), wrong, transcript)


def add_case(toolbox: Toolbox, name: str, case: Mapping[str, Any], actor: str, now: datetime) -> DraftResult:
    """Adds a case, under a name of its own."""
    draft = drafts.open_beside(toolbox, KIND, name, {"schema": "cases/1", "survey": name, "cases": []}, actor, now)
    taken = {str(one.get("name")) for one in raw_cases(draft)}
    if len(taken) >= MOST_CASES:
        problem = Problem("cases_many", (), f"there are {MOST_CASES} cases", "drop some of them")
        return DraftResult(draft, problems=(problem,))
    names = (_numbered(str(case["name"]), number) for number in range(1, len(taken) + 3))
    free = next(one for one in names if one not in taken)
    return _edit(toolbox, draft, [add(("cases",), {**case, "name": free})], actor, now)


def _numbered(name: str, number: int) -> str:
    return name if number == 1 else f"{name} ({number})"


def change_case(
    toolbox: Toolbox, name: str, case: str, changes: Mapping[str, Any], actor: str, now: datetime
) -> DraftResult:  # fmt: skip
    """Writes keys of a case, such as its expectations; `name` gives it another name."""
    draft = find_cases(toolbox, name)
    raw = next((one for one in raw_cases(draft) if str(one.get("name")) == case), None)
    if draft is None or raw is None:
        return DraftResult(draft, problems=(_gone(case),))
    wanted = {**raw, **changes}
    _read, problems = Case.from_raw(wanted)
    others = {str(one.get("name")) for one in raw_cases(draft)} - {case}
    if wanted["name"] in others or not str(wanted["name"]).strip():
        problems = (*problems, Problem("name_taken", ("name",), "another case has this name", "choose another name"))
    if problems:
        return DraftResult(draft, problems=problems)
    edits = [set_(("cases", case, key), value) for key, value in changes.items() if raw.get(key) != value]
    # The name last: the other edits find the case under its old one.
    named = [rename(("cases", case), wanted["name"])] if wanted["name"] != case else []
    return _edit(toolbox, draft, [*(edit for edit in edits if edit.path[-1] != "name"), *named], actor, now)


def drop_case(toolbox: Toolbox, name: str, case: str, actor: str, now: datetime) -> DraftResult:
    draft = find_cases(toolbox, name)
    if draft is None or case not in {str(one.get("name")) for one in raw_cases(draft)}:
        return DraftResult(draft, problems=(_gone(case),))
    return _edit(toolbox, draft, [remove(("cases", case))], actor, now)


def read_file(toolbox: Toolbox, name: str, content: bytes, actor: str, now: datetime) -> DraftResult:
    """Takes the cases of a file over: those of a name that is known already replace it, the others are added."""
    source, problems = read_bytes(content, FILE)
    if source is None or problems:
        return DraftResult(None, problems=problems)
    found, problems = authored.read(source.raw)
    if found is None:
        return DraftResult(None, problems=source.placed(list(problems)))
    if found.survey not in (None, name):
        hint = f"write `survey: {name}`"
        wrong = Problem("other_survey", ("survey",), f"these cases are written for the survey `{found.survey}`", hint)
        return DraftResult(None, problems=source.placed([wrong]))
    raw = json.loads(json.dumps(source.raw, default=str))
    fresh = [dict(raw)] if found.bare else list(raw["cases"])
    document = raw if not found.bare else {"schema": "cases/1", "survey": name, "cases": fresh}
    draft = drafts.open_beside(toolbox, KIND, name, {**document, "survey": name}, actor, now)
    names = [str(one.get("name")) for one in fresh]
    kept = [one for one in raw_cases(draft) if str(one.get("name")) not in names]
    return _edit(toolbox, draft, [set_(("cases",), [*kept, *fresh])], actor, now)


def _edit(toolbox: Toolbox, draft: Draft, edits: Sequence[Edit], actor: str, now: datetime) -> DraftResult:
    if not edits:
        return DraftResult(draft)
    return drafts.edit(toolbox, draft.id, draft.revision, [edit.as_json for edit in edits], actor, now)


def _gone(case: str) -> Problem:
    return Problem("no_such_case", (), f"there is no case `{case}`", "reload the page")
