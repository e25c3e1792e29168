"""A claim holds at every later moment too: answers expire, signals leave their window, a "not now" passes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from questionnaire.core.base.problems import path_text
from questionnaire.core.checks import Findings, check
from questionnaire.core.checks.example import KINDS
from questionnaire.core.checks.moments import NOW, later_moments, some_later_moment
from questionnaire.core.scoring.assessment import assess
from questionnaire.core.scoring.evidence import History, ResponseEvidence
from questionnaire.core.survey.answers import Answers
from tests.core.authoring import policy, survey

ASKED = """
- {name: when, type: single_choice, title: When, required: true, criterion: timeline, choices: [
    {value: a, text: Soon, level: soon}, {value: b, text: Sooner, level: soon}]}
- {name: size, type: single_choice, title: Size, required: true, criterion: size, choices: [
    {value: l, text: Large, level: core}, {value: s, text: Small, level: small}]}
"""
ALONE = "display: {gate: none}"


def found(change: str, asked: str = ASKED) -> Findings:
    return check(survey(asked, ALONE), policy(change))


def outcome(condition: str, change: str = "", asked: str = ASKED) -> tuple[str, tuple[str, ...]]:
    """What is proved of a rule with this condition, and what its example needs besides the answers."""
    proof = found(f"disqualify: [{{when: {condition}, reason: odd}}]\n{change}", asked).proof("disqualify odd")
    assert proof is not None
    return proof.outcome, proof.witness.outside if proof.witness is not None else ()


def test_a_rule_for_an_answer_that_expires_is_found_with_the_moment_at_which_it_applies() -> None:
    assert outcome("{timeline: {known: false}}") == ("example", ("judged 90 days later",))
    assert outcome("{size: {known: false}}") == ("impossible", ())


def test_a_box_that_everybody_checks_on_finishing_may_be_open_later() -> None:
    box = "checklist: [{id: T-1, text: Timing is known, check: {timeline: {known: true}}}]"
    assert "box_always" not in {problem.code for problem in found(box).policy}
    for_ever = f"{box}\ntiming: {{criteria: {{timeline: {{levels: {{soon: 60}}}}}}}}"
    assert "box_always" in {problem.code for problem in found(for_ever).policy}


def test_a_level_of_timing_that_an_expired_answer_falls_back_to_is_reachable() -> None:
    cold = [path_text(one.where) for one in found("version: 1").policy if one.code == "heat_unreachable"]
    assert cold == ["timing.levels.warm"]


FIRST_OF_TWO = """
fit: {criteria: {size: {levels: {core: {points: 30, valid_for: %s}}}}}
timing: {criteria: {timeline: {levels: {soon: {points: 60, valid_for: %s}}}}}
"""
GONE_FIRST = "{all: [{size: {known: false}}, {timeline: {known: true}}, {answer.size: l}]}"


@pytest.mark.parametrize(
    ("size", "timeline", "is_possible"),
    [("P10D", "P3M", True), ("P3M", "P10D", False), ("P30D", "P1M", True), ("P1M", "P30D", True)],
)
def test_one_answer_outlives_another_if_its_period_can_be_longer(size: str, timeline: str, is_possible: bool) -> None:
    expected = "example" if is_possible else "impossible"
    assert outcome(GONE_FIRST, FIRST_OF_TWO % (size, timeline))[0] == expected


SENT = "- {name: wish, type: single_choice, title: W, required: true, choices: [{value: d, text: D, emits: visit}]}"


def test_a_signal_of_an_answer_is_gone_after_its_window() -> None:
    assert outcome("{not: {signal: visit}}", asked=SENT) == ("example", ("judged 30 days later",))
    decay = "intent: {signals: {visit: {window: null, decay: {every: P1M, by: 50%}}}}"
    assert outcome("{not: {signal: visit}}", decay, SENT)[0] == "example"
    assert outcome("{not: {signal: visit}}", "intent: {signals: {visit: {window: null}}}", SENT)[0] == "impossible"


PUT_OFF = """
- {name: when, type: single_choice, title: When, required: true, choices: [
    {value: x, text: Not now, flags: [not_now]}]}
"""


def test_a_not_now_of_an_answer_passes() -> None:
    assert outcome("{not_now: past}", asked=PUT_OFF)[0] == "example"
    assert outcome("{not_now: never}", asked=PUT_OFF)[0] == "impossible"


def test_all_later_moments_together_allow_whatever_one_of_them_has() -> None:
    judged = policy("timing: {criteria: {timeline: {levels: {later: {points: 15, valid_for: P90D}}}}}")
    together = some_later_moment(judged)
    for moment in later_moments(judged):
        assert moment.silent <= together.silent
        for name, levels in moment.expired.items():
            assert levels <= together.expired[name]


def test_a_moment_expires_what_the_product_says_has_expired() -> None:
    judged, asked = policy(), survey(ASKED, ALONE)
    for moment in later_moments(judged):
        answers = Answers({"when": "a", "size": "l"})
        one = ResponseEvidence(asked, answers, moment.answered, id="one")
        known = assess(judged, [one], [], History(), moment.at, KINDS).evidence.known
        assert ("timeline" in known) is ("soon" not in moment.expired.get("timeline", ())), moment
    assert later_moments(judged)[0].at > NOW + timedelta(days=1)


def test_the_day_of_finishing_makes_no_difference_where_every_period_is_of_months() -> None:
    months = "intent: {signals: {demo: {window: P3M}, visit: {window: P1M}}}"
    assert {moment.answered for moment in later_moments(policy(months))} == {NOW}
    assert len({moment.answered for moment in later_moments(policy())}) > 1
