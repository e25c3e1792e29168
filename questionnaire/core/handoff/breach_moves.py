"""Who gets a lead whose owner did not respond in time. Source: domain.md 2.2 (8), 1.2 (T14)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from questionnaire.core.base.explanation import Explanation
from questionnaire.core.handoff.eligibility import Book, pools_of, take_turn
from questionnaire.core.handoff.routing import Assignment, pool_for, queue_name
from questionnaire.core.handoff.standing import Standing
from questionnaire.core.policy import Policy


def pools_of_move(policy: Policy, standing: Standing, facts: Mapping[str, Any]) -> tuple[str, ...]:
    """The pools that `move_after_breach` may write or whose caps it may count, in the order in which all lock them."""
    pool = standing.pool or pool_for(policy, facts)
    managers = {name for rep in policy.reps if rep.role == "manager" for name in pools_of(policy, rep.id)}
    return tuple(sorted(managers | ({pool} & policy.routing.pools.keys() if pool else set())))


def move_after_breach(
    policy: Policy, standing: Standing, to: str, facts: Mapping[str, Any], book: Book
) -> Assignment | None:
    """Whom the lead goes to: `to` is what the policy says (`next_in_pool`, `manager`, `queue`). None: it stays.

    Nobody gets a lead again that was taken from them in this cycle. After `max_reassignments`, and when the pool has
    nobody left, a manager gets it; it stays there.
    """
    former = str(standing.owner)
    if _is_manager(policy, former):
        return None
    if standing.moves < policy.sla.max_reassignments:
        if to == "queue":
            name = queue_name(policy)
            why = Explanation("breach_queue", {"former": former, "queue": name})
            return Assignment(standing.rule, standing.pool, None, name, why)
        if to == "next_in_pool":
            found = _next_in_pool(policy, standing, former, facts, book)
            if found is not None:
                return found
    return _to_manager(policy, standing, former, book)


def _next_in_pool(
    policy: Policy, standing: Standing, former: str, facts: Mapping[str, Any], book: Book
) -> Assignment | None:
    pool = standing.pool or pool_for(policy, facts)
    others = replace(book, absent=book.absent | {former, *standing.former})
    turn = take_turn(policy, pool, facts, others) if pool is not None else None
    if turn is None:
        return None
    why = Explanation("breach_next", {"former": former, "rep": turn.rep, "pool": pool})
    return Assignment(standing.rule, pool, turn.rep, None, why, credits=turn.credits)


def _to_manager(policy: Policy, standing: Standing, former: str, book: Book) -> Assignment | None:
    managers = [rep.id for rep in policy.reps if _is_manager(policy, rep.id) and not book.obstacle(policy, rep.id)]
    if not managers:
        return None
    why = Explanation("breach_manager", {"former": former, "rep": managers[0]})
    return Assignment(standing.rule, standing.pool, managers[0], None, why)


def _is_manager(policy: Policy, rep: str) -> bool:
    known = policy.rep(rep)
    return known is not None and known.role == "manager"
