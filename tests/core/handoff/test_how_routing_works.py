"""The tables of docs/how-routing-works.md, executed."""

from __future__ import annotations

import pytest

from questionnaire.core.handoff.routing import Book, route
from tests.cast import anna, assess_lead, example_policy
from tests.core.authoring import notation, policy
from tests.pages import table

PAGE = "how-routing-works.md"


@pytest.mark.parametrize(
    ("change", "away", "rule", "rep", "queue"), table(PAGE, "Anna, but", "away", "rule", "rep", "queue")
)
def test_the_table_of_rules_is_true(change: str, away: str, rule: str, rep: str, queue: str) -> None:
    facts = {**assess_lead(anna()).facts, **notation(change or "{}")}
    given = route(example_policy(), facts, Book(absent=frozenset(away.split(", "))))
    assert (given.rule or "", given.rep or "", given.queue or "") == (rule, rep, queue)


def _member(written: str) -> str:
    """Converts `ann:2` and `sub?` to the notation of a policy."""
    name, _, weight = written.rstrip("?").partition(":")
    return f"{{rep: {name}, weight: {weight or 1}, backup: {str('?' in written).lower()}}}"


@pytest.mark.parametrize(("pool", "away", "turns"), table(PAGE, "pool", "away", "turns"))
def test_the_table_of_turns_is_true(pool: str, away: str, turns: str) -> None:
    members = [_member(one) for one in pool.split(", ")]
    judged = policy(f"routing: {{rules: [{{id: all, assign: {{pool: one}}}}], pools: {{one: [{', '.join(members)}]}}}}")
    missing = {(who.split()[0], int(lead)) for who in away.split(", ") if who for lead in who.split()[1:]}
    credits: dict[str, dict[str, int]] = {}
    taken = []
    for lead in range(1, len(turns.split()) + 1):
        absent = frozenset(who for who, missed in missing if missed == lead)
        given = route(judged, {}, Book(credits, absent=absent))
        credits = {"one": dict(given.credits)} if given.credits is not None else credits
        taken.append(given.rep or "-")
    assert " ".join(taken) == turns
