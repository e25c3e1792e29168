"""Property tests of assessments, with generated leads."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from questionnaire.core.base.explanation import read_explanation, write_explanation
from questionnaire.core.base.translation import ENGLISH
from questionnaire.core.handoff.eligibility import Book
from questionnaire.core.handoff.routing import pools_to_lock, route
from questionnaire.core.policy import Policy
from questionnaire.core.scoring.assessment import Assessment, assess
from questionnaire.core.scoring.evidence import History, ResponseEvidence, Signal
from questionnaire.core.scoring.verdict_reason import verdict_text
from questionnaire.core.survey.answers import Answers
from questionnaire.library.domains import known_domains
from tests.cast import anna, example_policy, example_survey

NOW = anna().at
TITLES = st.sampled_from(["CEO", "VP Sales", "Student", "Head of IT", "–", ""])
COUNTRIES = st.sampled_from(["DE", "FR", "BR", "US"])
EMAILS = st.sampled_from(["a@nordwind.example", "b@gmail.com", "c@leadforge.example"])
ANSWERS: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {},
    optional={question.name: st.sampled_from(question.options() or ()) for question in example_survey().questions},
)
INSTANTS = st.integers(0, 500).map(lambda days: NOW - timedelta(days=days, hours=days % 24))
NAMES = st.sampled_from([*example_policy().intent.signals, "unheard_of"])
SIGNALS = st.builds(Signal, NAMES, INSTANTS, st.sampled_from(["a", "b", None]))
HISTORIES = st.builds(
    History,
    not_now_on=st.none() | INSTANTS.map(lambda instant: instant.date()),
    account_owner=st.none() | st.just("lena"),
    duplicate=st.booleans(),
    customer=st.booleans(),
)


def _filled(answers: dict[str, Any], at: Any, title: str, country: str, email: str, name: int) -> ResponseEvidence:
    contact = {"job_title": title, "country": country, "email": email}
    return ResponseEvidence(example_survey(), Answers(answers), at, contact, id=f"r{name}")


RESPONSES = st.lists(
    st.builds(_filled, ANSWERS, INSTANTS, TITLES, COUNTRIES, EMAILS, st.integers()),
    min_size=1, max_size=3, unique_by=lambda one: one.id,
)  # fmt: skip


def judged(
    responses: list[ResponseEvidence], signals: list[Signal], history: History, policy: Policy | None = None
) -> Assessment:
    return assess(policy or example_policy(), responses, signals, history, NOW, known_domains())


LEADS = (RESPONSES, st.lists(SIGNALS, max_size=8), HISTORIES)


@given(*LEADS)
def test_scores_keep_their_caps_and_are_the_sum_of_what_explains_them(
    responses: list[ResponseEvidence], signals: list[Signal], history: History
) -> None:
    card = judged(responses, signals, history).scorecard
    assert 0 <= card.fit.score <= card.fit.max
    assert 0 <= card.intent.score <= card.intent.max
    assert 0 <= card.timing.score <= card.timing.max
    assert card.fit.score == min(card.fit.max, sum(one.points for one in card.fit.contributions))
    assert card.timing.score == min(card.timing.max, sum(one.points for one in card.timing.contributions))
    assert card.intent.score == min(card.intent.max, sum(group.capped for group in card.intent.groups))
    for group in card.intent.groups:
        assert group.raw == sum(seen.points for seen in card.intent.signals if seen.group == group.group)
        assert group.capped <= example_policy().intent.groups[group.group]
    assert card.total == card.fit.score + card.intent.score


@given(*LEADS, SIGNALS)
def test_one_more_signal_never_lowers_intent(
    responses: list[ResponseEvidence], signals: list[Signal], history: History, more: Signal
) -> None:
    before, after = judged(responses, signals, history), judged(responses, [*signals, more], history)
    assert after.scorecard.intent.score >= before.scorecard.intent.score
    assert after.scorecard.fit == before.scorecard.fit


@given(*LEADS)
def test_dropping_an_answer_off_the_path_changes_nothing(
    responses: list[ResponseEvidence], signals: list[Signal], history: History
) -> None:
    kept = [replace(one, answers=one.journey.answers) for one in responses]
    first, second = judged(responses, signals, history), judged(kept, signals, history)
    assert (first.verdict, first.scorecard, first.checklist) == (second.verdict, second.scorecard, second.checklist)
    assert (first.maturity, first.facts) == (second.maturity, second.facts)


@given(*LEADS, st.randoms(use_true_random=False))
def test_the_order_of_arrival_does_not_matter(
    responses: list[ResponseEvidence], signals: list[Signal], history: History, dice: Any
) -> None:
    first = judged(responses, signals, history)
    dice.shuffle(responses)
    dice.shuffle(signals)
    assert judged(responses, signals, history) == first


@given(*LEADS)
def test_every_verdict_has_a_reason_and_every_item_a_state(
    responses: list[ResponseEvidence], signals: list[Signal], history: History
) -> None:
    found = judged(responses, signals, history)
    assert verdict_text(found.verdict.why, ENGLISH).endswith(".")
    assert found.verdict.why is not None
    assert read_explanation(write_explanation(found.verdict.why)) == found.verdict.why
    assert [box.id for box in found.checklist] == [box.id for box in example_policy().checklist]
    assert (found.verdict.until is not None) == (found.verdict.reason == "not_now")
    assert found.next_step is not None
    given = route(example_policy(), found.facts, Book())
    assert given.credits is None or pools_to_lock(example_policy(), found.facts, Book()) == (given.pool,)
    assert (given.rep is None) != (given.queue is None)


@given(*LEADS)
def test_a_blocking_box_or_a_bad_fit_never_reaches_sales(
    responses: list[ResponseEvidence], signals: list[Signal], history: History
) -> None:
    found = judged(responses, signals, history)
    if str(found.verdict.stage) == "sql_ready":
        assert not [box for box in found.checklist if box.is_open]
        assert found.scorecard.fit.grade == "A"


@given(*LEADS)
def test_maturity_lies_between_nothing_and_all(
    responses: list[ResponseEvidence], signals: list[Signal], history: History
) -> None:
    maturity = judged(responses, signals, history).maturity
    assert all(0 <= dimension.value <= 100 for dimension in maturity.dimensions)
    assert maturity.overall is None or 0 <= maturity.overall <= 100
    assert sorted(maturity.order) == sorted(dimension.name for dimension in maturity.dimensions)
    assert (maturity.overall is None) == (not maturity.dimensions)
