"""The people of the worked example, as leads that `assess` takes. Who they are stands in the example's own cases.

Anna Keller decides at an ICP company and asks for a demo; Tom Reed fits half; Sofia Rossi said "not now" in June;
Bruno Lima is a student; Marc Dubois works for a competitor.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import cache

from questionnaire.core import cases, policy
from questionnaire.core.cases import CaseLead
from questionnaire.core.policy import Policy
from questionnaire.core.scoring.assessment import Assessment, assess
from questionnaire.core.scoring.evidence import ResponseEvidence
from questionnaire.core.survey import survey
from questionnaire.core.survey.answers import read_answers
from questionnaire.core.survey.survey import Survey
from questionnaire.library.domains import known_domains
from tests.authored import authored_file
from tests.conventions.checkout import ROOT

FOLDER = ROOT / "surveys" / "sales-marketing-alignment"


@cache
def example_survey() -> Survey:
    read, problems = survey.read(authored_file("sales-marketing-alignment/survey.yaml"))
    assert read is not None, problems
    return read


@cache
def example_policy() -> Policy:
    read, problems = policy.read(authored_file("policies/default.yaml"))
    assert read is not None, problems
    return read


@cache
def _lead(prospect: str) -> CaseLead:
    file, problems = cases.read(authored_file("sales-marketing-alignment/cases.yaml"))
    assert file is not None, problems
    case = next(case for case in file.cases if case.name.startswith(prospect))
    lead, mistakes = cases.lead_of(case, example_survey(), example_policy())
    assert lead is not None, mistakes
    return lead


def anna() -> CaseLead:
    """Friday 2 October, 17:30 in Berlin: sales-ready."""
    return _lead("P1")


def tom() -> CaseLead:
    """Monday 5 October: an MQL, not good enough a fit for sales."""
    return _lead("P2")


def sofia() -> CaseLead:
    """Thursday 1 October: "not now" on 2 June."""
    return _lead("P3")


def bruno() -> CaseLead:
    """Monday 5 October: outside the zone, alone."""
    return _lead("P4")


def marc() -> CaseLead:
    """Monday 5 October: a competitor who asks for a demo."""
    return _lead("P6")


def anna_again() -> ResponseEvidence:
    """Tuesday 6 October, 11:00 in Berlin: Anna answers once more under a tagged address."""
    first = anna().filled
    given = {**first.answers, "definitions": "shared", "timeline": "m3_6", "budget": "estimated",
             "next_step": "report_only"}  # fmt: skip
    answers, mistakes = read_answers(example_survey(), given)
    assert not mistakes, mistakes
    contact = {**first.contact, "email": "Anna.Keller+diag@Nordwind.EXAMPLE", "job_title": "VP, Sales"}
    moment = datetime.fromisoformat("2026-10-06T11:00:00+02:00")
    return replace(first, answers=answers, contact=contact, at=moment, id="P5")


def assess_lead(lead: CaseLead, *more: ResponseEvidence, at: datetime | None = None) -> Assessment:
    """What the example's policy makes of a lead, with any later responses."""
    now = at or max([lead.at, *(one.at for one in more)])
    return assess(example_policy(), [lead.filled, *more], lead.signals, lead.history, now, known_domains())
