"""Whose turn it is in a pool: what the next leads would do if nothing else changed."""

from __future__ import annotations

from dataclasses import dataclass, replace

from questionnaire.core.handoff.eligibility import FULL, Book, take_turn
from questionnaire.core.policy import Policy

AHEAD = 3
"""Turns that are foretold."""


@dataclass(frozen=True, slots=True)
class MemberTurn:
    """`obstacle` is what keeps the member from a turn (eligibility.py), "" when nothing does."""

    rep: str
    weight: int
    credit: int
    is_backup: bool
    obstacle: str


@dataclass(frozen=True, slots=True)
class PoolTurns:
    """`next_reps` are the reps of the next leads in any language, the next first; empty when nobody can take one."""

    pool: str
    next_reps: tuple[str, ...]
    members: tuple[MemberTurn, ...]


def pool_turns(policy: Policy, pool: str, book: Book) -> PoolTurns:
    """Raises KeyError for a pool that the policy does not have."""
    credits = book.credits.get(pool, {})
    members = tuple(
        MemberTurn(
            one.rep,
            one.weight,
            credits.get(one.rep, 0),
            one.backup,
            "" if book.eligible(one) else book.obstacle(policy, one.rep) or FULL,
        )
        for one in policy.routing.pools[pool]
    )
    next_reps: list[str] = []
    then = book
    while len(next_reps) < AHEAD:
        turn = take_turn(policy, pool, {}, then)
        if turn is None:
            break
        next_reps.append(turn.rep)
        loads = {**then.open_leads, turn.rep: then.open_leads.get(turn.rep, 0) + 1}
        then = replace(then, credits={**then.credits, pool: turn.credits}, open_leads=loads)
    return PoolTurns(pool, tuple(next_reps), members)
