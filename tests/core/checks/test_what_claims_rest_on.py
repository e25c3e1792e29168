"""What a claim rests on is part of it: nobody who answers the survey can, while an import can; measured or not."""

from __future__ import annotations

import pytest

from questionnaire.cli.check_report import reach
from questionnaire.core.checks import Findings, check
from questionnaire.core.checks.build_model import build
from questionnaire.core.checks.compared_names import comparisons
from questionnaire.core.checks.example import KINDS
from questionnaire.core.checks.moments import NOW
from questionnaire.core.checks.score_bounds import bounds
from questionnaire.core.checks.score_ranges import ScoreRanges
from questionnaire.core.scoring.assessment import assess
from questionnaire.core.scoring.evidence import History, ResponseEvidence
from questionnaire.core.survey.answers import Answers
from tests.bench.branching_shapes import SHAPES, branching, wide
from tests.core.authoring import policy, survey
from tests.core.checks.casts import cast, measured
from tests.core.checks.test_claims_hold import CASTS, claims
from tests.proof.size import sized

NOTHING = "nothing to measure"
ASKED = "- {name: wish, type: yes_no, title: Wish}"
BOX = "checklist: [{id: FIT-1, text: A core size, check: {size: core}}]"


def test_a_box_that_no_answer_checks_and_an_import_does_is_not_called_impossible_for_everybody() -> None:
    asked, judged = survey(ASKED, "display: {gate: none}"), policy(BOX)
    said = [problem.message for problem in check(asked, judged).policy if problem.code == "box_never"]
    assert said == ["nobody who answers only this survey checks the box `FIT-1`"]
    imported = ResponseEvidence(asked, Answers({}), NOW, imported={"size": 60}, id="import")
    (box,) = assess(judged, [imported], [], History(), NOW, KINDS).checklist
    assert (box.id, box.state) == ("FIT-1", "checked")


@pytest.mark.parametrize("varied", [False, True])
def test_every_claim_on_a_policy_says_whom_it_is_about(varied: bool) -> None:
    """An import, another survey or a person may do what no answer does, so "nobody" and "everybody" are never alone."""
    about = ("only this survey", "this survey alone")
    problems = [goal.problem for seed, is_varied in CASTS if is_varied is varied
                for _, goal, outcome in claims(seed, varied) if outcome == "impossible"]  # fmt: skip
    said = {problem.message for problem in problems if problem is not None}
    assert said
    assert [message for message in said if not any(words in message for words in about)] == []


def _says_nothing(findings: Findings, about: object) -> set[str]:
    lines = reach(about, findings)  # type: ignore[arg-type]  # a survey
    return {line.split("  ")[1].strip() for line in lines if NOTHING in line}


@pytest.mark.parametrize(("seed", "varied"), CASTS)
def test_nothing_to_measure_is_said_of_exactly_the_maturity_that_nobody_has(seed: int, varied: bool) -> None:
    _, asked, judged, _ = cast(seed, varied)
    found = Findings(bounds=bounds(ScoreRanges(build(asked, judged, comparisons(asked, judged)))))
    has = {part.name for one in measured(seed, varied) for part in one.every}
    unmeasured = {f"maturity of {name}" for name in asked.dimensions_by_name if name not in has}
    unmeasured |= {"maturity"} if not has else set()
    said = {name for name in _says_nothing(found, asked) if name.startswith("maturity")}
    assert said <= unmeasured


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("count", sized((26,), (26, 40, 60)))
def test_maturity_of_a_branching_survey_is_never_called_unmeasured(shape: str, count: int) -> None:
    asked, judged = branching(shape, count), wide()
    found = Findings(bounds=bounds(ScoreRanges(build(asked, judged, comparisons(asked, judged)))))
    assert _says_nothing(found, asked) == set()
