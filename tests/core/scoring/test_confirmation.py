"""Which responses count (confirmed ones, else the first), and the effect of unconfirmed ones on a lead."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaire.core.base.stage import Stage
from questionnaire.core.scoring.confirmation import (
    Effect,
    Position,
    ResponseClaim,
    are_contradictory,
    counting_ids,
    effect_of,
    rests_on_claims,
)

VERDICTS = [Stage.DISQUALIFIED, Stage.DIVERTED, Stage.LEAD, Stage.NURTURE, Stage.MQL, Stage.REVIEW, Stage.SQL_READY]
CLAIMS = st.lists(st.tuples(st.booleans(), st.sampled_from([*VERDICTS, None])), min_size=1, max_size=6).map(
    lambda drawn: [ResponseClaim(str(n), confirmed, stage) for n, (confirmed, stage) in enumerate(drawn)]
)


def claim(id: str, stage: Stage | None = None, *, confirmed: bool = False) -> ResponseClaim:
    return ResponseClaim(id, confirmed, stage)


@pytest.mark.parametrize(
    ("first", "second", "excludes"),
    [
        (Stage.NURTURE, Stage.MQL, False),
        (Stage.REVIEW, Stage.SQL_READY, False),
        (Stage.NURTURE, Stage.SQL_READY, True),
        (Stage.DISQUALIFIED, Stage.SQL_READY, True),
        (Stage.DISQUALIFIED, Stage.DIVERTED, True),
        (Stage.DIVERTED, Stage.LEAD, True),
        (Stage.DISQUALIFIED, None, False),
    ],
)
def test_two_verdicts_contradict_when_their_actions_differ(
    first: Stage | None, second: Stage | None, excludes: bool
) -> None:
    assert are_contradictory([first, second]) is are_contradictory([second, first]) is excludes


@given(CLAIMS)
def test_unconfirmed_responses_stop_counting_after_a_confirmation(claims: list[ResponseClaim]) -> None:
    ids = counting_ids(claims)
    confirmed = {one.id for one in claims if one.confirmed}
    assert ids == (confirmed or {claims[0].id})


@given(CLAIMS, st.sampled_from(VERDICTS), st.booleans(), st.booleans())
def test_an_unconfirmed_response_never_moves_a_confirmed_owned_or_decided_lead(
    claims: list[ResponseClaim], stage: Stage, held: bool, decided: bool
) -> None:
    mine, position = claims[-1], Position(stage, held, decided)
    effect = effect_of(mine, claims, position)
    if mine.id in counting_ids(claims):
        assert effect is Effect.ASSESS
    elif held or decided or stage is Stage.REVIEW or any(one.confirmed for one in claims):
        assert effect is Effect.NONE
    else:
        assert (effect is Effect.REVIEW) == are_contradictory([claims[0].stage, mine.stage])


def test_the_first_response_of_a_new_address_is_assessed() -> None:
    first = claim("a", Stage.NURTURE)
    assert effect_of(first, [first], None) is Effect.ASSESS


def test_only_the_first_confirmed_response_replaces_an_unconfirmed_stage() -> None:
    stranger, mine = claim("a", Stage.DISQUALIFIED), claim("b", Stage.SQL_READY, confirmed=True)
    position = Position(Stage.DISQUALIFIED)
    assert rests_on_claims(mine, [stranger], position)
    assert not rests_on_claims(mine, [], position)
    assert not rests_on_claims(mine, [stranger, claim("c", confirmed=True)], position)
    assert not rests_on_claims(claim("b"), [stranger], position)
    assert not rests_on_claims(mine, [stranger], Position(Stage.DISQUALIFIED, by_person=True))
    assert not rests_on_claims(mine, [stranger], Position(Stage.ASSIGNED, has_owner=True))
    assert not rests_on_claims(mine, [stranger], None)


def test_unconfirmed_responses_that_contradict_each_other_go_to_review() -> None:
    first, second = claim("a", Stage.NURTURE), claim("b", Stage.SQL_READY)
    assert effect_of(second, [first, second], Position(Stage.NURTURE)) is Effect.REVIEW
    assert effect_of(second, [first, second], Position(Stage.REVIEW)) is Effect.NONE
    assert effect_of(claim("c", Stage.MQL), [first, claim("c", Stage.MQL)], Position(Stage.NURTURE)) is Effect.NONE
    assert effect_of(second, [first, second], Position(Stage.NURTURE, has_owner=True)) is Effect.NONE
