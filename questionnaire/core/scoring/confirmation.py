"""Confirmation of responses: which responses under one address count, and the effect of a new one on the lead.

Anyone can type someone else's address, the first time too. An address is confirmed by a signed link, or by the button
on the page that the email links to. Source: safety rule 24a.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from questionnaire.core.base.stage import Stage

CONTRADICTORY = "contradictory"
"""The reason code of a review: unconfirmed responses lead to verdicts that exclude each other."""

_DIRECTIONS = (
    frozenset({Stage.DISQUALIFIED}),
    frozenset({Stage.DIVERTED}),
    frozenset({Stage.LEAD, Stage.NURTURE, Stage.MQL}),
    frozenset({Stage.REVIEW, Stage.SQL_READY}),
)
"""Groups of stages with the same action: stop, send elsewhere, wait, have a person act."""


@dataclass(frozen=True, slots=True)
class ResponseClaim:
    """A response under an address. `stage` is the verdict on this response alone; None when it was not stored."""

    id: str
    confirmed: bool
    stage: Stage | None = None


class Effect(StrEnum):
    """The effect of a response on its lead: assessed, sent to a person for review, or only added to the history."""

    ASSESS = "assess"
    REVIEW = "review"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Position:
    """The position of a lead. `has_owner`: a rep or a queue has it. `by_person`: a person set its stage."""

    stage: Stage
    has_owner: bool = False
    by_person: bool = False


def counting_ids(claims: Sequence[ResponseClaim]) -> frozenset[str]:
    """Returns the ids of the responses that count: all confirmed ones, else only the first.

    `claims` are in the order of arrival.
    """
    confirmed = frozenset(claim.id for claim in claims if claim.confirmed)
    return confirmed or frozenset(claim.id for claim in claims[:1])


def are_contradictory(stages: Iterable[Stage | None]) -> bool:
    """Whether some of these verdicts exclude each other. An unknown verdict (None) contradicts none."""
    known = {stage for stage in stages if stage is not None}
    return sum(bool(direction & known) for direction in _DIRECTIONS) > 1


def effect_of(response: ResponseClaim, claims: Sequence[ResponseClaim], position: Position | None) -> Effect:
    """Returns the effect of a new response, which is one of `claims`. `position` is None for a new lead.

    An unconfirmed response does not move a lead that has an owner, waits for a review, or was decided by a person.
    """
    counts = counting_ids(claims)
    if position is None or response.id in counts:
        return Effect.ASSESS
    if any(claim.confirmed for claim in claims) or position.has_owner or position.by_person:
        return Effect.NONE
    verdicts = [claim.stage for claim in claims if claim.id == response.id or claim.id in counts]
    in_review = position.stage is Stage.REVIEW
    return Effect.REVIEW if are_contradictory(verdicts) and not in_review else Effect.NONE


def rests_on_claims(response: ResponseClaim, others: Sequence[ResponseClaim], position: Position | None) -> bool:
    """Whether `response`, the first confirmed one, replaces a stage that comes only from unconfirmed responses."""
    if position is None or position.has_owner or position.by_person or not response.confirmed:
        return False
    return bool(others) and not any(claim.confirmed for claim in others)
