"""The assessment: a lead's evidence judged under a policy, as one frozen value."""

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
from questionnaire.core.policy.segments import Segment
from questionnaire.core.scoring.checklist import Ticked, tick
from questionnaire.core.scoring.collect_evidence import gather
from questionnaire.core.scoring.context_facts import counted_facts
from questionnaire.core.scoring.evidence import Evidence, History, ResponseEvidence, Signal
from questionnaire.core.scoring.facts import known_facts, policy_facts, survey_facts
from questionnaire.core.scoring.scorecard import Scorecard, score
from questionnaire.core.scoring.segmentation import segment_of
from questionnaire.core.scoring.verdict import Verdict, decide
from questionnaire.core.scoring.verdict_reason import explain
from questionnaire.core.survey.maturity import Maturity
from questionnaire.core.survey.report_blocks import HIDDEN_FROM_BLOCKS
from questionnaire.core.survey.survey import Survey


@dataclass(frozen=True, slots=True)
class Assessment:
    """Every result of one instant, with its evidence. Routing and SLA rules are evaluated on `facts`.

    `policy` is the policy as it applies to `segment`.
    """

    policy: Policy
    evidence: Evidence
    scorecard: Scorecard
    checklist: tuple[Ticked, ...]
    verdict: Verdict
    maturity: Maturity
    next_step: str | None
    content_blocks: tuple[str, ...]
    facts: Mapping[str, Any]
    segment: Segment | None = None

    @property
    def survey(self) -> Survey:
        """The survey of the newest response."""
        return self.evidence.latest.survey

    @property
    def at(self) -> datetime:
        return self.evidence.at


def assess(
    policy: Policy,
    filled: Sequence[ResponseEvidence],
    signals: Sequence[Signal],
    history: History,
    now: datetime,
    domains: Domains,
    words: Translator = ENGLISH,
) -> Assessment:
    """Assesses one lead under one policy at one instant. `filled` needs at least one response dated `now` or before."""
    evidence = gather(policy, filled, signals, history, now, domains)
    maturity = evidence.latest.maturity
    counted = counted_facts(maturity, evidence.latest.calculated)
    segment = segment_of(policy, evidence, counted)
    if segment is not None:
        policy = policy.for_segment(segment.id)
        evidence = gather(policy, filled, signals, history, now, domains)
    scorecard = score(policy, evidence)
    known = known_facts(policy, evidence, scorecard)
    facts = policy_facts(policy, evidence, scorecard, known, counted)
    boxes = tick(policy, evidence, facts, words)
    decided = decide(policy, evidence, scorecard, boxes, facts)
    verdict = replace(decided, why=explain(policy, evidence, scorecard, boxes, decided))
    outcome = {"stage": str(verdict.stage), "reason": verdict.reason}
    survey, seen = evidence.latest.survey, {**survey_facts(policy, evidence, scorecard, known, counted), **outcome}
    step, blocks = next_step(survey, seen), content_blocks(survey, seen)
    facts |= outcome
    return Assessment(policy, evidence, scorecard, boxes, verdict, maturity, step, blocks, facts, segment)


def next_step(survey: Survey, facts: Mapping[str, Any]) -> str | None:
    """Returns the block of the first rule that matches; None when no rule does."""
    for step in survey.report.next_step:
        if step.when is None or evaluate(step.when, facts) is True:
            return step.block
    return None


def content_blocks(survey: Survey, facts: Mapping[str, Any]) -> tuple[str, ...]:
    """Returns the ids of the report's blocks that this prospect sees.

    Scores, label and grade are unknown to their conditions: nobody can read them off a page.
    """
    seen = {name: value for name, value in facts.items() if name not in HIDDEN_FROM_BLOCKS}
    return tuple(
        block.id for block in survey.report.content_blocks if block.when is None or evaluate(block.when, seen) is True
    )


def is_sql_ready(assessment: Assessment) -> bool:
    """Whether this assessment, by itself, hands the lead to a rep."""
    return assessment.verdict.stage is Stage.SQL_READY
