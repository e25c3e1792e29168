"""Facts of policies about where a lead came from and what it answered in: survey, language, campaign, hidden fields.

Names with a point, such as `campaign.source`, need no entry in the closed list of facts, and no field can have one.
`language` and `survey` give way to a contact field or a criterion of that name. Everything here describes the newest
response that says it. Campaigns are as the URL named them, in small letters; anyone can write a URL.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from questionnaire.core.identity.attribution import Touchpoint
from questionnaire.core.scoring.evidence import Evidence, ResponseEvidence
from questionnaire.core.survey.calculated_facts import Calculated, calculated_facts
from questionnaire.core.survey.maturity import Maturity

CAMPAIGN_PARTS: Mapping[str, str] = {
    "source": "utm_source", "medium": "utm_medium", "name": "utm_campaign", "term": "utm_term",
    "content": "utm_content",
}  # fmt: skip
"""The part of a campaign in a condition -> its parameter in a URL."""


def context_facts(evidence: Evidence) -> dict[str, Any]:
    """The facts that responses bring along, besides their answers."""
    newest = evidence.latest
    last = _touch(reversed(evidence.filled), "last")
    first = _touch(evidence.filled, "first")
    return {
        "language": newest.language,
        "survey": newest.survey.id,
        **{f"hidden.{name}": value for name, value in evidence.fields.items()},
        **{f"claim.{name}": value for name, value in evidence.claims.items()},
        **dict(_campaign("campaign", last)),
        **dict(_campaign("first_campaign", first)),
    }


def counted_facts(maturity: Maturity, calculated: Calculated) -> dict[str, Any]:
    """`score.<dimension>`: percentages of the newest response; `calculated.<name>`: its calculated values."""
    scores = {f"score.{score.name}": score.value for score in maturity.every}
    return {**scores, **calculated_facts(calculated)}


def _touch(responses: Iterable[ResponseEvidence], position: str) -> Touchpoint:
    return next((touch for response in responses if (touch := response.touches.get(position))), {})


def _campaign(fact: str, touch: Touchpoint) -> Iterator[tuple[str, str]]:
    for part, parameter in CAMPAIGN_PARTS.items():
        if touch.get(parameter):
            yield f"{fact}.{part}", touch[parameter].casefold()
