"""Who can take a lead: present, active and below the cap; and whose turn it is in a pool.

Pools run smooth weighted round robin: each eligible member gains its weight, the highest credit takes the turn and
pays back the sum. Absent, inactive or full members gain nothing; ties go to the listed order. While an eligible member
speaks the lead's language, only those who do take part in the turn. Source: format.md, "Clocks"; domain.md 2.2.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from questionnaire.core.policy import Policy
from questionnaire.core.policy.handoff import Member

UNKNOWN, INACTIVE, AWAY, FULL = "missing", "inactive", "away", "full"
"""What keeps a rep from taking a lead."""


@dataclass(frozen=True, slots=True)
class Book:
    """What routing must know at this moment. `credits` holds, per pool, each rep's credit.

    `absent` names who is away, `substitutes` maps some of them to the rep who stands in.
    """

    credits: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    open_leads: Mapping[str, int] = field(default_factory=dict)
    absent: frozenset[str] = frozenset()
    inactive: frozenset[str] = frozenset()
    substitutes: Mapping[str, str] = field(default_factory=dict)

    def eligible(self, member: Member) -> bool:
        return member.rep not in self.absent | self.inactive and not self._is_full(member.rep, member.max_open)

    def obstacle(self, policy: Policy, rep: str) -> str:
        """What keeps a rep from taking a lead outside a pool's turn, "" when nothing does."""
        if policy.rep(rep) is None:
            return UNKNOWN
        if rep in self.inactive:
            return INACTIVE
        if rep in self.absent:
            return AWAY
        return FULL if self._is_full(rep, cap_of(policy, rep)) else ""

    def substitute(self, policy: Policy, rep: str) -> str | None:
        """Who stands in for a rep who is away, if that person can take the lead."""
        other = self.substitutes.get(rep) if rep in self.absent else None
        return other if other is not None and not self.obstacle(policy, other) else None

    def _is_full(self, rep: str, cap: int | None) -> bool:
        return cap is not None and self.open_leads.get(rep, 0) >= cap


def pools_of(policy: Policy, rep: str) -> tuple[str, ...]:
    """The pools a rep is a member of."""
    return tuple(name for name, members in policy.routing.pools.items() if any(one.rep == rep for one in members))


def cap_of(policy: Policy, rep: str) -> int | None:
    """The most open leads of a rep outside a pool's turn: the highest cap of their pools.

    None without a pool, or when one of the pools sets no cap.
    """
    members = [member for pool in policy.routing.pools.values() for member in pool if member.rep == rep]
    caps = [member.max_open for member in members if member.max_open is not None]
    return max(caps) if caps and len(caps) == len(members) else None


@dataclass(frozen=True, slots=True)
class Turn:
    """`language`: only those who speak it took part. `credits` are those of all members after the turn."""

    rep: str
    credits: Mapping[str, int]
    language: str | None = None


def take_turn(policy: Policy, pool: str, facts: Mapping[str, Any], book: Book) -> Turn | None:
    """Who is next in a pool. None when nobody can take the lead."""
    members = policy.routing.pools.get(pool, ())
    able = [member for member in members if book.eligible(member) and not member.backup]
    able = able or [member for member in members if book.eligible(member)]
    if not able:
        return None
    language = facts.get("language")
    speakers = [member for member in able if _speaks(member, language)]
    credits = {member.rep: book.credits.get(pool, {}).get(member.rep, 0) for member in members}
    chosen, credits = next_turn(speakers or able, credits)
    return Turn(chosen, credits, str(language) if 0 < len(speakers) < len(able) else None)


def _speaks(member: Member, language: object) -> bool:
    """Whether a member speaks a language: `de` also covers `de-AT`, and the other way round."""
    wanted = language.partition("-")[0].lower() if isinstance(language, str) else ""
    return wanted in {tag.partition("-")[0].lower() for tag in member.languages}


def next_turn(able: Sequence[Member], credits: Mapping[str, int]) -> tuple[str, dict[str, int]]:
    """The member whose turn it is, and every credit after it. Credits always sum to what they summed to before."""
    after = dict(credits)
    for member in able:
        after[member.rep] = after.get(member.rep, 0) + member.weight
    chosen = max(able, key=lambda member: after[member.rep]).rep
    after[chosen] -= sum(member.weight for member in able)
    return chosen, after
