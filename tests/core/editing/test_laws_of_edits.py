"""Laws of edits: undoing gives the same document, nothing dangles after a rename, and nobody's work is lost."""

from __future__ import annotations

import json
from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from questionnaire.core.editing.apply import apply, apply_all
from questionnaire.core.editing.edit import Edit, read_edit
from questionnaire.core.editing.mentions import rewrite, uses
from questionnaire.core.editing.merge import merge
from questionnaire.core.editing.paths import path_of, read_path, write_path
from questionnaire.core.editing.same import replacing, same
from questionnaire.core.survey import survey as surveys
from tests.core.checks.small_surveys import a_survey_document
from tests.core.editing.random_edits import a_document, an_edit

SEEDS = st.integers(0, 10**9)
STEPS = st.one_of(st.text(max_size=8), st.integers(0, 99))


@given(st.lists(STEPS, max_size=5).map(tuple))
def test_a_path_is_read_back_from_its_text(path: tuple[Any, ...]) -> None:
    assert read_path(write_path(path)) == path


@given(SEEDS)
def test_a_walk_that_changes_no_name_changes_nothing(seed: int) -> None:
    document = a_document(Random(seed))
    assert rewrite(document, lambda use: use.name) is document


@given(SEEDS)
def test_undo_gives_the_same_document_with_the_same_order_of_keys(seed: int) -> None:
    random = Random(seed)
    document = a_document(random)
    for _ in range(4):
        before = json.dumps(document)
        edited, problems = apply(document, an_edit(random, document, "ana"))
        assert json.dumps(document) == before, "a document is never changed in place"
        if edited is None:
            assert problems
            continue
        assert same(apply_all(edited.document, edited.inverse).document, document)
        document = edited.document


@given(SEEDS)
def test_redo_gives_the_edited_document_again(seed: int) -> None:
    random = Random(seed)
    document = a_document(random)
    edited, _ = apply(document, an_edit(random, document, "ana"))
    if edited is not None:
        undone = apply_all(edited.document, edited.inverse)
        assert same(apply_all(undone.document, undone.inverse).document, edited.document)


@given(SEEDS)
def test_the_edits_between_two_documents_make_one_of_the_other(seed: int) -> None:
    random = Random(seed)
    document = a_document(random)
    edited, _ = apply(
        document,
        an_edit(random, document, "ana"),
    )
    if edited is not None:
        assert same(apply_all(document, replacing(document, edited.document)).document, edited.document)


@given(SEEDS)
def test_two_concurrent_edits_converge_or_conflict(seed: int) -> None:
    random = Random(seed)
    document = a_document(random)
    ana, ben = an_edit(random, document, "ana"), an_edit(random, document, "ben")
    _converge(document, ana, ben)


def _converge(document: Any, ana: Edit, ben: Edit) -> str:
    first, _ = apply(document, ana)
    second, _ = apply(document, ben)
    if first is None or second is None:
        return "not applicable"
    one, one_conflict, _ = merge(document, ((ana,),), (ben,))
    other, other_conflict, _ = merge(document, ((ben,),), (ana,))
    assert (one is None) == (other is None), "a conflict is one in both orders"
    if one is None or other is None:
        assert one_conflict is not None
        assert other_conflict is not None
        return "conflict"
    assert same(one.document, other.document, ordered=False)
    assert same(apply_all(one.document, one.inverse).document, first.document), "a merged edit can be undone"
    return "merged"


@given(SEEDS)
def test_an_edit_is_merged_with_many_others_or_conflicts(seed: int) -> None:
    random = Random(seed)
    base = document = a_document(random)
    theirs: list[tuple[Edit, ...]] = []
    for author in ("ben", "cleo", "dan"):
        edit = an_edit(random, document, author)
        edited, _ = apply(document, edit)
        if edited is not None:
            document, theirs = edited.document, [*theirs, (edit,)]
    merged, conflict, problems = merge(base, tuple(theirs), (an_edit(random, base, "ana"),))
    assert [merged, conflict, problems or None].count(None) == 2
    if merged is not None:
        assert same(apply_all(document, merged.change).document, merged.document)
        assert same(apply_all(merged.document, merged.inverse).document, document)


@given(SEEDS)
def test_an_edit_is_read_back_from_its_json(seed: int) -> None:
    random = Random(seed)
    edit = an_edit(random, a_document(random), "ana")
    assert read_edit(json.loads(json.dumps(edit.as_json))) == edit


@given(SEEDS)
def test_no_reference_dangles_after_a_rename(seed: int) -> None:
    random = Random(seed)
    document = a_survey_document(random)
    assert surveys.read(document)[0] is not None
    for number, use in enumerate(use for use in uses(document) if use.defines):
        if use.kind == "choice" and random.random() < 0.7:
            continue
        edited, problems = apply(document, Edit("rename", use.path, f"other{number}"))
        if edited is None:
            assert problems[0].code == "name_taken"
            continue
        old = (use.kind, use.scope, use.name)
        before, after = (
            [(one.kind, one.scope, one.name) for one in uses(other)] for other in (document, edited.document)
        )
        assert old not in after
        assert len([name for *_, name in after if name == f"other{number}"]) == before.count(old)


def test_the_place_of_a_problem_has_a_path() -> None:
    document = {"pages": [{"name": "one", "questions": [{"name": "size"}, {"title": "without a name"}]}]}
    assert path_of(document, ("pages", 0, "questions", 0, "title")) == ("pages", "one", "questions", "size")
    assert path_of(document, ("pages", 0, "questions", 1, "title")) == ("pages", "one", "questions", 1, "title")
