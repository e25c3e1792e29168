"""What a policy says in its own words of levels of FIT, besides the person: it is part of the sentence for the rep."""

from __future__ import annotations

from typing import Any

from questionnaire.core.policy import Policy
from questionnaire.core.policy.names import level_phrase
from questionnaire.core.scoring.scorecard import Scorecard

PERSON = ("buying_role", "seniority")
PLANS = ("timeline", "trigger_event", "budget")
"""Criteria that have a place of their own in the sentence."""
MOST_TRAITS = 1
"""A sentence that a rep could repeat has room for one; the others stand in the dossier."""


def traits(policy: Policy, scorecard: Scorecard) -> list[Any]:
    """What the policy itself says of other levels of FIT; of more than MOST_TRAITS, those that weigh most."""
    said = [
        (contribution.points, level_phrase(policy, contribution.criterion, contribution.level))
        for contribution in scorecard.fit.contributions
        if is_trait(policy, contribution.criterion, contribution.level)
    ]
    return [phrase for _, phrase in sorted(said, key=lambda one: -abs(one[0]))[:MOST_TRAITS]]


def is_trait(policy: Policy, criterion: str, level: str) -> bool:
    """Whether the sentence says a level of FIT because the policy has a phrase for it."""
    if criterion in (*PERSON, *PLANS) or criterion not in policy.fit.criteria:
        return False
    rule = policy.fit.criteria[criterion].levels.get(level)
    return rule is not None and rule.phrase is not None
