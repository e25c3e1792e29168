"""Who gets the lead, and why: account owner or rule, then the pool's turn; every decision explained.

Who can take a lead, and whose turn it is, is in eligibility.py. An owner or a named rep who is away is replaced by
their substitute. Source: format.md, "Clocks"; domain.md 2.2.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from questionnaire.core.base.conditions import evaluate
from questionnaire.core.base.explanation import Explanation
from questionnaire.core.base.formats import language_name, locale_of
from questionnaire.core.base.labels import humanize
from questionnaire.core.base.translation import Translator, gettext_noop
from questionnaire.core.handoff.eligibility import Book, cap_of, pools_of, take_turn
from questionnaire.core.policy import Policy
from questionnaire.core.policy.handoff import Rule

SENTENCES: Mapping[str, str] = {
    "account_owner": gettext_noop("%(rep)s owns the account"),
    "rule_rep": gettext_noop("rule %(rule)s assigns to %(rep)s"),
    "substitute_owner": gettext_noop("%(rep)s stands in for %(away)s, who owns the account and is away"),
    "substitute_rep": gettext_noop("rule %(rule)s assigns to %(away)s, who is away; %(rep)s stands in"),
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
    "breach_next": gettext_noop("%(former)s didn’t respond in time; %(rep)s is next in pool %(pool)s"),
    "breach_manager": gettext_noop("%(former)s didn’t respond in time; the lead goes to %(rep)s as manager"),
    "breach_queue": gettext_noop("%(former)s didn’t respond in time; waiting in queue %(queue)s"),
}
"""Code -> sentence, whose values are the explanation's parameters."""

_REPS = ("rep", "away", "former")


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
    values |= {name: reps.get(values[name], values[name]) for name in _REPS if name in values}
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


def pools_to_lock(policy: Policy, facts: Mapping[str, Any], book: Book) -> tuple[str, ...]:
    """The pools whose credits `route` may write or whose caps it may count, in the order in which all lock them.

    `book` may be of before the locks, apart from who is away: open leads may change until then.
    """
    pools: set[str] = set()
    for rule in policy.routing.rules:
        if not _matches(rule, facts):
            continue
        if rule.assign.pool is not None:
            return tuple(sorted(pools | ({rule.assign.pool} & policy.routing.pools.keys())))
        reps = [rep for rep in _candidates(rule, facts, book) if policy.rep(rep) is not None]
        capped = [rep for rep in reps if cap_of(policy, rep) is not None]
        pools.update(pool for rep in capped for pool in pools_of(policy, rep))
        if rule.assign.owner is None or any(not book.obstacle(policy, rep) for rep in set(reps) - set(capped)):
            break
    return tuple(sorted(pools))


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


def pool_for(policy: Policy, facts: Mapping[str, Any]) -> str | None:
    """The pool of the first rule that matches and has one: where an owner outside the pools is replaced from."""
    return next((rule.assign.pool for rule in policy.routing.rules if rule.assign.pool and _matches(rule, facts)), None)


def queue_name(policy: Policy) -> str:
    return policy.routing.default_queue.name if policy.routing.default_queue else "unassigned"


def told_of_queue(policy: Policy) -> tuple[str, ...]:
    """Whom the policy names for leads that wait in its queue."""
    return (policy.routing.default_queue.notify,) if policy.routing.default_queue else ()


def _matches(rule: Rule, facts: Mapping[str, Any]) -> bool:
    return rule.when is None or evaluate(rule.when, facts) is True


def _candidates(rule: Rule, facts: Mapping[str, Any], book: Book) -> tuple[str, ...]:
    """The rep a rule names, or the owner of the account, and who stands in for them."""
    rep = facts.get("account_owner") if rule.assign.owner else rule.assign.rep
    if not isinstance(rep, str):
        return ()
    return (rep, book.substitutes[rep]) if rep in book.absent and rep in book.substitutes else (rep,)


def _take(policy: Policy, rule: Rule, facts: Mapping[str, Any], book: Book) -> Assignment | None:
    if rule.assign.pool is not None:
        return _turn(policy, rule, rule.assign.pool, facts, book)
    named, *_ = _candidates(rule, facts, book) or ("",)
    if not book.obstacle(policy, named):
        owned, ruled = Explanation("account_owner", {"rep": named}), {"rule": rule.id, "rep": named}
        return Assignment(rule.id, None, named, None, owned if rule.assign.owner else Explanation("rule_rep", ruled))
    other = book.substitute(policy, named)
    if other is None or policy.rep(named) is None:
        return None
    params = {"rep": other, "away": named}
    owned = Explanation("substitute_owner", params)
    ruled_for = Explanation("substitute_rep", {"rule": rule.id, **params})
    return Assignment(rule.id, None, other, None, owned if rule.assign.owner else ruled_for)


def _turn(policy: Policy, rule: Rule, pool: str, facts: Mapping[str, Any], book: Book) -> Assignment | None:
    turn = take_turn(policy, pool, facts, book)
    if turn is None:
        return None
    params = {"rule": rule.id, "pool": pool, "rep": turn.rep}
    why = Explanation("pool_turn", params)
    if turn.language is not None:
        why = Explanation("pool_turn_language", {**params, "language": turn.language})
    return Assignment(rule.id, pool, turn.rep, None, why, credits=turn.credits)


def _queued(policy: Policy, rule: Rule | None, passed: tuple[Explanation, ...]) -> Assignment:
    name = queue_name(policy)
    if rule is None:
        return Assignment(None, None, None, name, Explanation("no_rule", {"queue": name}), passed)
    pool, rep = rule.assign.pool, rule.assign.rep
    why = (
        Explanation("pool_unavailable", {"pool": pool, "queue": name})
        if pool
        else Explanation("rep_unavailable", {"rep": rep, "queue": name})
    )
    return Assignment(rule.id, pool, None, name, why, passed)
