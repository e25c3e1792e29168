"""Edits of two people at the same time."""

from __future__ import annotations

from questionnaire.core.editing.edit import add, move, remove, rename, set_
from questionnaire.core.editing.merge import merge
from questionnaire.core.editing.paths import find, has
from tests.core.editing.small_draft import START, survey


def test_edits_of_different_things_are_merged() -> None:
    base = survey()
    theirs = (rename((*START, "scoring"), "grading"),)
    ours = (
        set_((*START, "scoring", "title"), "Grading"),
        add(START, {"name": "x", "type": "text", "title": "{{scoring}}"}),
    )
    merged, conflict, problems = merge(base, (theirs, (move((*START, "calls"), ("pages", "end", "questions")),)), ours)
    assert (conflict, problems) == (None, ())
    assert merged is not None
    assert find(merged.document, (*START, "grading", "title")) == "Grading"
    assert find(merged.document, (*START, "x", "title")) == "{{grading}}"
    assert has(merged.document, ("pages", "end", "questions", "calls"))


def test_edits_of_one_thing_are_a_conflict_with_both_versions() -> None:
    path = (*START, "scoring", "title")
    merged, conflict, _ = merge(survey(), ((set_(path, "Theirs"),),), (set_(path, "Ours"),))
    assert merged is None
    assert conflict is not None
    assert (conflict.path, conflict.base, conflict.theirs, conflict.ours) == (path, "Scoring", "Theirs", "Ours")
    gone = (remove((*START, "scoring"), anyway=True),)
    _, conflict, _ = merge(survey(), (gone,), (set_(path, "Ours"),))
    assert conflict is not None
    assert (conflict.base, conflict.theirs, conflict.ours) == ("Scoring", None, "Ours")


def test_the_same_edit_of_two_people_is_made_once() -> None:
    ours = (remove((*START, "calls"), anyway=True), set_(("title",), "New"))
    merged, conflict, _ = merge(survey(), (ours,), ours)
    assert conflict is None
    assert merged is not None
    assert merged.change == ()


def test_our_own_mistake_is_no_conflict() -> None:
    merged, conflict, problems = merge(survey(), ((set_(("title",), "x"),),), (remove(("gone",)),))
    assert (merged, conflict, problems[0].code) == (None, None, "no_such_place")
