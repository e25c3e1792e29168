"""Two leads of one person: who may say so, which one stays, and that it can be taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from questionnaire.core.base.stage import Stage
from questionnaire.core.handoff.decision import NOBODY
from questionnaire.core.handoff.merging import Merge, MergeSide, merge, separate
from questionnaire.core.handoff.refusals import ActRefusal
from questionnaire.core.handoff.standing import Standing
from tests.core.handoff.lead_stories import ADA, INES, LENA, MO, MONDAY, OLGA

OLD = MergeSide("old", "Anna Berg", MONDAY, Standing(Stage.NURTURE))
NEW = MergeSide("new", "Anna B.", MONDAY + timedelta(days=9), Standing(Stage.REVIEW))
LENAS = MergeSide("lenas", "A. Berg", MONDAY + timedelta(days=3), Standing(Stage.WORKING, "lena"))


def done(one: MergeSide, other: MergeSide) -> Merge:
    found = merge(one, other, OLGA)
    assert isinstance(found, Merge), found
    return found


def refused(one: MergeSide, other: MergeSide, actor: object = OLGA) -> str:
    found = merge(one, other, actor)  # type: ignore[arg-type]  # an actor by name
    assert isinstance(found, ActRefusal)
    return found.code


def test_of_two_that_nobody_has_the_older_stays() -> None:
    assert done(OLD, NEW) == done(NEW, OLD)
    found = done(NEW, OLD)
    assert (found.stays.id, found.goes.id) == ("old", "new")
    assert found.of_goes.becomes["stage"] == "merged"
    assert found.of_goes.owner is None
    assert found.of_stays.facts == {"from": "new", "name": "Anna B."}


def test_a_lead_that_a_rep_has_stays_with_the_rep() -> None:
    found = done(OLD, LENAS)
    assert found.stays is LENAS
    assert found.of_stays.becomes == {}


def test_of_two_that_one_rep_has_stays_what_is_further_and_the_other_leaves_the_desk() -> None:
    further = MergeSide("further", "Anna", MONDAY + timedelta(days=30), Standing(Stage.SQL, "lena"))
    found = done(LENAS, further)
    assert found.stays is further
    assert found.of_goes.owner == NOBODY


def test_a_lead_that_waits_in_a_queue_leaves_it() -> None:
    queued = MergeSide("queued", "Anna", MONDAY + timedelta(days=30), Standing(Stage.SQL_READY, None, "inbound"))
    assert done(OLD, queued).of_goes.owner == NOBODY


def test_the_newest_not_now_of_both_counts_for_the_one_that_stays() -> None:
    said = MergeSide("said", "Anna", MONDAY, Standing(Stage.NURTURE), "2026-09-01")
    later = MergeSide("later", "Anna", MONDAY + timedelta(days=1), Standing(Stage.NURTURE), "2026-10-02")
    assert done(said, later).of_stays.facts["not_now_on"] == "2026-10-02"


@pytest.mark.parametrize("actor", [LENA, INES, MO], ids=lambda actor: str(actor.role))
def test_who_does_not_review_leads_does_not_merge_them(actor: object) -> None:
    assert refused(OLD, NEW, actor) == "not_for_you"
    assert separate(Standing(Stage.MERGED), actor) == ActRefusal("not_for_you")  # type: ignore[arg-type]  # by name


def test_what_makes_no_sense_is_refused() -> None:
    maxs = MergeSide("maxs", "Anna", MONDAY, Standing(Stage.ASSIGNED, "max"))
    gone = MergeSide("gone", "Anna", MONDAY, Standing(Stage.MERGED))
    assert refused(OLD, OLD) == "same_lead"
    assert refused(OLD, gone) == refused(gone, OLD) == "merged_before"
    assert refused(LENAS, maxs) == "two_owners"


def test_only_a_merged_lead_is_separated() -> None:
    assert separate(Standing(Stage.MERGED), ADA) is None
    assert separate(Standing(Stage.NURTURE), ADA) == ActRefusal("wrong_stage", "", {"stage": "nurture"})
