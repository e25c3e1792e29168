"""What a check does not search: said as such, so that nothing is claimed that was not proved."""

from __future__ import annotations

from collections.abc import Iterator

from questionnaire.core.policy import Policy


def scores_not_searched(policy: Policy) -> tuple[str, ...]:
    """Why the reachable scores are unknown; empty when they can be searched."""
    return tuple(_scores(policy))


def _scores(policy: Policy) -> Iterator[str]:
    if policy.segments:
        yield "the policy has segments"


def rules_not_searched(policy: Policy) -> tuple[str, ...]:
    """Why it is unknown which rules can apply."""
    return scores_not_searched(policy)
