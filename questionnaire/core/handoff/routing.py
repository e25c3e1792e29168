"""Who gets the lead, and why: account owner or rule, then the pool's turn; every decision explained.

Pools run smooth weighted round robin: each eligible member gains its weight, the highest credit takes the turn and
pays back the sum. Absent or full members gain nothing; ties go to the listed order. While an eligible member speaks the
lead's language, only those who do take part in the turn. Source: format.md, "Clocks".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from questionnaire.core.base.conditions import evaluate
from questionnaire.core.base.explanation import Explanation
from questionnaire.core.base.formats import language_name, locale_of
from questionnaire.core.base.labels import humanize
from questionnaire.core.base.translation import Translator, gettext_noop
from questionnaire.core.policy import Policy
from questionnaire.core.policy.handoff import Member, Rule

SENTENCES: Mapping[str, str] = {
    "account_owner": gettext_noop("%(rep)s owns the account"),
    "rule_rep": gettext_noop("rule %(rule)s assigns to %(rep)s"),
    "pool_turn": gettext_noop("rule %(rule)s routes to pool %(pool)s; %(rep)s is next"),
    "pool_turn_language": gettext_noop(
        "rule %(rule)s routes to pool %(pool)s; %(rep)s is next of those who speak %(language)s"
    ),
    "no_rule": gettext_noop("no rule matches; waiting in queue %(queue)s"),
    "pool_unavailable": gettext_noop("no one in pool %(pool)s is available; waiting in queue %(queue)s"),
    "rep_unavailable": gettext_noop("%(rep)s is unavailable; waiting in queue %(queue)s"),
    "rule_not_matched": gettext_noop("rule %(rule)s does not match"),
    "rule_unavailable": gettext_noop("rule %(rule)s matches, but no one is available"),
    "manager_assigned": gettext_noop("assigned from the queue by a manager"),
}
"""Code -> sentence, whose values are the explanation's parameters."""


@dataclass(frozen=True, slots=True)
class Book:
    """What routing must know at this moment. `credits` holds, per pool, each rep's credit; absent ones are named."""

    credits: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    open_leads: Mapping[str, int] = field(default_factory=dict)
    absent: frozenset[str] = frozenset()
    inactive: frozenset[str] = frozenset()

    @property
    def unavailable(self) -> frozenset[str]:
        return self.absent | self.inactive

    def eligible(self, member: Member) -> bool:
        full = member.max_open is not None and self.open_leads.get(member.rep, 0) >= member.max_open
        return member.rep not in self.unavailable and not full


@dataclass(frozen=True, slots=True)
class Assignment:
    """`rep` or `queue` is set, never both. `credits` is the pool's book after the turn, None if no turn was taken."""

    rule: str | None
    pool: str | None
    rep: str | None
    queue: str | None
    why: Explanation
    passed_over: tuple[Explanation, ...] = ()
    credits: Mapping[str, int] | None = None


def routing_text(why: Explanation, words: Translator, reps: Mapping[str, str]) -> str:
    """An explanation of routing in the language of `words`. `reps` maps the id of a rep to a name."""
    written = why.written(words.language)
    if written is not None:
        return written
    values = dict(why.params)
    if "rep" in values:
        values["rep"] = reps.get(values["rep"], values["rep"])
    if "language" in values:
        values["language"] = language_name(values["language"], locale_of(words.language))
    return words(SENTENCES[why.code], **values) if why.code in SENTENCES else humanize(why.code)


def reps_on_holiday(policy: Policy, at: datetime) -> frozenset[str]:
    """The reps with a holiday in their calendar at this moment; none unless the policy skips them."""
    if not policy.routing.skip_on_holiday:
        return frozenset()
    calendars = {rep.id: policy.calendar_of(rep.id) for rep in policy.reps}
    return frozenset(
        rep for rep, calendar in calendars.items() if calendar.is_holiday(at.astimezone(calendar.zone).date())
    )


def pools_to_lock(policy: Policy, facts: Mapping[str, Any], unavailable: frozenset[str]) -> tuple[str, ...]:
    """The pools whose credits `route` may read: at most one, that of the rule which decides."""
    for rule in policy.routing.rules:
        if not _matches(rule, facts):
            continue
        if rule.assign.pool is not None:
            return (rule.assign.pool,) if rule.assign.pool in policy.routing.pools else ()
        if rule.assign.owner is None or _named(policy, rule, facts, unavailable) is not None:
            return ()
    return ()


