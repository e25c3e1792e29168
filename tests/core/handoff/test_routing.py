"""Who gets the lead: account owner, rule, the pool's turn, the queue."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaire.core.base.explanation import Explanation, read_explanation
from questionnaire.core.base.translation import ENGLISH
from questionnaire.core.handoff.eligibility import Book, next_turn
from questionnaire.core.handoff.routing import (
    Assignment,
    pools_to_lock,
    reps_on_holiday,
    route,
    routing_text,
)
from questionnaire.core.policy import Policy
from questionnaire.core.policy.handoff import Member
from tests.cast import anna, assess_lead, example_policy
from tests.core.authoring import at, policy, refused_policy

REPS = ", ".join(f"{{id: {rep}, name: {rep}, email: {rep}@x.example}}" for rep in ("ann", "bob", "cid", "sub", "kay"))
TEAM = f"""{{reps: [{REPS}], routing: {{
    default_queue: {{name: inbound}},
    rules: [{{id: account-owner, when: {{account_owner: {{known: true}}}}, assign: {{owner: account}}}},
            {{id: key, when: {{size: core}}, assign: {{rep: kay}}}},
            {{id: dach, when: {{country: [DE, AT]}}, assign: {{pool: dach}}}},
            {{id: rest, when: {{country: {{known: true}}}}, assign: {{pool: two-to-one}}}}],
    pools: {{dach: [{{rep: ann, max_open: 2}}, {{rep: bob, max_open: 2}}, {{rep: sub, backup: true}}],
             two-to-one: [{{rep: ann, weight: 2}}, {{rep: bob}}]}}}}}}"""


@pytest.fixture(scope="module")
def team() -> Policy:
    return policy(TEAM)


def told(given: Assignment) -> str:
    return routing_text(given.why, ENGLISH, {})


def passed(given: Assignment) -> list[str]:
    return [routing_text(why, ENGLISH, {}) for why in given.passed_over]


def turns(team: Policy, pool: str, count: int, absences: dict[int, set[str]] | None = None) -> str:
    """Who gets `count` leads one after the other; `absences` are by the number of the lead."""
    credits: dict[str, dict[str, int]] = {}
    taken = []
    for n in range(count):
        book = Book(credits, absent=frozenset((absences or {}).get(n, ())))
        given = route(team, {"country": "DE" if pool == "dach" else "US"}, book)
        assert given.pool == pool
        credits[pool] = dict(given.credits or credits.get(pool, {}))
        assert sum(credits[pool].values()) == 0
        taken.append(given.rep or "-")
    return " ".join(taken)


def test_equal_members_take_turns_beginning_with_the_first_listed(team: Policy) -> None:
    assert turns(team, "dach", 5) == "ann bob ann bob ann"


def test_twice_the_weight_is_twice_the_turns_well_mixed(team: Policy) -> None:
    assert turns(team, "two-to-one", 6) == "ann bob ann ann bob ann"


def test_who_is_absent_gains_nothing_and_owes_nothing(team: Policy) -> None:
    away = {1: {"bob"}, 2: {"bob"}}
    assert turns(team, "dach", 6, away) == "ann ann ann bob ann bob"


def test_a_backup_steps_in_only_when_no_other_can(team: Policy) -> None:
    assert turns(team, "dach", 3, {0: {"ann"}, 1: {"ann", "bob"}}) == "bob sub ann"


def test_who_has_enough_open_leads_is_passed_over(team: Policy) -> None:
    assert route(team, {"country": "DE"}, Book(open_leads={"ann": 2, "bob": 1})).rep == "bob"
    assert route(team, {"country": "DE"}, Book(open_leads={"ann": 2, "bob": 2})).rep == "sub"
    assert route(team, {"country": "DE"}, Book(open_leads={"ann": 1, "bob": 9})).rep == "ann"


def test_the_first_rule_that_matches_decides(team: Policy) -> None:
    given = route(team, {"country": "DE", "size": "core"}, Book())
    assert (given.rule, given.pool, given.rep, given.credits) == ("key", None, "kay", None)
    assert given.why == Explanation("rule_rep", {"rule": "key", "rep": "kay"})
    assert told(given) == "rule key assigns to kay"
    assert passed(given) == ["rule account-owner does not match"]


def test_the_owner_of_the_account_keeps_it_and_takes_no_turn(team: Policy) -> None:
    given = route(team, {"country": "DE", "account_owner": "bob"}, Book({"dach": {"ann": 1, "bob": -1}}))
    assert given == Assignment("account-owner", None, "bob", None, Explanation("account_owner", {"rep": "bob"}))
    assert told(given) == "bob owns the account"


@pytest.mark.parametrize("book", [Book(absent=frozenset({"bob"})), Book(inactive=frozenset({"bob"}))])
def test_an_owner_who_is_not_there_passes_it_on(team: Policy, book: Book) -> None:
    given = route(team, {"country": "DE", "account_owner": "bob"}, book)
    assert (given.rule, given.rep) == ("dach", "ann")
    assert passed(given)[0] == "rule account-owner matches, but no one is available"


def test_an_owner_nobody_knows_passes_it_on(team: Policy) -> None:
    assert route(team, {"country": "DE", "account_owner": "crm-user-7"}, Book()).rep == "ann"


@pytest.mark.parametrize(
    ("facts", "absent", "expected", "why"),
    [
        ({}, "", (None, None, None, "inbound"), "no rule matches; waiting in queue inbound"),
        ({"country": "DE"}, "ann bob sub", ("dach", "dach", None, "inbound"),
         "no one in pool dach is available; waiting in queue inbound"),
        ({"size": "core", "country": "DE"}, "kay", ("key", None, None, "inbound"),
         "kay is unavailable; waiting in queue inbound"),
    ],
)  # fmt: skip
def test_what_nobody_can_take_waits_in_the_queue(
    team: Policy, facts: dict[str, Any], absent: str, expected: tuple[str | None, ...], why: str
) -> None:
    given = route(team, facts, Book(absent=frozenset(absent.split())))
    assert (given.rule, given.pool, given.rep, given.queue) == expected
    assert (told(given), given.credits) == (why, None)


@pytest.mark.parametrize(
    ("facts", "away", "pools"),
    [
        ({"country": "DE"}, "", ("dach",)), ({"country": "US"}, "", ("two-to-one",)), ({}, "", ()),
        ({"country": "DE", "size": "core"}, "", ()), ({"country": "DE", "size": "core"}, "kay", ()),
        ({"country": "DE", "account_owner": "bob"}, "", ()),
        ({"country": "DE", "account_owner": "bob"}, "bob", ("dach",)),
        ({"country": "DE", "account_owner": "crm-user-7"}, "", ("dach",)),
    ],
)  # fmt: skip
def test_only_the_pool_of_the_rule_that_decides_is_locked(
    team: Policy, facts: dict[str, Any], away: str, pools: tuple[str, ...]
) -> None:
    book = Book(absent=frozenset(away.split()))
    assert pools_to_lock(team, facts, book) == pools
    assert route(team, facts, book).pool in (*pools, None)


def test_a_code_without_a_sentence_is_shown_as_it_is_and_an_old_sentence_too() -> None:
    assert routing_text(Explanation("by_hand"), ENGLISH, {}) == "by hand"
    assert routing_text(read_explanation("named by the rule"), ENGLISH, {}) == "named by the rule"


def test_a_policy_without_a_queue_still_has_a_place_to_wait() -> None:
    assert route(policy(), {}, Book()).queue == "unassigned"


def test_a_rule_without_a_condition_takes_all_that_come_so_far() -> None:
    every = policy(TEAM.replace("{id: rest, when: {country: {known: true}}, ", "{id: rest, "))
    assert route(every, {}, Book()).rule == "rest"


def test_a_pool_that_does_not_exist_has_nobody() -> None:
    gone = policy("routing: {rules: [{id: all, assign: {pool: gone}}]}")
    assert pools_to_lock(gone, {}, Book()) == ()
    assert route(gone, {}, Book()).queue == "unassigned"


def test_an_unknown_fact_matches_no_rule(team: Policy) -> None:
    assert route(team, {"country": None}, Book()).rule is None


@pytest.mark.parametrize("target", ["{}", "{pool: a, rep: b}", "{rep: a, owner: account}"])
def test_a_rule_names_one_target(target: str) -> None:
    problems = refused_policy(f"routing: {{rules: [{{id: a, assign: {target}}}]}}")
    assert [problem.code for problem in problems] == ["assign"]


def test_anna_is_the_first_turn_of_her_pool() -> None:
    given = route(example_policy(), assess_lead(anna()).facts, Book())
    assert (given.rule, given.pool, given.rep) == ("dach", "dach", "lena")
    assert routing_text(given.why, ENGLISH, {"lena": "Lena Vogt"}) == "rule dach routes to pool dach; Lena Vogt is next"
    assert passed(given) == ["rule account-owner does not match", "rule healthcare-emea does not match"]
    assert given.credits == {"lena": -1, "max": 1}


WEIGHTS = st.lists(st.integers(1, 9), min_size=1, max_size=6)


def _pool(weights: list[int]) -> list[Member]:
    return [Member(rep=f"rep{n}", weight=weight) for n, weight in enumerate(weights)]


@given(WEIGHTS)
def test_after_a_round_everybody_had_exactly_their_share(weights: list[int]) -> None:
    pool, credits, taken = _pool(weights), dict[str, int](), Counter[str]()
    for _ in range(sum(weights)):
        chosen, credits = next_turn(pool, credits)
        taken[chosen] += 1
        assert sum(credits.values()) == 0
    assert taken == {member.rep: member.weight for member in pool}
    assert set(credits.values()) == {0}


@given(st.integers(1, 6), st.integers(0, 60))
def test_among_equals_nobody_is_ever_more_than_one_ahead(members: int, leads: int) -> None:
    pool, credits, taken = _pool([1] * members), dict[str, int](), Counter({f"rep{n}": 0 for n in range(members)})
    for _ in range(leads):
        chosen, credits = next_turn(pool, credits)
        taken[chosen] += 1
    assert max(taken.values()) - min(taken.values()) <= 1


@given(WEIGHTS, st.lists(st.sets(st.integers(0, 5)), max_size=30))
def test_whatever_the_absences_credits_sum_to_zero_and_only_those_present_change(
    weights: list[int], absences: list[set[int]]
) -> None:
    pool, credits = _pool(weights), {f"rep{n}": 0 for n in range(len(weights))}
    for absent in absences:
        able = [member for n, member in enumerate(pool) if n not in absent]
        if able:
            before = dict(credits)
            chosen, credits = next_turn(able, credits)
            assert chosen in {member.rep for member in able}
            assert all(credits[f"rep{n}"] == before[f"rep{n}"] for n in absent if n < len(weights))
    assert sum(credits.values()) == 0


def test_a_turn_by_language_says_so_in_the_language_of_the_reader() -> None:
    speakers = policy("""{reps: [{id: ann, name: Ann, email: a@x.example}, {id: bob, name: Bob, email: b@x.example}],
        routing: {rules: [{id: all, assign: {pool: one}}], pools: {one: [{rep: ann}, {rep: bob, languages: [de]}]}}}""")
    given = route(speakers, {"language": "de"}, Book())
    assert (given.rep, given.credits) == ("bob", {"ann": 0, "bob": 0})
    assert routing_text(given.why, ENGLISH, speakers.rep_names) == (
        "rule all routes to pool one; Bob is next of those who speak German"
    )
    assert given.why.params["language"] == "de"


HOLIDAYS = """{reps: [{id: ann, name: Ann, email: a@x.example, calendar: berlin},
    {id: bob, name: Bob, email: b@x.example, calendar: paris}], calendars: {
    berlin: {timezone: Europe/Berlin, hours: {mon-fri: "09:00-18:00"}, holidays: DE-BE},
    paris: {timezone: Europe/Paris, hours: {mon-fri: "09:00-18:00"}, holidays: FR, closed: [2026-12-24]}},
    routing: {skip_on_holiday: SKIP, rules: [{id: all, assign: {pool: one}}],
    pools: {one: [{rep: ann}, {rep: bob}]}}}"""


def test_a_holiday_of_a_rep_counts_as_an_absence_where_the_policy_says_so() -> None:
    skips, keeps = policy(HOLIDAYS.replace("SKIP", "true")), policy(HOLIDAYS.replace("SKIP", "false"))
    rows = [
        ("2026-03-08 12:00", {"ann"}), ("2026-07-14 12:00", {"bob"}), ("2026-12-24 09:00", {"bob"}),
        ("2026-12-25 09:00", {"ann", "bob"}), ("2026-10-02 23:59", set()), ("2026-10-03 00:00", {"ann"}),
    ]  # fmt: skip
    assert [(day, set(reps_on_holiday(skips, at(day)))) for day, _ in rows] == rows
    assert reps_on_holiday(keeps, at("2026-12-25 09:00")) == frozenset()
    given = route(skips, {}, Book(absent=reps_on_holiday(skips, at("2026-03-08 12:00"))))
    assert given.rep == "bob"
