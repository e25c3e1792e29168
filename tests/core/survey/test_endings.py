"""Endings: where a journey stops early, and what counts until there."""

from __future__ import annotations

from typing import Any

from questionnaire.core.survey.answers import Answers
from questionnaire.core.survey.journey import Journey, derive_journey
from tests.core.authoring import filled, gathered, policy, survey

PAGES = """pages: [
  {name: one, questions: [
    {name: size, type: number, title: Size, required: true},
    {name: role, type: single_choice, title: Role, choices: [{value: it, text: IT}, {value: hr, text: HR}]}]},
  {name: two, questions: [
    {name: plan, type: yes_no, title: Plan, required: true},
    {name: note, type: text, title: Note}]}]"""
ENDINGS = """endings: [
  {name: tiny, when: {size: {lt: 5}}, title: Too small},
  {name: no_plan, when: {plan: "no", note: {known: false}}, title: No plan}]"""


def way(answers: dict[str, Any], mode: str = "one_per_screen", change: str = "", **fields: Any) -> Journey:
    asked = survey("[]", f"{{{PAGES}, {ENDINGS}, display: {{mode: {mode}}} {change}}}")
    return derive_journey(asked, Answers(answers), fields)


def seen(journey: Journey) -> tuple[list[str], str | None]:
    return [question.name for question in journey.visible], journey.ending.name if journey.ending else None


def test_an_ending_is_reached_when_a_screen_is_left() -> None:
    assert seen(way({"size": 3, "role": "it"})) == (["size"], "tiny")
    assert dict(way({"size": 3, "role": "it", "plan": "yes"}).answers) == {"size": 3}
    assert seen(way({"size": 3, "role": "it"}, "by_page")) == (["size", "role"], "tiny")
    assert seen(way({"size": 3, "plan": "yes"}, "single_page")) == (["size", "role", "plan", "note"], "tiny")
    assert seen(way({"size": 9, "plan": "yes"})) == (["size", "role", "plan", "note"], None)


def test_of_what_was_not_asked_yet_nothing_is_known() -> None:
    """`known: false` would be true of every question that comes later."""
    assert seen(way({"size": 9}))[1] is None
    assert seen(way({"size": 9, "plan": "no"})) == (["size", "role", "plan", "note"], "no_plan")
    assert seen(way({"size": 9, "plan": "no", "note": "soon"}))[1] is None


def test_a_screen_with_something_required_open_is_not_left() -> None:
    assert seen(way({}, "by_page"))[1] is None
    assert seen(way({"plan": "no"}))[1] is None


def test_a_condition_may_exclude_what_it_names() -> None:
    other = "endings: [{name: e, when: {not: {any: [{size: {gte: 5}}, {role: hr}]}}, title: E}]"
    asked = survey("[]", f"{{{PAGES}, {other}}}")
    assert seen(derive_journey(asked, Answers({"size": 2})))[1] is None
    assert seen(derive_journey(asked, Answers({"size": 2, "role": "it"}))) == (["size", "role"], "e")
    assert seen(derive_journey(asked, Answers({"size": 2, "role": "hr", "plan": "no"})))[1] is None


def test_a_contact_step_that_comes_first_may_end_it_all() -> None:
    first = f"""{{{PAGES}, endings: [{{name: abroad, when: {{country: US}}, title: Not there yet}}],
      display: {{gate: before_start}}, contact: {{fields: [{{name: country, type: country, required: true}}]}}}}"""
    asked = survey("[]", first)
    assert seen(derive_journey(asked, Answers({"size": 9}), {"country": "US"})) == ([], "abroad")
    assert seen(derive_journey(asked, Answers({"size": 9}), {}))[1] is None
    assert seen(derive_journey(asked, Answers({"size": 9}), {"country": "DE"}))[1] is None


def test_who_was_sent_away_completed_nothing() -> None:
    ended = "{endings: [{name: rival, when: {sector: rival}, title: Thank you}]}"
    asked = survey(change=ended)
    there = gathered(filled("{size: large, sector: rival}", asked=asked), judged=policy())
    assert not there.journeys[0].complete
    assert "survey_completed" not in [signal.name for signal in there.signals]
