"""Sample data of the document tests: a small diagnostic in two languages, a policy, and responses."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from questionnaire.core import policy as policies
from questionnaire.core.documents.dossier import ConsentRecord, Dossier, DossierContext, PastEvent, build_dossier
from questionnaire.core.documents.report import Peers, Prior, Report, ReportContext, build_report
from questionnaire.core.handoff.deadline import first_contact
from questionnaire.core.handoff.eligibility import Book
from questionnaire.core.handoff.routing import route
from questionnaire.core.identity.email_address import Domains
from questionnaire.core.policy import Policy
from questionnaire.core.scoring.assessment import assess
from questionnaire.core.scoring.evidence import History, ResponseEvidence, Signal
from questionnaire.core.survey import survey as surveys
from questionnaire.core.survey.answers import read_answers
from questionnaire.core.survey.maturity import measure
from questionnaire.core.survey.survey import Survey
from questionnaire.templating import words_for
from tests.authored import authored_file

_HERE = Path(__file__).parent

# Friday
AT = "2026-10-02T17:30:00+02:00"
ANNA = {
    "email": "anna@nordwind.example", "first_name": "Anna", "last_name": "Keller", "company": "Nordwind",
    "job_title": "VP Sales", "country": "DE", "phone": "+49305550100",
}  # fmt: skip
SOME = {
    "employees": 120, "part": "signs", "rules": "some", "speed": 1, "learning": ["status"],
    "problem": "Leads wait for days.", "timeline": "soon", "money": "set", "wish": "demo",
}  # fmt: skip
BEST = {**SOME, "rules": "one", "speed": 4, "learning": ["status", "reason"]}
ZERO = {**SOME, "rules": "none", "speed": 0, "learning": ["nothing"], "timeline": "never", "wish": "report"}
VISITS = ("2026-09-28T10:00:00+02:00", "2026-10-01T15:00:00+02:00")
GERMAN = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
HOSTILE = "<b>{{ config }}</b>"


def raw(name: str) -> Any:
    """The mappings and lists of `survey.yaml` or `policy.yaml`, fresh each time."""
    return authored_file(_HERE / f"{name}.yaml")


def changed(raw_survey: Any) -> Survey:
    read, problems = surveys.read(raw_survey)
    assert read is not None, problems
    return read


@cache
def survey() -> Survey:
    return changed(raw("survey"))


@cache
def policy() -> Policy:
    read, problems = policies.read(raw("policy"))
    assert read is not None, problems
    return read


def filled(
    answers: Mapping[str, object] = SOME, contact: Mapping[str, Any] | None = None, language: str = "en", **more: Any
) -> ResponseEvidence:
    read, mistakes = read_answers(survey(), answers)
    assert not mistakes
    known = {**ANNA, **(contact or {})}
    return ResponseEvidence(
        survey(), read, datetime.fromisoformat(more.pop("at", AT)), known, language=language, **more
    )


def told(one: ResponseEvidence | None = None, block: str | None = "book", **more: Any) -> ReportContext:
    one = one or filled()
    journey = one.journey
    chosen = survey().report.blocks[block] if block else None
    return ReportContext(
        survey(), journey, one.contact, measure(survey(), journey), one.at, one.language, words_for(one.language),
        block=chosen, **more,
    )  # fmt: skip


def peers(count: int = 214) -> Peers:
    return Peers(
        count, Fraction(41), "I sign", {"rules": Fraction(44), "speed": Fraction(20), "learning": Fraction(31)}
    )


def prior() -> Prior:
    return Prior(datetime.fromisoformat("2026-04-01T09:00:00+02:00"), Fraction(10))


def report(one: ResponseEvidence | None = None, **more: Any) -> Report:
    return build_report(told(one, **more))


def case(
    one: ResponseEvidence | None = None, language: str = "en", visits: tuple[str, ...] = VISITS, **more: Any
) -> DossierContext:
    one = one or filled()
    words = words_for(language)
    signals = [Signal("pricing_page_visit", datetime.fromisoformat(at), source="tracker") for at in visits]
    domains = Domains(frozenset({"gmail.com"}), frozenset(), lambda domain: domain)
    given = more.pop("filled", (one,))
    now = datetime.fromisoformat(more.pop("now", AT))
    judged = more.pop("judged", policy())
    made = assess(judged, given, signals, more.pop("history", History()), now, domains, words)
    ready = str(made.verdict.stage) == "sql_ready"
    assignment = route(made.policy, made.facts, Book()) if ready else None
    promise = first_contact(made.policy, made.facts, "lena", one.at) if ready else None
    agreed = (
        ConsentRecord("We use these details to send the report.", "request", None),
        ConsentRecord("Send me articles.", "consent", False),
    )
    return DossierContext(
        made, words, ZoneInfo("Europe/Berlin"), promise.due_at if promise else None, assignment,
        "Lena Vogt" if ready else "", report(one), agreed, **more,
    )  # fmt: skip


def dossier(one: ResponseEvidence | None = None, **more: Any) -> Dossier:
    return build_dossier(case(one, **more))


def rejected() -> tuple[PastEvent, ...]:
    return (
        PastEvent(datetime.fromisoformat("2026-06-02T10:00:00+02:00"), "Lena Vogt: bad timing, “call us in winter”."),
    )
