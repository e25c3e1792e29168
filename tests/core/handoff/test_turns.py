"""Whose turn it is: what the next leads of a pool would do, and what each member has."""

from __future__ import annotations

import pytest

from questionnaire.core.handoff.eligibility import Book, take_turn
from questionnaire.core.handoff.turns import MemberTurn, pool_turns
from questionnaire.core.policy import Policy
from tests.core.authoring import policy
from tests.core.handoff.test_routing import TEAM


@pytest.fixture(scope="module")
def team() -> Policy:
    return policy(TEAM)


def test_what_is_foretold_is_what_the_next_leads_do(team: Policy) -> None:
    book, taken = Book(), []
    for _ in range(3):
        turn = take_turn(team, "two-to-one", {}, book)
        assert turn is not None
        taken.append(turn.rep)
        book = Book({"two-to-one": turn.credits})
    assert pool_turns(team, "two-to-one", Book()).next_reps == tuple(taken) == ("ann", "bob", "ann")


def test_a_member_who_fills_up_is_passed_over_and_a_backup_comes_last(team: Policy) -> None:
    book = Book(credits={"dach": {"ann": 1, "bob": -1}}, open_leads={"ann": 1, "bob": 2})
    found = pool_turns(team, "dach", book)
    assert found.next_reps == ("ann", "sub", "sub")
    assert found.members == (
        MemberTurn("ann", 1, 1, is_backup=False, obstacle=""),
        MemberTurn("bob", 1, -1, is_backup=False, obstacle="full"),
        MemberTurn("sub", 1, 0, is_backup=True, obstacle=""),
    )


def test_a_cap_of_one_pool_keeps_from_that_pool_alone(team: Policy) -> None:
    found = pool_turns(team, "dach", Book(open_leads={"ann": 2}, absent=frozenset({"bob"})))
    assert [one.obstacle for one in found.members] == ["full", "away", ""]
    assert not any(one.obstacle for one in pool_turns(team, "two-to-one", Book(open_leads={"ann": 2})).members)


def test_a_pool_in_which_nobody_can_take_a_lead_has_no_turns(team: Policy) -> None:
    assert pool_turns(team, "dach", Book(inactive=frozenset({"ann", "bob", "sub"}))).next_reps == ()
