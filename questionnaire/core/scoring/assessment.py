"""The one sentence of the house: a lead's evidence under a policy becomes one frozen assessment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from questionnaire.core.base.conditions import evaluate
from questionnaire.core.base.stage import Stage
from questionnaire.core.base.translation import ENGLISH, Translator
from questionnaire.core.identity.email_address import Domains
from questionnaire.core.policy import Policy
from questionnaire.core.scoring.checklist import Ticked, tick
from questionnaire.core.scoring.collect_evidence import gather
from questionnaire.core.scoring.evidence import Evidence, Filled, History, Signal
from questionnaire.core.scoring.facts import known_facts, policy_facts, survey_facts
from questionnaire.core.scoring.scorecard import Scorecard, score
from questionnaire.core.scoring.verdict import Verdict, decide
from questionnaire.core.scoring.verdict_reason import explain
from questionnaire.core.survey.maturity import Maturity, measure
from questionnaire.core.survey.survey import Survey


@dataclass(frozen=True, slots=True)
class Assessment:
    """Everything that was concluded at one instant, and from what. `facts` is what routing and SLA rules read."""

    policy: Policy
    evidence: Evidence
    scorecard: Scorecard
    checklist: tuple[Ticked, ...]
    verdict: Verdict
    maturity: Maturity
    next_step: str | None
    facts: Mapping[str, Any]

    @property
    def survey(self) -> Survey:
        """The survey of the newest response."""
        return self.evidence.latest.survey

    @property
    def at(self) -> datetime:
        return self.evidence.at


def assess(
    policy: Policy,
    filled: Sequence[Filled],
    signals: Sequence[Signal],
    history: History,
    now: datetime,
    domains: Domains,
    words: Translator = ENGLISH,
) -> Assessment:
    """One lead under one policy at one instant. `filled` holds at least one response dated `now` or before."""
    evidence = gather(policy, filled, signals, history, now, domains)
    scorecard = score(policy, evidence)
    known = known_facts(policy, evidence, scorecard)
    facts = policy_facts(policy, evidence, scorecard, known)
    boxes = tick(policy, evidence, facts, words)
    decided = decide(policy, evidence, scorecard, boxes, facts)
    verdict = replace(decided, why=explain(policy, evidence, scorecard, boxes, decided))
    settled = {"stage": str(verdict.stage), "reason": verdict.reason}
    maturity = measure(evidence.latest.survey, evidence.journey)
    step = next_step(evidence.latest.survey, {**survey_facts(policy, evidence, scorecard, known), **settled})
    return Assessment(policy, evidence, scorecard, boxes, verdict, maturity, step, {**facts, **settled})


def next_step(survey: Survey, facts: Mapping[str, Any]) -> str | None:
    """The block of the first rule that matches; None when the survey offers nothing."""
    for step in survey.report.next_step:
        if step.when is None or evaluate(step.when, facts) is True:
            return step.block
    return None


def handed_over(assessment: Assessment) -> bool:
    """Whether this assessment, by itself, goes to a rep."""
    return assessment.verdict.stage is Stage.SQL_READY
