"""What an author reads before publishing."""

from __future__ import annotations

from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from questionnaire.core.editing.apply import apply
from questionnaire.core.editing.differences import GROUPS, differences
from questionnaire.core.editing.edit import Edit, add, move, remove, rename, set_
from questionnaire.core.editing.paths import write_path
from questionnaire.core.editing.same import same
from tests.authored import authored
from tests.core.editing.random_edits import a_document, an_edit
from tests.core.editing.small_draft import POLICY, START, survey


def found(document: Any, *edits: Edit) -> list[tuple[str, str, str]]:
    edited, problems = apply(document, *edits)
    assert edited is not None, problems
    return [(one.group, one.code, write_path(one.path)) for one in differences(document, edited.document)]


def test_differences_are_grouped_and_meaning_comes_first() -> None:
    scoring = (*START, "scoring")
    edits = (
        set_((*scoring, "title"), {"en": "x"}), set_((*scoring, "choices", "none", "maturity"), 2),
        set_((*scoring, "required"), True), set_((*scoring, "show_if"), {"team_size": 3}),
        set_(("display",), {"back": False}),
        remove(("pages", "end", "questions", "last")), set_(("hidden_fields", "campaign", "max_length"), 9),
    )  # fmt: skip
    assert found(survey(), *edits) == [
        ("meaning", "changed", "pages/start/questions/scoring/choices/none/maturity"),
        ("logic", "changed", "pages/start/questions/scoring/show_if"),
        ("questions", "added", "hidden_fields/campaign/max_length"),
        ("questions", "added", "pages/start/questions/scoring/required"),
        ("questions", "removed", "pages/end/questions/last"),
        ("texts", "changed", "pages/start/questions/scoring/title"),
        ("look", "added", "display"),
    ]


def test_what_moved_or_has_another_name_is_neither_removed_nor_added() -> None:
    assert found(survey(), move((*START, "calls"), START, "team_size")) == [
        ("questions", "moved", "pages/start/questions/calls")
    ]
    edits = (
        move((*START, "calls"), ("pages", "end", "questions")),
        set_(("pages", "end", "questions", "calls", "title"), "x"),
    )
    assert found(survey(), *edits) == [
        ("questions", "moved", "pages/end/questions/calls"), ("texts", "changed", "pages/end/questions/calls/title"),
    ]  # fmt: skip
    assert found(survey(), rename((*START, "calls"), "phone_calls")) == [
        ("logic", "changed", "pages/end/show_if"), ("questions", "renamed", "pages/start/questions/phone_calls"),
    ]  # fmt: skip
    twin = add(START, {"name": "calls2", "type": "single_choice", "title": "Other", "choices": "often"})
    assert ("questions", "added", "pages/start/questions/calls2") in found(survey(), twin)


def test_what_was_taken_away_is_listed_in_the_group_of_its_place() -> None:
    assert found(survey(), remove((*START, "scoring", "show_if")), remove((*START, "team_size", "max"))) == [
        ("logic", "removed", "pages/start/questions/scoring/show_if"),
        ("questions", "removed", "pages/start/questions/team_size/max"),
    ]


def test_a_policy_is_all_meaning_but_its_texts_and_conditions() -> None:
    edits = (set_(("fit", "criteria", "size", "levels", "core"), 9), set_(("checklist", "A-1", "text"), "y"))
    assert [one[0] for one in found(authored(POLICY), *edits)] == ["meaning", "texts"]


def test_every_group_has_keys() -> None:
    assert set(GROUPS.values()) == {"texts", "questions", "logic", "meaning", "look"}


@given(st.integers(0, 10**9))
def test_two_documents_differ_exactly_when_something_is_listed(seed: int) -> None:
    random = Random(seed)
    document = a_document(random)
    edited, _ = apply(document, an_edit(random, document, "ana"))
    if edited is not None:
        listed = differences(document, edited.document)
        assert bool(listed) or same(document, edited.document, ordered=False)
    assert differences(document, document) == ()
