"""Who can take a lead: nobody who is away, inactive or full, by any path."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from questionnaire.core.base.translation import ENGLISH
from questionnaire.core.handoff.absences import Absence, absence_problem, away_at, days_around
from questionnaire.core.handoff.breach_moves import move_after_breach, pools_of_move
from questionnaire.core.handoff.eligibility import Book, cap_of
from questionnaire.core.handoff.routing import Assignment, pools_to_lock, route, routing_text
from questionnaire.core.handoff.standing import Standing
from tests.core.authoring import at, policy

NAMES = ("ann", "bob", "cid", "sub", "kay", "may")
REPS = ", ".join(f"{{id: {rep}, name: {rep.title()}, email: {rep}@x.example}}" for rep in NAMES)
TEAM = policy(f"""{{reps: [{REPS}, {{id: boss, name: Boss, email: boss@x.example, role: manager}}], routing: {{
    default_queue: {{name: inbound}},
    rules: [{{id: account-owner, when: {{account_owner: {{known: true}}}}, assign: {{owner: account}}}},
            {{id: key, when: {{size: core}}, assign: {{rep: kay}}}},
            {{id: dach, when: {{country: [DE, AT]}}, assign: {{pool: dach}}}},
            {{id: rest, when: {{country: {{known: true}}}}, assign: {{pool: two-to-one}}}}],
    pools: {{dach: [{{rep: ann, max_open: 2}}, {{rep: bob, max_open: 2}}, {{rep: sub, backup: true}}],
             key: [{{rep: kay, max_open: 3}}, {{rep: ann, max_open: 4}}],
             two-to-one: [{{rep: ann, weight: 2, max_open: 3}}, {{rep: cid}}]}}}},
    sla: {{first_contact: [{{within: 1bh}}], max_reassignments: 2}}}}""")
BOOKS = st.builds(
    Book,
    open_leads=st.dictionaries(st.sampled_from(NAMES), st.integers(0, 5)),
    absent=st.frozensets(st.sampled_from((*NAMES, "boss"))),
    inactive=st.frozensets(st.sampled_from((*NAMES, "boss"))),
    substitutes=st.dictionaries(st.sampled_from(NAMES), st.sampled_from((*NAMES, "gone"))),
)
FACTS = st.fixed_dictionaries(
    {}, optional={"country": st.sampled_from(["DE", "US"]), "size": st.just("core"),
                  "account_owner": st.sampled_from((*NAMES, "crm-user-7"))},
)  # fmt: skip


def _may_take(book: Book, found: Assignment) -> bool:
    if found.rep is None:
        return True
    caps = [member.max_open for member in TEAM.routing.pools.get(found.pool or "", ()) if member.rep == found.rep]
    cap = caps[0] if found.credits is not None else cap_of(TEAM, found.rep)
    is_full = cap is not None and book.open_leads.get(found.rep, 0) >= cap
    return found.rep not in book.absent | book.inactive and not is_full


@given(BOOKS, FACTS)
def test_no_rule_gives_a_lead_to_somebody_who_cannot_take_it(book: Book, facts: dict[str, str]) -> None:
    found = route(TEAM, facts, book)
    assert _may_take(book, found), found
    locked = pools_to_lock(TEAM, facts, book)
    assert list(locked) == sorted(set(locked))
    assert found.credits is None or found.pool in locked
    assert "%(" not in routing_text(found.why, ENGLISH, TEAM.rep_names)


@given(BOOKS, FACTS, st.sampled_from(["next_in_pool", "manager", "queue"]), st.sampled_from((*NAMES, "boss")),
       st.integers(0, 3), st.sampled_from([None, "dach", "two-to-one"]))  # fmt: skip
def test_no_breach_gives_a_lead_to_somebody_who_cannot_take_it_or_had_it(
    book: Book, facts: dict[str, str], to: str, owner: str, moves: int, pool: str | None
) -> None:
    standing = Standing(owner=owner, moves=moves, pool=pool, former=("cid",))
    found = move_after_breach(TEAM, standing, to, facts, book)
    if found is None:
        return
    assert _may_take(book, found), found
    assert found.rep not in ({owner, "cid"} if found.credits is not None else {owner})
    assert found.credits is None or found.pool in pools_of_move(TEAM, standing, facts)
    assert found.rep == "boss" or moves < 2
    assert "%(" not in routing_text(found.why, ENGLISH, TEAM.rep_names)


def test_a_substitute_stands_in_for_a_named_rep_or_an_owner_who_is_away() -> None:
    away = Book(absent=frozenset({"kay", "bob"}), substitutes={"kay": "may", "bob": "ann", "cid": "may"})
    key, owned = route(TEAM, {"size": "core"}, away), route(TEAM, {"account_owner": "bob", "country": "DE"}, away)
    assert (key.rep, routing_text(key.why, ENGLISH, TEAM.rep_names)) == (
        "may", "rule key assigns to Kay, who is away; May stands in")  # fmt: skip
    assert (owned.rep, routing_text(owned.why, ENGLISH, TEAM.rep_names)) == (
        "ann", "Ann stands in for Bob, who owns the account and is away")  # fmt: skip
    both = Book(absent=frozenset({"kay", "may"}), substitutes={"kay": "may"})
    assert route(TEAM, {"size": "core"}, both).queue == "inbound"
    # Whoever was deactivated is nobody's substitute, and has none.
    left = Book(inactive=frozenset({"kay"}), substitutes={"kay": "may"})
    assert route(TEAM, {"size": "core"}, left).queue == "inbound"
    assert route(TEAM, {"account_owner": "crm-user-7", "country": "DE"}, Book()).rep == "ann"
    nobodys = policy("routing: {rules: [{id: all, assign: {owner: account}}]}")
    assert route(nobodys, {}, Book()).queue == "unassigned"


def test_an_owner_at_the_highest_cap_of_their_pools_passes_the_lead_on() -> None:
    facts = {"account_owner": "bob", "country": "DE"}
    assert route(TEAM, facts, Book(open_leads={"bob": 1})).rule == "account-owner"
    assert route(TEAM, facts, Book(open_leads={"bob": 2})).rule == "dach"
    assert [cap_of(TEAM, rep) for rep in ("ann", "cid", "may", "sub")] == [4, None, None, None]
    assert Book(open_leads={"ann": 3}).obstacle(TEAM, "ann") == ""
    book = Book(open_leads={"ann": 4}, absent=frozenset({"bob"}), inactive=frozenset({"cid"}))
    assert [book.obstacle(TEAM, rep) for rep in ("ann", "bob", "cid", "gone")] == [
        "full",
        "away",
        "inactive",
        "missing",
    ]


def test_after_the_pool_and_the_most_moves_a_lead_goes_to_a_manager_and_stays_there() -> None:
    def moved(standing: Standing, to: str = "next_in_pool", book: Book | None = None) -> str | None:
        found = move_after_breach(TEAM, standing, to, {"country": "DE"}, book or Book())
        return (found.rep or found.queue) if found else None

    assert moved(Standing(owner="ann", pool="dach")) == "bob"
    assert moved(Standing(owner="bob", pool="dach", moves=1, former=("ann",))) == "sub"
    assert moved(Standing(owner="sub", pool="dach", moves=2, former=("ann", "bob"))) == "boss"
    assert moved(Standing(owner="sub", pool="dach", moves=1, former=("ann", "bob"))) == "boss"
    assert moved(Standing(owner="boss", moves=3)) is None
    assert moved(Standing(owner="ann", pool="dach"), "queue") == "inbound"
    assert moved(Standing(owner="ann", pool="dach", moves=2), "queue") == "boss"
    assert moved(Standing(owner="kay")) == "ann"
    assert moved(Standing(owner="kay"), "manager") == "boss"
    assert moved(Standing(owner="kay"), "manager", Book(absent=frozenset({"boss"}))) is None
    assert move_after_breach(TEAM, Standing(owner="kay"), "next_in_pool", {}, Book()) is not None
    assert pools_of_move(TEAM, Standing(owner="kay"), {}) == ()


HOURS = 'hours: {mon-fri: "09:00-18:00"}'
ZONES = policy(f"""{{reps: [{{id: ann, name: Ann, email: a@x.example, calendar: auckland}},
    {{id: bob, name: Bob, email: b@x.example, calendar: york}}], calendars: {{
    auckland: {{timezone: Pacific/Auckland, {HOURS}}}, york: {{timezone: America/New_York, {HOURS}}}}}}}""")


def test_the_days_of_an_absence_are_those_of_the_reps_own_calendar() -> None:
    days = [Absence(rep, date(2026, 10, 5), date(2026, 10, 5), "may") for rep in ("ann", "bob")]
    rows = [
        ("2026-10-04 12:59", []), ("2026-10-04 13:00", ["ann"]), ("2026-10-05 06:00", ["ann", "bob"]),
        ("2026-10-05 13:00", ["bob"]), ("2026-10-06 05:59", ["bob"]), ("2026-10-06 06:00", []),
    ]  # fmt: skip
    for moment, away in rows:
        assert list(away_at(ZONES, days, at(moment))) == away, moment
    twice = [Absence("ann", date(2026, 10, 5), date(2026, 10, 5), None), days[0]]
    assert away_at(ZONES, twice, at("2026-10-05 06:00")) == {"ann": "may"}
    assert days_around(at("2026-10-05 06:00")) == (date(2026, 10, 4), date(2026, 10, 6))


def test_a_wrong_absence_is_refused_with_a_sentence() -> None:
    today, reps = date(2026, 10, 5), {"ann", "bob", "cid"}
    known = [
        Absence("ann", date(2026, 10, 12), date(2026, 10, 16)),
        Absence("bob", date(2026, 11, 2), date(2026, 11, 6)),
    ]

    def problem(first: str, last: str, substitute: str | None = None) -> str | None:
        new = Absence("ann", date.fromisoformat(f"2026-{first}"), date.fromisoformat(last), substitute)
        found = absence_problem(new, reps, known, today)
        return found.code if found else None

    assert problem("10-05", "2026-10-05") is None
    assert problem("10-08", "2026-10-07") == "absence_order"
    assert problem("10-01", "2026-10-04") == "absence_past"
    assert problem("10-01", "2028-10-04") == "absence_long"
    assert problem("10-16", "2026-10-20") == "absence_twice"
    assert problem("11-06", "2026-11-20", "cid") is None
    assert problem("11-06", "2026-11-20", "ann") == "substitute_same"
    assert problem("11-06", "2026-11-20", "gone") == "substitute_missing"
    assert problem("11-06", "2026-11-20", "bob") == "substitute_away"
