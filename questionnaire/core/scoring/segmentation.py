"""The segment of a lead: the first whose condition is true, judged by the policy as it is without segments."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from questionnaire.core.base.conditions import evaluate
from questionnaire.core.policy import Policy
from questionnaire.core.policy.segments import SETTLED_LATER, Segment
from questionnaire.core.scoring.evidence import Evidence
from questionnaire.core.scoring.facts import policy_facts
from questionnaire.core.scoring.scorecard import score


def segment_of(policy: Policy, evidence: Evidence, counted: Mapping[str, Any]) -> Segment | None:
    """Returns the segment; None without one. `counted` are the `counted_facts` of the newest response."""
    if not policy.segments:
        return None
    facts = policy_facts(policy, evidence, score(policy, evidence), counted=counted)
    settled = {name: value for name, value in facts.items() if name not in SETTLED_LATER}
    return next((segment for segment in policy.segments if evaluate(segment.when, settled) is True), None)
