"""Cases: leads written down with what their authors expect, run by the checker, the tests and `assess` alike.

Law: a case is judged by the same sentence as a real lead; nothing here scores, decides or routes by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from questionnaire.core.base.problems import Problem, Where
from questionnaire.core.base.translation import ENGLISH, Translator
from questionnaire.core.cases.build import CaseLead, lead_of
from questionnaire.core.cases.case import Case, CasesFile, Expectation, read_instant
from questionnaire.core.cases.compare import Difference, compare, yaml_value
from questionnaire.core.documents.assessment_json import transcript
from questionnaire.core.handoff.deadline import FirstContactDeadline, first_contact
from questionnaire.core.handoff.routing import Assignment, Book, route
from questionnaire.core.identity.email_address import Domains
from questionnaire.core.policy import Policy
from questionnaire.core.scoring.assessment import Assessment, assess, is_sql_ready


@dataclass(frozen=True, slots=True)
class Cases:
    """A file of cases. `survey` and `policy` are ids, None in a bare case (`bare`), which has no envelope."""

    survey: str | None
    policy: str | None
    cases: tuple[Case, ...]
    bare: bool = False

    def where(self, index: int) -> Where:
        """The place of a case in its file."""
        return () if self.bare else ("cases", index)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was concluded about a case; `assignment` and `promise` only when it goes to a rep."""

    lead: CaseLead
    assessment: Assessment
    assignment: Assignment | None
    promise: FirstContactDeadline | None

    @property
    def told(self) -> dict[str, Any]:
        """The documented JSON."""
        due = self.promise.due_at if self.promise else None
        return transcript(self.assessment, self.assignment, due, self.lead.name)


def read(raw: object) -> tuple[Cases | None, tuple[Problem, ...]]:
    """A `cases/1` file or one bare case; or every mistake in it."""
    if isinstance(raw, Mapping) and not {"schema", "cases"} & set(raw):
        case, problems = Case.from_raw(raw)
        return (Cases(None, None, (case,), bare=True) if case else None), problems
    file, problems = CasesFile.from_raw(raw)
    if file is None:
        return None, problems
    twice = _twice(file)
    return (None, twice) if twice else (Cases(file.survey, file.policy, file.cases), ())


def _twice(file: CasesFile) -> tuple[Problem, ...]:
    names = [case.name for case in file.cases]
    return tuple(
        Problem("duplicate_name", ("cases", index, "name"), f"the case `{name}` stands twice", "rename one of them")
        for index, name in enumerate(names)
        if name and name in names[:index]
    )


def conclude(lead: CaseLead, policy: Policy, domains: Domains, words: Translator = ENGLISH) -> Outcome:
    """The case judged; pools are fresh and everybody is there."""
    assessment = assess(policy, [lead.filled], lead.signals, lead.history, lead.at, domains, words)
    if not is_sql_ready(assessment):
        return Outcome(lead, assessment, None, None)
    assignment = route(policy, assessment.facts, Book(), words)
    promise = first_contact(policy, assessment.facts, assignment.rep, lead.at)
    return Outcome(lead, assessment, assignment, promise)


__all__ = [
    "Case",
    "CaseLead",
    "Cases",
    "CasesFile",
    "Difference",
    "Expectation",
    "Outcome",
    "compare",
    "conclude",
    "lead_of",
    "read",
    "read_instant",
    "yaml_value",
]  # fmt: skip
