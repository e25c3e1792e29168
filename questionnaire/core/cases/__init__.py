"""Cases: authored example leads with expected results, run by the check, the tests and the `assess` command.

Law: a case is judged by the same functions as a real lead. Nothing here scores, decides or routes by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from questionnaire.core.base.problems import Problem, Where
from questionnaire.core.base.translation import ENGLISH, Translator
from questionnaire.core.cases.build import CaseLead, lead_of
from questionnaire.core.cases.case import Case, CasesFile, Expectation
from questionnaire.core.cases.compare import Difference, compare, yaml_value
from questionnaire.core.cases.moments import read_instant
from questionnaire.core.documents.assessment_json import transcript as assessment_json
from questionnaire.core.handoff.deadline import FirstContactDeadline, first_contact
from questionnaire.core.handoff.eligibility import Book
from questionnaire.core.handoff.routing import Assignment, reps_on_holiday, route
from questionnaire.core.identity.email_address import Domains
from questionnaire.core.policy import Policy
from questionnaire.core.scoring.assessment import Assessment, assess, is_sql_ready


@dataclass(frozen=True, slots=True)
class Cases:
    """A file of cases. `survey` and `policy` are ids; None for a single case without envelope (`bare`)."""

    survey: str | None
    policy: str | None
    cases: tuple[Case, ...]
    bare: bool = False

    @property
    def other_surveys(self) -> frozenset[str]:
        """The ids of the surveys that earlier responses name."""
        return frozenset(given.survey for case in self.cases for given in case.responses if given.survey)

    def where(self, index: int) -> Where:
        """The path of a case in its file."""
        return () if self.bare else ("cases", index)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of a case. `assignment` and `promise` are None unless the lead is SQL-ready."""

    lead: CaseLead
    assessment: Assessment
    assignment: Assignment | None
    promise: FirstContactDeadline | None
    words: Translator = ENGLISH

    @property
    def transcript(self) -> dict[str, Any]:
        """The documented JSON."""
        due = self.promise.due_at if self.promise else None
        return assessment_json(self.assessment, self.assignment, due, self.lead.name, self.words)


def read(raw: object) -> tuple[Cases | None, tuple[Problem, ...]]:
    """Returns a `cases/1` file or a single bare case, or None with every problem in it."""
    if isinstance(raw, Mapping) and not {"schema", "cases"} & set(raw):
        case, problems = Case.from_raw(raw)
        return (Cases(None, None, (case,), bare=True) if case else None), problems
    file, problems = CasesFile.from_raw(raw)
    if file is None:
        return None, problems
    duplicates = _duplicates(file)
    return (None, duplicates) if duplicates else (Cases(file.survey, file.policy, file.cases), ())


def _duplicates(file: CasesFile) -> tuple[Problem, ...]:
    names = [case.name for case in file.cases]
    return tuple(
        Problem("duplicate_name", ("cases", index, "name"), f"the case `{name}` stands twice", "rename one of them")
        for index, name in enumerate(names)
        if name and name in names[:index]
    )


def conclude(lead: CaseLead, policy: Policy, domains: Domains, words: Translator = ENGLISH) -> Outcome:
    """Judges the case. For routing, no rep has open leads, and only holidays count as absences."""
    assessment = assess(policy, lead.responses, lead.signals, lead.history, lead.at, domains, words)
    if not is_sql_ready(assessment):
        return Outcome(lead, assessment, None, None, words)
    book = Book(absent=reps_on_holiday(assessment.policy, lead.at))
    assignment = route(assessment.policy, assessment.facts, book)
    promise = first_contact(assessment.policy, assessment.facts, assignment.rep, lead.at)
    return Outcome(lead, assessment, assignment, promise, words)


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