def route(policy: Policy, facts: Mapping[str, Any], book: Book) -> Assignment:
    """The first rule that matches and finds somebody; else the default queue."""
    passed: list[Explanation] = []
    for rule in policy.routing.rules:
        if not _matches(rule, facts):
            passed.append(Explanation("rule_not_matched", {"rule": rule.id}))
            continue
        found = _take(policy, rule, facts, book)
        if found is not None:
            return Assignment(rule.id, found.pool, found.rep, None, found.why, tuple(passed), found.credits)
        passed.append(Explanation("rule_unavailable", {"rule": rule.id}))
        if rule.assign.owner is None:
            return _queued(policy, rule, tuple(passed))
    return _queued(policy, None, tuple(passed))


def _matches(rule: Rule, facts: Mapping[str, Any]) -> bool:
    return rule.when is None or evaluate(rule.when, facts) is True


def _named(policy: Policy, rule: Rule, facts: Mapping[str, Any], unavailable: frozenset[str]) -> str | None:
    """The rep a rule names, or the owner of the account; None when that is no rep of the policy or cannot take it."""
    rep = facts.get("account_owner") if rule.assign.owner else rule.assign.rep
    return rep if isinstance(rep, str) and policy.rep(rep) is not None and rep not in unavailable else None


def _take(policy: Policy, rule: Rule, facts: Mapping[str, Any], book: Book) -> Assignment | None:
    if rule.assign.pool is not None:
        return _turn(policy, rule, rule.assign.pool, facts, book)
    rep = _named(policy, rule, facts, book.unavailable)
    if rep is None:
        return None
    owned, named = Explanation("account_owner", {"rep": rep}), Explanation("rule_rep", {"rule": rule.id, "rep": rep})
    return Assignment(rule.id, None, rep, None, owned if rule.assign.owner else named)


def _turn(policy: Policy, rule: Rule, pool: str, facts: Mapping[str, Any], book: Book) -> Assignment | None:
    members = policy.routing.pools.get(pool, ())
    able = [member for member in members if book.eligible(member) and not member.backup]
    able = able or [member for member in members if book.eligible(member)]
    if not able:
        return None
    language = facts.get("language")
    speakers = [member for member in able if _speaks(member, language)]
    code = "pool_turn_language" if 0 < len(speakers) < len(able) else "pool_turn"
    credits = {member.rep: book.credits.get(pool, {}).get(member.rep, 0) for member in members}
    chosen, credits = next_turn(speakers or able, credits)
    params = {"rule": rule.id, "pool": pool, "rep": chosen}
    why = Explanation(code, {**params, "language": language} if code != "pool_turn" else params)
    return Assignment(rule.id, pool, chosen, None, why, credits=credits)


def _speaks(member: Member, language: object) -> bool:
    """Whether a member speaks a language: `de` also covers `de-AT`, and the other way round."""
    wanted = language.partition("-")[0].lower() if isinstance(language, str) else ""
    return wanted in {tag.partition("-")[0].lower() for tag in member.languages}


def next_turn(able: list[Member], credits: Mapping[str, int]) -> tuple[str, dict[str, int]]:
    """The member whose turn it is, and every credit after it. Credits always sum to what they summed to before."""
    after = dict(credits)
    for member in able:
        after[member.rep] = after.get(member.rep, 0) + member.weight
    chosen = max(able, key=lambda member: after[member.rep]).rep
    after[chosen] -= sum(member.weight for member in able)
    return chosen, after


def _queued(policy: Policy, rule: Rule | None, passed: tuple[Explanation, ...]) -> Assignment:
    queue = policy.routing.default_queue
    name = queue.name if queue else "unassigned"
    if rule is None:
        return Assignment(None, None, None, name, Explanation("no_rule", {"queue": name}), passed)
    pool, rep = rule.assign.pool, rule.assign.rep
    why = (
        Explanation("pool_unavailable", {"pool": pool, "queue": name})
        if pool
        else Explanation("rep_unavailable", {"rep": rep, "queue": name})
    )
    return Assignment(rule.id, pool, None, name, why, passed)
