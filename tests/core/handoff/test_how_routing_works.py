"""The tables of docs/how-routing-works.md, executed."""

from __future__ import annotations

import re

import pytest

from questionnaire.core.handoff.eligibility import Book
from questionnaire.core.handoff.routing import route
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
    """Converts `ann:2`, `ann(de)` and `sub?` to the notation of a policy."""
    backup, languages = "?" in written, re.findall(r"[(](.*)[)]", written)
    name, _, weight = re.sub(r"[(].*[)]|[?]", "", written).partition(":")
    known = f", languages: [{languages[0]}]" if languages else ""
    return f"{{rep: {name}, weight: {weight or 1}, backup: {str(backup).lower()}{known}}}"


def _turns(pool: str, count: int, facts: dict[str, str], missing: set[tuple[str, int]] | None = None) -> str:
    """Who gets `count` leads one after the other; `missing` are the reps away, with the number of the lead."""
    members = [_member(one) for one in pool.split(", ")]
    judged = policy(f"routing: {{rules: [{{id: all, assign: {{pool: one}}}}], pools: {{one: [{', '.join(members)}]}}}}")
    credits: dict[str, dict[str, int]] = {}
    taken = []
    for lead in range(1, count + 1):
        absent = frozenset(who for who, missed in missing or () if missed == lead)
        given = route(judged, facts, Book(credits, absent=absent))
        credits = {"one": dict(given.credits)} if given.credits is not None else credits
        taken.append(given.rep or "-")
    return " ".join(taken)


@pytest.mark.parametrize(("pool", "away", "turns"), table(PAGE, "pool", "away", "turns"))
def test_the_table_of_turns_is_true(pool: str, away: str, turns: str) -> None:
    missing = {(who.split()[0], int(lead)) for who in away.split(", ") if who for lead in who.split()[1:]}
    assert _turns(pool, len(turns.split()), {}, missing) == turns


@pytest.mark.parametrize(("pool", "language", "turns"), table(PAGE, "pool", "language", "turns"))
def test_the_table_of_languages_is_true(pool: str, language: str, turns: str) -> None:
    assert _turns(pool, len(turns.split()), {"language": language}) == turns
