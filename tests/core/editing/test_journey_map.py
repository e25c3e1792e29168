"""The way through a survey as its author sees it: stops, endings, and every condition with its place."""

from __future__ import annotations

from questionnaire.core.editing.journey_map import condition_entries, journey_map
from questionnaire.core.editing.paths import find, write_path
from tests.core.editing.small_draft import survey


def test_stops_have_their_numbers_and_say_who_is_not_asked_by_everyone() -> None:
    found = journey_map(survey(), "en")
    assert [(stop.number, stop.name, stop.is_conditional) for stop in found.stops] == [
        (1, "team_size", False), (2, "scoring", True), (3, "calls", False), (4, "habits", True), (5, "last", True),
    ]  # fmt: skip
    assert {stop.page for stop in found.stops} == {"Start", "End"}


def test_an_ending_branches_off_after_the_last_question_it_needs() -> None:
    document = survey()
    document["endings"] += [{"name": "odd", "when": {"all": "wrong"}, "title": "?"}, {"name": "never", "title": "!"}]
    assert [(end.name, end.after) for end in journey_map(document, "en").endings] == [
        ("early", 2), ("odd", 0), ("never", 0),
    ]  # fmt: skip


def test_every_condition_is_listed_once_at_its_place() -> None:
    document = survey()
    found = condition_entries(document)
    assert [write_path(one.owner) for one in found] == [
        "pages/start/questions/scoring", "pages/end", "pages/end/questions/last", "endings/early",
        "report/next_step/#0",
    ]  # fmt: skip
    assert all(find(document, one.path) == one.raw for one in found)


def test_a_document_with_mistakes_has_a_map_too() -> None:
    assert journey_map({"pages": "none", "endings": [1]}, "en") == journey_map({}, "en")
    assert condition_entries({"pages": [{"show_if": None}, 3]}) == ()
