"""Edits of two people at the same time."""

from __future__ import annotations

from questionnaire.core.editing.edit import Edit, add, move, remove, rename, set_
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


def test_neighbours_of_what_is_put_into_a_list_are_followed() -> None:
    new, end = {"name": "new", "type": "text", "title": "x"}, ("pages", "end", "questions")
    rows: list[tuple[Edit, Edit, list[str]]] = [
        (remove((*START, "calls"), anyway=True), add(START, new, "calls"), ["team_size", "scoring", "new"]),
        (move((*START, "scoring"), end), add(START, new, "scoring"), ["team_size", "new", "calls"]),
        (rename((*START, "calls"), "phone"), add(START, new, "calls"), ["team_size", "scoring", "new", "phone"]),
        (move((*START, "scoring"), end), move((*START, "calls"), START, "scoring"), ["team_size", "calls"]),
        (move((*START, "calls"), START, "team_size"), move((*START, "scoring"), START, "team_size"),
         ["calls", "scoring", "team_size"]),
        (move((*START, "calls"), end), rename((*START, "calls"), "phone"), ["team_size", "scoring"]),
        (rename((*START, "calls"), "phone"), add(START, {**new, "help": "{{calls}}"}),
         ["team_size", "scoring", "phone", "new"]),
        (add(START, {**new, "name": "zoo"}), add(START, new), ["team_size", "scoring", "calls", "new", "zoo"]),
        (add(START, new), add(START, {**new, "name": "zoo"}), ["team_size", "scoring", "calls", "new", "zoo"]),
    ]  # fmt: skip
    wrong = []
    for theirs, ours, names in rows:
        merged, conflict, problems = merge(survey(), ((theirs,),), (ours,))
        order = [] if merged is None else [one["name"] for one in find(merged.document, START)]
        if order != names:
            wrong.append((theirs, ours, order, conflict, problems))
    assert wrong == []
