"""The stages of a lead, and which of them an assessment may change."""

from __future__ import annotations

import pytest

from questionnaire.core.base.stage import OWNED, PARKED, Stage, after_assessment


@pytest.mark.parametrize("held", [None, "lead", "nurture", "mql", "review", "sql_ready"])
@pytest.mark.parametrize("decided", ["lead", "nurture", "mql", "review", "sql_ready", "disqualified", "diverted"])
def test_an_assessment_changes_the_stage_of_an_unowned_lead(held: str | None, decided: str) -> None:
    assert after_assessment(Stage(held) if held else None, Stage(decided)) is Stage(decided)


@pytest.mark.parametrize("held", sorted(OWNED))
def test_an_owned_lead_stays_with_its_rep(held: Stage) -> None:
    assert after_assessment(held, Stage.NURTURE) is held
    assert after_assessment(held, Stage.DISQUALIFIED) is held


@pytest.mark.parametrize("held", [Stage.DISQUALIFIED, Stage.DIVERTED, Stage.MERGED, Stage.LOST])
def test_an_assessment_never_reopens_a_closed_lead(held: Stage) -> None:
    assert after_assessment(held, Stage.SQL_READY) is held


def test_every_stage_is_owned_parked_closed_or_sql_ready() -> None:
    closed = {Stage.DISQUALIFIED, Stage.DIVERTED, Stage.MERGED, Stage.LOST}
    assert OWNED | PARKED | closed | {Stage.SQL_READY} == set(Stage)
    assert str(Stage.SQL_READY) == "sql_ready"
