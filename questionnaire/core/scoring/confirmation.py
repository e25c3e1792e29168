"""Which responses under one address count, and what a new one may do to the lead.

Anyone can type someone else's address, the first time too. An address is confirmed by a signed link, or by the button
on the page that its mail leads to. Source: safety rule 24a.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from questionnaire.core.base.stage import Stage

CONTRADICTORY = "contradictory"
"""The reason of a review: responses that no one has confirmed lead to verdicts that exclude each other."""

_DIRECTIONS = (
    frozenset({Stage.DISQUALIFIED}),
    frozenset({Stage.DIVERTED}),
    frozenset({Stage.LEAD, Stage.NURTURE, Stage.MQL}),
    frozenset({Stage.REVIEW, Stage.SQL_READY}),
)
"""Verdicts of one set ask for the same thing: to stop, to send elsewhere, to wait, to have a person act."""


@dataclass(frozen=True, slots=True)
class ResponseClaim:
    """A response under an address. `stage` is the verdict on this response alone, None when none was stored."""

    id: str
    confirmed: bool
    stage: Stage | None = None


class Effect(StrEnum):
    """What a response does to its lead: it is assessed, goes to a person, or is only added to the history."""

    ASSESS = "assess"
    REVIEW = "review"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Position:
    """Where the lead is. `has_owner`: a rep or a queue has it. `by_person`: a person, not the product, set its
    stage."""

    stage: Stage
    has_owner: bool = False
    by_person: bool = False


def counting(claims: Sequence[ResponseClaim]) -> frozenset[str]:
    """The ids that count, of claims in the order of their arrival: all confirmed ones, else the first one alone."""
    confirmed = frozenset(claim.id for claim in claims if claim.confirmed)
    return confirmed or frozenset(claim.id for claim in claims[:1])


def contradict(stages: Iterable[Stage | None]) -> bool:
    """Whether some of these verdicts exclude each other. An unknown one contradicts nothing."""
    known = {stage for stage in stages if stage is not None}
    return sum(bool(direction & known) for direction in _DIRECTIONS) > 1


def effect_of(mine: ResponseClaim, claims: Sequence[ResponseClaim], position: Position | None) -> Effect:
    """What the newly arrived `mine` (one of `claims`) does. `position` is None for a new lead.

    A lead that someone has, that waits for a person or about which a person decided is not moved by a claim.
    """
    counts = counting(claims)
    if position is None or mine.id in counts:
        return Effect.ASSESS
    if any(claim.confirmed for claim in claims) or position.has_owner or position.by_person:
        return Effect.NONE
    verdicts = [claim.stage for claim in claims if claim.id == mine.id or claim.id in counts]
    waits = position.stage is Stage.REVIEW
    return Effect.REVIEW if contradict(verdicts) and not waits else Effect.NONE


def rests_on_claims(mine: ResponseClaim, others: Sequence[ResponseClaim], position: Position | None) -> bool:
    """Whether the stage was given by claims alone, and `mine`, the first confirmed response, withdraws it."""
    if position is None or position.has_owner or position.by_person or not mine.confirmed:
        return False
    return bool(others) and not any(claim.confirmed for claim in others)
