"""Who gets the lead, and why: account owner or rule, then the pool's turn; every decision explained.

Pools run smooth weighted round robin: each eligible member gains its weight, the highest credit takes the turn and
pays back the sum. Absent or full members gain nothing; ties go to the listed order. Source: format.md, "Clocks".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from questionnaire.core.base.conditions import evaluate
from questionnaire.core.base.translation import ENGLISH, Translator
from questionnaire.core.policy import Policy
from questionnaire.core.policy.handoff import Member, Rule


@dataclass(frozen=True, slots=True)
class Book:
    """What routing must know at this moment. `credits` holds, per pool, each rep's credit; absent ones are named."""

    credits: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    open_leads: Mapping[str, int] = field(default_factory=dict)
    absent: frozenset[str] = frozenset()
    inactive: frozenset[str] = frozenset()

    def eligible(self, member: Member) -> bool:
        full = member.max_open is not None and self.open_leads.get(member.rep, 0) >= member.max_open
        return member.rep not in self.absent | self.inactive and not full


@dataclass(frozen=True, slots=True)
class Assignment:
    """`rep` or `queue` is set, never both. `credits` is the pool's book after the turn, None if no turn was taken."""

    rule: str | None
    pool: str | None
    rep: str | None
    queue: str | None
    why: str
    passed_over: tuple[str, ...] = ()
    credits: Mapping[str, int] | None = None


def route(policy: Policy, facts: Mapping[str, Any], book: Book, words: Translator = ENGLISH) -> Assignment:
    """The first rule that matches and finds somebody; else the default queue."""
    passed: list[str] = []
    for rule in policy.routing.rules:
        if rule.when is not None and evaluate(rule.when, facts) is not True:
            passed.append(words("rule %(rule)s does not match", rule=rule.id))
            continue
        found = _take(policy, rule, facts, book, words)
        if found is not None:
            return Assignment(rule.id, found.pool, found.rep, None, found.why, tuple(passed), found.credits)
        passed.append(words("rule %(rule)s matches, but no one is available", rule=rule.id))
        if rule.assign.owner is None:
            return _queued(policy, rule, tuple(passed), words)
    return _queued(policy, None, tuple(passed), words)


def _take(policy: Policy, rule: Rule, facts: Mapping[str, Any], book: Book, words: Translator) -> Assignment | None:
    if rule.assign.pool is not None:
        return _turn(policy, rule, rule.assign.pool, book, words)
    rep = facts.get("account_owner") if rule.assign.owner else rule.assign.rep
    if not isinstance(rep, str) or policy.rep(rep) is None or rep in book.absent | book.inactive:
        return None
    owned = words("%(rep)s owns the account", rep=rep)
    named = words("rule %(rule)s assigns to %(rep)s", rule=rule.id, rep=rep)
    said = owned if rule.assign.owner else named
    return Assignment(rule.id, None, rep, None, said)


def _turn(policy: Policy, rule: Rule, pool: str, book: Book, words: Translator) -> Assignment | None:
    members = policy.routing.pools.get(pool, ())
    able = [member for member in members if book.eligible(member) and not member.backup]
    able = able or [member for member in members if book.eligible(member)]
    if not able:
        return None
    credits = {member.rep: book.credits.get(pool, {}).get(member.rep, 0) for member in members}
    chosen, credits = next_turn(able, credits)
    said = words("rule %(rule)s routes to pool %(pool)s; %(rep)s is next",
                 rule=rule.id, pool=pool, rep=chosen)  # fmt: skip
    return Assignment(rule.id, pool, chosen, None, said, credits=credits)


def next_turn(able: list[Member], credits: Mapping[str, int]) -> tuple[str, dict[str, int]]:
    """The member whose turn it is, and every credit after it. Credits always sum to what they summed to before."""
    after = dict(credits)
    for member in able:
        after[member.rep] = after.get(member.rep, 0) + member.weight
    chosen = max(able, key=lambda member: after[member.rep]).rep
    after[chosen] -= sum(member.weight for member in able)
    return chosen, after


def _queued(policy: Policy, rule: Rule | None, passed: tuple[str, ...], words: Translator) -> Assignment:
    queue = policy.routing.default_queue
    name = queue.name if queue else "unassigned"
    if rule is None:
        said = words("no rule matches; waiting in queue %(queue)s", queue=name)
        return Assignment(None, None, None, name, said, passed)
    pool, rep = rule.assign.pool, rule.assign.rep
    empty = words("no one in pool %(pool)s is available; waiting in queue %(queue)s", pool=pool, queue=name)
    away = words("%(rep)s is unavailable; waiting in queue %(queue)s", rep=rep, queue=name)
    return Assignment(rule.id, pool, None, name, empty if pool else away, passed)
