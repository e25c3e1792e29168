"""The levels that calculated values are evidence of, by the bands of their criterion."""

from __future__ import annotations

from collections.abc import Sequence

from questionnaire.core.policy import Policy
from questionnaire.core.scoring.evidence import CALCULATED, Known, ResponseEvidence
from questionnaire.core.survey.calculated_value import CalculatedValue
from questionnaire.core.survey.journey import Journey


def calculated_levels(
    policy: Policy, past: Sequence[ResponseEvidence], journeys: Sequence[Journey]
) -> tuple[Known, ...]:
    """The current levels, oldest first, as for answers.

    An unknown value never replaces a known one, but a newer response to the same survey that no longer shows a question
    of the formula withdraws it. An import has no answers.
    """
    current: dict[tuple[str, str], Known] = {}
    for response, journey in zip(past, journeys, strict=True):
        survey = response.survey
        if not survey.calculated or not journey.answers:
            continue
        amounts = response.calculated
        for value in survey.calculated:
            criterion = policy.criteria.get(value.criterion or "")
            amount, key = amounts[value.name], (survey.id, value.name)
            level = criterion.level_in_band(amount) if criterion is not None and amount is not None else None
            if level is not None and amount is not None and value.criterion is not None:
                current.pop(key, None)  # keeps the newest last
                words = value.say(amount, response.language)
                current[key] = Known(value.criterion, level, CALCULATED, value.name, words, response.at)
            elif amount is not None or _is_withdrawn(response, journey, value):
                current.pop(key, None)
    return tuple(current.values())


def _is_withdrawn(response: ResponseEvidence, journey: Journey, value: CalculatedValue) -> bool:
    return any(name in response.survey.items and name not in journey.item_names for name in value.operands)
