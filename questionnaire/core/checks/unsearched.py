"""What a check does not search: said as such, so that nothing is claimed that was not proved."""

from __future__ import annotations

from collections.abc import Iterator

from questionnaire.core.base.conditions import Condition, names
from questionnaire.core.checks.check_context import is_context
from questionnaire.core.policy import Policy
from questionnaire.core.survey.survey import Survey


def scores_not_searched(policy: Policy) -> tuple[str, ...]:
    """Why the reachable scores are unknown; empty when they can be searched."""
    return tuple(_scores(policy))


def _scores(policy: Policy) -> Iterator[str]:
    if policy.segments:
        yield "the policy has segments"


def rules_not_searched(survey: Survey, policy: Policy, conditions: list[Condition]) -> tuple[str, ...]:
    """Why it is unknown which rules can apply. `conditions` are those of the policy and of the next steps."""
    own = {*policy.criteria, *survey.items, *survey.field_names}
    used = sorted({name for condition in conditions for name in names(condition)})
    facts = (name for name in used if is_context(name) or (name in ("language", "survey") and name not in own))
    return (*scores_not_searched(policy), *(f"a rule looks at `{name}`" for name in facts))
